/* runnel-cli-log-lines.c: prints lines of a log, those that are wanted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/runnel-cli-log-lines.h"
#include "cli/runnel-cli-terminal.h"
#include "log/runnel-log-packed.h"
#include "log/runnel-log-times.h"

#define MAX_LABEL 20 /* characters of a step before its lines; longer ones stick out */

struct _RunnelCliLogLines
{
  RunnelCliLineWish wish;
  char *path;               /* NULL for a merge */
  RunnelLogMerge *merge;
  RunnelLogSource *source;  /* NULL until the log is there */
  RunnelLogTimes *times;
  RunnelLogMatcher *matcher;
  RunnelLogText text;
  guint64 offset;           /* behind what was looked at */

  /* What may be printed yet, each a line as it is printed. */
  GQueue before;            /* context, if a match comes */
  GQueue last;              /* of a tail */
  guint n_after;            /* lines of context that are left to print */
  gboolean has_gap;         /* lines were left out since the last one printed */
  gboolean has_printed;
  gboolean is_first;        /* a tail is of what there is, and then follows all */

  RunnelCliLogHeading heading;
  gpointer heading_data;
};

static RunnelCliLogLines *
lines_new (const RunnelCliLineWish *wish)
{
  RunnelCliLogLines *self = g_new0 (RunnelCliLogLines, 1);

  self->wish = *wish;
  self->times = runnel_log_times_new ();
  if (wish->pattern)
    self->matcher = runnel_log_matcher_new (wish->pattern);
  runnel_log_text_init (&self->text);
  self->is_first = TRUE;
  return self;
}

/**
 * runnel_cli_log_lines_new:
 * @path: (type filename): a log, which may not be there yet
 * @wish: which lines are wanted
 *
 * Returns: (transfer full): its lines
 */
RunnelCliLogLines *
runnel_cli_log_lines_new (const char              *path,
                          const RunnelCliLineWish *wish)
{
  RunnelCliLogLines *self = lines_new (wish);

  self->path = g_strdup (path);
  return self;
}

/**
 * runnel_cli_log_lines_new_for_merge:
 * @merge: several logs
 * @wish: which lines are wanted
 *
 * Returns: (transfer full): their lines, with the labels before them
 */
RunnelCliLogLines *
runnel_cli_log_lines_new_for_merge (RunnelLogMerge          *merge,
                                    const RunnelCliLineWish *wish)
{
  RunnelCliLogLines *self = lines_new (wish);

  self->merge = merge;
  self->source = runnel_log_source_ref (runnel_log_merge_get_source (merge));
  return self;
}

void
runnel_cli_log_lines_free (RunnelCliLogLines *self)
{
  g_queue_clear_full (&self->before, g_free);
  g_queue_clear_full (&self->last, g_free);
  g_clear_pointer (&self->source, runnel_log_source_unref);
  g_clear_pointer (&self->matcher, runnel_log_matcher_free);
  runnel_log_times_free (self->times);
  runnel_log_text_clear (&self->text);
  g_free (self->path);
  g_free (self);
}

/* --- What a line looks like ---------------------------------------------------------------- */

static gint64
get_time (RunnelCliLogLines   *self,
          const RunnelLogSpan *line)
{
  gint64 time = 0;
  guint part;

  if (self->merge)
    runnel_log_merge_find (self->merge, line->offset, &part, &time);
  else
    time = runnel_log_times_find (self->times, line->offset);
  if (time == 0)
    runnel_log_times_parse_line (line->text, line->length, &time);
  return time;
}

/* "2026-01-31 23:59:59.123 ", or as many blanks. */
static void
append_time (GString *output,
             gint64   time)
{
  g_autoptr(GDateTime) date =
    time != 0 ? g_date_time_new_from_unix_local (time / G_TIME_SPAN_SECOND) : NULL;
  g_autofree char *text = date ? g_date_time_format (date, "%Y-%m-%d %H:%M:%S") : NULL;

  if (text)
    g_string_append_printf (output, "%s.%03d ", text,
                            (int) (time % G_TIME_SPAN_SECOND / G_TIME_SPAN_MILLISECOND));
  else
    g_string_append_printf (output, "%24s", "");
}

static void
append_label (RunnelCliLogLines   *self,
              GString             *output,
              const RunnelLogSpan *line)
{
  static const char *const colors[] = { "36", "33", "35", "32", "34", "31" };
  guint width = MIN (runnel_log_merge_get_longest_label (self->merge), MAX_LABEL), part;
  gboolean has_color = !self->wish.without_colors && *runnel_terminal_get_reset () != '\0';
  gint64 time;

  if (!runnel_log_merge_find (self->merge, line->offset, &part, &time))
    return;
  if (has_color)
    g_string_append_printf (output, "\033[%sm", colors[part % G_N_ELEMENTS (colors)]);
  runnel_text_append_padded (output, runnel_log_merge_get_label (self->merge, part), width);
  g_string_append (output, has_color ? " │\033[0m " : " │ ");
}

static void
append_text (RunnelCliLogLines   *self,
             GString             *output,
             const RunnelLogSpan *line)
{
  if (!self->wish.without_colors)
    {
      g_string_append_len (output, line->text, (gssize) line->length);
      return;
    }
  runnel_log_text_set (&self->text, line->text, line->length, NULL);
  g_string_append_len (output, self->text.text->str, (gssize) self->text.text->len);
}

