/* runnel-reaper.c: waits for child processes on the main context
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>

#include "engine/runnel-reaper.h"

/* Every child is known by a pidfd, and all pidfds are in one epoll set, the only descriptor the
 * main context has to look at. So no signal handler is needed, which other threads or libraries
 * could get in the way of, and the cost of a wake-up does not grow with the number of children. */

#define EVENTS_AT_ONCE 16

/* To look for adopted children the kernel goes through all children, so this is not done at the end
 * of each of hundreds. */
#define ADOPTED_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

struct _RunnelReaper
{
  int epoll_fd;
  GSource *source;
  GHashTable *watches; /* by pid */
  gint64 looked_at;    /* when adopted ones were looked for, monotonic */
};

typedef struct
{
  pid_t pid;
  int pidfd;
  RunnelReaperFunc func;
  gpointer user_data;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *self = data;

  close (self->pidfd);
  g_free (self);
}

static void
reap (RunnelReaper *self,
      Watch        *watch)
{
  struct rusage usage;
  Watch gone = *watch;
  int status;

  if (wait4 (gone.pid, &status, WNOHANG, &usage) != gone.pid)
    return;

  /* Closing would not be enough: a child just being started may hold a copy of the descriptor
   * until it executes its program, and the set would go on telling of it. */
  epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, gone.pidfd, NULL);
  g_hash_table_remove (self->watches, GINT_TO_POINTER (gone.pid));
  gone.func (status, &usage, gone.user_data);
}

static gboolean
children_ended_cb (int          fd,
                   GIOCondition condition,
                   gpointer     user_data)
{
  RunnelReaper *self = user_data;
  struct epoll_event events[EVENTS_AT_ONCE];
  int n_events = epoll_wait (self->epoll_fd, events, G_N_ELEMENTS (events), 0);

  for (int i = 0; i < n_events; i++)
    reap (self, events[i].data.ptr);
  if (g_get_monotonic_time () - self->looked_at > ADOPTED_INTERVAL)
    runnel_reaper_reap_adopted (self);
  return G_SOURCE_CONTINUE;
}

/**
 * runnel_reaper_new:
 *
 * Makes a reaper on the thread's default main context. The process becomes a subreaper: what its
 * children leave behind is adopted and waited for, so one process has at most one reaper and
 * starts children in no other way while there is one.
 *
 * Returns: (nullable): errors are of #G_IO_ERROR
 */
RunnelReaper *
runnel_reaper_new (GError **error)
{
  g_autoptr(RunnelReaper) self = g_new0 (RunnelReaper, 1);

  self->watches = g_hash_table_new_full (NULL, NULL, NULL, watch_free);
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll_fd < 0)
    {
      int error_number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "Processes can't be watched: %s", g_strerror (error_number));
      return NULL;
    }
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  signal (SIGCHLD, SIG_DFL); /* were it ignored, the kernel would throw exit statuses away */

  self->source = g_unix_fd_source_new (self->epoll_fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (children_ended_cb), self, NULL);
  /* Else GLib takes our descriptor out of its poll set before each call and puts it back after it,
   * which wakes the main loop up twice more. Nobody runs a loop inside of our callbacks. */
  g_source_set_can_recurse (self->source, TRUE);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return g_steal_pointer (&self);
}

/**
 * runnel_reaper_free:
 *
 * Forgets all watches; their callbacks are not called.
 */
void
runnel_reaper_free (RunnelReaper *self)
{
  if (self->source)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  g_hash_table_unref (self->watches);
  if (self->epoll_fd >= 0)
    close (self->epoll_fd);
  g_free (self);
}

/**
 * runnel_reaper_watch:
 * @pidfd: a descriptor of the child @pid (transfer full)
 * @func: called once, when the child has ended and has been waited for
 *
 * Returns: %FALSE, with an error of #G_IO_ERROR, when the system can't watch another process
 */
gboolean
runnel_reaper_watch (RunnelReaper    *self,
                     pid_t            pid,
                     int              pidfd,
                     RunnelReaperFunc func,
                     gpointer         user_data,
                     GError         **error)
{
  Watch *watch = g_new (Watch, 1);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = watch };

  *watch = (Watch) { pid, pidfd, func, user_data };
  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, pidfd, &event) < 0)
    {
      int error_number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "The process can't be watched: %s", g_strerror (error_number));
      watch_free (watch);
      return FALSE;
    }
  g_hash_table_insert (self->watches, GINT_TO_POINTER (pid), watch);
  return TRUE;
}

/**
 * runnel_reaper_reap_adopted:
 *
 * Waits for those that our children left behind and that have ended: we are the parent now, and
 * nobody else would. Their end wakes nobody up, so this is done now and then when a child ends, and
 * by whoever needs it earlier.
 */
void
runnel_reaper_reap_adopted (RunnelReaper *self)
{
  self->looked_at = g_get_monotonic_time ();
  for (;;)
    {
      siginfo_t info = { 0 };

      if (waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid == 0)
        return;
      if (g_hash_table_contains (self->watches, GINT_TO_POINTER (info.si_pid)))
        return; /* its own event is on the way, and then we look again */
      waitpid (info.si_pid, NULL, WNOHANG);
    }
}
