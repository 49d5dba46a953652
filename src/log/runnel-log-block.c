/* runnel-log-block.c: the lines that begin in one block of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-block.h"
#include "log/runnel-log-bytes.h"

#define FIRST_STEP 1024 /* most last lines end soon behind the block */

static void
make_room (RunnelLogBlock *self,
           gsize           needed)
{
  if (self->allocated >= needed)
    return;
  self->allocated = MAX (needed, 2 * self->allocated);
  self->buffer = g_realloc (self->buffer, self->allocated);
}

/* Reads up to the end of the last line. Returns: %FALSE when that would have to be waited for */
static gboolean
complete_last_line (RunnelLogBlock  *self,
                    RunnelLogSource *source,
                    guint64          start,
                    guint64          end,
                    gboolean         wait)
{
  const char *last = memrchr (self->data, '\n', self->length);
  gsize last_start = last ? (gsize) (last + 1 - self->data) : 0;
  gsize step = FIRST_STEP, skipped = (gsize) (self->data - self->buffer);

  while (self->data[self->length - 1] != '\n' && start < end)
    {
      gsize wanted = MIN (MIN (step, end - start),
                          RUNNEL_LOG_MAX_LINE - MIN (self->length - last_start, RUNNEL_LOG_MAX_LINE));
      gssize n_read;
      const char *newline;
      char *more;

      self->is_cut = wanted == 0;
      if (self->is_cut)
        break;
      make_room (self, skipped + self->length + wanted);
      self->data = self->buffer + skipped;
      more = self->data + self->length;
      n_read = wait ? (gssize) runnel_log_source_read (source, start, more, wanted)
                    : runnel_log_source_read_now (source, start, more, wanted);
      if (n_read <= 0)
        return n_read == 0;
      newline = memchr (more, '\n', (gsize) n_read);
      self->length += newline ? (gsize) (newline + 1 - more) : (gsize) n_read;
      start += (guint64) n_read;
      step *= 4;
    }
  return TRUE;
}

/* Where the first line begins: the bytes begin with the one before the block, but for the first. */
static void
skip_first (RunnelLogBlock *self,
            guint64         number,
            gsize           length)
{
  const char *newline = number > 0 ? memchr (self->buffer, '\n', length) : NULL;

  self->data = self->buffer;
  if (number > 0)
    self->data = newline ? (char *) newline + 1 : self->buffer + length;
  self->length = length - (gsize) (self->data - self->buffer);
}

/**
 * runnel_log_block_load:
 * @self: a block, empty or with what was loaded before
 * @source: the log
 * @number: of the block, from 0
 * @size: where the log is taken to end, in bytes
 * @wait: whether the disk may be waited for
 *
 * Loads the lines that begin in a block. What the log has lost meanwhile is missing.
 *
 * Returns: %FALSE when the disk would have to be waited for, and @wait is not set
 */
gboolean
runnel_log_block_load (RunnelLogBlock  *self,
                       RunnelLogSource *source,
                       guint64          number,
                       guint64          size,
                       gboolean         wait)
{
  guint64 first = number * RUNNEL_LOG_BLOCK_SIZE, start = number > 0 ? first - 1 : 0;
  guint64 end = MIN (first + RUNNEL_LOG_BLOCK_SIZE, size);
  gssize n_read;

  self->length = 0;
  self->offset = first;
  self->is_cut = FALSE;
  if (first >= end)
    return TRUE;

  make_room (self, RUNNEL_LOG_BLOCK_SIZE + 1 + FIRST_STEP);
  n_read = wait ? (gssize) runnel_log_source_read (source, start, self->buffer, end - start)
                : runnel_log_source_read_now (source, start, self->buffer, end - start);
  if (n_read < 0)
    return FALSE;
  skip_first (self, number, (gsize) n_read);
  self->offset = start + (guint64) (self->data - self->buffer);
  return self->length == 0 || complete_last_line (self, source, end, size, wait);
}

void
runnel_log_block_clear (RunnelLogBlock *self)
{
  g_free (self->buffer);
  *self = (RunnelLogBlock) { 0, };
}

/**
 * runnel_log_block_next:
 * @self: a block that is loaded
 * @position: (inout): 0 for the first line; afterwards, where the next one is
 * @line: (out): the line
 *
 * Returns: whether there was one more
 */
gboolean
runnel_log_block_next (const RunnelLogBlock *self,
                       gsize                *position,
                       RunnelLogSpan        *line)
{
  const char *start = self->data + *position, *newline;
  gsize rest = self->length - *position;

  if (rest == 0)
    return FALSE;
  newline = memchr (start, '\n', rest);
  line->text = start;
  line->length = newline ? (gsize) (newline - start) : rest;
  line->offset = self->offset + *position;
  *position += line->length + (newline ? 1 : 0);
  return TRUE;
}

/**
 * runnel_log_block_n_lines:
 *
 * Returns: how many lines begin in the block
 */
guint
runnel_log_block_n_lines (const RunnelLogBlock *self)
{
  if (self->length == 0)
    return 0;
  return (guint) runnel_log_bytes_count (self->data, self->length, '\n') +
         (self->data[self->length - 1] != '\n');
}
