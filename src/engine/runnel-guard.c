/* runnel-guard.c: the small process that outlives a run and leaves nothing behind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/runnel-event.h"
#include "engine/runnel-guard.h"
#include "engine/runnel-leftovers.h"
#include "engine/runnel-run-dir.h"

/* Whoever starts `runnel run` gets the guard; the engine is its child. The guard is a subreaper:
 * when the engine dies, however that happens, all that it started and that is still there becomes
 * the guard's to end. It does nothing else, so it has little that could go wrong: one thread, a
 * loop that waits for signals, and no files. */

#define PATH_SIZE 4096

/* In memory that both processes see. */
typedef struct
{
  volatile gint64 run; /* 0 = not told yet; set last */
  volatile gboolean wants_successor;
  char run_dir[PATH_SIZE];
} Shared;

static Shared *shared;

/* Signals that are meant for the run are the engine's to handle. */
static const int forwarded[] = {
  SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGTSTP, SIGCONT,
};

/* A descriptor below 3 would be taken for a standard stream by every child. */
static void
ensure_standard_streams (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0)
    close (fd);
  close_range (STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
}

static void
become_engine (pid_t           parent,
               const sigset_t *signals)
{
  sigprocmask (SIG_SETMASK, signals, NULL);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () != parent)
    raise (SIGTERM);
}

/* Ctrl+Z: a shell waits for its child, which is the guard, to stop. Where there is no shell that
 * could continue it, the kernel does not let it stop. */
static void
stop_with_terminal (void)
{
  sigset_t stop;

  sigemptyset (&stop);
  sigaddset (&stop, SIGTSTP);
  sigprocmask (SIG_UNBLOCK, &stop, NULL);
  raise (SIGTSTP);
  sigprocmask (SIG_BLOCK, &stop, NULL);
}

/* The terminal sends its signals to the engine as well; those of a person or a program that
 * knows the guard only have to be passed on, with the value that may be with them. So has the end
 * of a terminal that was ours alone: the kernel tells only the leader of its session. */
static void
forward (const siginfo_t *info,
         pid_t            engine)
{
  if (info->si_code == SI_QUEUE)
    sigqueue (engine, info->si_signo, info->si_value);
  else if (info->si_code <= 0 || info->si_signo == SIGHUP)
    kill (engine, info->si_signo);
  else if (info->si_signo == SIGTSTP)
    stop_with_terminal ();
}

/* Waits for whatever has ended. Returns: whether the engine has. */
static gboolean
reap (pid_t  engine,
      int   *ret_status)
{
  gboolean engine_ended = FALSE;
  int status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    {
      if (pid != engine)
        continue;
      *ret_status = status;
      engine_ended = TRUE;
    }
  return engine_ended;
}

static int
wait_for_engine (pid_t           engine,
                 const sigset_t *signals)
{
  siginfo_t info;
  int status = 0;

  for (;;)
    {
      if (sigwaitinfo (signals, &info) < 0)
        continue;
      if (info.si_signo != SIGCHLD)
        forward (&info, engine);
      else if (reap (engine, &status))
        return status;
    }
}

static gboolean
append_line (int     fd,
             GString *line)
{
  char last = '\n';
  off_t size = lseek (fd, 0, SEEK_END);

  /* The engine may have been cut off in the middle of a line. */
  if (size > 0 && pread (fd, &last, 1, size - 1) == 1 && last != '\n')
    g_string_prepend_c (line, '\n');
  return write (fd, line->str, line->len) == (gssize) line->len;
}

/* So that the run's facts are complete even before the history looks. Nobody else may do the same
 * at that moment, and whoever had the lock before us has done it. */
static void
record_interruption (const char *reason)
{
  g_autoptr(RunnelRunDir) dir = runnel_run_dir_adopt (shared->run_dir, NULL);
  g_autoptr(GString) line = g_string_new (NULL);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_FINISHED,
    .time = g_get_real_time (),
    .run = shared->run,
    .state = RUNNEL_STATE_INTERRUPTED,
    .reason = reason,
    .exit_code = -1,
  };
  int fd;

  if (!dir)
    return;
  fd = openat (runnel_run_dir_get_fd (dir), RUNNEL_RUN_DIR_EVENTS, O_RDWR | O_APPEND | O_CLOEXEC);
  if (fd < 0)
    return;
  runnel_event_append_json (&event, line);
  g_string_append_c (line, '\n');
  append_line (fd, line);
  close (fd);
}

