/* test-guard.c: what is left when an engine, or its guard, dies
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-event-log.h"
#include "engine/runnel-guard.h"
#include "engine/runnel-run-dir.h"
#include "util/runnel-proc.h"

typedef void (*EngineFunc) (int channel, const char *data);

/* What the guards start afterwards: this program, which tells the file; see be_successor(). */
static const char *successor[] = { "test-guard", "--successor", NULL, NULL };

/* Starts a guard whose engine is @engine. What that writes to its channel is read from @ret_fd. */
static pid_t
start (EngineFunc  engine,
       const char *data,
       int        *ret_fd)
{
  int channel[2];
  pid_t pid;

  g_assert_cmpint (pipe2 (channel, O_CLOEXEC), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      runnel_guard_start (successor);
      engine (channel[1], data);
      _exit (0);
    }
  close (channel[1]);
  *ret_fd = channel[0];
  return pid;
}

static int
wait_for (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
assert_exit_code (pid_t pid,
                  int   code)
{
  int status = wait_for (pid);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, code);
}

static pid_t
read_pid (int fd)
{
  pid_t pid;

  g_assert_cmpint (read (fd, &pid, sizeof pid), ==, sizeof pid);
  return pid;
}

static void
write_pid (int   fd,
           pid_t pid)
{
  g_assert_cmpint (write (fd, &pid, sizeof pid), ==, sizeof pid);
}

static void
assert_gone (pid_t pid)
{
  RunnelProc proc;

  g_assert_true (!runnel_proc_read (pid, &proc) || proc.state == 'Z');
}

/* Leaves a process that is in no group, session or family of ours any more. */
static void
leave_daemon (int      channel,
              gboolean stubborn)
{
  pid_t pid = fork ();

  if (pid > 0)
    {
      waitpid (pid, NULL, 0);
      return;
    }
  setsid ();
  signal (SIGTERM, stubborn ? SIG_IGN : SIG_DFL);
  pid = fork ();
  if (pid > 0)
    {
      write_pid (channel, pid);
      _exit (0);
    }
  for (;;)
    pause ();
}

static void
exit_with_7 (int         channel,
             const char *data)
{
  _exit (7);
}

static void
test_exit_code (void)
{
  int fd;

  assert_exit_code (start (exit_with_7, NULL, &fd), 7);
  close (fd);
}

/* Signals whose numbers are in @data are waited for, the first ends the engine. */
static void
wait_for_signal (int         channel,
                 const char *data)
{
  sigset_t signals;
  int signal_number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGHUP);
  sigprocmask (SIG_BLOCK, &signals, NULL);
  write_pid (channel, getpid ());
  sigwait (&signals, &signal_number);
  write_pid (channel, signal_number);
  _exit (100 + signal_number);
}

static void
test_forward (void)
{
  static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      int fd;
      pid_t guard = start (wait_for_signal, NULL, &fd);

      read_pid (fd);
      kill (guard, signals[i]);
      assert_exit_code (guard, 100 + signals[i]);
      close (fd);
    }
}

/* Tells the number and the value of one signal. */
static void
tell_value (int         channel,
            const char *data)
{
  sigset_t signals;
  siginfo_t info;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTSTP);
  sigaddset (&signals, SIGCONT);
  sigprocmask (SIG_BLOCK, &signals, NULL);
  write_pid (channel, getpid ());
  sigwaitinfo (&signals, &info);
  write_pid (channel, info.si_signo);
  write_pid (channel, info.si_value.sival_int);
}

static void
test_forward_value (void)
{
  const union sigval value = { .sival_int = 42 };
  int fd;
  pid_t guard = start (tell_value, NULL, &fd);

  read_pid (fd);
  g_assert_cmpint (sigqueue (guard, SIGTSTP, value), ==, 0);
  g_assert_cmpint (read_pid (fd), ==, SIGTSTP);
  g_assert_cmpint (read_pid (fd), ==, 42);
  assert_exit_code (guard, 0);
  close (fd);
}

static void
test_guard_killed (void)
{
  int fd;
  pid_t guard = start (wait_for_signal, NULL, &fd);

  read_pid (fd);
  kill (guard, SIGKILL);
  wait_for (guard);
  g_assert_cmpint (read_pid (fd), ==, SIGTERM);
  close (fd);
}

static void
leave_and_exit (int         channel,
                const char *data)
{
  leave_daemon (channel, strcmp (data, "stubborn") == 0);
  _exit (3);
}

