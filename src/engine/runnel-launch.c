/* runnel-launch.c: a program on its way into a process of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/runnel-launch.h"
#include "engine/runnel-raw-syscall.h"

/* Processes are started by an asynchronous clone: CLONE_VM without CLONE_VFORK. The child borrows
 * our memory until it executes its program, as with vfork(), but we go on at once instead of
 * sleeping until then, and the next child is prepared while this one loads. Nothing of our
 * address space is copied, so the cost does not grow with the size of the engine. Against
 * posix_spawn() in one thread that takes a fifth off the time of a run of short steps on two
 * processors; posix_spawn() in two threads comes close, but needs queues and locks between the
 * threads and the main loop and can't set the parent death signal. tests/bench/spawn-bench.c
 * measures it.
 *
 * The price is the discipline of run_child(): it has a small stack of its own, all signals are
 * blocked, and it makes nothing but raw system calls. What goes wrong there it writes into the
 * launch, where the parent finds it once the child is gone. */

#if RUNNEL_HAS_RAW_SYSCALL
#define CLONE_FLAGS (CLONE_VM | CLONE_PIDFD | SIGCHLD)
#else
#define CLONE_FLAGS (CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD)
#endif

#define STACK_SIZE 16384
#define DEFAULT_PATH "/usr/local/bin:/usr/bin:/bin"
#define EXIT_NOT_STARTED 127

typedef enum
{
  STAGE_STARTED, /* nothing went wrong so far */
  STAGE_SET_UP,
  STAGE_WORKING_DIRECTORY,
  STAGE_EXECUTE,
} Stage;

struct _RunnelLaunch
{
  /* In `data`. */
  char **argv;
  char **env;
  char **candidates; /* the files tried in turn */
  char *working_directory;

  /* Set for the child. */
  pid_t parent;
  int stdin_fd;
  int output_fd;
  int group_fd;
  guint64 changed_signals;

  /* Written by the child, read when it is gone. */
  Stage stage;
  int error_number;

  _Alignas (16) char stack[STACK_SIZE];
  char *data[]; /* pointers to strings, then the strings */
};

/* Where the next ones go. */
typedef struct
{
  char **pointers;
  char *text;
} Room;

G_DEFINE_QUARK (runnel-launch-error-quark, runnel_launch_error)

