/* runnel-arrange-split.c: the parts of a graph that no link connects
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "layout/runnel-arrange-private.h"

static guint
find_root (guint *parent,
           guint  v)
{
  while (parent[v] != v)
    {
      parent[v] = parent[parent[v]];
      v = parent[v];
    }

  return v;
}

void
_runnel_parts_init (RunnelParts              *self,
                    const RunnelArrangeGraph *graph)
{
  const RunnelArrangeLink *links = graph->links;
  guint n_steps = graph->n_steps;
  g_autofree guint *parent = g_new (guint, n_steps);

  self->part_of = g_new (guint, n_steps);
  self->local = g_new (guint, n_steps);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint v = 0; v < n_steps; v++)
    parent[v] = v;

  for (guint i = 0; i < graph->n_links; i++)
    {
      guint a = find_root (parent, links[i].from);
      guint b = find_root (parent, links[i].to);

      parent[MAX (a, b)] = MIN (a, b);
    }

  for (guint v = 0; v < n_steps; v++)
    {
      guint root = find_root (parent, v);
      GArray *steps;

      if (root == v)
        {
          self->part_of[v] = self->n_parts++;
          g_ptr_array_add (self->steps, g_array_new (FALSE, FALSE, sizeof (guint)));
          g_ptr_array_add (self->links, g_array_new (FALSE, FALSE, sizeof (RunnelArrangeLink)));
        }

      self->part_of[v] = self->part_of[root];
      steps = g_ptr_array_index (self->steps, self->part_of[v]);
      self->local[v] = steps->len;
      g_array_append_val (steps, v);
    }

  for (guint i = 0; i < graph->n_links; i++)
    {
      RunnelArrangeLink link = { self->local[links[i].from], self->local[links[i].to] };

      if (link.from != link.to)
        g_array_append_val ((GArray *) g_ptr_array_index (self->links,
                                                          self->part_of[links[i].from]), link);
    }
}

void
_runnel_parts_clear (RunnelParts *self)
{
  g_clear_pointer (&self->part_of, g_free);
  g_clear_pointer (&self->local, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
}