/* An engine that ends in order leaves nothing. When it was killed there is no order left. */
static int
close_after (int status)
{
  g_autofree char *reason = NULL;

  g_free (runnel_leftovers_end (WIFEXITED (status) ? RUNNEL_GUARD_GRACE : 0));
  if (WIFEXITED (status))
    return WEXITSTATUS (status);
  reason = g_strdup_printf ("The run's process was ended by signal %d (%s)", WTERMSIG (status),
                            g_strsignal (WTERMSIG (status)));
  if (shared->run != 0)
    record_interruption (reason);
  g_printerr ("runnel: %s\n", reason);
  return 128 + WTERMSIG (status);
}

/* In the child of the guard. It keeps nothing open that somebody waits for the end of. */
static void __attribute__ ((noreturn))
become_successor (const char *const *successor,
                  const sigset_t    *signals)
{
  int null_fd = open ("/dev/null", O_RDWR);

  setsid ();
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    dup2 (null_fd, fd);
  close_range (STDERR_FILENO + 1, ~0U, 0);
  signal (SIGPIPE, SIG_DFL);
  sigprocmask (SIG_UNBLOCK, signals, NULL);
  execv ("/proc/self/exe", (char **) successor);
  _exit (127);
}

static void __attribute__ ((noreturn))
guard (pid_t              engine,
       const sigset_t    *signals,
       const char *const *successor)
{
  int code;

  prctl (PR_SET_NAME, "runnel-guard");
  signal (SIGPIPE, SIG_IGN); /* whoever reads our messages may be gone before our work is done */
  code = close_after (wait_for_engine (engine, signals));
  if (successor && shared->wants_successor && fork () == 0)
    become_successor (successor, signals);
  _exit (code);
}

/**
 * runnel_guard_start:
 * @successor: (nullable) (array zero-terminated=1): the arguments, from the name on, with which
 *   this program is started when the engine wanted it; must outlive the process
 *
 * Makes two processes of this one. It returns in the child, which is to become the engine of a
 * run; the parent stays as its guard: it passes signals on, ends what the engine leaves behind,
 * and exits with the engine's exit code. Should the guard be killed, the engine gets SIGTERM.
 *
 * Has to come first thing in main(), before there are threads. Without a guard, when no process
 * can be had for it, the run goes on all the same.
 */
void
runnel_guard_start (const char *const *successor)
{
  sigset_t signals, before;
  pid_t self = getpid ();
  pid_t engine;

  ensure_standard_streams ();
  shared = mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED)
    {
      shared = NULL;
      return;
    }

  sigemptyset (&signals);
  sigaddset (&signals, SIGCHLD);
  for (guint i = 0; i < G_N_ELEMENTS (forwarded); i++)
    sigaddset (&signals, forwarded[i]);
  signal (SIGCHLD, SIG_DFL);
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  sigprocmask (SIG_BLOCK, &signals, &before);

  engine = fork ();
  if (engine > 0)
    guard (engine, &signals, successor);
  if (engine == 0)
    become_engine (self, &before);
  else
    sigprocmask (SIG_SETMASK, &before, NULL);
}

/**
 * runnel_guard_set_run:
 * @run: the run's number
 * @run_dir: its folder, absolute
 *
 * Tells the guard whose events to complete should the engine die without a word.
 */
void
runnel_guard_set_run (gint64      run,
                      const char *run_dir)
{
  if (!shared || strlen (run_dir) >= PATH_SIZE)
    return;
  g_strlcpy (shared->run_dir, run_dir, PATH_SIZE);
  shared->run = run;
}

/**
 * runnel_guard_want_successor:
 *
 * Has the guard start what runnel_guard_start() was told, in the background, when everything of
 * the run is over. The engine could not: what it starts is ended with it.
 */
void
runnel_guard_want_successor (void)
{
  if (shared)
    shared->wants_successor = TRUE;
}
