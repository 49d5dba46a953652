/* runnel-log-model-time.c: what a log had come to at a moment
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-model-private.h"

/* How much of several logs as one had come: they stand in the order of their times. */
static guint64
find_merged_size (RunnelLogModel *self,
                  gint64          time)
{
  guint64 low = 0, high = self->size;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      gint64 came;
      guint part;

      if (runnel_log_merge_find (self->merge, middle, &part, &came) && came <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The last line of a block that begins before `size`. */
static RunnelLogCacheResult
find_in_block (RunnelLogModel *self,
               guint64         block,
               guint           n_lines,
               guint64         size,
               RunnelLogLine  *ret_line)
{
  guint low = 0, high = n_lines;

  while (low < high)
    {
      RunnelLogLine line = { block, low + (high - low) / 2 };
      RunnelLogSpan span;
      RunnelLogStyle style;
      RunnelLogCacheResult result = runnel_log_cache_get_line (self->cache, &line, &span, &style);

      if (result != RUNNEL_LOG_CACHE_READY)
        return result;
      if (span.offset < size)
        low = line.nth + 1;
      else
        high = line.nth;
    }
  if (low == 0)
    return RUNNEL_LOG_CACHE_NONE;
  *ret_line = (RunnelLogLine) { block, low - 1 };
  return RUNNEL_LOG_CACHE_READY;
}

/**
 * runnel_log_model_find_time:
 * @self: a log
 * @time: a moment, in microseconds since 1970
 * @ret_line: (out): the last line that had come by then
 *
 * Returns: whether it is known; what is being read comes with the signal "changed", and there is
 *   none when nothing had come
 */
RunnelLogCacheResult
runnel_log_model_find_time (RunnelLogModel *self,
                            gint64          time,
                            RunnelLogLine  *ret_line)
{
  guint64 size;

  g_return_val_if_fail (RUNNEL_IS_LOG_MODEL (self), RUNNEL_LOG_CACHE_NONE);

  if (!self->source)
    return RUNNEL_LOG_CACHE_LATER;
  size = self->merge ? find_merged_size (self, time) : runnel_log_times_find_size (self->times, time);
  size = MIN (size, self->size);
  if (size == 0)
    return RUNNEL_LOG_CACHE_NONE;

  /* No line may begin in a block that a long one fills. */
  for (guint64 block = (size - 1) / RUNNEL_LOG_BLOCK_SIZE + 1; block-- > 0;)
    {
      guint n_lines = 0;
      RunnelLogCacheResult result = runnel_log_cache_get_n_lines (self->cache, block, &n_lines);

      if (result == RUNNEL_LOG_CACHE_READY)
        result = find_in_block (self, block, n_lines, size, ret_line);
      if (result != RUNNEL_LOG_CACHE_NONE)
        return result;
    }
  return RUNNEL_LOG_CACHE_NONE;
}
