/* runnel-canvas-found.c: steps in which something was found are marked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

static void
show_all (RunnelCanvas *self,
          GHashTable   *ids)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      guint node = runnel_canvas_find_node (self, id);

      if (node != RUNNEL_NO_INDEX)
        runnel_canvas_found_show (self, node);
    }
}

/* Marks a node, or not, as its step is among those found. */
void
runnel_canvas_found_show (RunnelCanvas *self,
                          guint         node)
{
  const char *id = runnel_canvas_get_node_id (self, node);
  gboolean found = self->found != NULL && g_hash_table_contains (self->found, id);

  runnel_scene_set_node_flags (self->scene, node, RUNNEL_NODE_FOUND, found ? RUNNEL_NODE_FOUND : 0);
}

/**
 * runnel_canvas_set_found:
 * @ids: (nullable) (element-type utf8): the steps in which something was found
 *
 * Marks these steps, and no others, also when they come later.
 */
void
runnel_canvas_set_found (RunnelCanvas *self,
                         GPtrArray    *ids)
{
  g_autoptr(GHashTable) before = NULL;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  before = g_steal_pointer (&self->found);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_hash_table_add (self->found, g_strdup (g_ptr_array_index (ids, i)));

  if (before != NULL)
    show_all (self, before);
  show_all (self, self->found);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
