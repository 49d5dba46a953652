/* runnel-canvas-pins.c: steps that stay where they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "model/runnel-pins.h"

gboolean
runnel_canvas_is_pinned (RunnelCanvas *self,
                         guint         node)
{
  return g_hash_table_contains (self->pinned, runnel_canvas_get_node_id (self, node));
}

/* Returns: (transfer full): the nodes (guint) of the steps that are selected, by themselves or with
 * their group, and not pinned */
GArray *
runnel_canvas_list_movable (RunnelCanvas *self)
{
  GArray *nodes = runnel_canvas_list_selected_deeply (self);

  for (guint i = nodes->len; i-- > 0;)
    if (runnel_canvas_is_pinned (self, g_array_index (nodes, guint, i)))
      g_array_remove_index (nodes, i);

  return nodes;
}

/* Shows the mark of those that one set has and the other has not. */
static void
show_difference (RunnelCanvas *self,
                 GHashTable   *some,
                 GHashTable   *others)
{
  GHashTableIter iter;
  const char *id;

  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    {
      guint node = runnel_canvas_find_node (self, id);

      if (node != RUNNEL_NO_INDEX && !g_hash_table_contains (others, id))
        runnel_scene_set_node_badges (self->scene, node, runnel_canvas_get_badges (self, node));
    }
}

/* Takes over which steps are pinned. */
void
runnel_canvas_sync_pins (RunnelCanvas *self)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->pinned);

  self->pinned = runnel_pipeline_list_pinned (self->pipeline);
  show_difference (self, before, self->pinned);
  show_difference (self, self->pinned, before);
}

/* Pins the selected steps, or frees them when all of them are pinned. */
void
runnel_canvas_toggle_pinned (RunnelCanvas *self)
{
  g_auto(GStrv) ids = runnel_canvas_get_selection (self);
  gboolean all = TRUE;

  if (!runnel_canvas_can_edit (self) || ids[0] == NULL)
    return;

  for (guint i = 0; ids[i] != NULL; i++)
    all &= g_hash_table_contains (self->pinned, ids[i]);

  runnel_canvas_apply (self, runnel_edit_new_pin_steps (self->pipeline,
                                                        (const char *const *) ids, !all));
}
