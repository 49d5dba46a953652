/* runnel-timing-copy.c: a timing, and lines of it, that a thread may look at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-gantt-tree-private.h"

static gpointer
copy_array (gconstpointer items,
            guint         n_items,
            gsize         item_size)
{
  return items != NULL ? g_memdup2 (items, MAX (n_items, 1) * item_size) : NULL;
}

/**
 * runnel_timing_copy:
 * @self: a timing
 *
 * Returns: (transfer full): one that does not grow with @self
 */
RunnelTiming *
runnel_timing_copy (RunnelTiming *self)
{
  RunnelTiming *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  g_atomic_ref_count_init (&copy->ref_count);
  copy->title = g_strdup (self->title);
  copy->rows = copy_array (self->rows, self->n_rows, sizeof *self->rows);
  copy->spans = copy_array (self->spans, self->n_spans, sizeof *self->spans);
  copy->groups = copy_array (self->groups, self->n_groups, sizeof *self->groups);
  copy->links = copy_array (self->links, self->n_links, sizeof *self->links);
  copy->critical_path = copy_array (self->critical_path, self->n_critical,
                                    sizeof *self->critical_path);
  copy->curves = NULL;
  copy->open_rows = g_array_copy (self->open_rows);
  copy->by_id = g_hash_table_ref (self->by_id);
  copy->strings = NULL;
  copy->owner = runnel_timing_ref (self);
  return copy;
}

/**
 * runnel_gantt_tree_copy:
 * @self: the lines of a chart
 *
 * Returns: (transfer full): the same lines, to be looked at in another thread; they can't be folded
 *   or filtered any more
 */
RunnelGanttTree *
runnel_gantt_tree_copy (const RunnelGanttTree *self)
{
  RunnelGanttTree *copy;

  g_return_val_if_fail (self != NULL && self->timing != NULL, NULL);

  copy = runnel_gantt_tree_new (NULL);
  copy->timing = runnel_timing_copy (self->timing);
  copy->order = self->order;
  copy->filter = g_strdup (self->filter);
  copy->states = self->states;
  copy->lines = copy_array (self->lines, self->n_lines, sizeof *self->lines);
  copy->n_lines = self->n_lines;
  copy->line_of_row = copy_array (self->line_of_row, self->timing->n_rows,
                                  sizeof *self->line_of_row);
  for (guint i = 0; i < copy->n_lines; i++)
    {
      /* Headings are named by the tree, steps by the timing. */
      if (copy->lines[i].row >= 0)
        continue;
      copy->lines[i].id = g_string_chunk_insert (copy->strings, copy->lines[i].id);
      copy->lines[i].title = g_string_chunk_insert (copy->strings, copy->lines[i].title);
    }
  return copy;
}
