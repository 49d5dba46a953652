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

  self->pointer.press_node = node;
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

  runnel_canvas_drag_begin (self, modifiers & GDK_CONTROL_MASK ? RUNNEL_DRAG_CLONE
                                                               : RUNNEL_DRAG_MOVE);
}

static void
press_plus (RunnelCanvas *self,
            guint         link)
{
  self->pointer.press_link = link;
  runnel_canvas_select_link (self, link);
  runnel_canvas_drag_begin (self, RUNNEL_DRAG_PRESS);
}

static void
press_empty (RunnelCanvas *self)
{
  GdkModifierType modifiers = self->pointer.press_modifiers;

  if (modifiers & GDK_ALT_MASK)
    {
      runnel_canvas_drag_begin (self, RUNNEL_DRAG_CUT);
      return;
    }

  if (!(modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)))
    runnel_canvas_select_none (self);
  runnel_canvas_drag_begin (self, RUNNEL_DRAG_BOX);
}

static void
press_nothing (RunnelCanvas *self)
{
  RunnelShownArea *area = runnel_canvas_pick_area (self, self->pointer.world_x,
                                                   self->pointer.world_y);

  if (area != NULL && !(self->pointer.press_modifiers & GDK_ALT_MASK))
    runnel_canvas_press_area (self, area);
  else
    press_empty (self);
}

static void
press_primary (RunnelCanvas *self)
{
  RunnelHit hit = runnel_canvas_hit (self, self->pointer.world_x, self->pointer.world_y);

  switch (hit.type)
    {
    case RUNNEL_HIT_PORT:
      runnel_canvas_connect_begin_at_port (self, hit.node, hit.port);
      break;

    case RUNNEL_HIT_START:
    case RUNNEL_HIT_END:
      runnel_canvas_connect_begin_with_end (self, hit.link, hit.type == RUNNEL_HIT_START);
      break;

    case RUNNEL_HIT_PLUS:
      press_plus (self, hit.link);
      break;

    case RUNNEL_HIT_NODE:
      press_node (self, hit.node);
      break;

    case RUNNEL_HIT_LINK:
      runnel_canvas_select_link (self, hit.link);
      break;

    case RUNNEL_HIT_NOTHING:
    default:
      press_nothing (self);
    }
}

static void
press_twice (RunnelCanvas *self)
{
  RunnelPoint point = { self->pointer.world_x, self->pointer.world_y };
  RunnelHit hit = runnel_canvas_hit (self, point.x, point.y);
  RunnelShownArea *area = runnel_canvas_pick_area (self, point.x, point.y);

  if (hit.type == RUNNEL_HIT_NODE && self->pointer.press_modifiers & GDK_CONTROL_MASK)
    runnel_canvas_emit_enter (self, hit.node);
  else if (hit.type == RUNNEL_HIT_NODE)
    runnel_canvas_activate_node (self, hit.node);
  else if (hit.type != RUNNEL_HIT_NOTHING)
    return;
  else if (area != NULL)
    runnel_canvas_activate_area (self, area);
  else if (runnel_canvas_can_edit (self))
    runnel_canvas_quick_add (self, point, NULL);
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

  runnel_canvas_area_editor_close (self);
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
  pointer->press_link = RUNNEL_NO_INDEX;
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

  runnel_canvas_update_cursor (self);
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
  /* one that only comes into sight, from under a popover, was not moved */
  gboolean same = x == self->pointer.x && y == self->pointer.y;

  if (self->pointer.inside && !same)
    self->by_keyboard = FALSE;
  set_pointer (self, x, y, modifiers);
  self->pointer.inside = TRUE;
  self->pointer.moved |= is_far (self);

  /* GTK tells of the pointer whenever widgets are laid out: a target found by keys is to stay */
  if (self->pointer.drag == RUNNEL_DRAG_NONE)
    runnel_canvas_update_hover (self);
  else if (self->pointer.drag == RUNNEL_DRAG_CONNECT ? !same : self->pointer.moved)
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

/* The button goes up where it went down. */
static void
click (RunnelCanvas *self)
{
  RunnelDrag drag = self->pointer.drag;
  RunnelShownArea *area = self->pointer.press_area;

  if (drag == RUNNEL_DRAG_CONNECT)
    {
      runnel_canvas_connect_click (self);
      return;
    }

  runnel_canvas_drag_cancel (self);
  if (area != NULL && (drag == RUNNEL_DRAG_MOVE || drag == RUNNEL_DRAG_RESIZE))
    runnel_canvas_click_area (self, area);
  else if (drag == RUNNEL_DRAG_MOVE || drag == RUNNEL_DRAG_CLONE)
    click_node (self, self->pointer.press_node);
  else if (drag == RUNNEL_DRAG_PRESS)
    runnel_canvas_insert (self);
}

void
runnel_canvas_pointer_release (RunnelCanvas    *self,
                               double           x,
                               double           y,
                               GdkModifierType  modifiers)
{
  set_pointer (self, x, y, modifiers);

  if (self->pointer.drag != RUNNEL_DRAG_NONE && !self->pointer.moved)
    click (self);
  else if (self->pointer.drag != RUNNEL_DRAG_NONE)
    runnel_canvas_drag_end (self);

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
