/* runnel-log-rows.c: which lines of a log are shown, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-rows.h"

struct _RunnelLogRows
{
  RunnelLogIndex *rows;  /* of each block */
  GPtrArray *shown;      /* of RunnelLogBits, by block; NULL = all, or none if `rows` says so */
};

RunnelLogRows *
runnel_log_rows_new (void)
{
  RunnelLogRows *self = g_new0 (RunnelLogRows, 1);

  self->rows = runnel_log_index_new ();
  self->shown = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
runnel_log_rows_free (RunnelLogRows *self)
{
  runnel_log_index_free (self->rows);
  g_ptr_array_unref (self->shown);
  g_free (self);
}

/* As many as there are lines. */
static void
show_all (RunnelLogRows  *self,
          RunnelLogIndex *lines)
{
  guint64 n_blocks = runnel_log_index_get_size (lines);

  g_ptr_array_set_size (self->shown, 0);
  g_ptr_array_set_size (self->shown, (int) n_blocks);
  runnel_log_index_copy (self->rows, lines);
}

/* --- Folds ----------------------------------------------------------------------------- */

/* Hides lines of one block. A block that nobody has counted is shown, or is hidden as a whole. */
static void
hide_in_block (RunnelLogRows  *self,
               RunnelLogIndex *lines,
               guint64         block,
               guint           from,
               guint           to)
{
  RunnelLogBits *bits = g_ptr_array_index (self->shown, block);
  guint32 n_lines;

  if (!runnel_log_index_get (lines, block, &n_lines))
    {
      if (from == 0 && to == G_MAXUINT)
        runnel_log_index_set (self->rows, block, 0);
      return;
    }
  if (!bits)
    {
      bits = runnel_log_bits_new (n_lines);
      runnel_log_bits_set_range (bits, 0, n_lines, TRUE);
      g_ptr_array_index (self->shown, block) = bits;
    }
  runnel_log_bits_set_range (bits, from, to, FALSE);
  runnel_log_index_set (self->rows, block, runnel_log_bits_count (bits, n_lines));
}

static void
hide_fold (RunnelLogRows       *self,
           RunnelLogIndex      *lines,
           const RunnelLogFold *fold)
{
  guint64 n_blocks = runnel_log_index_get_size (lines);

  for (guint64 block = fold->head.block; block < n_blocks && block <= fold->end.block; block++)
    {
      guint from = block == fold->head.block ? fold->head.nth + 1 : 0;
      guint to = block == fold->end.block ? fold->end.nth : G_MAXUINT;

      if (from < to)
        hide_in_block (self, lines, block, from, to);
    }
}

/**
 * runnel_log_rows_show_unfolded:
 * @lines: how many lines are in each block
 * @folds: of the log
 *
 * Shows all lines but those that are folded away.
 */
void
runnel_log_rows_show_unfolded (RunnelLogRows  *self,
                               RunnelLogIndex *lines,
                               RunnelLogFolds *folds)
{
  RunnelLogLine hidden_to = { 0, 0 };

  show_all (self, lines);
  for (guint i = 0; i < runnel_log_folds_get_n (folds); i++)
    {
      const RunnelLogFold *fold = runnel_log_folds_get (folds, i);

      /* What is in a fold that is closed is hidden already. */
      if (!fold->is_closed || runnel_log_line_compare (&fold->head, &hidden_to) < 0)
        continue;
      hide_fold (self, lines, fold);
      hidden_to = fold->end;
    }
}

/**
 * runnel_log_rows_show_matching:
 * @lines: how many lines are in each block
 * @sieve: says which
 *
 * Shows those lines alone that the sieve has found; of blocks that it has not looked at, none.
 */
void
runnel_log_rows_show_matching (RunnelLogRows  *self,
                               RunnelLogIndex *lines,
                               RunnelLogSieve *sieve)
{
  GPtrArray *found = runnel_log_sieve_get_lines (sieve);

  show_all (self, lines);
  for (guint64 block = 0; block < runnel_log_index_get_size (lines); block++)
    {
      const RunnelLogBits *bits = block < found->len ? g_ptr_array_index (found, block) : NULL;
      guint n = bits ? runnel_log_bits_count (bits, bits->n) : 0;

      runnel_log_index_set (self->rows, block, n);
      if (n > 0)
        g_ptr_array_index (self->shown, block) = runnel_log_bits_copy (bits);
    }
}

guint64
runnel_log_rows_get_total (RunnelLogRows *self)
{
  return runnel_log_index_get_total (self->rows);
}

/**
 * runnel_log_rows_is_exact:
 *
 * Returns: whether all lines have been counted
 */
gboolean
runnel_log_rows_is_exact (RunnelLogRows *self)
{
  return runnel_log_index_is_exact (self->rows);
}

/**
 * runnel_log_rows_find:
 * @row: from 0
 * @ret_line: (out): the line that it shows
 *
 * Returns: %FALSE when there are not so many rows
 */
gboolean
runnel_log_rows_find (RunnelLogRows *self,
                      guint64        row,
                      RunnelLogLine *ret_line)
{
  const RunnelLogBits *bits;
  guint nth;

  if (!runnel_log_index_find (self->rows, row, &ret_line->block, &nth))
    return FALSE;
  bits = g_ptr_array_index (self->shown, ret_line->block);
  ret_line->nth = bits ? runnel_log_bits_find (bits, nth) : nth;
  return TRUE;
}

/**
 * runnel_log_rows_get_row:
 * @line: a line, which need not be shown
 *
 * Returns: the row that shows it, or the next line that is shown; the number of rows when there is
 *   none
 */
guint64
runnel_log_rows_get_row (RunnelLogRows       *self,
                         const RunnelLogLine *line)
{
  const RunnelLogBits *bits;
  guint64 before;
  guint32 n_rows;

  if (line->block >= self->shown->len)
    return runnel_log_index_get_total (self->rows);
  before = runnel_log_index_get_before (self->rows, line->block);
  bits = g_ptr_array_index (self->shown, line->block);
  if (bits)
    return before + runnel_log_bits_count (bits, line->nth);
  if (runnel_log_index_get (self->rows, line->block, &n_rows))
    return before + MIN (line->nth, n_rows);
  return before + line->nth;
}

gboolean
runnel_log_rows_is_shown (RunnelLogRows       *self,
                          const RunnelLogLine *line)
{
  RunnelLogLine found;

  return runnel_log_rows_find (self, runnel_log_rows_get_row (self, line), &found) &&
         runnel_log_line_compare (&found, line) == 0;
}
