/* runnel-log-model-rows.c: the lines of a log that are shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-model-private.h"

static void
update_rows (RunnelLogModel *self)
{
  if (!self->rows_are_stale || !self->cache)
    return;
  self->rows_are_stale = FALSE;
  if (self->sieve)
    runnel_log_rows_show_matching (self->rows, self->lines, self->sieve);
  else
    runnel_log_rows_show_unfolded (self->rows, self->lines, self->folds);
}

/**
 * runnel_log_model_get_n_rows:
 *
 * Returns: how many lines are shown, as far as is known
 */
guint64
runnel_log_model_get_n_rows (RunnelLogModel *self)
{
  update_rows (self);
  return runnel_log_rows_get_total (self->rows);
}

/* A block that is looked at is counted at once: what is guessed of it would show lines twice, or
 * not at all. */
static RunnelLogCacheResult
count_block (RunnelLogModel *self,
             guint64         block)
{
  RunnelLogCacheResult result;
  guint32 known;
  guint n;

  if (runnel_log_index_get (self->lines, block, &known))
    return RUNNEL_LOG_CACHE_READY;
  result = runnel_log_cache_get_n_lines (self->cache, block, &n);
  if (result == RUNNEL_LOG_CACHE_READY)
    {
      runnel_log_index_set (self->lines, block, n);
      self->rows_are_stale = TRUE;
    }
  return result;
}

/**
 * runnel_log_model_get_row:
 * @row: from 0
 * @ret_line: (out): the line that it shows
 *
 * Returns: whether that is known; it may take a look at the log
 */
RunnelLogCacheResult
runnel_log_model_get_row (RunnelLogModel *self,
                          guint64         row,
                          RunnelLogLine  *ret_line)
{
  RunnelLogCacheResult result;

  if (!self->cache)
    return RUNNEL_LOG_CACHE_LATER;
  do
    {
      update_rows (self);
      if (!runnel_log_rows_find (self->rows, row, ret_line))
        return RUNNEL_LOG_CACHE_NONE;
      result = count_block (self, ret_line->block);
    }
  while (result == RUNNEL_LOG_CACHE_READY && self->rows_are_stale);
  return result;
}

/**
 * runnel_log_model_find_row:
 * @line: a line, which need not be shown
 *
 * Returns: the row that shows it, or the next line that is shown
 */
guint64
runnel_log_model_find_row (RunnelLogModel      *self,
                           const RunnelLogLine *line)
{
  update_rows (self);
  return runnel_log_rows_get_row (self->rows, line);
}

/**
 * runnel_log_model_get_line:
 * @line: which line
 * @span: (out): what is in it; valid until another is asked for
 * @style: (out): how it begins to look
 *
 * Returns: whether it is there
 */
RunnelLogCacheResult
runnel_log_model_get_line (RunnelLogModel      *self,
                           const RunnelLogLine *line,
                           RunnelLogSpan       *span,
                           RunnelLogStyle      *style)
{
  if (!self->cache)
    return RUNNEL_LOG_CACHE_LATER;
  return runnel_log_cache_get_line (self->cache, line, span, style);
}

/**
 * runnel_log_model_get_n_lines:
 *
 * Returns: how many lines the log has, as far as is known
 */
guint64
runnel_log_model_get_n_lines (RunnelLogModel *self)
{
  return runnel_log_index_get_total (self->lines);
}

/**
 * runnel_log_model_get_number:
 * @line: which line
 * @ret_number: (out): how many lines come before it
 *
 * Returns: %FALSE while the lines before are not counted
 */
gboolean
runnel_log_model_get_number (RunnelLogModel      *self,
                             const RunnelLogLine *line,
                             guint64             *ret_number)
{
  if (line->block >= runnel_log_index_get_size (self->lines))
    return FALSE;
  *ret_number = runnel_log_index_get_before (self->lines, line->block) + line->nth;
  return runnel_log_index_is_exact (self->lines) ||
         line->block < runnel_log_pass_get_done (self->lines_pass);
}

/**
 * runnel_log_model_find_number:
 * @number: how many lines come before a line
 * @ret_line: (out): that line
 *
 * Returns: %FALSE when there are not so many lines
 */
gboolean
runnel_log_model_find_number (RunnelLogModel *self,
                              guint64         number,
                              RunnelLogLine  *ret_line)
{
  return runnel_log_index_find (self->lines, number, &ret_line->block, &ret_line->nth);
}

/**
 * runnel_log_model_get_time:
 * @span: a line
 *
 * Returns: when it came, or else what it says itself, in microseconds since 1970; 0 when nobody
 *   knows
 */
gint64
runnel_log_model_get_time (RunnelLogModel      *self,
                           const RunnelLogSpan *span)
{
  gint64 time = 0;
  guint part;

  if (self->merge)
    runnel_log_merge_find (self->merge, span->offset, &part, &time);
  else
    time = runnel_log_times_find (self->times, span->offset);
  if (time == 0)
    runnel_log_times_parse_line (span->text, span->length, &time);
  return time;
}

/**
 * runnel_log_model_get_label:
 * @span: a line
 * @ret_part: (out): the number of the log that it is from
 *
 * Returns: (transfer none) (nullable): whose log that is, where several are shown as one
 */
const char *
runnel_log_model_get_label (RunnelLogModel      *self,
                            const RunnelLogSpan *span,
                            guint               *ret_part)
{
  gint64 time;

  if (!self->merge || !runnel_log_merge_find (self->merge, span->offset, ret_part, &time))
    return NULL;
  return runnel_log_merge_get_label (self->merge, *ret_part);
}

/**
 * runnel_log_model_get_longest_label:
 *
 * Returns: how many characters the longest label has; 0 when there are none
 */
guint
runnel_log_model_get_longest_label (RunnelLogModel *self)
{
  return self->merge ? runnel_log_merge_get_longest_label (self->merge) : 0;
}
