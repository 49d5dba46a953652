/* runnel-log-filter.c: hides secrets in what processes print, on its way to their logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "engine/secrets/runnel-log-filter.h"

/* Without secrets a process writes its log itself. With secrets it writes into a pipe, and one
 * thread, with a main context of its own, reads all pipes, and writes all logs. Nothing is lost
 * between the two: an attempt is over when all that was in its pipe is in its log. What has left
 * the attempt's process group may go on to print, and is filtered until the run is over. Till then
 * the last few bytes are kept back where they may be the beginning of a secret: a log that comes
 * late is better than one that has most of a password. */

#define CHUNK (64 * 1024)
#define PIPE_SIZE (256 * 1024) /* a larger one lets writer and reader change turns less often */

struct _RunnelLogFilter
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GPtrArray *logs; /* RunnelFilteredLog; belongs to the thread */
  char *buffer;    /* so does this */
};

struct _RunnelFilteredLog
{
  RunnelLogFilter *filter;
  RunnelSecretStream *stream;
  GString *hidden;    /* to be written */
  GSource *source;    /* NULL when nothing more comes */
  int pipe_fd;
  int log_fd;
  GError *error;      /* the first there was */
  gboolean is_over;   /* the attempt is: nobody asks for the log any more */

  /* Who waits for the end. */
  GMainContext *owner;
  RunnelLogDrainedFunc drained;
  gpointer user_data;
};

/* What the owner is told, in its own thread. */
typedef struct
{
  RunnelLogDrainedFunc drained;
  gpointer user_data;
  GError *error;
} Notice;

static void
filtered_log_free (gpointer data)
{
  RunnelFilteredLog *self = data;

  runnel_secret_stream_free (self->stream);
  g_string_free (self->hidden, TRUE);
  g_clear_pointer (&self->owner, g_main_context_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* Never calls at once, as g_main_context_invoke() does for a context that nobody runs just now. */
static void
call_in (GMainContext *context,
         GSourceFunc   func,
         gpointer      data)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, context);
}

/* In the thread. */

/* The pipe is read on when the log can't be written, so that the process does not hang. */
static void
write_hidden (RunnelFilteredLog *self)
{
  gsize written = 0;

  while (written < self->hidden->len && !self->error)
    {
      ssize_t n = write (self->log_fd, self->hidden->str + written, self->hidden->len - written);

      if (n >= 0)
        written += n;
      else if (errno != EINTR)
        g_set_error (&self->error, G_IO_ERROR, g_io_error_from_errno (errno),
                     "The log can't be written: %s", g_strerror (errno));
    }
  g_string_truncate (self->hidden, 0);
}

/* Nobody has the other end any more, or nobody will be heard any more. */
static void
close_log (RunnelFilteredLog *self)
{
  if (!self->source)
    return;
  runnel_secret_stream_finish (self->stream, self->hidden);
  write_hidden (self);
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  close (self->pipe_fd);
  close (self->log_fd);
}

/* Returns: the number of bytes there were; 0 when there is nothing at the moment */
static gsize
read_pipe (RunnelFilteredLog *self)
{
  ssize_t n = read (self->pipe_fd, self->filter->buffer, CHUNK);

  if (n > 0)
    {
      runnel_secret_stream_push (self->stream, self->filter->buffer, n, self->hidden);
      write_hidden (self);
    }
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    close_log (self);
  return MAX (n, 0);
}

/* Not more than what is there now: whoever has left the attempt may print without end. */
static void
read_present (RunnelFilteredLog *self)
{
  int left = 0;
  gsize n;

  if (!self->source || ioctl (self->pipe_fd, FIONREAD, &left) < 0)
    return;
  do
    {
      n = read_pipe (self);
      left -= n;
    }
  while (n > 0 && left >= 0 && self->source);
}

