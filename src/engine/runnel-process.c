/* runnel-process.c: a program run in a process group of its own, until nothing of it is left
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/runnel-proc-list.h"
#include "engine/runnel-process.h"

/* A process goes through these in order; the ones in the middle may be left out. */
typedef enum
{
  PHASE_STARTING,  /* the system had no process to give, we try again */
  PHASE_RUNNING,   /* the leader runs */
  PHASE_ENDING,    /* the leader is gone, others of its group are not */
  PHASE_OVER,
} Phase;

#define MAX_TRIES 6
#define FIRST_RETRY_MS 20  /* doubles each time: 0.6 s in all */
#define FIRST_LOOK_MS 1    /* at a group that is to become empty; doubles up to the next */
#define SLOWEST_LOOK_MS 100

struct _RunnelProcess
{
  Phase phase;
  RunnelReaper *reaper;
  RunnelLaunch *launch;
  RunnelCgroup *cgroup; /* or NULL */
  int stdin_fd;
  int text_fd;      /* what it reads when that is a text, else -1 */
  int output_fd;
  gint64 grace;
  gboolean holds_itself;
  gboolean frozen;  /* before the system had a process to give */
  const RunnelProcessCallbacks *callbacks;
  gpointer user_data;

  pid_t pid;
  guint tries;
  guint look_ms;
  gint64 kill_at;   /* monotonic, 0 = not asked to end */
  gboolean killed;
  GSource *timer;
  GError *error;
  RunnelProcessEnd end;
};

static void look_again (RunnelProcess *self);