#define CALL(name, a, b, c, d) \
  runnel_raw_syscall (SYS_##name, (long) (a), (long) (b), (long) (c), (long) (d))

static void __attribute__ ((noreturn))
give_up (RunnelLaunch *self,
         Stage         stage,
         long          error_number)
{
  self->error_number = (int) error_number;
  self->stage = stage;
  for (;;)
    CALL (exit_group, EXIT_NOT_STARTED, 0, 0, 0);
}

/* The signals that do not have the default disposition. A process arranges its signals before it
 * starts its first program, so this is asked only once: to ask for, or to set, all 64 of them takes
 * longer than anything else that is done for a launch but the clone itself. */
static guint64
list_changed_signals (void)
{
  static guint64 changed;
  static gboolean known;

  for (int i = 1; !known && i < _NSIG; i++)
    {
      struct sigaction action;

      if (sigaction (i, NULL, &action) == 0 && action.sa_handler != SIG_DFL)
        changed |= G_GUINT64_CONSTANT (1) << (i - 1);
    }
  known = TRUE;
  return changed;
}

/* Our handlers must be gone before signals are let in: they would run in the child with our
 * memory. What we ignore must be gone as well: programs expect the defaults. */
static void
reset_signals (guint64 changed)
{
  static const unsigned long defaults[8]; /* the kernel's struct sigaction; zero is SIG_DFL */
  static const guint64 none;              /* the kernel's sigset_t */

  for (int i = 1; changed != 0; i++, changed >>= 1)
    if (changed & 1)
      CALL (rt_sigaction, i, defaults, NULL, sizeof none);
  CALL (rt_sigprocmask, SIG_SETMASK, &none, NULL, sizeof none);
}

static void
connect_streams (RunnelLaunch *self)
{
  long result;

  if ((result = CALL (dup3, self->stdin_fd, STDIN_FILENO, 0, 0)) < 0
      || (result = CALL (dup3, self->output_fd, STDOUT_FILENO, 0, 0)) < 0
      || (result = CALL (dup3, self->output_fd, STDERR_FILENO, 0, 0)) < 0)
    give_up (self, STAGE_SET_UP, -result);
}

/* As execvpe() does it: what is not there is passed over, a file that may not be executed is
 * remembered in case nothing better comes. */
static void __attribute__ ((noreturn))
execute (RunnelLaunch *self)
{
  long error_number = ENOENT;

  for (char **path = self->candidates; *path; path++)
    {
      long result = -CALL (execve, *path, self->argv, self->env, 0);

      if (result == EACCES)
        error_number = EACCES;
      else if (result != ENOENT && result != ENOTDIR)
        give_up (self, STAGE_EXECUTE, result);
    }
  give_up (self, STAGE_EXECUTE, error_number);
}

static int __attribute__ ((no_sanitize ("address", "undefined")))
run_child (void *data)
{
  RunnelLaunch *self = data;
  long result;

  CALL (setpgid, 0, 0, 0, 0);
  CALL (prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0);
  if (CALL (getppid, 0, 0, 0, 0) != self->parent)
    give_up (self, STAGE_SET_UP, ECANCELED); /* the parent died before it could be noticed */
  if (self->group_fd >= 0) /* what can't be measured can be done all the same */
    CALL (write, self->group_fd, "0", 1, 0);
  connect_streams (self);
  if ((result = CALL (chdir, self->working_directory, 0, 0, 0)) < 0)
    give_up (self, STAGE_WORKING_DIRECTORY, -result);
  reset_signals (self->changed_signals);
  execute (self);
}

/* With their pointers, but without the NULL at the end. */
static gsize
measure (const char *const *strings)
{
  gsize size = 0;

  for (; *strings; strings++)
    size += strlen (*strings) + 1 + sizeof (char *);
  return size;
}

static guint
count_folders (const char *path)
{
  guint n = 1;

  for (; *path; path++)
    n += *path == ':';
  return n;
}

/* A launch is one piece of memory: an environment alone would be some fifty. It is not cleared, as
 * most of it is the stack. */
static RunnelLaunch *
allocate (const char *const *argv,
          const char *const *env,
          const char        *working_directory,
          const char        *path,
          Room              *room)
{
  guint n_candidates = path ? count_folders (path) : 1;
  gsize n_pointers = g_strv_length ((char **) argv) + g_strv_length ((char **) env) + n_candidates;
  gsize n_lists = 3;
  gsize size = measure (argv) + measure (env) + strlen (working_directory) + 1;
  RunnelLaunch *self;

  size += n_candidates * (sizeof (char *) + strlen (argv[0]) + 2) + (path ? strlen (path) : 0);
  size += n_lists * sizeof (char *);
  self = g_malloc (sizeof *self + size);
  room->pointers = self->data;
  room->text = (char *) (self->data + n_pointers + n_lists);
  return self;
}

static char *
pack_string (Room       *room,
             const char *string)
{
  char *packed = room->text;

  room->text = stpcpy (packed, string) + 1;
  return packed;
}

static char **
pack_strings (Room              *room,
              const char *const *strings)
{
  char **packed = room->pointers;

  for (; *strings; strings++)
    *room->pointers++ = pack_string (room, *strings);
  *room->pointers++ = NULL;
  return packed;
}

/* A folder without a name is the working directory. */
static void
pack_candidate (Room       *room,
                const char *folder,
                gsize       length,
                const char *program)
{
  *room->pointers++ = room->text;
  if (length > 0)
    {
      room->text = mempcpy (room->text, folder, length);
      *room->text++ = '/';
    }
  pack_string (room, program);
}

static char **
pack_candidates (Room       *room,
                 const char *program,
                 const char *path)
{
  char **packed = room->pointers;

  if (!path)
    pack_candidate (room, "", 0, program);
  else if (*program)
    for (const char *folder = path; folder;)
      {
        const char *end = strchrnul (folder, ':');

        pack_candidate (room, folder, end - folder, program);
        folder = *end ? end + 1 : NULL;
      }
  *room->pointers++ = NULL;
  return packed;
}

/* A name with a slash is a file, relative to the working directory; any other name is looked
 * for in the folders of the PATH that the program itself will see. Returns: NULL for a file */
static const char *
get_search_path (const char        *program,
                 const char *const *env)
{
  const char *path = g_environ_getenv ((char **) env, "PATH");

  if (strchr (program, '/'))
    return NULL;
  return path ? path : DEFAULT_PATH;
}

static char *
find_existing (RunnelLaunch *self)
{
  for (char **path = self->candidates; *path; path++)
    {
      g_autofree char *full = g_path_is_absolute (*path)
        ? g_strdup (*path)
        : g_build_filename (self->working_directory, *path, NULL);

      if (g_file_test (full, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&full);
    }
  return NULL;
}

/* The kernel says "no such file" also when the program is there but the interpreter named in its
 * first line, or its dynamic loader, is not. */
static void
set_not_found (RunnelLaunch  *self,
               GError       **error)
{
  const char *program = self->argv[0];
  const char *path = g_environ_getenv (self->env, "PATH");
  g_autofree char *existing = find_existing (self);

  if (existing)
    g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE,
                 "“%s” could not be executed: the interpreter it asks for (its first line “#!…”, "
                 "or its loader) was not found", existing);
  else if (strchr (program, '/'))
    g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_NOT_FOUND,
                 "“%s” was not found (relative names start at the working directory “%s”)",
                 program, self->working_directory);
  else
    g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_NOT_FOUND,
                 "“%s” was not found in PATH (%s)", program, path ? path : DEFAULT_PATH);
}

