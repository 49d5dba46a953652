/* test-process.c: programs, their groups and their ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-proc-list.h"
#include "engine/runnel-process.h"

typedef struct
{
  char *dir;
  char *log;
  RunnelReaper *reaper;
  GMainLoop *loop;

  gboolean in_start;
  gboolean several;  /* processes at once: `pid` is that of the last */
  pid_t pid;
  gint64 start_time;
  guint n_ended;
  RunnelProcessEnd end;
  guint n_leftovers;
  GError *error;
} Fixture;

static void
started_cb (pid_t    pid,
            gint64   start_time,
            gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->pid = pid;
  fixture->start_time = start_time;
}

static void
ended_cb (const RunnelProcessEnd *end,
          gpointer                user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->in_start);
  g_assert_true (fixture->several || fixture->pid == 0 || kill (-fixture->pid, 0) < 0);
  fixture->n_ended++;
  fixture->end = *end;
  fixture->n_leftovers = end->leftovers ? end->leftovers->len : 0;
  fixture->error = end->error ? g_error_copy (end->error) : NULL;
  g_main_loop_quit (fixture->loop);
}

static const RunnelProcessCallbacks callbacks = { started_cb, ended_cb };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("runnel-process-XXXXXX", NULL);
  fixture->log = g_build_filename (fixture->dir, "log", NULL);
  fixture->reaper = runnel_reaper_new (NULL);
  fixture->loop = g_main_loop_new (NULL, FALSE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_clear_error (&fixture->error);
  runnel_reaper_free (fixture->reaper);
  g_main_loop_unref (fixture->loop);
  g_free (fixture->dir);
  g_free (fixture->log);
}

static const char *const default_env[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", NULL };

static RunnelProcess *
start (Fixture           *fixture,
       const char *const *argv,
       const char *const *env,
       const char        *working_directory,
       const char        *stdin_text,
       gint64             grace)
{
  RunnelProcessRequest request = {
    .argv = argv,
    .env = env ? env : default_env,
    .working_directory = working_directory ? working_directory : fixture->dir,
    .stdin_text = stdin_text,
    .output_fd = open (fixture->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600),
    .grace = grace,
  };
  RunnelProcess *process;

  fixture->pid = 0;
  fixture->in_start = TRUE;
  process = runnel_process_start (fixture->reaper, &request, &callbacks, fixture);
  fixture->in_start = FALSE;
  return process;
}

static void
run (Fixture    *fixture,
     const char *program,
     ...)
{
  const char *argv[16] = { program };
  guint length = 1;
  va_list args;

  va_start (args, program);
  while ((argv[length] = va_arg (args, const char *)))
    length++;
  va_end (args);
  start (fixture, argv, NULL, NULL, NULL, G_USEC_PER_SEC);
  g_main_loop_run (fixture->loop);
}

static RunnelProcess *
start_shell (Fixture    *fixture,
             const char *script,
             gint64      grace)
{
  const char *argv[] = { "sh", "-c", script, NULL };

  return start (fixture, argv, NULL, NULL, NULL, grace);
}

static void
run_shell (Fixture    *fixture,
           const char *script)
{
  start_shell (fixture, script, G_USEC_PER_SEC);
  g_main_loop_run (fixture->loop);
}

static char *
read_log (Fixture *fixture,
          gsize   *ret_length)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->log, &text, ret_length, NULL));
  return text;
}

static void
assert_log (Fixture    *fixture,
            const char *expected)
{
  g_autofree char *text = read_log (fixture, NULL);

  g_assert_cmpstr (text, ==, expected);
}

