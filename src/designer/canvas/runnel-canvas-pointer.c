/* runnel-canvas-pointer.c: buttons and motion become what is done on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define CLICK_REACH 4 /* logical pixels that the pointer may move in a click */

static void
set_pointer (RunnelCanvas    *self,
             double           x,
             double           y,
             GdkModifierType  modifiers)
{
  self->pointer.x = x;
  self->pointer.y = y;
  self->pointer.modifiers = modifiers;
}

static void
press_node (RunnelCanvas *self,
            guint         node)
{
  GdkModifierType modifiers = self->pointer.press_modifiers;

  if (modifiers & GDK_SHIFT_MASK)
    {
      runnel_canvas_set_focus_node (self, node);
      if (runnel_canvas_select_node (self, node, TRUE))
        runnel_canvas_emit_selection_changed (self);
    }
  else if (!(modifiers & GDK_CONTROL_MASK) && !runnel_canvas_is_selected (self, node))
    {
      runnel_canvas_select_only (self, node);
    }

  runnel_canvas_drag_begin (self, RUNNEL_DRAG_MOVE);
}

static void
press_empty (RunnelCanvas *self)
{
  if (!(self->pointer.press_modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)))
    runnel_canvas_select_none (self);

  runnel_canvas_drag_begin (self, RUNNEL_DRAG_BOX);
}

static void
press_primary (RunnelCanvas *self)
{
  double x = self->pointer.world_x;
  double y = self->pointer.world_y;
  RunnelShownArea *area;
  guint node, link;
  RunnelOn on;

  if (runnel_canvas_pick_output (self, x, y, &node, &on))
    {
      self->pointer.press_node = node;
      runnel_canvas_connect_begin (self, node, on, FALSE);
      return;
    }

  node = runnel_canvas_pick_node (self, x, y);
  self->pointer.press_node = node;
  if (node != RUNNEL_NO_INDEX)
    {
      press_node (self, node);
      return;
    }

  link = runnel_canvas_pick_link (self, x, y);
  area = runnel_canvas_pick_area (self, x, y);
  if (link != RUNNEL_NO_INDEX)
    runnel_canvas_select_link (self, link);
  else if (area != NULL)
    runnel_canvas_press_area (self, area);
  else
    press_empty (self);
}

static void
press_twice (RunnelCanvas *self)
{
  RunnelPoint point = { self->pointer.world_x, self->pointer.world_y };
  guint node = runnel_canvas_pick_node (self, point.x, point.y);
  RunnelShownArea *area = runnel_canvas_pick_area (self, point.x, point.y);

  if (node != RUNNEL_NO_INDEX)
    runnel_canvas_activate_node (self, node);
  else if (runnel_canvas_pick_link (self, point.x, point.y) != RUNNEL_NO_INDEX)
    return;
  else if (area != NULL)
    runnel_canvas_activate_area (self, area);
  else if (runnel_canvas_can_edit (self))
    runnel_canvas_quick_add (self, point, NULL, RUNNEL_ON_SUCCESS);
}

/* A button goes down. Points are in logical pixels of the widget. */
void
runnel_canvas_pointer_press (RunnelCanvas    *self,
                             guint            button,
                             guint            n_press,
                             double           x,
                             double           y,
                             GdkModifierType  modifiers)
{
  RunnelPointer *pointer = &self->pointer;

  set_pointer (self, x, y, modifiers);
  runnel_canvas_motion_stop (self);
  runnel_canvas_travel_finish (self);
  runnel_canvas_trace_press (self);
  if (pointer->drag != RUNNEL_DRAG_NONE && !self->connecting.sticky)
    return;

  self->by_keyboard = FALSE;
  pointer->moved = FALSE;
  pointer->press_x = x;
  pointer->press_y = y;
  pointer->press_modifiers = modifiers;
  pointer->press_node = RUNNEL_NO_INDEX;
  pointer->press_area = NULL;
  runnel_canvas_view_to_world (self, x, y, &pointer->world_x, &pointer->world_y);

  if (runnel_canvas_is_connecting (self))
    {
      runnel_canvas_connect_update (self);
      if (button == GDK_BUTTON_PRIMARY)
        runnel_canvas_connect_end (self, FALSE);
      else
        runnel_canvas_connect_cancel (self);
    }
  else if (button == GDK_BUTTON_MIDDLE || (button == GDK_BUTTON_PRIMARY && pointer->space_down))
    runnel_canvas_drag_begin (self, RUNNEL_DRAG_PAN);
  else if (button == GDK_BUTTON_PRIMARY && n_press == 2)
    press_twice (self);
  else if (button == GDK_BUTTON_PRIMARY)
    press_primary (self);

  runnel_canvas_update_cursor (self, FALSE);
}