static void
clear_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
clear_timer (RunnelProcess *self)
{
  if (!self->timer)
    return;
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
set_timer (RunnelProcess *self,
           guint          ms,
           GSourceFunc    func)
{
  clear_timer (self);
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
close_streams (RunnelProcess *self)
{
  clear_fd (&self->text_fd);
  clear_fd (&self->output_fd);
}

static void
finish (RunnelProcess *self)
{
  self->phase = PHASE_OVER;
  self->end.error = self->error;
  runnel_cgroup_measure (self->cgroup, &self->end.usage);
  clear_timer (self);
  self->callbacks->ended (&self->end, self->user_data);

  close_streams (self);
  runnel_launch_free (self->launch);
  runnel_cgroup_free (self->cgroup);
  g_clear_pointer (&self->end.leftovers, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
finish_cb (gpointer user_data)
{
  finish (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
group_exists (RunnelProcess *self)
{
  return kill (-self->pid, 0) == 0 || errno != ESRCH;
}

/* Looking through /proc can miss a process that is forked meanwhile, so only the kernel's word
 * counts, as long as there may be forks. It counts zombies as members, however: ours are waited
 * for by the reaper, but others may stay for ever if their parent, outside of the group, does not
 * care. What has been killed can't fork, and then it is enough that nobody lives. */
static gboolean
group_is_empty (RunnelProcess *self)
{
  g_autoptr(GArray) members = NULL;

  if (!group_exists (self))
    return TRUE;
  runnel_reaper_reap_adopted (self->reaper);
  if (!group_exists (self))
    return TRUE;
  if (!self->killed || self->look_ms < SLOWEST_LOOK_MS)
    return FALSE;
  members = runnel_proc_list_group (self->pid);
  return members->len == 0;
}

static void
note_leftovers (RunnelProcess *self)
{
  self->end.leftovers = runnel_proc_list_group (self->pid);
  if (self->end.leftovers->len == 0) /* zombies that the reaper has not come to */
    g_clear_pointer (&self->end.leftovers, g_array_unref);
}

static void
kill_when_due (RunnelProcess *self)
{
  if (self->killed || g_get_monotonic_time () < self->kill_at)
    return;
  kill (-self->pid, SIGKILL);
  self->killed = TRUE;
  self->look_ms = FIRST_LOOK_MS;
}

static gboolean
look_cb (gpointer user_data)
{
  RunnelProcess *self = user_data;

  kill_when_due (self);
  if (self->phase == PHASE_ENDING && group_is_empty (self))
    finish (self);
  else if (self->phase == PHASE_ENDING || !self->killed)
    look_again (self);
  return G_SOURCE_REMOVE;
}

/* As long as the leader runs, its end is told by the reaper and the only thing to do is to kill
 * it in time. The end of the others may be told to nobody we know, so we have to look. */
static void
look_again (RunnelProcess *self)
{
  gint64 left_ms = (self->kill_at - g_get_monotonic_time ()) / 1000 + 1;

  if (self->phase == PHASE_ENDING)
    {
      left_ms = self->killed ? self->look_ms : MIN (left_ms, self->look_ms);
      self->look_ms = MIN (self->look_ms * 2, SLOWEST_LOOK_MS);
    }
  set_timer (self, CLAMP (left_ms, 0, G_MAXINT), look_cb);
}

/* TERM reaches a stopped process only when it is continued. Whoever outlives the leader is asked
 * once more: a shell's child that has just been forked can miss the first time. */
static void
ask_group_to_end (RunnelProcess *self)
{
  kill (-self->pid, SIGTERM);
  kill (-self->pid, SIGCONT);
  if (self->kill_at == 0)
    self->kill_at = g_get_monotonic_time () + self->grace;
}

static void
leader_ended_cb (int                  status,
                 const struct rusage *usage,
                 gpointer             user_data)
{
  RunnelProcess *self = user_data;
  const struct timeval *user = &usage->ru_utime;
  const struct timeval *system = &usage->ru_stime;

  self->end.exit_code = WIFEXITED (status) ? WEXITSTATUS (status) : -1;
  self->end.term_signal = WIFSIGNALED (status) ? WTERMSIG (status) : 0;
  self->end.usage.user_us = user->tv_sec * G_USEC_PER_SEC + user->tv_usec;
  self->end.usage.system_us = system->tv_sec * G_USEC_PER_SEC + system->tv_usec;
  self->end.usage.max_rss_kb = usage->ru_maxrss;
  if (runnel_launch_get_error (self->launch, &self->error))
    self->end.exit_code = -1;

  if (group_is_empty (self))
    {
      finish (self);
      return;
    }
  self->phase = PHASE_ENDING;
  note_leftovers (self);
  ask_group_to_end (self);
  look_again (self);
}

/* Reading /proc for every process would cost more than the rest of what we do for it. The start
 * time is counted in ticks: when the tick did not change meanwhile, it is the one. */
static void
tell_started (RunnelProcess *self,
              gint64         ticks_before)
{
  RunnelProc proc;
  gint64 start_time = runnel_proc_ticks_now ();

  if (start_time != ticks_before && runnel_proc_read (self->pid, &proc))
    start_time = proc.start_time;
  self->callbacks->started (self->pid, start_time, self->user_data);
}

static void
fail (RunnelProcess *self,
      GError        *error)
{
  self->error = error;
  close_streams (self);
  set_timer (self, 0, finish_cb);
}

static void try_to_start (RunnelProcess *self);

static gboolean
try_again_cb (gpointer user_data)
{
  try_to_start (user_data);
  return G_SOURCE_REMOVE;
}

static void
watch_leader (RunnelProcess *self,
              int            pidfd)
{
  g_autoptr(GError) error = NULL;

  if (runnel_reaper_watch (self->reaper, self->pid, pidfd, leader_ended_cb, self, &error))
    {
      self->phase = PHASE_RUNNING;
      return;
    }
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  fail (self, g_steal_pointer (&error));
}

static void
try_to_start (RunnelProcess *self)
{
  g_autoptr(GError) error = NULL;
  gint64 ticks = runnel_proc_ticks_now ();
  int pidfd;

  self->pid = runnel_launch_start (self->launch, self->stdin_fd, self->output_fd,
                                   runnel_cgroup_get_fd (self->cgroup), &pidfd, &error);
  if (self->pid > 0)
    {
      close_streams (self);
      watch_leader (self, pidfd);
      if (self->phase == PHASE_RUNNING)
        tell_started (self, ticks);
    }
  else if (g_error_matches (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_BUSY)
           && ++self->tries < MAX_TRIES)
    set_timer (self, FIRST_RETRY_MS << self->tries, try_again_cb);
  else
    fail (self, g_steal_pointer (&error));
}

static gboolean
fill (int         fd,
      const char *text)
{
  gsize length = strlen (text);

  return write (fd, text, length) == (gssize) length && lseek (fd, 0, SEEK_SET) == 0;
}

/* One for all that have nothing to read: to open and close it for each costs as much as all else
 * that is done about their streams. */
static int
get_null (void)
{
  static int fd = -1;

  if (fd < 0)
    fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  return fd;
}

/* A text is in memory, so the program can take it as slowly as it likes, or not at all. */
static gboolean
prepare_stdin (RunnelProcess  *self,
               const char     *text,
               GError        **error)
{
  self->text_fd = text ? memfd_create ("stdin", MFD_CLOEXEC) : -1;
  self->stdin_fd = text ? self->text_fd : get_null ();
  if (self->stdin_fd >= 0 && (!text || fill (self->text_fd, text)))
    return TRUE;
  g_set_error (error, RUNNEL_LAUNCH_ERROR, RUNNEL_LAUNCH_ERROR_FAILED,
               "Standard input could not be prepared: %s", g_strerror (errno));
  return FALSE;
}

/**
 * runnel_process_start:
 * @request: what to run; copied
 * @callbacks: (transfer none): must outlive the process
 *
 * Runs a program as the leader of a new process group, until the whole group has ended: what the
 * leader leaves running gets TERM, and after the grace period KILL.
 *
 * Returns: (transfer none): valid until the `ended` callback returns
 */
RunnelProcess *
runnel_process_start (RunnelReaper                 *reaper,
                      const RunnelProcessRequest   *request,
                      const RunnelProcessCallbacks *callbacks,
                      gpointer                      user_data)
{
  RunnelProcess *self = g_new0 (RunnelProcess, 1);
  GError *error = NULL;

  self->reaper = reaper;
  self->callbacks = callbacks;
  self->user_data = user_data;
  self->grace = request->grace;
  self->holds_itself = request->holds_itself;
  self->look_ms = FIRST_LOOK_MS;
  self->end.exit_code = -1;
  self->launch = runnel_launch_new (request->argv, request->env, request->working_directory);
  self->cgroup = runnel_cgroup_new (request->cgroups);
  self->output_fd = request->output_fd;

  if (prepare_stdin (self, request->stdin_text, &error))
    try_to_start (self);
  else
    fail (self, error);
  return self;
}

/**
 * runnel_process_cancel:
 *
 * Asks the group to end: TERM now, KILL after the grace period. `ended` still comes, when the
 * group is empty.
 */
void
runnel_process_cancel (RunnelProcess *self)
{
  switch (self->phase)
    {
    case PHASE_STARTING:
      self->end.cancelled = TRUE;
      set_timer (self, 0, finish_cb);
      break;
    case PHASE_RUNNING:
      self->end.cancelled = TRUE;
      setpgid (self->pid, self->pid); /* the child may not have come to it yet */
      ask_group_to_end (self);
      look_again (self);
      break;
    case PHASE_ENDING: /* has been asked already */
    case PHASE_OVER:
    default:
      break;
    }
}

/* One that could not be started yet is not tried again while it is frozen. */
static void
hold_start (RunnelProcess *self,
            gboolean       frozen)
{
  if (self->frozen == frozen || self->error || self->end.cancelled)
    return;
  self->frozen = frozen;
  if (frozen)
    clear_timer (self);
  else
    set_timer (self, 0, try_again_cb);
}

static void
hold_run (RunnelProcess *self,
          RunnelHold     hold)
{
  const union sigval value = { .sival_int = hold };

  if (hold == RUNNEL_HOLD_NONE)
    kill (self->pid, SIGCONT);
  else
    sigqueue (self->pid, RUNNEL_HOLD_SIGNAL, value);
}

static void
hold_group (RunnelProcess *self,
            RunnelHold     hold)
{
  setpgid (self->pid, self->pid); /* the child may not have come to it yet */
  kill (-self->pid, hold == RUNNEL_HOLD_ALL ? SIGSTOP : SIGCONT);
}

/**
 * runnel_process_hold:
 * @hold: how far it is held back; a process that is no run goes on unless it is frozen
 *
 * Stops the whole process group, or lets it go on. What has left the group is not reached.
 *
 * Returns: %FALSE when there is nothing to hold any more: it was asked to end, or its leader has
 *   ended
 */
gboolean
runnel_process_hold (RunnelProcess *self,
                     RunnelHold     hold)
{
  if (self->end.cancelled)
    return FALSE;

  switch (self->phase)
    {
    case PHASE_STARTING:
      hold_start (self, hold == RUNNEL_HOLD_ALL);
      return TRUE;
    case PHASE_RUNNING:
      if (self->holds_itself)
        hold_run (self, hold);
      else
        hold_group (self, hold);
      return TRUE;
    case PHASE_ENDING:
    case PHASE_OVER:
    default:
      return FALSE;
    }
}