static void
set_execute_error (RunnelLaunch  *self,
                   GError       **error)
{
  g_autofree char *existing = find_existing (self);
  const char *program = existing ? existing : self->argv[0];
  g_autofree char *size = NULL;

  switch (self->error_number)
    {
    case ENOENT:
      set_not_found (self, error);
      break;
    case EACCES:
      g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE,
                   g_file_test (program, G_FILE_TEST_IS_DIR)
                     ? "“%s” is a folder, not a program"
                     : "“%s” may not be executed: give it the execute permission (chmod +x)",
                   program);
      break;
    case ENOEXEC:
      g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE,
                   "“%s” is not a program for this machine; a script needs a first line such as "
                   "“#!/bin/sh”", program);
      break;
    case E2BIG:
      size = g_format_size (measure ((const char *const *) self->argv)
                            + measure ((const char *const *) self->env));
      g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_FAILED,
                   "The arguments and environment of “%s” are too long (%s): hand long values over "
                   "in a file", program, size);
      break;
    default:
      g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_FAILED,
                   "“%s” could not be executed: %s", program, g_strerror (self->error_number));
    }
}

static void
set_clone_error (int      error_number,
                 GError **error)
{
  if (error_number == EAGAIN)
    g_set_error_literal (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_BUSY,
                         "The system has no more processes to give (see “ulimit -u”)");
  else if (error_number == ENOMEM)
    g_set_error_literal (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_BUSY,
                         "The system has no memory for another process");
  else if (error_number == EMFILE || error_number == ENFILE)
    g_set_error_literal (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_BUSY,
                         "Too many files are open (see “ulimit -n”)");
  else
    g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_FAILED,
                 "No process could be started: %s", g_strerror (error_number));
}