/* Turns the main context until the program has written something. */
static void
wait_for_output (Fixture *fixture)
{
  struct stat st;

  while (g_stat (fixture->log, &st) == 0 && st.st_size == 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
test_success (Fixture       *fixture,
              gconstpointer  data)
{
  run (fixture, "echo", "to the file", NULL);
  g_assert_cmpint (fixture->end.exit_code, ==, 0);
  g_assert_cmpint (fixture->end.term_signal, ==, 0);
  g_assert_false (fixture->end.cancelled);
  g_assert_cmpuint (fixture->n_leftovers, ==, 0);
  g_assert_no_error (fixture->error);
  assert_log (fixture, "to the file\n");
}

static void
test_exit_code (Fixture       *fixture,
                gconstpointer  data)
{
  run_shell (fixture, "echo out; echo err >&2; exit 42");
  g_assert_cmpint (fixture->end.exit_code, ==, 42);
  assert_log (fixture, "out\nerr\n");
}

static void
test_signal (Fixture       *fixture,
             gconstpointer  data)
{
  run_shell (fixture, "kill -SEGV $$");
  g_assert_cmpint (fixture->end.exit_code, ==, -1);
  g_assert_cmpint (fixture->end.term_signal, ==, SIGSEGV);
}

static void
test_usage (Fixture       *fixture,
            gconstpointer  data)
{
  run_shell (fixture, "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done");
  g_assert_cmpint (fixture->end.usage.user_us, >, 0);
  g_assert_cmpint (fixture->end.usage.max_rss_kb, >, 100);
}

static void
test_start_time (Fixture       *fixture,
                 gconstpointer  data)
{
  RunnelProc proc;
  RunnelProcess *process = start_shell (fixture, "exec sleep 1000", G_USEC_PER_SEC);

  g_assert_true (runnel_proc_read (fixture->pid, &proc));
  g_assert_cmpint (proc.start_time, ==, fixture->start_time);
  runnel_process_cancel (process);
  g_main_loop_run (fixture->loop);
}

/* The tick at which a process starts is told from the clock; it has to be the kernel's, always. */
static void
test_start_times (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *argv[] = { "true", NULL };

  for (guint i = 0; i < 300; i++)
    {
      RunnelProc proc;

      start (fixture, argv, NULL, NULL, NULL, 0);
      g_assert_true (runnel_proc_read (fixture->pid, &proc));
      g_assert_cmpint (proc.start_time, ==, fixture->start_time);
      g_main_loop_run (fixture->loop);
    }
}

static void
test_environment (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *argv[] = { "/usr/bin/env", NULL };
  const char *env[] = { "A=1", "B=two words", NULL };

  start (fixture, argv, env, NULL, NULL, 0);
  g_main_loop_run (fixture->loop);
  assert_log (fixture, "A=1\nB=two words\n");
}

static void
test_defaults (Fixture       *fixture,
               gconstpointer  data)
{
  /* Nothing of ours gets in: no descriptors, no blocked signals, none of those that main() has
   * ignored, no terminal input. */
  int fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  g_autofree char *expected = g_strdup_printf ("0\n1\n2\n3\n%s\n", fixture->dir);
  g_autofree char *text = NULL;

  close_range (3, ~0U, CLOSE_RANGE_CLOEXEC); /* what the tests were started with */
  run_shell (fixture, "ls /proc/self/fd; cat; pwd");
  assert_log (fixture, expected); /* 3 is the folder that ls reads */
  g_assert_cmpint (truncate (fixture->log, 0), ==, 0);

  run (fixture, "grep", "-E", "^Sig(Blk|Ign|Cgt)", "/proc/self/status", NULL);
  text = read_log (fixture, NULL);
  g_assert_nonnull (strstr (text, "SigBlk:\t0000000000000000"));
  g_assert_nonnull (strstr (text, "SigIgn:\t0000000000000000"));
  close (fd);
}

static void
test_own_group (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *text = NULL;
  int pid, group;

  run_shell (fixture, "cut -d' ' -f5 /proc/$$/stat; echo $$");
  text = read_log (fixture, NULL);
  g_assert_cmpint (sscanf (text, "%d %d", &group, &pid), ==, 2);
  g_assert_cmpint (group, ==, pid);
  g_assert_cmpint (pid, ==, fixture->pid);
}

static void
test_stdin (Fixture       *fixture,
            gconstpointer  data)
{
  const char *argv[] = { "cat", NULL };
  g_autofree char *big = g_strnfill (300000, 'x');

  start (fixture, argv, NULL, NULL, big, 0);
  g_main_loop_run (fixture->loop);
  assert_log (fixture, big);
}

static void
test_binary (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *text = NULL;
  gsize length;

  run_shell (fixture, "printf '\\000\\377\\001\\n\\000'");
  text = read_log (fixture, &length);
  g_assert_cmpmem (text, length, "\0\377\001\n\0", 5);
}

static void
assert_not_started (Fixture    *fixture,
                    int         code,
                    const char *words)
{
  g_assert_error (fixture->error, RUNNEL_LAUNCH_ERROR, code);
  g_assert_nonnull (strstr (fixture->error->message, words));
  g_assert_cmpint (fixture->end.exit_code, ==, -1);
  g_clear_error (&fixture->error);
}

static void
test_missing_program (Fixture       *fixture,
                      gconstpointer  data)
{
  run (fixture, "no-such-program", NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_NOT_FOUND,
                      "“no-such-program” was not found in PATH (/usr/bin:/bin)");
  run (fixture, "./no-such-file", NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_NOT_FOUND, "working directory");
  run (fixture, "", NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_NOT_FOUND, "was not found");
}

static void
test_missing_folder (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *argv[] = { "true", NULL };

  start (fixture, argv, NULL, "/no/such/folder", NULL, 0);
  g_main_loop_run (fixture->loop);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_WORKING_DIRECTORY, "/no/such/folder");
}

static void
write_program (Fixture    *fixture,
               const char *name,
               const char *text,
               int         mode)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, mode, NULL));
}

