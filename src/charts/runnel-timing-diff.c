/* runnel-timing-diff.c: what took longer in one run than in another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-timing-diff.h"
#include "util/runnel-sort.h"

typedef struct
{
  RunnelTimingDiff *diff;
  RunnelPipeline *pipelines[RUNNEL_N_SIDES];
  GArray *pairs;        /* of RunnelTimingPair */
  GHashTable *by_key;   /* positions of pairs + 1 */
} Builder;

/* A leg is the same when its values are, whatever its number; a step of a subpipeline when its way
 * is. Of several of one key, as after a retry of the step that runs them, the first belong together. */
static char *
make_key (const RunnelTiming *timing,
          guint               row,
          GHashTable         *seen)
{
  const RunnelTimingRow *facts = &timing->rows[row];
  const char *parent = facts->parent >= 0 ? timing->rows[facts->parent].id : NULL;
  g_autofree char *key = facts->role == RUNNEL_ROLE_LEG && parent != NULL
                           ? g_strconcat (parent, "\n", facts->short_title, NULL)
                           : g_strdup (facts->id);
  guint n_seen = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));
  char *numbered = g_strdup_printf ("%s\n%u", key, n_seen);

  g_hash_table_insert (seen, g_steal_pointer (&key), GUINT_TO_POINTER (n_seen + 1));
  return numbered;
}

static RunnelStep *
find_step (RunnelPipeline        *pipeline,
           const RunnelTimingRow *row)
{
  guint index;

  return pipeline != NULL && row->depth == 0 && runnel_pipeline_find_step (pipeline, row->id, &index)
           ? runnel_pipeline_get_step (pipeline, index) : NULL;
}

static void
add_times (RunnelTimingPair   *pair,
           const RunnelTiming *timing,
           guint               side)
{
  const RunnelTimingRow *row = &timing->rows[pair->rows[side]];

  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    pair->by_kind[side][timing->spans[i].kind] += timing->spans[i].end - timing->spans[i].start;
  for (guint i = 0; i < RUNNEL_N_SPAN_KINDS; i++)
    pair->took[side] += pair->by_kind[side][i];
  if (row->has_legs)
    pair->took[side] = row->end - row->start;
}

static RunnelTimingPair *
find_pair (Builder    *self,
           const char *key)
{
  gpointer found = g_hash_table_lookup (self->by_key, key);

  return found != NULL
           ? &g_array_index (self->pairs, RunnelTimingPair, GPOINTER_TO_UINT (found) - 1) : NULL;
}

static void
add_row (Builder    *self,
         guint       side,
         guint       row,
         GHashTable *seen)
{
  const RunnelTiming *timing = self->diff->timings[side];
  g_autofree char *key = make_key (timing, row, seen);
  RunnelTimingPair *pair = find_pair (self, key);

  if (pair == NULL)
    {
      const RunnelTimingPair made = {
        .id = timing->rows[row].id,
        .title = timing->rows[row].title,
        .rows = { -1, -1 },
      };

      g_array_append_val (self->pairs, made);
      pair = &g_array_index (self->pairs, RunnelTimingPair, self->pairs->len - 1);
      g_hash_table_insert (self->by_key, g_steal_pointer (&key),
                           GUINT_TO_POINTER (self->pairs->len));
    }
  pair->rows[side] = row;
  add_times (pair, timing, side);
}

static void
add_rows (Builder *self,
          guint    side)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->diff->timings[side]->n_rows; i++)
    add_row (self, side, i, seen);
}

static RunnelPairChange
find_change (Builder                *self,
             const RunnelTimingPair *pair)
{
  RunnelStep *steps[RUNNEL_N_SIDES];

  if (pair->rows[RUNNEL_BEFORE] < 0)
    return RUNNEL_PAIR_ADDED;
  if (pair->rows[RUNNEL_AFTER] < 0)
    return RUNNEL_PAIR_REMOVED;
  for (guint i = 0; i < RUNNEL_N_SIDES; i++)
    steps[i] = find_step (self->pipelines[i], &self->diff->timings[i]->rows[pair->rows[i]]);
  return steps[0] != NULL && steps[1] != NULL && !runnel_step_equal (steps[0], steps[1])
           ? RUNNEL_PAIR_CHANGED : RUNNEL_PAIR_SAME;
}

static void
finish_pairs (Builder *self)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      RunnelTimingPair *pair = &g_array_index (self->pairs, RunnelTimingPair, i);

      pair->change = find_change (self, pair);
      pair->delta = pair->took[RUNNEL_AFTER] - pair->took[RUNNEL_BEFORE];
      for (guint j = 0; j < RUNNEL_N_SIDES; j++)
        self->diff->longest = MAX (self->diff->longest, pair->took[j]);
    }
}

/* What got slower comes first, and what got quicker last; of equal ones those of the file. */
static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const RunnelTimingPair *left = a, *right = b;

  if (left->delta != right->delta)
    return left->delta > right->delta ? -1 : 1;
  if (left->rows[RUNNEL_AFTER] != right->rows[RUNNEL_AFTER])
    return left->rows[RUNNEL_AFTER] < right->rows[RUNNEL_AFTER] ? -1 : 1;
  return left->rows[RUNNEL_BEFORE] < right->rows[RUNNEL_BEFORE] ? -1 : 1;
}

