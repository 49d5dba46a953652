/* runnel-event-log.c: events.jsonl, the durable facts of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine/runnel-event-log.h"

/* What write(2) has taken survives the death of this process, and that is what the log is for: a
 * step never starts before the end of what it needs is on record. It need not survive the death of
 * the machine, so nothing is synced. */

#define BUFFER_SIZE (64 * 1024)

struct _RunnelEventLog
{
  RunnelEventSink sink;
  int fd;
  GString *buffer; /* whole lines, but the first may have been written in part */
  RunnelEventLogFailedFunc failed;
  gpointer user_data;
  GError *error;   /* the first there was, once it happened */
  GSource *telling;
};

static gboolean
tell_failed_cb (gpointer user_data)
{
  RunnelEventLog *self = user_data;

  self->failed (self, self->error, self->user_data);
  return G_SOURCE_REMOVE;
}

/* We are in the middle of the run's work: whoever is told will cancel the run, so not now. */
static void
fail (RunnelEventLog *self,
      int             error_number)
{
  if (self->error)
    return;
  g_set_error (&self->error, G_IO_ERROR, g_io_error_from_errno (error_number),
               "The events of the run can't be written: %s", g_strerror (error_number));
  self->telling = g_idle_source_new ();
  g_source_set_priority (self->telling, G_PRIORITY_HIGH);
  g_source_set_callback (self->telling, tell_failed_cb, self, NULL);
  g_source_attach (self->telling, g_main_context_get_thread_default ());
}

static void
write_buffer (RunnelEventLog *self)
{
  gsize written = 0;

  while (written < self->buffer->len)
    {
      ssize_t n = write (self->fd, self->buffer->str + written, self->buffer->len - written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail (self, errno);
          break;
        }
      written += n;
    }
  g_string_erase (self->buffer, 0, written);
}

static void
event_log_event (RunnelEventSink   *sink,
                 const RunnelEvent *event)
{
  RunnelEventLog *self = (RunnelEventLog *) sink;

  runnel_event_append_json (event, self->buffer);
  g_string_append_c (self->buffer, '\n');
  if (self->buffer->len >= BUFFER_SIZE)
    write_buffer (self);
}

static void
event_log_flush (RunnelEventSink *sink)
{
  write_buffer ((RunnelEventLog *) sink);
}

/**
 * runnel_event_log_new:
 * @dir: the folder of the run; not needed any more on return
 * @failed: called at most once, when facts can't be written
 *
 * Returns: (transfer full) (nullable): errors are of #G_IO_ERROR
 */
RunnelEventLog *
runnel_event_log_new (RunnelRunDir              *dir,
                      RunnelEventLogFailedFunc   failed,
                      gpointer                   user_data,
                      GError                   **error)
{
  RunnelEventLog *self;
  int fd = openat (runnel_run_dir_get_fd (dir), RUNNEL_RUN_DIR_EVENTS,
                   O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      int error_number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "The events of the run can't be written to “%s”: %s",
                   runnel_run_dir_get_path (dir), g_strerror (error_number));
      return NULL;
    }

  self = g_new0 (RunnelEventLog, 1);
  self->sink.event = event_log_event;
  self->sink.flush = event_log_flush;
  self->fd = fd;
  self->buffer = g_string_sized_new (4096);
  self->failed = failed;
  self->user_data = user_data;
  return self;
}

void
runnel_event_log_free (RunnelEventLog *self)
{
  write_buffer (self);
  if (self->telling)
    {
      g_source_destroy (self->telling);
      g_source_unref (self->telling);
    }
  close (self->fd);
  g_string_free (self->buffer, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

RunnelEventSink *
runnel_event_log_get_sink (RunnelEventLog *self)
{
  return &self->sink;
}

static gboolean
read_line (const char         *line,
           gsize               length,
           RunnelEventLogFunc  func,
           gpointer            user_data)
{
  g_autoptr(JsonNode) owner = NULL;
  RunnelEvent event;

  if (!runnel_event_parse_json (line, length, &event, &owner, NULL))
    return TRUE;
  return func (&event, user_data);
}

/**
 * runnel_event_log_read:
 * @run_dir: the folder of a run
 *
 * Reads the events of a run, one by one, so that a long run takes no memory. A last line without
 * an end is one that its writer did not live to finish: it is passed over, and so is any line that
 * is not an event.
 *
 * Returns: %FALSE with an error of #G_IO_ERROR when there is no log or it can't be read
 */
gboolean
runnel_event_log_read (const char          *run_dir,
                       RunnelEventLogFunc   func,
                       gpointer             user_data,
                       GError             **error)
{
  g_autofree char *path = g_build_filename (run_dir, RUNNEL_RUN_DIR_EVENTS, NULL);
  FILE *file = fopen (path, "re");
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  int error_number = errno;

  if (file)
    {
      while ((length = getline (&line, &size, file)) > 0 && line[length - 1] == '\n')
        if (!read_line (line, length - 1, func, user_data))
          break;
      error_number = ferror (file) ? errno : 0;
      free (line);
      fclose (file);
      if (error_number == 0)
        return TRUE;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
               "The events in “%s” can't be read: %s", path, g_strerror (error_number));
  return FALSE;
}
