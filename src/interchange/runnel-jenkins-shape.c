/* runnel-jenkins-shape.c: whether stages can say the graph
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Declarative knows stages one after another, and in each of these branches side by side, which are
 * stages one after another again; a parallel may not stand inside of another. A graph has that
 * shape when it falls into levels, each of which needs all ends of the level before and nothing
 * else.
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"

/* More stages than that no Jenkins takes: a method may have 64 KB of code. */
#define MAX_STEPS 1000

/* Stages end with the first failure, and go on after one that was skipped; so only these links mean
 * the same there. */
static gboolean
has_plain_links (const RunnelFlow *flow)
{
  static const RunnelFeature features[] = {
    RUNNEL_FEATURE_LINK_FAILURE, RUNNEL_FEATURE_LINK_FINISHED, RUNNEL_FEATURE_LINK_ALWAYS,
    RUNNEL_FEATURE_JOIN_ANY,     RUNNEL_FEATURE_CONDITION,     RUNNEL_FEATURE_DISABLED,
    RUNNEL_FEATURE_MATRIX,       RUNNEL_FEATURE_CONTINUE,      RUNNEL_FEATURE_UNDO,
    RUNNEL_FEATURE_POOL,         RUNNEL_FEATURE_JOBS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    if (runnel_flow_asks (flow, features[i]))
      return FALSE;

  return TRUE;
}

/* The graph without the links that others imply: a need of a need. */
typedef struct
{
  const RunnelFlow *flow;
  GArray **needs;     /* of guint, by step */
  GArray **followers; /* of guint, by step */
} Lean;

#define WORD_BITS 64

static gboolean
has_bit (const guint64 *bits, guint position)
{
  return (bits[position / WORD_BITS] >> (position % WORD_BITS)) & 1;
}

/* Whether another need of `step` comes after `need`, and so waits for it anyway. */
static gboolean
is_implied (const RunnelFlowStep *step, guint need, guint64 *const *before)
{
  for (guint i = 0; i < step->needs->len; i++)
    {
      guint other = g_array_index (step->needs, RunnelFlowNeed, i).step;

      if (other != need && has_bit (before[other], need))
        return TRUE;
    }

  return FALSE;
}

/* Sets the bits of all that comes before `step`, whose needs have theirs. */
static guint64 *
collect_before (const RunnelFlowStep *step, guint n_words, guint64 *const *before)
{
  guint64 *bits = g_new0 (guint64, n_words);

  for (guint i = 0; i < step->needs->len; i++)
    {
      guint need = g_array_index (step->needs, RunnelFlowNeed, i).step;

      for (guint word = 0; word < n_words; word++)
        bits[word] |= before[need][word];
      bits[need / WORD_BITS] |= G_GUINT64_CONSTANT (1) << (need % WORD_BITS);
    }

  return bits;
}

static void
lean_init (Lean *self, const RunnelFlow *flow)
{
  guint n_steps = flow->steps->len;
  guint n_words = n_steps / WORD_BITS + 1;
  guint64 **before = g_new0 (guint64 *, n_steps);

  self->flow = flow;
  self->needs = g_new (GArray *, n_steps);
  self->followers = g_new (GArray *, n_steps);
  for (guint i = 0; i < n_steps; i++)
    {
      self->needs[i] = g_array_new (FALSE, FALSE, sizeof (guint));
      self->followers[i] = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  for (guint i = 0; i < flow->order->len; i++)
    {
      guint index = g_array_index (flow->order, guint, i);
      const RunnelFlowStep *step = runnel_flow_get_step (flow, index);

      for (guint j = 0; j < step->needs->len; j++)
        {
          guint need = g_array_index (step->needs, RunnelFlowNeed, j).step;

          if (is_implied (step, need, before))
            continue;
          g_array_append_val (self->needs[index], need);
          g_array_append_val (self->followers[need], index);
        }
      before[index] = collect_before (step, n_words, before);
    }
  for (guint i = 0; i < n_steps; i++)
    g_free (before[i]);
  g_free (before);
}

static void
lean_clear (Lean *self)
{
  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      g_array_unref (self->needs[i]);
      g_array_unref (self->followers[i]);
    }
  g_free (self->needs);
  g_free (self->followers);
}

static gboolean
needs_exactly (const Lean *graph, guint index, GHashTable *ends)
{
  GArray *needs = graph->needs[index];

  if (needs->len != g_hash_table_size (ends))
    return FALSE;
  for (guint i = 0; i < needs->len; i++)
    if (!g_hash_table_contains (ends, GUINT_TO_POINTER (g_array_index (needs, guint, i))))
      return FALSE;

  return TRUE;
}

/* From `first` on, as long as a step is followed by just one that needs nothing else. */
static GPtrArray *
follow_chain (const Lean *graph, RunnelFlowStep *first)
{
  GPtrArray *chain = g_ptr_array_new ();
  RunnelFlowStep *step = first;

  for (;;)
    {
      GArray *followers = graph->followers[step->index];
      guint next;

      g_ptr_array_add (chain, step);
      if (followers->len != 1)
        break;
      next = g_array_index (followers, guint, 0);
      if (graph->needs[next]->len != 1)
        break;
      step = runnel_flow_get_step (graph->flow, next);
    }

  return chain;
}

/* The steps that come next: followers of `ends`, each of which must need all of them. FALSE when
 * one does not. */
static gboolean
find_front (const Lean *graph, GHashTable *ends, GPtrArray *front)
{
  GHashTableIter iter;
  gpointer key;
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_hash_table_iter_init (&iter, ends);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      GArray *followers = graph->followers[GPOINTER_TO_UINT (key)];

      for (guint i = 0; i < followers->len; i++)
        {
          guint index = g_array_index (followers, guint, i);

          if (!needs_exactly (graph, index, ends))
            return FALSE;
          if (g_hash_table_add (seen, GUINT_TO_POINTER (index)))
            g_ptr_array_add (front, runnel_flow_get_step (graph->flow, index));
        }
    }

  return TRUE;
}