/* Returns: (transfer full): the line as it is printed, without its end */
static char *
make_output (RunnelCliLogLines   *self,
             const RunnelLogSpan *line)
{
  GString *output = g_string_sized_new (line->length + 1);

  if (self->wish.with_times)
    append_time (output, get_time (self, line));
  if (self->merge)
    append_label (self, output, line);
  append_text (self, output, line);
  return g_string_free (output, FALSE);
}

/* --- Which lines -------------------------------------------------------------------------------- */

static void
print (RunnelCliLogLines *self,
       const char        *output)
{
  if (!self->has_printed && self->heading)
    self->heading (self->heading_data);
  self->has_printed = TRUE;
  puts (output);
}

/* Takes the line. */
static void
emit (RunnelCliLogLines *self,
      char              *output)
{
  if (self->wish.tail == 0 || !self->is_first)
    {
      print (self, output);
      g_free (output);
      return;
    }
  g_queue_push_tail (&self->last, output);
  if (self->last.length > self->wish.tail)
    g_free (g_queue_pop_head (&self->last));
}

/* As grep(1) does it, between lines that are apart. */
static void
emit_gap (RunnelCliLogLines *self)
{
  if (self->has_gap && self->wish.context > 0 && (self->has_printed || self->last.length > 0))
    emit (self, g_strdup ("--"));
  self->has_gap = FALSE;
}

static void
emit_match (RunnelCliLogLines *self,
            char              *output)
{
  char *earlier;

  emit_gap (self);
  while ((earlier = g_queue_pop_head (&self->before)))
    emit (self, earlier);
  emit (self, output);
  self->n_after = self->wish.context;
}

static void
keep_as_context (RunnelCliLogLines *self,
                 char              *output)
{
  g_queue_push_tail (&self->before, output);
  if (self->before.length > self->wish.context)
    {
      g_free (g_queue_pop_head (&self->before));
      self->has_gap = TRUE;
    }
}

static void
take_line (RunnelCliLogLines   *self,
           const RunnelLogSpan *line)
{
  if (self->wish.since > 0 && get_time (self, line) < self->wish.since)
    return;
  if (!self->matcher || runnel_log_matcher_has (self->matcher, line))
    emit_match (self, make_output (self, line));
  else if (self->n_after > 0)
    {
      self->n_after--;
      emit (self, make_output (self, line));
    }
  else if (self->wish.context > 0)
    keep_as_context (self, make_output (self, line));
}

/* --- Reading ------------------------------------------------------------------------------------- */

static gboolean
refresh (RunnelCliLogLines *self)
{
  g_autoptr(GArray) times = NULL;

  if (!self->source)
    self->source = runnel_log_open (self->path);
  if (runnel_log_source_refresh (self->source) < self->offset)
    self->offset = 0; /* it was cut, or is another now */
  if (self->path && (self->wish.with_times || self->wish.since > 0))
    {
      times = runnel_log_times_read (self->path, runnel_log_times_get_n (self->times));
      runnel_log_times_add (self->times, times);
    }
  return runnel_log_source_get_size (self->source) > self->offset;
}

/* Of a long log, only its end need be read when no more is wanted. */
static void
skip_to_tail (RunnelCliLogLines *self,
              guint64            size)
{
  g_auto(RunnelLogBlock) block = { 0, };
  guint64 number = runnel_log_block_count (size), n_lines = 0;

  if (!self->is_first || self->wish.tail == 0 || self->matcher || self->wish.since > 0)
    return;
  while (number > 0 && n_lines <= self->wish.tail)
    {
      runnel_log_block_load (&block, self->source, --number, size, TRUE);
      n_lines += runnel_log_block_n_lines (&block);
    }
  self->offset = number > 0 ? number * RUNNEL_LOG_BLOCK_SIZE : 0;
}

/* A line that is not ended may go on, unless nothing more comes. */
static void
take_block (RunnelCliLogLines    *self,
            const RunnelLogBlock *block,
            guint64               size,
            gboolean              is_over)
{
  RunnelLogSpan line;
  gsize position = 0;

  while (runnel_log_block_next (block, &position, &line))
    {
      gboolean is_ended = block->data[position - 1] == '\n' || block->is_cut;

      if (line.offset < self->offset)
        continue;
      if (!is_ended && !is_over && block->offset + position >= size)
        return;
      take_line (self, &line);
      self->offset = block->offset + position;
    }
}

/**
 * runnel_cli_log_lines_print:
 * @is_over: whether nothing more is written to the log
 * @heading: (nullable) (scope call): called before the first line that is printed
 * @user_data: for @heading
 *
 * Prints what has come since the last call, as far as it is wanted.
 *
 * Returns: whether anything was ever printed
 */
gboolean
runnel_cli_log_lines_print (RunnelCliLogLines   *self,
                            gboolean             is_over,
                            RunnelCliLogHeading  heading,
                            gpointer             user_data)
{
  g_auto(RunnelLogBlock) block = { 0, };
  guint64 size;
  char *output;

  if (!refresh (self))
    return self->has_printed;
  self->heading = heading;
  self->heading_data = user_data;
  size = runnel_log_source_get_size (self->source);
  skip_to_tail (self, size);
  for (guint64 i = runnel_log_block_of (self->offset); i < runnel_log_block_count (size); i++)
    {
      runnel_log_block_load (&block, self->source, i, size, TRUE);
      take_block (self, &block, size, is_over);
    }
  while ((output = g_queue_pop_head (&self->last)))
    {
      print (self, output);
      g_free (output);
    }
  self->is_first = FALSE;
  fflush (stdout);
  return self->has_printed;
}
