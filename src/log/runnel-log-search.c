/* runnel-log-search.c: all places in a log where a pattern is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-pass.h"
#include "log/runnel-log-search.h"

/* How many places are in each block is remembered, and not the places: there may be more of them
 * than memory. The n-th place is found by a look at its block. */

typedef struct
{
  guint32 count;
  guint64 parts; /* in which parts of the block they are, see runnel_log_matcher_find_parts() */
} Found;

struct _RunnelLogSearch
{
  RunnelLogSource *source;
  RunnelLogPattern *pattern;
  RunnelLogSearchFunc changed;
  gpointer user_data;
  RunnelLogPass *pass;
  RunnelLogIndex *counts;
  GArray *parts;           /* of guint64, by block */
  guint64 size;
};

static void
count_block (RunnelLogSource *source,
             RunnelLogBlock  *block,
             guint64          number,
             guint64          size,
             gpointer         item,
             gpointer         work_data)
{
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (work_data);
  Found *found = item;

  found->count = runnel_log_matcher_count (matcher, block);
  if (found->count > 0)
    found->parts = runnel_log_matcher_find_parts (matcher, block);
}

static void
deliver (guint64  first,
         gpointer items,
         guint    n_items,
         gpointer user_data)
{
  RunnelLogSearch *self = user_data;
  const Found *found = items;
  guint64 n_blocks = runnel_log_block_count (self->size);

  /* The log may have been cut since these were counted. */
  runnel_log_index_set_size (self->counts, n_blocks);
  g_array_set_size (self->parts, (guint) n_blocks);
  for (guint i = 0; i < n_items && first + i < n_blocks; i++)
    {
      runnel_log_index_set (self->counts, first + i, found[i].count);
      g_array_index (self->parts, guint64, first + i) = found[i].parts;
    }
  self->changed (self->user_data);
}

static void
done (gpointer user_data)
{
  RunnelLogSearch *self = user_data;

  runnel_log_index_set_size (self->counts, runnel_log_block_count (self->size));
  self->changed (self->user_data);
}

/**
 * runnel_log_search_new:
 * @source: a log
 * @pattern: what is looked for
 * @changed: called on this thread's main context when more is known
 * @user_data: for @changed
 *
 * Makes a search that has nothing to look at yet, see runnel_log_search_extend().
 *
 * Returns: (transfer full): the search
 */
RunnelLogSearch *
runnel_log_search_new (RunnelLogSource     *source,
                       RunnelLogPattern    *pattern,
                       RunnelLogSearchFunc  changed,
                       gpointer             user_data)
{
  static const RunnelLogPassFuncs funcs = { sizeof (Found), NULL, count_block, deliver, done };
  RunnelLogSearch *self = g_new0 (RunnelLogSearch, 1);

  self->source = runnel_log_source_ref (source);
  self->pattern = runnel_log_pattern_ref (pattern);
  self->changed = changed;
  self->user_data = user_data;
  self->counts = runnel_log_index_new ();
  self->parts = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->pass = runnel_log_pass_new (source, &funcs, runnel_log_pattern_ref (pattern),
                                    (GDestroyNotify) runnel_log_pattern_unref, self);
  return self;
}

void
runnel_log_search_free (RunnelLogSearch *self)
{
  runnel_log_pass_free (self->pass);
  runnel_log_index_free (self->counts);
  g_array_unref (self->parts);
  runnel_log_pattern_unref (self->pattern);
  runnel_log_source_unref (self->source);
  g_free (self);
}

/**
 * runnel_log_search_extend:
 * @unchanged: up to where the log is as it was
 * @size: how long it is now, in bytes
 *
 * Looks through what has not been looked at.
 */
void
runnel_log_search_extend (RunnelLogSearch *self,
                          guint64          unchanged,
                          guint64          size)
{
  self->size = size;
  runnel_log_pass_extend (self->pass, unchanged, size);
}

gboolean
runnel_log_search_is_busy (RunnelLogSearch *self)
{
  return runnel_log_pass_is_busy (self->pass);
}

/**
 * runnel_log_search_get_counts:
 *
 * Returns: (transfer none): how many places are in each block
 */
RunnelLogIndex *
runnel_log_search_get_counts (RunnelLogSearch *self)
{
  return self->counts;
}

/**
 * runnel_log_search_get_parts:
 * @block: a block
 *
 * Returns: in which of its 64 parts, from the lowest bit on, there are places
 */
guint64
runnel_log_search_get_parts (RunnelLogSearch *self,
                             guint64          block)
{
  return block < self->parts->len ? g_array_index (self->parts, guint64, block) : 0;
}

RunnelLogPattern *
runnel_log_search_get_pattern (RunnelLogSearch *self)
{
  return self->pattern;
}

/* --- One place after the other ---------------------------------------------------------- */