static gboolean
is_far (RunnelCanvas *self)
{
  return hypot (self->pointer.x - self->pointer.press_x,
                self->pointer.y - self->pointer.press_y) > CLICK_REACH;
}

void
runnel_canvas_pointer_motion (RunnelCanvas    *self,
                              double           x,
                              double           y,
                              GdkModifierType  modifiers)
{
  set_pointer (self, x, y, modifiers);
  self->pointer.inside = TRUE;
  self->pointer.moved |= is_far (self);

  if (self->pointer.drag == RUNNEL_DRAG_NONE)
    runnel_canvas_update_hover (self);
  else if (self->pointer.drag == RUNNEL_DRAG_CONNECT)
    runnel_canvas_connect_update (self);
  else if (self->pointer.moved)
    runnel_canvas_drag_update (self);
}

/* A click that moved nothing, on a step that was selected before or with Ctrl held. */
static void
click_node (RunnelCanvas *self,
            guint         node)
{
  if (self->pointer.press_modifiers & GDK_CONTROL_MASK)
    {
      runnel_canvas_select_node (self, node, !runnel_canvas_is_selected (self, node));
      runnel_canvas_set_focus_node (self, node);
      runnel_canvas_emit_selection_changed (self);
    }
  else if (!(self->pointer.press_modifiers & GDK_SHIFT_MASK))
    {
      runnel_canvas_select_only (self, node);
    }
}

void
runnel_canvas_pointer_release (RunnelCanvas    *self,
                               double           x,
                               double           y,
                               GdkModifierType  modifiers)
{
  RunnelDrag drag = self->pointer.drag;
  guint node = self->pointer.press_node;
  RunnelShownArea *area = self->pointer.press_area;

  set_pointer (self, x, y, modifiers);

  if (drag == RUNNEL_DRAG_CONNECT)
    {
      if (self->pointer.moved)
        runnel_canvas_connect_end (self, TRUE);
      else
        self->connecting.sticky = TRUE;
    }
  else if ((drag == RUNNEL_DRAG_MOVE || drag == RUNNEL_DRAG_RESIZE) && !self->pointer.moved)
    {
      runnel_canvas_drag_cancel (self);
      if (area != NULL)
        runnel_canvas_click_area (self, area);
      else
        click_node (self, node);
    }
  else if (drag != RUNNEL_DRAG_NONE)
    {
      runnel_canvas_drag_end (self);
    }

  runnel_canvas_update_hover (self);
}

void
runnel_canvas_pointer_leave (RunnelCanvas *self)
{
  self->pointer.inside = FALSE;
  if (self->pointer.drag == RUNNEL_DRAG_NONE)
    runnel_canvas_clear_hover (self);
}

/* Gives up what the pointer is doing, as if it had not begun. */
void
runnel_canvas_pointer_cancel (RunnelCanvas *self)
{
  if (runnel_canvas_is_connecting (self))
    runnel_canvas_connect_cancel (self);
  else if (self->pointer.drag != RUNNEL_DRAG_NONE)
    runnel_canvas_drag_cancel (self);
}