/**
 * runnel_launch_new:
 * @argv: program and arguments, NULL-terminated, at least one
 * @env: the program's whole environment, "NAME=value", NULL-terminated
 * @working_directory: the folder to start in, absolute
 *
 * Prepares a launch. Everything is copied: the child reads it after the caller has gone on.
 */
RunnelLaunch *
runnel_launch_new (const char *const *argv,
                   const char *const *env,
                   const char        *working_directory)
{
  RunnelLaunch *self;
  const char *path;
  Room room;

  g_return_val_if_fail (argv && argv[0], NULL);
  g_return_val_if_fail (env, NULL);
  g_return_val_if_fail (working_directory, NULL);

  path = get_search_path (argv[0], env);
  self = allocate (argv, env, working_directory, path, &room);
  self->argv = pack_strings (&room, argv);
  self->env = pack_strings (&room, env);
  self->candidates = pack_candidates (&room, argv[0], path);
  self->working_directory = pack_string (&room, working_directory);
  self->stage = STAGE_STARTED;
  self->error_number = 0;
  return self;
}

/**
 * runnel_launch_free:
 * @self: a launch that was never started, or whose process has been waited for
 */
void
runnel_launch_free (RunnelLaunch *self)
{
  g_free (self);
}

/**
 * runnel_launch_start:
 * @stdin_fd: what the program reads, above 2
 * @output_fd: where standard output and standard error go, above 2
 * @group_fd: of a control group's cgroup.procs, -1 = none
 * @ret_pidfd: a descriptor of the process, owned by the caller
 *
 * Starts the process: leader of a new process group, default signals, to be killed if our thread
 * dies. Both descriptors may be closed on return; all others must be close-on-exec. What this
 * process does with signals must be settled before its first launch.
 *
 * @self must be kept until the process has been waited for. Whether the program could be executed
 * is known only then: see runnel_launch_get_error().
 *
 * Returns: its pid, or -1 with an error of #RunnelLaunchError; after
 *   %RUNNEL_LAUNCH_ERROR_BUSY it can be started again
 */
pid_t
runnel_launch_start (RunnelLaunch  *self,
                     int            stdin_fd,
                     int            output_fd,
                     int            group_fd,
                     int           *ret_pidfd,
                     GError       **error)
{
  sigset_t all, before;
  int pidfd = -1;
  int error_number;
  pid_t pid;

  g_return_val_if_fail (stdin_fd > STDERR_FILENO && output_fd > STDERR_FILENO, -1);

  self->parent = getpid ();
  self->stdin_fd = stdin_fd;
  self->output_fd = output_fd;
  self->group_fd = group_fd;
  self->changed_signals = list_changed_signals ();

  sigfillset (&all);
  pthread_sigmask (SIG_BLOCK, &all, &before);
  pid = clone (run_child, self->stack + STACK_SIZE, CLONE_FLAGS, self, &pidfd);
  error_number = errno;
  pthread_sigmask (SIG_SETMASK, &before, NULL);

  if (pid < 0)
    set_clone_error (error_number, error);
  else
    *ret_pidfd = pidfd;
  return pid;
}

/**
 * runnel_launch_get_error:
 *
 * Tells, once the process has been waited for, why its program was never executed.
 *
 * Returns: %FALSE when the program was executed
 */
gboolean
runnel_launch_get_error (RunnelLaunch  *self,
                         GError       **error)
{
  switch (self->stage)
    {
    case STAGE_STARTED:
      return FALSE;
    case STAGE_WORKING_DIRECTORY:
      g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_WORKING_DIRECTORY,
                   "The working directory “%s” can't be entered: %s",
                   self->working_directory, g_strerror (self->error_number));
      return TRUE;
    case STAGE_EXECUTE:
      set_execute_error (self, error);
      return TRUE;
    case STAGE_SET_UP:
    default:
      g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_FAILED,
                   "The process for “%s” could not be set up: %s",
                   self->argv[0], g_strerror (self->error_number));
      return TRUE;
    }
}