static void
forget_if_over (RunnelFilteredLog *self)
{
  if (self->is_over && !self->source)
    g_ptr_array_remove_fast (self->filter->logs, self);
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  RunnelFilteredLog *self = user_data;

  read_pipe (self);
  forget_if_over (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
add_cb (gpointer user_data)
{
  RunnelFilteredLog *self = user_data;

  g_ptr_array_add (self->filter->logs, self);
  self->source = g_unix_fd_source_new (self->pipe_fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->source, self->filter->context);
  return G_SOURCE_REMOVE;
}

static gboolean
tell_drained_cb (gpointer user_data)
{
  Notice *notice = user_data;

  notice->drained (notice->error, notice->user_data);
  g_clear_error (&notice->error);
  g_free (notice);
  return G_SOURCE_REMOVE;
}

static gboolean
drain_cb (gpointer user_data)
{
  RunnelFilteredLog *self = user_data;
  Notice *notice = g_new0 (Notice, 1);

  read_present (self);
  notice->drained = self->drained;
  notice->user_data = self->user_data;
  notice->error = self->error ? g_error_copy (self->error) : NULL;
  call_in (self->owner, tell_drained_cb, notice);
  self->is_over = TRUE;
  forget_if_over (self);
  return G_SOURCE_REMOVE;
}

static gboolean
quit_cb (gpointer user_data)
{
  RunnelLogFilter *self = user_data;

  for (guint i = 0; i < self->logs->len; i++)
    {
      RunnelFilteredLog *log = g_ptr_array_index (self->logs, i);

      read_present (log);
      close_log (log);
    }
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  RunnelLogFilter *self = data;

  g_main_loop_run (self->loop);
  return NULL;
}

/**
 * runnel_log_filter_new:
 *
 * Starts the thread.
 *
 * Returns: (transfer full)
 */
RunnelLogFilter *
runnel_log_filter_new (void)
{
  RunnelLogFilter *self = g_new0 (RunnelLogFilter, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->logs = g_ptr_array_new_with_free_func (filtered_log_free);
  self->buffer = g_malloc (CHUNK);
  self->thread = g_thread_new ("log-filter", run, self);
  return self;
}

/**
 * runnel_log_filter_free:
 * @self: (transfer full): a filter with no log that somebody still waits for
 *
 * Ends the thread, when it has written what is in the pipes.
 */
void
runnel_log_filter_free (RunnelLogFilter *self)
{
  call_in (self->context, quit_cb, self);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->logs);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->buffer);
  g_free (self);
}

/**
 * runnel_log_filter_add:
 * @mask: the secrets to hide
 * @log_fd: (transfer full): the log; stays with the caller after an error
 * @ret_fd: (out) (transfer full): what the process writes to in place of the log
 * @error: return location for a #GIOError
 *
 * Puts the filter between a process and its log.
 *
 * Returns: (transfer none) (nullable): valid until it is given to runnel_filtered_log_drain()
 */
RunnelFilteredLog *
runnel_log_filter_add (RunnelLogFilter   *self,
                       RunnelSecretMask  *mask,
                       int                log_fd,
                       int               *ret_fd,
                       GError           **error)
{
  RunnelFilteredLog *log;
  int fds[2];

  if (pipe2 (fds, O_CLOEXEC) < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "The output can't be filtered for secrets: %s", g_strerror (errno));
      return NULL;
    }
  fcntl (fds[0], F_SETFL, O_NONBLOCK); /* our end only */
  fcntl (fds[0], F_SETPIPE_SZ, PIPE_SIZE);

  log = g_new0 (RunnelFilteredLog, 1);
  log->filter = self;
  log->stream = runnel_secret_stream_new (mask);
  log->hidden = g_string_new (NULL);
  log->pipe_fd = fds[0];
  log->log_fd = log_fd;
  call_in (self->context, add_cb, log);
  *ret_fd = fds[1];
  return log;
}

/**
 * runnel_filtered_log_drain:
 * @self: the log of an attempt that is over
 * @drained: called on the thread's default main context, when all that the attempt has printed
 *   is in its log
 * @user_data: for @drained
 */
void
runnel_filtered_log_drain (RunnelFilteredLog    *self,
                           RunnelLogDrainedFunc  drained,
                           gpointer              user_data)
{
  self->owner = g_main_context_ref_thread_default ();
  self->drained = drained;
  self->user_data = user_data;
  call_in (self->filter->context, drain_cb, self);
}