typedef struct
{
  RunnelLogSource *source;
  RunnelLogMatcher *matcher;
  guint64 size;
  RunnelLogPlace from;
  RunnelLogDirection direction;
  guint64 other;        /* where to look if there is none in the block of `from` */

  gboolean found;
  RunnelLogPlace place;
  guint64 nth;          /* place of its block, from 0 */
} Look;

static void
look_free (Look *look)
{
  runnel_log_matcher_free (look->matcher);
  runnel_log_source_unref (look->source);
  g_free (look);
}

static gboolean
is_behind (const RunnelLogPlace *place,
           const RunnelLogPlace *from)
{
  int order = runnel_log_line_compare (&place->line, &from->line);

  return order > 0 || (order == 0 && place->start >= from->end);
}

static gboolean
is_before (const RunnelLogPlace *place,
           const RunnelLogPlace *from)
{
  int order = runnel_log_line_compare (&place->line, &from->line);

  return order < 0 || (order == 0 && place->end <= from->start);
}

/* Forward, the first place behind `from` is wanted; backward, the last one before it. Returns
 * whether that is it. */
static gboolean
take_place (Look                 *look,
            const RunnelLogPlace *place,
            guint64               nth,
            const RunnelLogPlace *from)
{
  gboolean forward = look->direction == RUNNEL_LOG_FORWARD;

  if (from && !(forward ? is_behind (place, from) : is_before (place, from)))
    return !forward;
  look->found = TRUE;
  look->place = *place;
  look->nth = nth;
  return forward;
}

/* `from` is NULL for the first, or last, place in the block. */
static void
look_in_block (Look                 *look,
               guint64               number,
               const RunnelLogPlace *from)
{
  g_auto(RunnelLogBlock) block = { 0, };
  RunnelLogLine line = { number, 0 };
  RunnelLogSpan span;
  gsize position = 0;
  guint64 nth = 0;

  runnel_log_block_load (&block, look->source, number, look->size, TRUE);
  for (; runnel_log_block_next (&block, &position, &span); line.nth++)
    {
      RunnelLogPlace place = { line, 0, 0 };
      gsize length;
      const char *text = runnel_log_matcher_read (look->matcher, &span, &length);

      while (runnel_log_matcher_find (look->matcher, text, length, place.end, &place.start,
                                      &place.end))
        if (take_place (look, &place, nth++, from))
          return;
    }
}

static void
look_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Look *look = task_data;

  look_in_block (look, look->from.line.block, &look->from);
  if (!look->found)
    look_in_block (look, look->other, NULL);
  g_task_return_boolean (task, TRUE);
}

/* Of the blocks that are known to have places, the next one; behind the last comes the first. */
static guint64
find_other_block (RunnelLogSearch    *self,
                  guint64             block,
                  RunnelLogDirection  direction)
{
  guint64 n_blocks = runnel_log_index_get_size (self->counts), total, n, other = 0;
  guint nth;

  if (n_blocks == 0)
    return 0;
  total = runnel_log_index_get_total (self->counts);
  block = MIN (block, n_blocks - 1);
  if (direction == RUNNEL_LOG_FORWARD)
    {
      n = runnel_log_index_get_before (self->counts, block + 1);
      n = n < total ? n : 0;
    }
  else
    {
      n = runnel_log_index_get_before (self->counts, block);
      n = (n > 0 ? n : total) - 1;
    }
  runnel_log_index_find (self->counts, n, &other, &nth);
  return other;
}

/**
 * runnel_log_search_find_async:
 * @from: where to begin; need not be a place of the pattern, and may be empty
 * @direction: which way
 * @cancellable: (nullable): to give up
 * @callback: called when it is found
 * @user_data: for @callback
 *
 * Finds the first place that begins behind @from, or the last one that ends before it, and goes on
 * at the other end of the log. What has not been searched yet may be passed over.
 */
void
runnel_log_search_find_async (RunnelLogSearch      *self,
                              const RunnelLogPlace *from,
                              RunnelLogDirection    direction,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  g_task_set_source_tag (task, runnel_log_search_find_async);
  look->source = runnel_log_source_ref (self->source);
  look->matcher = runnel_log_matcher_new (self->pattern);
  look->size = self->size;
  look->from = *from;
  look->direction = direction;
  look->other = find_other_block (self, from->line.block, direction);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * runnel_log_search_find_finish:
 * @result: what the callback was given
 * @place: (out): where it is
 * @ret_n: (out): how many places come before it in the log, as far as it has been searched
 * @error: return location for an error of #GIOErrorEnum: the look was given up
 *
 * Returns: whether there is any place
 */
gboolean
runnel_log_search_find_finish (RunnelLogSearch  *self,
                               GAsyncResult     *result,
                               RunnelLogPlace   *place,
                               guint64          *ret_n,
                               GError          **error)
{
  Look *look = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error) || !look->found)
    return FALSE;
  *place = look->place;
  *ret_n = look->nth;
  if (place->line.block < runnel_log_index_get_size (self->counts))
    *ret_n += runnel_log_index_get_before (self->counts, place->line.block);
  return TRUE;
}