static void
test_not_executable (Fixture       *fixture,
                     gconstpointer  data)
{
  write_program (fixture, "plain", "echo\n", 0644);
  write_program (fixture, "no-line", "echo\n", 0755);
  write_program (fixture, "bad-line", "#!/no/such/interpreter\n", 0755);

  run (fixture, "./plain", NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE, "chmod +x");
  run (fixture, "/usr", NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE, "is a folder");
  run (fixture, "./no-line", NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE, "#!/bin/sh");
  run (fixture, "./bad-line", NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE, "interpreter");
}

static void
test_relative_program (Fixture       *fixture,
                       gconstpointer  data)
{
  write_program (fixture, "tool", "#!/bin/sh\necho here\n", 0755);
  run (fixture, "./tool", NULL);
  assert_log (fixture, "here\n");
}

static void
test_path_order (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *argv[] = { "tool", NULL };
  g_autofree char *path = g_strdup_printf ("PATH=/no/such/folder:%s:/bin", fixture->dir);
  const char *env[] = { path, NULL };

  write_program (fixture, "tool", "#!/bin/sh\necho found\n", 0755);
  start (fixture, argv, env, "/", NULL, 0);
  g_main_loop_run (fixture->loop);
  assert_log (fixture, "found\n");
}

static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *big = g_strnfill (200000, 'x');

  run (fixture, "true", big, NULL);
  assert_not_started (fixture, RUNNEL_LAUNCH_ERROR_FAILED, "too long");
}

static void
test_leftovers (Fixture       *fixture,
                gconstpointer  data)
{
  run_shell (fixture, "sleep 1000 & sleep 1001 & exit 0");
  g_assert_cmpint (fixture->end.exit_code, ==, 0);
  g_assert_false (fixture->end.cancelled);
  g_assert_cmpuint (fixture->n_leftovers, ==, 2);
}

static void
test_double_fork (Fixture       *fixture,
                  gconstpointer  data)
{
  run_shell (fixture, "(sh -c 'sleep 1000 & echo $! ' &) ; exit 3");
  g_assert_cmpint (fixture->end.exit_code, ==, 3);
  g_assert_cmpint (kill (-fixture->pid, 0), ==, -1);
}

static void
test_stubborn_leftover (Fixture       *fixture,
                        gconstpointer  data)
{
  /* It ignores TERM, so only KILL, after the grace period, ends it. */
  start_shell (fixture, "(trap '' TERM; echo ready; while :; do sleep 1000; done) & "
                        "while ! grep -q ready log; do :; done",
               50 * 1000);
  g_main_loop_run (fixture->loop);
  g_assert_cmpint (fixture->end.exit_code, ==, 0);
  g_assert_cmpuint (fixture->n_leftovers, >=, 1);
}

static void
test_adopted (Fixture       *fixture,
              gconstpointer  data)
{
  /* Whatever left its group and was orphaned is ours now, and must not stay as a zombie. */
  g_autofree char *text = NULL;
  int pid;

  run_shell (fixture, "setsid -f sh -c 'echo $$'; while ! [ -s log ]; do :; done");
  text = read_log (fixture, NULL);
  g_assert_cmpint (sscanf (text, "%d", &pid), ==, 1);
  while (kill (pid, 0) == 0)
    run_shell (fixture, "true");
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  RunnelProcess *process;

  process = start_shell (fixture, "trap 'echo asked; exit 5' TERM; echo ready; "
                                  "while :; do sleep 1000 & wait; done",
                         60 * G_USEC_PER_SEC);
  wait_for_output (fixture);
  runnel_process_cancel (process);
  g_main_loop_run (fixture->loop);
  g_assert_true (fixture->end.cancelled);
  g_assert_cmpint (fixture->end.exit_code, ==, 5);
  assert_log (fixture, "ready\nasked\n");
}

