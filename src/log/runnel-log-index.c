/* runnel-log-index.c: how many of something are in each block of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-index.h"

/* Blocks that nobody has looked at yet are taken to hold as many as the others do on the average. So
 * a person can go anywhere in a log while it is being looked at, and what is shown gets its exact
 * number with the first look at its block. */

#define UNKNOWN G_MAXUINT32

struct _RunnelLogIndex
{
  GArray *counts;     /* of guint32, by block */
  GArray *before;     /* of guint64: how many are in the blocks before; one more than blocks */
  guint64 n_unknown;  /* blocks */
  guint64 sum;        /* of the known counts */
  gboolean is_stale;  /* `before` does not go with `counts` */
};

RunnelLogIndex *
runnel_log_index_new (void)
{
  RunnelLogIndex *self = g_new0 (RunnelLogIndex, 1);

  self->counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->before = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->is_stale = TRUE;
  return self;
}

void
runnel_log_index_free (RunnelLogIndex *self)
{
  g_array_unref (self->counts);
  g_array_unref (self->before);
  g_free (self);
}

static guint32 *
get_count (RunnelLogIndex *self,
           guint64         block)
{
  return &g_array_index (self->counts, guint32, block);
}

/* Takes a block out of the sums. */
static void
forget (RunnelLogIndex *self,
        guint64         block)
{
  guint32 count = *get_count (self, block);

  if (count == UNKNOWN)
    self->n_unknown--;
  else
    self->sum -= count;
}

/**
 * runnel_log_index_set_size:
 * @n_blocks: how many blocks the log has
 *
 * Adds blocks that nobody has looked at yet, or drops the last ones.
 */
void
runnel_log_index_set_size (RunnelLogIndex *self,
                           guint64         n_blocks)
{
  guint old = self->counts->len;

  g_return_if_fail (n_blocks < G_MAXUINT);

  for (guint64 block = n_blocks; block < old; block++)
    forget (self, block);
  g_array_set_size (self->counts, (guint) n_blocks);
  for (guint64 block = old; block < n_blocks; block++)
    {
      *get_count (self, block) = UNKNOWN;
      self->n_unknown++;
    }
  self->is_stale = TRUE;
}

/**
 * runnel_log_index_set:
 * @block: one of the blocks
 * @count: how many there are in it
 */
void
runnel_log_index_set (RunnelLogIndex *self,
                      guint64         block,
                      guint32         count)
{
  g_return_if_fail (block < self->counts->len);
  g_return_if_fail (count != UNKNOWN);

  if (*get_count (self, block) == count)
    return;
  forget (self, block);
  *get_count (self, block) = count;
  self->sum += count;
  self->is_stale = TRUE;
}

/**
 * runnel_log_index_get:
 * @block: a block, which the log need not have
 * @ret_count: (out): how many there are in it
 *
 * Returns: whether somebody has looked at the block
 */
gboolean
runnel_log_index_get (RunnelLogIndex *self,
                      guint64         block,
                      guint32        *ret_count)
{
  if (block >= self->counts->len || *get_count (self, block) == UNKNOWN)
    return FALSE;
  *ret_count = *get_count (self, block);
  return TRUE;
}

/**
 * runnel_log_index_copy:
 * @other: what is to be known
 *
 * Makes both the same.
 */
void
runnel_log_index_copy (RunnelLogIndex *self,
                       RunnelLogIndex *other)
{
  g_array_set_size (self->counts, 0);
  g_array_append_vals (self->counts, other->counts->data, other->counts->len);
  self->n_unknown = other->n_unknown;
  self->sum = other->sum;
  self->is_stale = TRUE;
}

guint64
runnel_log_index_get_size (RunnelLogIndex *self)
{
  return self->counts->len;
}

/**
 * runnel_log_index_is_exact:
 *
 * Returns: whether all blocks are known
 */
gboolean
runnel_log_index_is_exact (RunnelLogIndex *self)
{
  return self->n_unknown == 0;
}

static void
sum_up (RunnelLogIndex *self)
{
  guint n_known = self->counts->len - (guint) self->n_unknown;
  guint64 sum = 0, average = n_known > 0 ? (self->sum + n_known / 2) / n_known : 1;

  if (!self->is_stale)
    return;
  self->is_stale = FALSE;
  g_array_set_size (self->before, self->counts->len + 1);
  for (guint block = 0; block < self->counts->len; block++)
    {
      guint32 count = *get_count (self, block);

      g_array_index (self->before, guint64, block) = sum;
      sum += count == UNKNOWN ? average : count;
    }
  g_array_index (self->before, guint64, self->counts->len) = sum;
}

/**
 * runnel_log_index_get_total:
 *
 * Returns: how many there are in all blocks, as far as is known
 */
guint64
runnel_log_index_get_total (RunnelLogIndex *self)
{
  return runnel_log_index_get_before (self, self->counts->len);
}

/**
 * runnel_log_index_get_before:
 * @block: one of the blocks, or the one behind the last
 *
 * Returns: how many there are in the blocks before, as far as is known
 */
guint64
runnel_log_index_get_before (RunnelLogIndex *self,
                             guint64         block)
{
  g_return_val_if_fail (block <= self->counts->len, 0);

  sum_up (self);
  return g_array_index (self->before, guint64, block);
}

/* The last block that has no more than `n` before it; empty ones before it have as many. */
static guint64
find_block (RunnelLogIndex *self,
            guint64         n)
{
  guint64 low = 0, high = self->counts->len;

  while (low + 1 < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (g_array_index (self->before, guint64, middle) <= n)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * runnel_log_index_find:
 * @n: which one, from 0
 * @ret_block: (out): the block that it is in
 * @ret_nth: (out): how many come before it in the block
 *
 * Returns: %FALSE when there are not so many
 */
gboolean
runnel_log_index_find (RunnelLogIndex *self,
                       guint64         n,
                       guint64        *ret_block,
                       guint          *ret_nth)
{
  if (n >= runnel_log_index_get_total (self))
    return FALSE;

  *ret_block = find_block (self, n);
  *ret_nth = (guint) (n - g_array_index (self->before, guint64, *ret_block));
  return TRUE;
}
