/* runnel-log-writer.c: writes the log of an attempt without blocking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "engine/kinds/runnel-log-writer.h"

struct _RunnelLogWriter
{
  GOutputStream *stream;
  RunnelSecretStream *secrets; /* hides them, or NULL */
  GString *pending;      /* not handed to the stream yet */
  GString *writing;      /* being written, or NULL */
  GDestroyNotify done;   /* set: nothing more comes */
  gpointer user_data;
};

static void write_pending (RunnelLogWriter *self);

static void
log_writer_free (RunnelLogWriter *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->secrets, runnel_secret_stream_free);
  g_string_free (self->pending, TRUE);
  g_free (self);
}

static void
write_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RunnelLogWriter *self = user_data;
  g_autoptr(GError) error = NULL;

  /* A full disk must not fail the request; whoever reads the log sees that it breaks off. */
  if (!g_output_stream_write_all_finish (self->stream, result, NULL, &error))
    g_string_truncate (self->pending, 0);

  g_string_free (self->writing, TRUE);
  self->writing = NULL;
  write_pending (self);
}

/* One write at a time, of all that has gathered meanwhile. */
static void
write_pending (RunnelLogWriter *self)
{
  if (self->writing)
    return;

  if (self->pending->len > 0)
    {
      self->writing = g_steal_pointer (&self->pending);
      self->pending = g_string_new (NULL);
      g_output_stream_write_all_async (self->stream, self->writing->str, self->writing->len,
                                       G_PRIORITY_DEFAULT, NULL, write_cb, self);
    }
  else if (self->done)
    {
      self->done (self->user_data);
      log_writer_free (self);
    }
}

/**
 * runnel_log_writer_new:
 * @attempt: the attempt whose log is written
 * @error: return location for a #GIOError
 *
 * Creates the log. This alone is done at once, so that readers find the file; everything
 * written goes through GIO's threads.
 *
 * Returns: (transfer full): the writer, which frees itself when it is finished, or %NULL with
 *   @error set
 */
RunnelLogWriter *
runnel_log_writer_new (const RunnelAttempt  *attempt,
                       GError              **error)
{
  g_autofree char *path = g_build_filename (attempt->run_dir, attempt->log_name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GFileOutputStream *stream = g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, error);
  RunnelLogWriter *self;

  if (!stream)
    return NULL;

  self = g_new0 (RunnelLogWriter, 1);
  self->stream = G_OUTPUT_STREAM (stream);
  self->pending = g_string_new (NULL);
  if (attempt->mask)
    self->secrets = runnel_secret_stream_new (attempt->mask);

  return self;
}

void
runnel_log_writer_append (RunnelLogWriter *self,
                          const char      *text,
                          gsize            length)
{
  g_return_if_fail (self != NULL && self->done == NULL);

  if (self->secrets)
    runnel_secret_stream_push (self->secrets, text, length, self->pending);
  else
    g_string_append_len (self->pending, text, length);
  write_pending (self);
}

void
runnel_log_writer_printf (RunnelLogWriter *self,
                          const char      *format,
                          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  runnel_log_writer_append (self, text, strlen (text));
}

/**
 * runnel_log_writer_finish:
 * @self: (transfer full): a writer
 * @done: is called when all is written, possibly before this returns
 * @user_data: for @done
 */
void
runnel_log_writer_finish (RunnelLogWriter *self,
                          GDestroyNotify   done,
                          gpointer         user_data)
{
  g_return_if_fail (self != NULL && done != NULL);

  self->done = done;
  self->user_data = user_data;
  if (self->secrets)
    runnel_secret_stream_finish (self->secrets, self->pending);
  write_pending (self);
}