static void
test_left_behind (gconstpointer data)
{
  int fd;
  pid_t guard = start (leave_and_exit, data, &fd);
  pid_t left = read_pid (fd);

  assert_exit_code (guard, 3);
  assert_gone (left);
  close (fd);
}

static void
leave_and_die (int         channel,
               const char *run_dir)
{
  g_autoptr(RunnelRunDir) dir = run_dir ? runnel_run_dir_adopt (run_dir, NULL) : NULL;

  if (run_dir)
    runnel_guard_set_run (42, run_dir);
  leave_daemon (channel, TRUE);
  leave_daemon (channel, TRUE);
  raise (SIGKILL);
}

static void
test_engine_killed (void)
{
  int fd;
  pid_t guard = start (leave_and_die, NULL, &fd);
  pid_t first = read_pid (fd);
  pid_t second = read_pid (fd);

  assert_exit_code (guard, 128 + SIGKILL);
  assert_gone (first);
  assert_gone (second);
  close (fd);
}

static void
want_successor (int         channel,
                const char *data)
{
  runnel_guard_want_successor ();
}

/* In the process that the guard has started: it has nothing of the guard's but its arguments. */
static int
be_successor (const char *fifo)
{
  int fd = open (fifo, O_WRONLY | O_CLOEXEC);
  const char *answer = getsid (0) == getpid () && !isatty (STDIN_FILENO) ? "free" : "bound";

  return write (fd, answer, strlen (answer)) < 0;
}

static void
test_successor (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-guard-XXXXXX", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  char answer[10] = "";
  int channel, fd;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  successor[2] = fifo;
  assert_exit_code (start (want_successor, NULL, &channel), 0);
  fd = open (fifo, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (read (fd, answer, sizeof answer - 1), ==, 4);
  g_assert_cmpstr (answer, ==, "free");
  successor[2] = NULL;
  close (fd);
  close (channel);
  g_unlink (fifo);
  g_rmdir (folder);
}

static gboolean
copy_last_cb (const RunnelEvent *event,
              gpointer           user_data)
{
  RunnelEvent *last = user_data;

  *last = *event;
  last->attempt++;
  return TRUE;
}

static void
test_facts (void)
{
  g_autofree char *runs_dir = g_dir_make_tmp ("runnel-guard-XXXXXX", NULL);
  RunnelRunDir *dir = runnel_run_dir_create (runs_dir, 42, NULL);
  g_autofree char *path = g_strdup (runnel_run_dir_get_path (dir));
  g_autofree char *events = g_build_filename (path, RUNNEL_RUN_DIR_EVENTS, NULL);
  g_autofree char *lock = g_build_filename (path, RUNNEL_RUN_DIR_LOCK, NULL);
  RunnelEvent last = { 0 };
  int fd;

  /* The engine was killed in the middle of a line. */
  g_assert_true (g_file_set_contents (events, "{\"event\": \"step-qu", -1, NULL));
  runnel_run_dir_free (dir);
  assert_exit_code (start (leave_and_die, path, &fd), 128 + SIGKILL);

  g_assert_true (runnel_event_log_read (path, copy_last_cb, &last, NULL));
  g_assert_cmpint (last.type, ==, RUNNEL_EVENT_RUN_FINISHED);
  g_assert_cmpint (last.state, ==, RUNNEL_STATE_INTERRUPTED);
  g_assert_cmpint (last.run, ==, 42);
  g_assert_false (runnel_run_dir_is_alive (path));
  close (fd);
  g_unlink (events);
  g_unlink (lock);
  g_rmdir (path);
  g_rmdir (runs_dir);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--successor"))
    return be_successor (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/guard/successor", test_successor);
  g_test_add_func ("/engine/guard/exit-code", test_exit_code);
  g_test_add_func ("/engine/guard/forward", test_forward);
  g_test_add_func ("/engine/guard/forward-value", test_forward_value);
  g_test_add_func ("/engine/guard/guard-killed", test_guard_killed);
  g_test_add_data_func ("/engine/guard/left-behind", "willing", test_left_behind);
  g_test_add_data_func ("/engine/guard/left-behind-stubborn", "stubborn", test_left_behind);
  g_test_add_func ("/engine/guard/engine-killed", test_engine_killed);
  g_test_add_func ("/engine/guard/facts", test_facts);
  return g_test_run ();
}
