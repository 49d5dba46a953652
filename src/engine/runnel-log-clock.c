/* runnel-log-clock.c: writes down when logs grow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib-unix.h>

#include "engine/runnel-log-clock.h"
#include "log/runnel-log-times.h"

/* Processes write to their logs themselves, so when a line arrived is known to nobody. A log that
 * grows is looked at ten times a second; one that is silent not at all, until the kernel says that
 * it grows again (inotify, for one time, or else each write would wake us). What is found goes into
 * its file at once, and so is there whatever becomes of this process. */

#define LOOK_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)
#define BLIND_INTERVAL G_TIME_SPAN_SECOND /* where the kernel has no watches left */

typedef struct
{
  char *path;
  guint64 size;       /* that was written down */
  int watch;          /* of inotify; -1 = it is looked at */
  gint64 due;         /* monotonic: the next look */
} Watched;

struct _RunnelLogClock
{
  GHashTable *logs;   /* path -> Watched, owns both */
  GHashTable *silent; /* watch -> Watched */
  GSource *timer;
  GSource *source;    /* of inotify; NULL = there is none */
  int inotify;
};

static void
watched_free (gpointer data)
{
  Watched *log = data;

  g_free (log->path);
  g_free (log);
}

static void
write_down (Watched *log,
            guint64  size)
{
  g_autofree char *path = runnel_log_times_make_path (log->path);
  const RunnelLogTime time = { size, g_get_real_time () };
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  /* The run is not worth less for it. */
  if (fd < 0 || !runnel_log_times_write (fd, &time))
    g_debug ("When %s grew can't be written down: %s", log->path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}

/* Returns: whether it has grown */
static gboolean
look (Watched *log)
{
  struct stat status;

  if (stat (log->path, &status) < 0 || (guint64) status.st_size <= log->size)
    return FALSE;
  write_down (log, (guint64) status.st_size);
  log->size = (guint64) status.st_size;
  return TRUE;
}

static void
set_timer (RunnelLogClock *self,
           gint64          due)
{
  gint64 ready = g_source_get_ready_time (self->timer);

  if (ready < 0 || due < ready)
    g_source_set_ready_time (self->timer, due);
}

static void
look_again (RunnelLogClock *self,
            Watched        *log,
            gint64          interval)
{
  log->due = g_get_monotonic_time () + interval;
  set_timer (self, log->due);
}

/* It may have grown between the last look and the watch. */
static void
wait_for_growth (RunnelLogClock *self,
                 Watched        *log)
{
  log->watch = inotify_add_watch (self->inotify, log->path, IN_MODIFY | IN_ONESHOT);
  if (log->watch < 0)
    {
      look_again (self, log, BLIND_INTERVAL);
      return;
    }
  g_hash_table_insert (self->silent, GINT_TO_POINTER (log->watch), log);
  if (look (log))
    {
      inotify_rm_watch (self->inotify, log->watch);
      g_hash_table_remove (self->silent, GINT_TO_POINTER (log->watch));
      log->watch = -1;
      look_again (self, log, LOOK_INTERVAL);
    }
}

static void
look_in_time (RunnelLogClock *self,
              Watched        *log)
{
  if (look (log))
    look_again (self, log, LOOK_INTERVAL);
  else
    wait_for_growth (self, log);
}

static gboolean
timer_cb (gpointer user_data)
{
  RunnelLogClock *self = user_data;
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  Watched *log;

  g_source_set_ready_time (self->timer, -1);
  g_hash_table_iter_init (&iter, self->logs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &log))
    {
      if (log->watch >= 0)
        continue;
      if (log->due <= now)
        look_in_time (self, log);
      else
        set_timer (self, log->due);
    }
  return G_SOURCE_CONTINUE;
}

/* The kernel has taken away a watch that has fired. */
static void
wake (RunnelLogClock *self,
      int             watch)
{
  Watched *log = g_hash_table_lookup (self->silent, GINT_TO_POINTER (watch));

  if (!log)
    return;
  g_hash_table_remove (self->silent, GINT_TO_POINTER (watch));
  log->watch = -1;
  look (log);
  look_again (self, log, LOOK_INTERVAL);
}

static gboolean
inotify_cb (int          fd,
            GIOCondition condition,
            gpointer     user_data)
{
  RunnelLogClock *self = user_data;
  union { struct inotify_event event; char bytes[4096]; } buffer;
  gssize length = read (fd, &buffer, sizeof buffer);

  for (gssize i = 0; i < length;)
    {
      const struct inotify_event *event = (const struct inotify_event *) (buffer.bytes + i);

      if (event->mask & IN_MODIFY)
        wake (self, event->wd);
      i += (gssize) (sizeof *event + event->len);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_timer (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

static void
attach (GSource *source)
{
  g_source_attach (source, g_main_context_get_thread_default ());
}

/**
 * runnel_log_clock_new:
 *
 * Makes a clock on the thread's default main context.
 */
RunnelLogClock *
runnel_log_clock_new (void)
{
  static GSourceFuncs timer_funcs = { .dispatch = dispatch_timer };
  RunnelLogClock *self = g_new0 (RunnelLogClock, 1);

  self->logs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, watched_free);
  self->silent = g_hash_table_new (NULL, NULL);
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  attach (self->timer);
  self->inotify = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);
  if (self->inotify >= 0)
    {
      self->source = g_unix_fd_source_new (self->inotify, G_IO_IN);
      g_source_set_callback (self->source, G_SOURCE_FUNC (inotify_cb), self, NULL);
      attach (self->source);
    }
  return self;
}

static void
destroy_source (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

void
runnel_log_clock_free (RunnelLogClock *self)
{
  destroy_source (self->timer);
  g_clear_pointer (&self->source, destroy_source);
  if (self->inotify >= 0)
    close (self->inotify);
  g_hash_table_unref (self->silent);
  g_hash_table_unref (self->logs);
  g_free (self);
}

/**
 * runnel_log_clock_start:
 * @log_path: (type filename): the log of an attempt, which is there
 *
 * Writes down when the log grows from now on; what is in it already has arrived by now.
 */
void
runnel_log_clock_start (RunnelLogClock *self,
                        const char     *log_path)
{
  Watched *log = g_new0 (Watched, 1);

  log->path = g_strdup (log_path);
  log->watch = -1;
  g_hash_table_insert (self->logs, log->path, log);
  look_in_time (self, log);
}

/**
 * runnel_log_clock_stop:
 * @log_path: (type filename): a log, which need not have been started
 *
 * Writes down what has arrived to the end.
 */
void
runnel_log_clock_stop (RunnelLogClock *self,
                       const char     *log_path)
{
  Watched *log = g_hash_table_lookup (self->logs, log_path);

  if (!log)
    return;
  look (log);
  if (log->watch >= 0)
    {
      inotify_rm_watch (self->inotify, log->watch);
      g_hash_table_remove (self->silent, GINT_TO_POINTER (log->watch));
    }
  g_hash_table_remove (self->logs, log_path);
}