static void
index_pairs (RunnelTimingDiff *self)
{
  for (guint i = 0; i < RUNNEL_N_SIDES; i++)
    self->pair_of_row[i] = g_new0 (guint, MAX (self->timings[i]->n_rows, 1));
  for (guint i = 0; i < self->n_pairs; i++)
    for (guint j = 0; j < RUNNEL_N_SIDES; j++)
      if (self->pairs[i].rows[j] >= 0)
        self->pair_of_row[j][self->pairs[i].rows[j]] = i;
}

/**
 * runnel_timing_diff_new:
 * @before: the timing of a run
 * @before_pipeline: (nullable): its pipeline; without it nobody knows whether steps are the same
 * @after: the timing of another run
 * @after_pipeline: (nullable): its pipeline
 *
 * Returns: (transfer full): both, step by step
 */
RunnelTimingDiff *
runnel_timing_diff_new (RunnelTiming   *before,
                        RunnelPipeline *before_pipeline,
                        RunnelTiming   *after,
                        RunnelPipeline *after_pipeline)
{
  Builder builder = {
    .diff = g_new0 (RunnelTimingDiff, 1),
    .pipelines = { before_pipeline, after_pipeline },
    .pairs = g_array_new (FALSE, FALSE, sizeof (RunnelTimingPair)),
    .by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };

  g_atomic_ref_count_init (&builder.diff->ref_count);
  builder.diff->timings[RUNNEL_BEFORE] = runnel_timing_ref (before);
  builder.diff->timings[RUNNEL_AFTER] = runnel_timing_ref (after);
  add_rows (&builder, RUNNEL_AFTER);
  add_rows (&builder, RUNNEL_BEFORE);
  finish_pairs (&builder);
  g_hash_table_unref (builder.by_key);
  builder.diff->n_pairs = builder.pairs->len;
  builder.diff->pairs = (RunnelTimingPair *) g_array_free (builder.pairs, FALSE);
  runnel_sort (builder.diff->pairs, builder.diff->n_pairs, sizeof (RunnelTimingPair), compare_pairs);
  index_pairs (builder.diff);
  return builder.diff;
}

/**
 * runnel_timing_diff_ref:
 * @self: a comparison
 *
 * Returns: (transfer full): the same
 */
RunnelTimingDiff *
runnel_timing_diff_ref (RunnelTimingDiff *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * runnel_timing_diff_unref:
 * @self: (transfer full) (nullable): a comparison
 */
void
runnel_timing_diff_unref (RunnelTimingDiff *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < RUNNEL_N_SIDES; i++)
    {
      runnel_timing_unref (self->timings[i]);
      g_free (self->pair_of_row[i]);
    }
  g_free (self->pairs);
  g_free (self);
}

/**
 * runnel_timing_diff_is_critical:
 * @self: a comparison
 * @pair: one of its pairs
 * @side: %RUNNEL_BEFORE or %RUNNEL_AFTER
 *
 * Returns: whether the step was on the critical path of that run
 */
gboolean
runnel_timing_diff_is_critical (const RunnelTimingDiff *self,
                                guint                   pair,
                                guint                   side)
{
  int row = self->pairs[pair].rows[side];

  return row >= 0 && self->timings[side]->rows[row].critical;
}

static void
add_part (GArray *parts,
          gint64  start,
          gint64  end,
          guint   look)
{
  const RunnelPairPart part = { start, end, look };

  if (end > start)
    g_array_append_val (parts, part);
}

/**
 * runnel_timing_diff_list_parts:
 * @self: a comparison
 * @pair: one of its pairs
 * @side: %RUNNEL_BEFORE or %RUNNEL_AFTER
 *
 * Returns: (transfer full) (element-type RunnelPairPart): what the step did in that run, one behind
 *   the other; of a step that ran as legs all in one
 */
GArray *
runnel_timing_diff_list_parts (const RunnelTimingDiff *self,
                               guint                   pair,
                               guint                   side)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (RunnelPairPart));
  const RunnelTiming *timing = self->timings[side];
  int index = self->pairs[pair].rows[side];
  const RunnelTimingRow *row = index >= 0 ? &timing->rows[index] : NULL;
  gint64 at = 0;

  if (row != NULL && row->has_legs)
    add_part (parts, 0, row->end - row->start, row->state);
  for (guint i = row != NULL ? row->first_span : 0;
       row != NULL && i < row->first_span + row->n_spans; i++)
    {
      gint64 duration = timing->spans[i].end - timing->spans[i].start;

      add_part (parts, at, at + duration, runnel_gantt_get_look (timing, index, i));
      at += duration;
    }
  return parts;
}

/**
 * runnel_timing_diff_list_looks:
 * @self: a comparison
 *
 * Returns: bits of the looks that its parts have, for a legend
 */
guint
runnel_timing_diff_list_looks (const RunnelTimingDiff *self)
{
  guint looks = 0;

  for (guint i = 0; i < self->n_pairs; i++)
    for (guint j = 0; j < RUNNEL_N_SIDES; j++)
      {
        g_autoptr(GArray) parts = runnel_timing_diff_list_parts (self, i, j);

        for (guint k = 0; k < parts->len; k++)
          looks |= 1u << g_array_index (parts, RunnelPairPart, k).look;
      }
  return looks;
}
