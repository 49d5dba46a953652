/* runnel-arrange-layers.c: which column a step stands in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "layout/runnel-arrange-private.h"

#define BENDS_PER_STEP 6 /* long links beyond this budget don't reserve a lane */

/* Gives each step a number such that a link from a later to an earlier number closes a cycle:
 * the reverse of the order in which a depth-first walk leaves the steps. */
static guint *
rank_steps (guint                   n_steps,
            const RunnelNeighbours *after)
{
  guint *rank = g_new (guint, n_steps);
  g_autofree guint *next = g_memdup2 (after->start, sizeof (guint) * n_steps);
  g_autofree gboolean *seen = g_new0 (gboolean, n_steps);
  g_autofree guint *stack = g_new (guint, n_steps);
  guint left = n_steps;

  for (guint root = n_steps; root-- > 0;)
    {
      guint depth = 0;

      if (seen[root])
        continue;

      seen[root] = TRUE;
      stack[depth++] = root;

      while (depth > 0)
        {
          guint v = stack[depth - 1];

          if (next[v] == after->start[v + 1])
            {
              rank[v] = --left;
              depth--;
            }
          else
            {
              guint child = after->items[next[v]++];

              if (!seen[child])
                {
                  seen[child] = TRUE;
                  stack[depth++] = child;
                }
            }
        }
    }

  return rank;
}

/* Turns round every link that closes a cycle, so that the rest may rely on there being none.
 * Returns the steps in topological order. */
static guint *
part_orient (RunnelPart *self)
{
  RunnelNeighbours after = _runnel_neighbours_new (self->n_steps, self->links, TRUE);
  g_autofree guint *rank = rank_steps (self->n_steps, &after);
  guint *order = g_new (guint, self->n_steps);

  for (guint i = 0; i < self->links->len; i++)
    {
      RunnelArrangeLink *link = &g_array_index (self->links, RunnelArrangeLink, i);

      if (rank[link->from] > rank[link->to])
        *link = (RunnelArrangeLink) { link->to, link->from };
    }

  for (guint v = 0; v < self->n_steps; v++)
    order[rank[v]] = v;

  _runnel_neighbours_clear (&after);
  return order;
}

static guint
nearest_layer_after (const RunnelNeighbours *after,
                     const guint            *layer_of,
                     guint                   v)
{
  guint nearest = G_MAXUINT;

  for (guint i = after->start[v]; i < after->start[v + 1]; i++)
    nearest = MIN (nearest, layer_of[after->items[i]]);

  return nearest;
}

/* Longest path from a start. */
static void
assign_earliest (RunnelPart             *self,
                 const guint            *order,
                 const RunnelNeighbours *after,
                 guint                  *layer_of)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      guint v = order[i];

      self->n_layers = MAX (self->n_layers, layer_of[v] + 1);
      for (guint k = after->start[v]; k < after->start[v + 1]; k++)
        layer_of[after->items[k]] = MAX (layer_of[after->items[k]], layer_of[v] + 1);
    }
}

/* From the last to the first, steps go on that have more links after than before them: as far as
 * the next of these, which makes links shorter altogether. */
static void
shorten_links (RunnelPart             *self,
               const guint            *order,
               const RunnelNeighbours *before,
               const RunnelNeighbours *after,
               guint                  *layer_of)
{
  for (guint i = self->n_steps; i-- > 0;)
    {
      guint v = order[i];
      guint n_before = before->start[v + 1] - before->start[v];
      guint n_after = after->start[v + 1] - after->start[v];

      if (n_after > n_before)
        layer_of[v] = nearest_layer_after (after, layer_of, v) - 1;
    }
}

static void
part_assign_layers (RunnelPart  *self,
                    const guint *order)
{
  RunnelNeighbours after = _runnel_neighbours_new (self->n_steps, self->links, TRUE);
  RunnelNeighbours before = _runnel_neighbours_new (self->n_steps, self->links, FALSE);
  guint *layer_of;

  g_array_set_size (self->layer_of, self->n_steps);
  layer_of = (guint *) self->layer_of->data;
  memset (layer_of, 0, sizeof (guint) * self->n_steps);

  assign_earliest (self, order, &after, layer_of);
  shorten_links (self, order, &before, &after, layer_of);

  _runnel_neighbours_clear (&after);
  _runnel_neighbours_clear (&before);
}

/* Replaces a link over several columns by links from column to column, so that ordering and
 * placing keep a lane free for it. */
static void
part_add_bends (RunnelPart *self)
{
  g_autoptr(GArray) whole = g_steal_pointer (&self->links);
  gsize budget = (gsize) BENDS_PER_STEP * self->n_steps + 64;

  self->links = g_array_new (FALSE, FALSE, sizeof (RunnelArrangeLink));
  self->n_vertices = self->n_steps;

  for (guint i = 0; i < whole->len; i++)
    {
      RunnelArrangeLink link = g_array_index (whole, RunnelArrangeLink, i);
      guint layer = g_array_index (self->layer_of, guint, link.from) + 1;
      guint last = g_array_index (self->layer_of, guint, link.to);
      guint to = link.to;

      if (last - layer > budget)
        continue;

      budget -= last - layer;
      for (; layer < last; layer++)
        {
          link.to = self->n_vertices++;
          g_array_append_val (self->layer_of, layer);
          g_array_append_val (self->links, link);
          link.from = link.to;
        }
      link.to = to;
      g_array_append_val (self->links, link);
    }
}

/* Needs `links` among the steps; afterwards each of them goes one layer on. */
void
_runnel_part_layer (RunnelPart *self)
{
  g_autofree guint *order = part_orient (self);

  self->layer_of = g_array_new (FALSE, FALSE, sizeof (guint));
  part_assign_layers (self, order);
  part_add_bends (self);
}
