/* runnel-log-sieve.c: the lines of a log in which a pattern is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-sieve.h"
#include "log/runnel-log-pass.h"

struct _RunnelLogSieve
{
  RunnelLogPass *pass;
  RunnelLogSieveFunc changed;
  gpointer user_data;
  GPtrArray *lines; /* of RunnelLogBits, by block */
  guint context;
};

/* What the threads need. */
typedef struct
{
  RunnelLogPattern *pattern;
  guint context;
} Wish;

static Wish *
wish_new (RunnelLogPattern *pattern,
          guint             context)
{
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish) { runnel_log_pattern_ref (pattern), context };
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  runnel_log_pattern_unref (wish->pattern);
  g_free (wish);
}

static RunnelLogBits *
match_lines (const RunnelLogBlock *block,
             RunnelLogMatcher     *matcher)
{
  RunnelLogBits *bits = runnel_log_bits_new (runnel_log_block_n_lines (block));
  RunnelLogSpan line;
  gsize position = 0;

  for (guint i = 0; runnel_log_block_next (block, &position, &line); i++)
    if (runnel_log_matcher_has (matcher, &line))
      runnel_log_bits_set (bits, i);
  return bits;
}

/* Widens each line to those around it, in place: a line that was added is no reason for others. */
static void
add_around (RunnelLogBits       *bits,
            const RunnelLogBits *matches,
            guint                context)
{
  for (guint i = runnel_log_bits_next (matches, 0); i < matches->n;
       i = runnel_log_bits_next (matches, i + 1))
    runnel_log_bits_set_range (bits, i - MIN (i, context), i + context + 1, TRUE);
}

/* Lines of the blocks before that reach into this one, at most `context` lines away. */
static void
add_from_before (RunnelLogBits    *bits,
                 RunnelLogSource  *source,
                 guint64           number,
                 guint64           size,
                 RunnelLogMatcher *matcher,
                 guint             context)
{
  g_auto(RunnelLogBlock) block = { 0, };
  guint n_before = 0;

  while (number-- > 0 && n_before < context)
    {
      g_autofree RunnelLogBits *matches = NULL;

      runnel_log_block_load (&block, source, number, size, TRUE);
      matches = match_lines (&block, matcher);
      for (guint i = matches->n; i-- > 0 && n_before < context; n_before++)
        if (runnel_log_bits_get (matches, i))
          runnel_log_bits_set_range (bits, 0, context - n_before, TRUE);
    }
}

static void
add_from_behind (RunnelLogBits    *bits,
                 RunnelLogSource  *source,
                 guint64           number,
                 guint64           size,
                 RunnelLogMatcher *matcher,
                 guint             context)
{
  g_auto(RunnelLogBlock) block = { 0, };
  guint64 n_blocks = runnel_log_block_count (size);
  guint n_behind = 0;

  while (++number < n_blocks && n_behind < context)
    {
      g_autofree RunnelLogBits *matches = NULL;

      runnel_log_block_load (&block, source, number, size, TRUE);
      matches = match_lines (&block, matcher);
      for (guint i = 0; i < matches->n && n_behind < context; i++, n_behind++)
        if (runnel_log_bits_get (matches, i))
          runnel_log_bits_set_range (bits, bits->n - MIN (bits->n, context - n_behind), bits->n,
                                     TRUE);
    }
}

static void
match_block (RunnelLogSource *source,
             RunnelLogBlock  *block,
             guint64          number,
             guint64          size,
             gpointer         item,
             gpointer         work_data)
{
  const Wish *wish = work_data;
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (wish->pattern);
  RunnelLogBits *bits = match_lines (block, matcher);

  *(RunnelLogBits **) item = bits;
  if (wish->context > 0 && bits->n > 0)
    {
      g_autofree RunnelLogBits *matches = runnel_log_bits_copy (bits);

      add_around (bits, matches, wish->context);
      add_from_before (bits, source, number, size, matcher, wish->context);
      add_from_behind (bits, source, number, size, matcher, wish->context);
    }
}

static void
clear_item (gpointer item)
{
  g_free (*(RunnelLogBits **) item);
}

static void
deliver (guint64  first,
         gpointer items,
         guint    n_items,
         gpointer user_data)
{
  RunnelLogSieve *self = user_data;
  RunnelLogBits **bits = items;

  g_ptr_array_set_size (self->lines, (int) first);
  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (self->lines, bits[i]);
  self->changed (self->user_data);
}

static void
done (gpointer user_data)
{
  RunnelLogSieve *self = user_data;

  self->changed (self->user_data);
}

/**
 * runnel_log_sieve_new:
 * @source: a log
 * @pattern: what is to be in the lines
 * @context: how many lines before and after each are wanted as well
 * @changed: called on this thread's main context when more is known
 * @user_data: for @changed
 *
 * Returns: (transfer full): a sieve that has looked at nothing yet, see
 *   runnel_log_sieve_extend()
 */
RunnelLogSieve *
runnel_log_sieve_new (RunnelLogSource    *source,
                      RunnelLogPattern   *pattern,
                      guint               context,
                      RunnelLogSieveFunc  changed,
                      gpointer            user_data)
{
  static const RunnelLogPassFuncs funcs = { sizeof (RunnelLogBits *), clear_item, match_block,
                                            deliver, done };
  RunnelLogSieve *self = g_new0 (RunnelLogSieve, 1);

  self->context = context;
  self->changed = changed;
  self->user_data = user_data;
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->pass = runnel_log_pass_new (source, &funcs, wish_new (pattern, context), wish_free, self);
  return self;
}

void
runnel_log_sieve_free (RunnelLogSieve *self)
{
  runnel_log_pass_free (self->pass);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * runnel_log_sieve_extend:
 * @unchanged: up to where the log is as it was
 * @size: how long it is now, in bytes
 *
 * Looks through what has not been looked at.
 */
void
runnel_log_sieve_extend (RunnelLogSieve *self,
                         guint64         unchanged,
                         guint64         size)
{
  /* Lines that are new bring some before them. */
  if (self->context > 0)
    unchanged -= MIN (unchanged, 2 * RUNNEL_LOG_BLOCK_SIZE);
  runnel_log_pass_extend (self->pass, unchanged, size);
}

gboolean
runnel_log_sieve_is_busy (RunnelLogSieve *self)
{
  return runnel_log_pass_is_busy (self->pass);
}

/**
 * runnel_log_sieve_get_lines:
 *
 * Returns: (transfer none) (element-type RunnelLogBits): which lines, by block, of the blocks that
 *   have been looked at
 */
GPtrArray *
runnel_log_sieve_get_lines (RunnelLogSieve *self)
{
  return self->lines;
}
