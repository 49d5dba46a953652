/* runnel-canvas-drag.c: what goes on while a button is down
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

void
runnel_canvas_drag_begin (RunnelCanvas *self,
                          RunnelDrag    drag)
{
  self->pointer.drag = drag;
  g_array_set_size (self->pointer.moved_nodes, 0);
  g_ptr_array_set_size (self->pointer.moved_notes, 0);
  self->pointer.moved_x = 0;
  self->pointer.moved_y = 0;
  if (self->pointer.press_area != NULL)
    self->pointer.press_area->before = self->pointer.press_area->box;

  if (drag == RUNNEL_DRAG_BOX)
    runnel_canvas_box_begin (self);
  else if (drag == RUNNEL_DRAG_CUT)
    runnel_canvas_stroke_begin (self);
}

/* The pointer, or the view under it, has moved. */
void
runnel_canvas_drag_update (RunnelCanvas *self)
{
  RunnelPointer *pointer = &self->pointer;
  double x, y;

  runnel_canvas_view_to_world (self, pointer->x, pointer->y, &x, &y);

  switch (pointer->drag)
    {
    case RUNNEL_DRAG_PAN:
      runnel_canvas_view_pan (self, (pointer->world_x - x) * self->view.zoom,
                              (pointer->world_y - y) * self->view.zoom);
      break;

    case RUNNEL_DRAG_MOVE:
      runnel_canvas_move_update (self, x - pointer->world_x, y - pointer->world_y);
      break;

    case RUNNEL_DRAG_CLONE:
      runnel_canvas_clone_update (self, x - pointer->world_x, y - pointer->world_y);
      break;

    case RUNNEL_DRAG_RESIZE:
      runnel_canvas_resize_update (self, x - pointer->world_x, y - pointer->world_y);
      break;

    case RUNNEL_DRAG_BOX:
      runnel_canvas_box_update (self);
      break;

    case RUNNEL_DRAG_CUT:
      runnel_canvas_stroke_update (self);
      break;

    case RUNNEL_DRAG_CONNECT:
      runnel_canvas_connect_update (self);
      break;

    case RUNNEL_DRAG_PRESS:
    case RUNNEL_DRAG_NONE:
    default:
      break;
    }

  if (pointer->drag != RUNNEL_DRAG_PAN && !self->connecting.sticky)
    runnel_canvas_edge_pan_follow (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
finish (RunnelCanvas *self)
{
  self->pointer.drag = RUNNEL_DRAG_NONE;
  self->pointer.press_area = NULL;
  g_ptr_array_set_size (self->pointer.moved_notes, 0);
  g_array_set_size (self->pointer.moved_nodes, 0);
  g_clear_pointer (&self->pointer.box_before, g_hash_table_unref);
  runnel_canvas_aim_at (self, RUNNEL_NO_INDEX);
  runnel_canvas_edge_pan_stop (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
end_box (RunnelCanvas *self)
{
  finish (self);
  runnel_canvas_emit_selection_changed (self);
}

/* The button goes up: what was done becomes one edit, a box a selection. */
void
runnel_canvas_drag_end (RunnelCanvas *self)
{
  switch (self->pointer.drag)
    {
    case RUNNEL_DRAG_MOVE:
      runnel_canvas_move_end (self);
      break;

    case RUNNEL_DRAG_CLONE:
      runnel_canvas_clone_end (self);
      break;

    case RUNNEL_DRAG_RESIZE:
      runnel_canvas_resize_end (self);
      break;

    case RUNNEL_DRAG_BOX:
      end_box (self);
      break;

    case RUNNEL_DRAG_CUT:
      runnel_canvas_stroke_end (self);
      break;

    case RUNNEL_DRAG_CONNECT:
      runnel_canvas_connect_end (self, TRUE);
      break;

    case RUNNEL_DRAG_NONE:
    case RUNNEL_DRAG_PAN:
    case RUNNEL_DRAG_PRESS:
    default:
      break;
    }

  finish (self);
}

void
runnel_canvas_drag_cancel (RunnelCanvas *self)
{
  if (self->pointer.drag == RUNNEL_DRAG_MOVE)
    runnel_canvas_move_cancel (self);
  else if (self->pointer.drag == RUNNEL_DRAG_RESIZE)
    runnel_canvas_resize_cancel (self);
  else if (self->pointer.drag == RUNNEL_DRAG_CUT)
    runnel_canvas_stroke_cancel (self);

  finish (self);
}