static void
test_cancel_at_once (Fixture       *fixture,
                     gconstpointer  data)
{
  for (guint i = 0; i < 200; i++)
    {
      const char *argv[] = { "sleep", "1000", NULL };
      RunnelProcess *process = start (fixture, argv, NULL, NULL, NULL, 60 * G_USEC_PER_SEC);

      runnel_process_cancel (process);
      runnel_process_cancel (process);
      g_main_loop_run (fixture->loop);
      g_assert_true (fixture->end.cancelled);
      g_assert_cmpint (fixture->end.term_signal, ==, SIGTERM);
    }
  g_assert_cmpuint (fixture->n_ended, ==, 200);
}

static void
test_cancel_stopped (Fixture       *fixture,
                     gconstpointer  data)
{
  RunnelProcess *process = start_shell (fixture, "echo ready; kill -STOP $$", 60 * G_USEC_PER_SEC);
  RunnelProc proc;

  do
    g_assert_true (runnel_proc_read (fixture->pid, &proc));
  while (proc.state != 'T');
  runnel_process_cancel (process);
  g_main_loop_run (fixture->loop);
  g_assert_cmpint (fixture->end.term_signal, ==, SIGTERM);
}

static void
test_cancel_stubborn (Fixture       *fixture,
                      gconstpointer  data)
{
  RunnelProcess *process = start_shell (fixture, "trap '' TERM; echo ready; "
                                                 "while :; do sleep 1000; done", 20 * 1000);

  wait_for_output (fixture);
  runnel_process_cancel (process);
  g_main_loop_run (fixture->loop);
  g_assert_true (fixture->end.cancelled);
  g_assert_cmpint (fixture->end.term_signal, ==, SIGKILL);
}

/* Until all of the group, which is one shell and its child, is stopped or is not. */
static void
wait_for_group (Fixture *fixture,
                gboolean stopped)
{
  guint n = 0;

  while (n != 2)
    {
      g_autoptr(GArray) members = runnel_proc_list_group (fixture->pid);

      n = 0;
      for (guint i = 0; i < members->len; i++)
        if ((g_array_index (members, RunnelProc, i).state == 'T') == stopped)
          n++;
    }
}

static void
test_freeze (Fixture       *fixture,
             gconstpointer  data)
{
  RunnelProcess *process = start_shell (fixture, "trap 'exit 3' USR1; sleep 1000 & echo ready; wait",
                                        60 * G_USEC_PER_SEC);

  wait_for_output (fixture);
  g_assert_true (runnel_process_hold (process, RUNNEL_HOLD_STARTS));
  wait_for_group (fixture, FALSE);
  g_assert_true (runnel_process_hold (process, RUNNEL_HOLD_ALL));
  wait_for_group (fixture, TRUE);
  kill (fixture->pid, SIGUSR1); /* is not heard before it goes on */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (fixture->n_ended, ==, 0);

  g_assert_true (runnel_process_hold (process, RUNNEL_HOLD_NONE));
  g_main_loop_run (fixture->loop);
  g_assert_cmpint (fixture->end.exit_code, ==, 3);
}

static void
test_cancel_frozen (Fixture       *fixture,
                    gconstpointer  data)
{
  RunnelProcess *process = start_shell (fixture, "trap 'echo asked; exit 5' TERM; sleep 1000 & "
                                                 "echo ready; wait", 60 * G_USEC_PER_SEC);

  wait_for_output (fixture);
  g_assert_true (runnel_process_hold (process, RUNNEL_HOLD_ALL));
  wait_for_group (fixture, TRUE);
  runnel_process_cancel (process);
  g_assert_false (runnel_process_hold (process, RUNNEL_HOLD_ALL));
  g_main_loop_run (fixture->loop);
  g_assert_true (fixture->end.cancelled);
  g_assert_cmpint (fixture->end.exit_code, ==, 5);
  assert_log (fixture, "ready\nasked\n");
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  const char *argv[] = { "true", NULL };

  fixture->several = TRUE;
  for (guint i = 0; i < 100; i++)
    start (fixture, argv, NULL, NULL, NULL, 0);
  while (fixture->n_ended < 100)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fixture->end.exit_code, ==, 0);
}

