/* runnel-canvas-move.c: dragging steps to another place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

static void
remember_nodes (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);

  for (guint i = 0; i < nodes->len; i++)
    {
      RunnelMovedNode moved = { .node = g_array_index (nodes, guint, i) };
      RunnelBox box;

      runnel_scene_get_node_box (self->scene, moved.node, &box);
      moved.x = box.x0;
      moved.y = box.y0;
      g_array_append_val (self->pointer.moved_nodes, moved);
    }
}

/* Ctrl on a step that is not selected is a click to come, or else a drag of that step too. */
static void
begin_move (RunnelCanvas *self)
{
  if (runnel_canvas_select_node (self, self->pointer.press_node, TRUE))
    runnel_canvas_emit_selection_changed (self);

  remember_nodes (self);
}

/* Moves by whole grid steps of the step that was taken hold of, unless Shift asks for freedom. */
void
runnel_canvas_move_update (RunnelCanvas *self,
                           double        dx,
                           double        dy)
{
  GArray *nodes = self->pointer.moved_nodes;
  gboolean free = (self->pointer.modifiers & GDK_SHIFT_MASK) != 0;

  if (!runnel_canvas_can_edit (self))
    return;

  if (nodes->len == 0)
    begin_move (self);

  for (guint i = 0; i < nodes->len && !free; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (nodes, RunnelMovedNode, i);

      if (moved->node == self->pointer.press_node)
        {
          dx = runnel_canvas_layout_snap (moved->x + dx) - moved->x;
          dy = runnel_canvas_layout_snap (moved->y + dy) - moved->y;
          break;
        }
    }

  for (guint i = 0; i < nodes->len; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (nodes, RunnelMovedNode, i);

      runnel_scene_move_node (self->scene, moved->node, round (moved->x + dx),
                              round (moved->y + dy));
    }

  runnel_canvas_sync_areas (self);
}

/* Puts everything back where it was. */
void
runnel_canvas_move_cancel (RunnelCanvas *self)
{
  GArray *nodes = self->pointer.moved_nodes;

  for (guint i = 0; i < nodes->len; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (nodes, RunnelMovedNode, i);

      if (runnel_scene_has_node (self->scene, moved->node))
        runnel_scene_move_node (self->scene, moved->node, moved->x, moved->y);
    }

  if (nodes->len > 0)
    runnel_canvas_sync_areas (self);
}

static RunnelEdit *
make_move (RunnelCanvas *self)
{
  GArray *nodes = self->pointer.moved_nodes;
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));
  gboolean moved = FALSE;

  for (guint i = 0; i < nodes->len; i++)
    {
      const RunnelMovedNode *before = &g_array_index (nodes, RunnelMovedNode, i);
      RunnelPoint point;
      RunnelBox box;

      runnel_scene_get_node_box (self->scene, before->node, &box);
      point = (RunnelPoint) { box.x0, box.y0 };
      moved |= box.x0 != before->x || box.y0 != before->y;
      g_ptr_array_add (ids, (gpointer) runnel_canvas_get_node_id (self, before->node));
      g_array_append_val (points, point);
    }

  if (!moved)
    return NULL;

  return runnel_edit_new_move_steps ((const char *const *) ids->pdata,
                                     (const RunnelPoint *) points->data, ids->len);
}


/* What was moved stays there, by one edit. */
void
runnel_canvas_move_end (RunnelCanvas *self)
{
  RunnelEdit *move = make_move (self);

  if (move == NULL)
    return;

  runnel_canvas_move_cancel (self);
  runnel_canvas_apply (self, move);
}
