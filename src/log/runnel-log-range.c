/* runnel-log-range.c: the text from one place of a log to another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "log/runnel-log-bits.h"
#include "log/runnel-log-range.h"
#include "log/runnel-log-text.h"

#define MAX_COPY (64 * 1024 * 1024) /* what a clipboard takes within reason */
#define PIECE (1024 * 1024)

typedef struct
{
  RunnelLogSource *source;
  guint64 size;
  RunnelLogSpot from, to;
  GPtrArray *lines;       /* of RunnelLogBits: which are wanted; NULL = all */
  gboolean with_colors;
  RunnelLogText text;
  GString *copy;
} Range;

static void
range_free (Range *range)
{
  runnel_log_source_unref (range->source);
  g_clear_pointer (&range->lines, g_ptr_array_unref);
  runnel_log_text_clear (&range->text);
  g_string_free (range->copy, TRUE);
  g_free (range);
}

static gboolean
is_wanted (Range               *range,
           const RunnelLogLine *line)
{
  if (runnel_log_line_compare (line, &range->from.line) < 0 ||
      runnel_log_line_compare (line, &range->to.line) > 0)
    return FALSE;
  return !range->lines ||
         (line->block < range->lines->len &&
          runnel_log_bits_get (g_ptr_array_index (range->lines, line->block), line->nth));
}

/* The line at hand, as far as it is in the range; with its end, unless the range ends in it. */
static void
add_line (Range               *range,
          const RunnelLogLine *line)
{
  gboolean is_last = runnel_log_line_compare (line, &range->to.line) == 0;
  gsize length = range->text.text->len, start = 0, end = length;

  if (runnel_log_line_compare (line, &range->from.line) == 0)
    start = MIN (range->from.byte, length);
  if (is_last)
    end = MIN (range->to.byte, length);
  if (range->with_colors)
    runnel_log_text_print (&range->text, start, end, range->copy);
  else if (end > start)
    g_string_append_len (range->copy, range->text.text->str + start, (gssize) (end - start));
  if (!is_last || range->to.byte > length)
    g_string_append_c (range->copy, '\n');
}

/* Lines that are not wanted are read as well: they may have set colours. */
static void
copy_block (Range   *range,
            guint64  number)
{
  g_auto(RunnelLogBlock) block = { 0, };
  RunnelLogLine line = { number, 0 };
  RunnelLogSpan span;
  gsize position = 0;

  runnel_log_block_load (&block, range->source, number, range->size, TRUE);
  for (; runnel_log_block_next (&block, &position, &span); line.nth++)
    {
      RunnelLogStyle style = range->text.style;

      runnel_log_text_set (&range->text, span.text, span.length, &style);
      if (is_wanted (range, &line))
        add_line (range, &line);
    }
}

static void
copy_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Range *range = task_data;
  guint64 last = MIN (range->to.line.block + 1, runnel_log_block_count (range->size));

  for (guint64 block = range->from.line.block; block < last; block++)
    {
      copy_block (range, block);
      if (g_task_return_error_if_cancelled (task))
        return;
      if (range->copy->len > MAX_COPY)
        {
          g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                                   _("That is too much for the clipboard; save the log instead"));
          return;
        }
    }
  g_task_return_pointer (task, g_strdup (range->copy->str), g_free);
}

static GPtrArray *
copy_lines (GPtrArray *lines)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (copy, runnel_log_bits_copy (g_ptr_array_index (lines, i)));
  return copy;
}

/**
 * runnel_log_range_copy_async:
 * @source: a log
 * @from: where to begin
 * @to: where to end
 * @lines: (nullable) (element-type RunnelLogBits): which lines, by block; %NULL for all
 * @with_colors: whether the text is to have its colours in a terminal
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads what a terminal would show, in a thread.
 */
void
runnel_log_range_copy_async (RunnelLogSource     *source,
                             const RunnelLogSpot *from,
                             const RunnelLogSpot *to,
                             GPtrArray           *lines,
                             gboolean             with_colors,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Range *range = g_new0 (Range, 1);

  range->source = runnel_log_source_ref (source);
  range->size = runnel_log_source_get_size (source);
  range->from = *from;
  range->to = *to;
  range->lines = lines ? copy_lines (lines) : NULL;
  range->with_colors = with_colors;
  range->copy = g_string_new (NULL);
  runnel_log_text_init (&range->text);
  g_task_set_source_tag (task, runnel_log_range_copy_async);
  g_task_set_task_data (task, range, (GDestroyNotify) range_free);
  g_task_run_in_thread (task, copy_in_thread);
}

/**
 * runnel_log_range_copy_finish:
 * @result: what the callback was given
 * @error: return location for an error of #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the text, in UTF-8
 */
char *
runnel_log_range_copy_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- All of it -------------------------------------------------------------------------- */

typedef struct
{
  RunnelLogSource *source;
  GFile *file;
} Save;

static void
save_free (Save *save)
{
  runnel_log_source_unref (save->source);
  g_object_unref (save->file);
  g_free (save);
}

static gboolean
write_all (Save           *save,
           GOutputStream  *stream,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autofree char *buffer = g_malloc (PIECE);
  guint64 offset = 0;
  gsize n_read;

  while ((n_read = runnel_log_source_read (save->source, offset, buffer, PIECE)) > 0)
    {
      if (!g_output_stream_write_all (stream, buffer, n_read, NULL, cancellable, error))
        return FALSE;
      offset += n_read;
    }
  return g_output_stream_close (stream, cancellable, error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;
  g_autoptr(GFileOutputStream) stream =
    g_file_replace (save->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, &error);

  if (stream && write_all (save, G_OUTPUT_STREAM (stream), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * runnel_log_save_async:
 * @source: a log
 * @file: where to; what is there is replaced
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes all of a log to a file, as it is, in a thread.
 */
void
runnel_log_save_async (RunnelLogSource     *source,
                       GFile               *file,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);

  save->source = runnel_log_source_ref (source);
  save->file = g_object_ref (file);
  g_task_set_source_tag (task, runnel_log_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
runnel_log_save_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