static void
test_no_files_left (Fixture       *fixture,
                    gconstpointer  data)
{
  struct rlimit before, none = { 0, 0 };
  const char *argv[] = { "true", NULL };

  /* Room for standard input, but not for the descriptor of the process. */
  int probe = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  close (probe);
  getrlimit (RLIMIT_NOFILE, &before);
  none.rlim_max = before.rlim_max;
  none.rlim_cur = probe + 2;
  setrlimit (RLIMIT_NOFILE, &none);
  start (fixture, argv, NULL, NULL, NULL, 0);
  setrlimit (RLIMIT_NOFILE, &before);
  g_assert_cmpint (fixture->pid, ==, 0);
  g_main_loop_run (fixture->loop); /* it is tried again, and now there is room */
  g_assert_cmpint (fixture->end.exit_code, ==, 0);
}

/* From now on no process can be had any more. */
static void
forbid_processes (int error_number)
{
  struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error_number),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { G_N_ELEMENTS (filter), filter };

  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  g_assert_cmpint (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

/* It is tried again for a while; in a process of its own, as this can't be undone. */
static void
assert_refused (Fixture    *fixture,
                int         error_number,
                const char *words)
{
  const char *argv[] = { "true", NULL };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  forbid_processes (error_number);
  start (fixture, argv, NULL, NULL, NULL, 0);
  g_main_loop_run (fixture->loop);
  g_assert_error (fixture->error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_BUSY);
  g_assert_nonnull (strstr (fixture->error->message, words));
  _exit (0); /* what looks for leaks at the end of a program would need a process, too */
}

static void
test_no_processes_left (Fixture       *fixture,
                        gconstpointer  data)
{
  assert_refused (fixture, EAGAIN, "ulimit -u");
}

static void
test_no_memory_left (Fixture       *fixture,
                     gconstpointer  data)
{
  assert_refused (fixture, ENOMEM, "no memory");
}

static void
test_parent_dies (Fixture       *fixture,
                  gconstpointer  data)
{
  /* A child of ours starts a process and is killed: the process goes with it. */
  RunnelProc proc;
  int channel[2];
  pid_t pid, grandchild;

  g_assert_cmpint (pipe (channel), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      start_shell (fixture, "exec sleep 1000", 0);
      g_assert_cmpint (write (channel[1], &fixture->pid, sizeof fixture->pid), >, 0);
      pause ();
    }
  g_assert_cmpint (read (channel[0], &grandchild, sizeof grandchild), ==, sizeof grandchild);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  while (runnel_proc_read (grandchild, &proc) && proc.state != 'Z')
    g_thread_yield ();
  waitpid (grandchild, NULL, 0);
  close (channel[0]);
  close (channel[1]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGUSR1, SIG_IGN);

#define ADD(path, function) \
  g_test_add ("/engine/process/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("success", test_success);
  ADD ("exit-code", test_exit_code);
  ADD ("signal", test_signal);
  ADD ("usage", test_usage);
  ADD ("start-time", test_start_time);
  ADD ("start-times", test_start_times);
  ADD ("environment", test_environment);
  ADD ("defaults", test_defaults);
  ADD ("own-group", test_own_group);
  ADD ("stdin", test_stdin);
  ADD ("binary-output", test_binary);
  ADD ("missing-program", test_missing_program);
  ADD ("missing-folder", test_missing_folder);
  ADD ("not-executable", test_not_executable);
  ADD ("relative-program", test_relative_program);
  ADD ("path-order", test_path_order);
  ADD ("too-long", test_too_long);
  ADD ("leftovers", test_leftovers);
  ADD ("double-fork", test_double_fork);
  ADD ("stubborn-leftover", test_stubborn_leftover);
  ADD ("adopted", test_adopted);
  ADD ("cancel", test_cancel);
  ADD ("cancel-at-once", test_cancel_at_once);
  ADD ("cancel-stopped", test_cancel_stopped);
  ADD ("cancel-stubborn", test_cancel_stubborn);
  ADD ("freeze", test_freeze);
  ADD ("cancel-frozen", test_cancel_frozen);
  ADD ("many", test_many);
  ADD ("no-files-left", test_no_files_left);
  ADD ("no-processes-left", test_no_processes_left);
  ADD ("no-memory-left", test_no_memory_left);
  ADD ("parent-dies", test_parent_dies);
  return g_test_run ();
}
