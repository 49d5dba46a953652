/* runnel-arrange-part.c: one connected part of a graph
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "layout/runnel-arrange-private.h"

RunnelNeighbours
_runnel_neighbours_new (guint         n_vertices,
                        const GArray *links,
                        gboolean      forward)
{
  RunnelNeighbours self = { g_new0 (guint, n_vertices + 1), g_new (guint, links->len + 1) };
  g_autofree guint *fill = NULL;

  for (guint i = 0; i < links->len; i++)
    {
      const RunnelArrangeLink *link = &g_array_index (links, RunnelArrangeLink, i);

      self.start[(forward ? link->from : link->to) + 1]++;
    }

  for (guint v = 0; v < n_vertices; v++)
    self.start[v + 1] += self.start[v];

  fill = g_memdup2 (self.start, sizeof (guint) * (n_vertices + 1));
  for (guint i = 0; i < links->len; i++)
    {
      const RunnelArrangeLink *link = &g_array_index (links, RunnelArrangeLink, i);

      if (forward)
        self.items[fill[link->from]++] = link->to;
      else
        self.items[fill[link->to]++] = link->from;
    }

  return self;
}

void
_runnel_neighbours_clear (RunnelNeighbours *self)
{
  g_clear_pointer (&self->start, g_free);
  g_clear_pointer (&self->items, g_free);
}

void
_runnel_part_prepare (RunnelPart *self)
{
  const guint *layer_of = (const guint *) self->layer_of->data;
  g_autofree guint *fill = NULL;

  self->layer_start = g_new0 (guint, self->n_layers + 1);
  self->members = g_new (guint, self->n_vertices);
  self->position = g_new (guint, self->n_vertices);
  self->room = g_new (double, self->n_vertices);
  self->center = g_new (double, self->n_vertices);
  self->after = _runnel_neighbours_new (self->n_vertices, self->links, TRUE);
  self->before = _runnel_neighbours_new (self->n_vertices, self->links, FALSE);

  for (guint v = 0; v < self->n_vertices; v++)
    {
      self->layer_start[layer_of[v] + 1]++;
      self->room[v] = _runnel_graph_get_gap (self->graph);
      if (v < self->n_steps)
        self->room[v] += _runnel_graph_get_across (self->graph, self->step_of[v]);
    }

  for (guint layer = 0; layer < self->n_layers; layer++)
    self->layer_start[layer + 1] += self->layer_start[layer];

  fill = g_memdup2 (self->layer_start, sizeof (guint) * (self->n_layers + 1));
  for (guint v = 0; v < self->n_vertices; v++)
    {
      self->position[v] = fill[layer_of[v]] - self->layer_start[layer_of[v]];
      self->members[fill[layer_of[v]]++] = v;
    }
}

void
_runnel_part_clear (RunnelPart *self)
{
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->layer_of, g_array_unref);
  g_clear_pointer (&self->members, g_free);
  g_clear_pointer (&self->layer_start, g_free);
  g_clear_pointer (&self->position, g_free);
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->center, g_free);
  _runnel_neighbours_clear (&self->before);
  _runnel_neighbours_clear (&self->after);
}
