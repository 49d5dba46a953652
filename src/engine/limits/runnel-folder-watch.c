/* runnel-folder-watch.c: tells when a file in a folder was closed or removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * That a process has died is seen by its files being closed. The kernel says so just before it
 * lets go of the locks on them, so we look a moment later. And because a message may be lost or
 * may never have been possible, we also look now and then.
 */
#include "config.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <glib-unix.h>

#include "engine/limits/runnel-folder-watch.h"

#define MOMENT (20 * G_TIME_SPAN_MILLISECOND)
#define NOW_AND_THEN G_TIME_SPAN_SECOND
#define WITHOUT_MESSAGES (200 * G_TIME_SPAN_MILLISECOND)

struct _RunnelFolderWatch
{
  RunnelClock *clock;
  RunnelFolderWatchFunc func;
  gpointer user_data;
  RunnelTimer *timer;
  gint64 due;       /* when the timer fires, by the clock's `now` */
  gint64 interval;
  GSource *source;  /* of the messages, or NULL */
  int fd;
};

static void timer_cb (gpointer user_data);

static void
set_timer (RunnelFolderWatch *self,
           gint64             delay)
{
  self->due = self->clock->now (self->clock) + delay;
  self->timer = self->clock->add_timer (self->clock, self->due, timer_cb, self);
}

static void
timer_cb (gpointer user_data)
{
  RunnelFolderWatch *self = user_data;

  set_timer (self, self->interval);
  self->func (self->user_data);
}

/**
 * runnel_folder_watch_look_soon:
 *
 * Has the next call come in a moment, not just now and then.
 */
void
runnel_folder_watch_look_soon (RunnelFolderWatch *self)
{
  if (self->due <= self->clock->now (self->clock) + MOMENT)
    return;

  self->clock->cancel (self->clock, self->timer);
  set_timer (self, MOMENT);
}

static gboolean
message_cb (int          fd,
            GIOCondition condition,
            gpointer     user_data)
{
  RunnelFolderWatch *self = user_data;
  char messages[4096];

  while (read (fd, messages, sizeof messages) > 0)
    ;
  runnel_folder_watch_look_soon (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
listen_to (RunnelFolderWatch *self,
           const char        *folder)
{
  self->fd = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);
  if (self->fd < 0 || inotify_add_watch (self->fd, folder, IN_CLOSE_WRITE | IN_DELETE) < 0)
    return FALSE;

  self->source = g_unix_fd_source_new (self->fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (message_cb), self, NULL);
  g_source_set_static_name (self->source, "runnel-folder-watch");
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return TRUE;
}

/**
 * runnel_folder_watch_new:
 * @folder: a folder that exists
 * @clock: (transfer none): must outlive the watch
 * @func: called from the thread's default main context, also when nothing has happened
 *
 * Returns: (transfer full): a watch that calls @func until it is freed
 */
RunnelFolderWatch *
runnel_folder_watch_new (const char            *folder,
                         RunnelClock           *clock,
                         RunnelFolderWatchFunc  func,
                         gpointer               user_data)
{
  RunnelFolderWatch *self = g_new0 (RunnelFolderWatch, 1);

  self->clock = clock;
  self->func = func;
  self->user_data = user_data;
  self->interval = listen_to (self, folder) ? NOW_AND_THEN : WITHOUT_MESSAGES;
  /* What happened just before we began to listen is seen a moment later. */
  set_timer (self, MOMENT);

  return self;
}

void
runnel_folder_watch_free (RunnelFolderWatch *self)
{
  self->clock->cancel (self->clock, self->timer);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