static int
compare_by_place (gconstpointer a, gconstpointer b)
{
  const RunnelFlowStep *left = *(RunnelFlowStep *const *) a;
  const RunnelFlowStep *right = *(RunnelFlowStep *const *) b;

  return left->index < right->index ? -1 : left->index > right->index;
}

/* Makes the level that begins with the steps of `front`; `ends` becomes what it ends with. */
static GPtrArray *
make_level (const Lean *graph, GPtrArray *front, GHashTable *ends)
{
  GPtrArray *level = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  g_ptr_array_sort (front, compare_by_place);
  g_hash_table_remove_all (ends);
  for (guint i = 0; i < front->len; i++)
    {
      GPtrArray *chain = follow_chain (graph, g_ptr_array_index (front, i));
      const RunnelFlowStep *last = g_ptr_array_index (chain, chain->len - 1);

      g_ptr_array_add (level, chain);
      g_hash_table_add (ends, GUINT_TO_POINTER (last->index));
    }

  return level;
}

/* Steps by the longest path to them: each level waits for all of the one before, whether it needs
 * that or not. */
static GPtrArray *
make_levels (const RunnelFlow *flow)
{
  GPtrArray *shape = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autofree guint *depths = g_new0 (guint, MAX (flow->steps->len, 1));

  for (guint i = 0; i < flow->order->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, g_array_index (flow->order, guint, i));
      GPtrArray *chain = g_ptr_array_new ();

      for (guint j = 0; j < step->needs->len; j++)
        depths[step->index] = MAX (depths[step->index],
                                   depths[g_array_index (step->needs, RunnelFlowNeed, j).step] + 1);
      while (shape->len <= depths[step->index])
        g_ptr_array_add (shape,
                         g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref));
      g_ptr_array_add (chain, step);
      g_ptr_array_add (g_ptr_array_index (shape, depths[step->index]), chain);
    }

  return shape;
}

static GPtrArray *
find_levels (const Lean *graph)
{
  g_autoptr(GPtrArray) shape = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr(GPtrArray) front = g_ptr_array_new ();
  g_autoptr(GHashTable) ends = g_hash_table_new (NULL, NULL);
  guint n_placed = 0;

  for (guint i = 0; i < graph->flow->steps->len; i++)
    if (graph->needs[i]->len == 0)
      g_ptr_array_add (front, runnel_flow_get_step (graph->flow, i));
  while (front->len > 0)
    {
      GPtrArray *level = make_level (graph, front, ends);

      g_ptr_array_add (shape, level);
      for (guint i = 0; i < level->len; i++)
        n_placed += ((GPtrArray *) g_ptr_array_index (level, i))->len;
      g_ptr_array_set_size (front, 0);
      if (!find_front (graph, ends, front))
        return NULL;
    }

  return n_placed == graph->flow->steps->len ? g_steal_pointer (&shape) : NULL;
}

static GPtrArray *
find_series_parallel (const RunnelFlow *flow)
{
  Lean graph;
  GPtrArray *shape;

  lean_init (&graph, flow);
  shape = find_levels (&graph);
  lean_clear (&graph);

  return shape;
}

/*
 * _runnel_jenkins_find_shape:
 * @flow: a pipeline
 * @mode: (nullable): "stages", which %NULL means too, "levels" or "graph"
 *
 * Returns: (transfer full) (nullable): levels, each an array of chains, each an array of steps;
 * NULL when the steps have to be written as a graph
 */
GPtrArray *
_runnel_jenkins_find_shape (const RunnelFlow *flow, const char *mode)
{
  gboolean by_levels = g_strcmp0 (mode, "levels") == 0;

  /* It is asked for each step, so what is quick to tell comes first. */
  if (g_strcmp0 (mode, "graph") == 0 || (!by_levels && flow->steps->len > MAX_STEPS)
      || !has_plain_links (flow))
    return NULL;

  return by_levels ? make_levels (flow) : find_series_parallel (flow);
}
