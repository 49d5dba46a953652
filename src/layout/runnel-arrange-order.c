/* runnel-arrange-order.c: the order inside a column, with few crossings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "layout/runnel-arrange-private.h"
#include "util/runnel-sort.h"

#define ORDER_SWEEPS 12
#define MAX_EXCHANGED 8000 /* vertices: of more, neighbours change places once, at the end */

typedef struct
{
  guint vertex;
  guint position;
  double key;
} Sortable;

static int
compare_sortable (gconstpointer a,
                  gconstpointer b)
{
  const Sortable *left = a;
  const Sortable *right = b;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;

  return left->position < right->position ? -1 : 1;
}

/* The mean place of a vertex's neighbours as a share of their column; its own place when it has
 * none, so that it stays where it is. */
static double
part_barycentre (RunnelPart             *self,
                 const RunnelNeighbours *neighbours,
                 guint                   v,
                 double                  size,
                 double                  neighbour_size)
{
  guint first = neighbours->start[v];
  guint end = neighbours->start[v + 1];
  double sum = 0;

  if (first == end)
    return (self->position[v] + 0.5) / size;

  for (guint i = first; i < end; i++)
    sum += self->position[neighbours->items[i]] + 0.5;

  return sum / (end - first) / neighbour_size;
}

/* Gives a layer the order of its vertices' keys. */
static void
part_set_order (RunnelPart *self,
                guint       layer,
                Sortable   *vertices)
{
  guint start = self->layer_start[layer];
  guint size = self->layer_start[layer + 1] - start;

  runnel_sort (vertices, size, sizeof (Sortable), compare_sortable);

  for (guint i = 0; i < size; i++)
    {
      self->members[start + i] = vertices[i].vertex;
      self->position[vertices[i].vertex] = i;
    }
}

static void
part_sort_layer (RunnelPart *self,
                 guint       layer,
                 gboolean    forward,
                 Sortable   *scratch)
{
  const RunnelNeighbours *neighbours = forward ? &self->before : &self->after;
  guint other = forward ? layer - 1 : layer + 1;
  guint start = self->layer_start[layer];
  guint size = self->layer_start[layer + 1] - start;
  double other_size = self->layer_start[other + 1] - self->layer_start[other];

  for (guint i = 0; i < size; i++)
    {
      guint v = self->members[start + i];

      scratch[i] = (Sortable) { v, i, part_barycentre (self, neighbours, v, size, other_size) };
    }

  part_set_order (self, layer, scratch);
}

/* Orders every layer by where its steps were, those that were nowhere last; a bend is half way
 * between the ends of its link. */
static void
part_seed (RunnelPart *self,
           Sortable   *scratch)
{
  double *hint = self->center;

  for (guint v = 0; v < self->n_steps; v++)
    {
      hint[v] = _runnel_graph_get_hint (self->graph, self->step_of[v]);
      if (isnan (hint[v]))
        hint[v] = G_MAXDOUBLE / 4;
    }

  /* Bends are numbered along their link: first each takes the hint of the end, then the mean. */
  for (guint v = self->n_vertices; v-- > self->n_steps;)
    hint[v] = hint[self->after.items[self->after.start[v]]];
  for (guint v = self->n_steps; v < self->n_vertices; v++)
    hint[v] = (hint[v] + hint[self->before.items[self->before.start[v]]]) / 2;

  for (guint layer = 0; layer < self->n_layers; layer++)
    {
      guint start = self->layer_start[layer];
      guint size = self->layer_start[layer + 1] - start;

      for (guint i = 0; i < size; i++)
        scratch[i] = (Sortable) { self->members[start + i], i, hint[self->members[start + i]] };
      part_set_order (self, layer, scratch);
    }
}

/* Crossings between a column and the next: the inversions among the ends of the links taken in
 * the order of their starts, counted with a binary indexed tree (Barth, Mutzel, Jünger 2004). */
static guint64
part_count_crossings_after (RunnelPart *self,
                            guint       layer,
                            guint      *tree,
                            guint      *ends)
{
  guint size = self->layer_start[layer + 2] - self->layer_start[layer + 1];
  guint64 crossings = 0;
  guint seen = 0;

  memset (tree, 0, sizeof (guint) * (size + 1));

  for (guint m = self->layer_start[layer]; m < self->layer_start[layer + 1]; m++)
    {
      guint v = self->members[m];
      guint n_ends = 0;

      for (guint i = self->after.start[v]; i < self->after.start[v + 1]; i++)
        ends[n_ends++] = self->position[self->after.items[i]] + 1;
      runnel_sort (ends, n_ends, sizeof (guint), runnel_compare_guint);

      for (guint i = 0; i < n_ends; i++)
        {
          guint not_below = 0;

          for (guint k = ends[i]; k > 0; k &= k - 1)
            not_below += tree[k];
          crossings += seen - not_below;
        }

      for (guint i = 0; i < n_ends; i++, seen++)
        for (guint k = ends[i]; k <= size; k += k & -k)
          tree[k]++;
    }

  return crossings;
}

static guint64
part_count_crossings (RunnelPart *self)
{
  g_autofree guint *tree = g_new (guint, self->n_vertices + 2);
  g_autofree guint *ends = g_new (guint, self->links->len + 1);
  guint64 crossings = 0;

  for (guint layer = 0; layer + 1 < self->n_layers; layer++)
    crossings += part_count_crossings_after (self, layer, tree, ends);

  return crossings;
}

static void
part_sweep_order (RunnelPart *self,
                  gboolean    forward,
                  Sortable   *scratch)
{
  if (forward)
    {
      for (guint layer = 1; layer < self->n_layers; layer++)
        part_sort_layer (self, layer, TRUE, scratch);
    }
  else
    {
      for (guint layer = self->n_layers - 1; layer-- > 0;)
        part_sort_layer (self, layer, FALSE, scratch);
    }
}

/* Sweeps to and fro, with exchanges of neighbours, and keeps the order with the fewest crossings seen. */
guint64
_runnel_part_order (RunnelPart *self)
{
  gsize size = sizeof (guint) * self->n_vertices;
  g_autofree guint *best = NULL;
  g_autofree Sortable *scratch = g_new (Sortable, self->n_vertices);
  guint64 fewest;

  part_seed (self, scratch);
  best = g_memdup2 (self->members, size);
  fewest = part_count_crossings (self);

  for (guint sweep = 0; sweep < ORDER_SWEEPS && fewest > 0; sweep++)
    {
      guint64 crossings;

      if (g_cancellable_is_cancelled (self->graph->cancellable))
        break;

      part_sweep_order (self, sweep % 2 == 0, scratch);
      if (self->n_vertices <= MAX_EXCHANGED || sweep + 1 == ORDER_SWEEPS)
        _runnel_part_exchange (self);
      crossings = part_count_crossings (self);
      if (crossings < fewest)
        {
          fewest = crossings;
          memcpy (best, self->members, size);
        }
    }

  memcpy (self->members, best, size);
  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint m = self->layer_start[layer]; m < self->layer_start[layer + 1]; m++)
      self->position[self->members[m]] = m - self->layer_start[layer];

  return fewest;
}
