/* runnel-canvas-gestures.c: pointer, wheel and touch on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define PORT_REACH 10 /* logical pixels around what can be hit */
#define LINK_REACH 6
#define CLICK_REACH 4 /* how far the pointer may move in a click */
#define WHEEL_STEP 64 /* logical pixels per notch of a wheel */

static const struct
{
  RunnelPort port;
  RunnelOn on;
} port_outcomes[] = {
  { RUNNEL_PORT_SUCCESS, RUNNEL_ON_SUCCESS },
  { RUNNEL_PORT_FAILURE, RUNNEL_ON_FAILURE },
  { RUNNEL_PORT_ALWAYS, RUNNEL_ON_ALWAYS },
};

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

static gboolean
pick_output (RunnelCanvas *self,
             double        x,
             double        y,
             guint        *ret_node,
             RunnelOn     *ret_on)
{
  RunnelPort port;

  if (!runnel_canvas_can_edit (self)
      || !runnel_pick_port (self->scene, x, y, PORT_REACH / self->view.zoom, ret_node, &port))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (port_outcomes); i++)
    if (port_outcomes[i].port == port)
      {
        *ret_on = port_outcomes[i].on;
        return TRUE;
      }

  return FALSE;
}

static guint
pick_node (RunnelCanvas *self,
           double        x,
           double        y)
{
  guint node;

  return runnel_pick_node (self->scene, x, y, &node) ? node : RUNNEL_NO_INDEX;
}

static guint
pick_link (RunnelCanvas *self,
           double        x,
           double        y)
{
  guint link;

  return runnel_pick_link (self->scene, x, y, LINK_REACH / self->view.zoom, &link)
         ? link : RUNNEL_NO_INDEX;
}

static void
update_cursor (RunnelCanvas *self,
               gboolean      over_port)
{
  const char *name = NULL;

  if (self->pointer.drag == RUNNEL_DRAG_PAN)
    name = "grabbing";
  else if (self->pointer.space_down)
    name = "grab";
  else if (over_port || self->pointer.drag == RUNNEL_DRAG_CONNECT)
    name = "crosshair";
  else if (self->hovered_link != RUNNEL_NO_INDEX)
    name = "pointer";

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
set_hovered (RunnelCanvas *self,
             guint         node,
             guint         link)
{
  if (self->hovered_node == node && self->hovered_link == link)
    return;

  if (self->hovered_node != RUNNEL_NO_INDEX)
    runnel_scene_set_node_flags (self->scene, self->hovered_node, RUNNEL_NODE_HOVERED, 0);
  if (self->hovered_link != RUNNEL_NO_INDEX)
    runnel_scene_set_link_flags (self->scene, self->hovered_link, RUNNEL_LINK_HIGHLIGHTED, 0);

  self->hovered_node = node;
  self->hovered_link = link;
  if (node != RUNNEL_NO_INDEX)
    runnel_scene_set_node_flags (self->scene, node, RUNNEL_NODE_HOVERED, RUNNEL_NODE_HOVERED);
  if (link != RUNNEL_NO_INDEX)
    runnel_scene_set_link_flags (self->scene, link, RUNNEL_LINK_HIGHLIGHTED,
                                 RUNNEL_LINK_HIGHLIGHTED);

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A port that sticks out of its card belongs to the card. */
static void
update_hover (RunnelCanvas *self)
{
  double x, y;
  guint node, link = RUNNEL_NO_INDEX;
  gboolean over_port;
  RunnelOn on;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &x, &y);
  over_port = pick_output (self, x, y, &node, &on);
  if (!over_port)
    node = pick_node (self, x, y);
  if (node == RUNNEL_NO_INDEX)
    link = pick_link (self, x, y);

  set_hovered (self, node, link);
  update_cursor (self, over_port);
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
  guint node, link;
  RunnelOn on;

  if (pick_output (self, x, y, &node, &on))
    {
      self->pointer.press_node = node;
      runnel_canvas_connect_begin (self, node, on, FALSE);
      return;
    }

  node = pick_node (self, x, y);
  self->pointer.press_node = node;
  if (node != RUNNEL_NO_INDEX)
    {
      press_node (self, node);
      return;
    }

  link = pick_link (self, x, y);
  if (link != RUNNEL_NO_INDEX)
    runnel_canvas_select_link (self, link);
  else
    press_empty (self);
}

static void
press_twice (RunnelCanvas *self)
{
  RunnelPoint point = { self->pointer.world_x, self->pointer.world_y };
  guint node = pick_node (self, point.x, point.y);

  if (node != RUNNEL_NO_INDEX)
    runnel_canvas_emit_step_activated (self, node);
  else if (pick_link (self, point.x, point.y) == RUNNEL_NO_INDEX && runnel_canvas_can_edit (self))
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
  if (pointer->drag != RUNNEL_DRAG_NONE && !self->connecting.sticky)
    return;

  self->by_keyboard = FALSE;
  pointer->moved = FALSE;
  pointer->press_x = x;
  pointer->press_y = y;
  pointer->press_modifiers = modifiers;
  pointer->press_node = RUNNEL_NO_INDEX;
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

  update_cursor (self, FALSE);
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
    update_hover (self);
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

  set_pointer (self, x, y, modifiers);

  if (drag == RUNNEL_DRAG_CONNECT)
    {
      if (self->pointer.moved)
        runnel_canvas_connect_end (self, TRUE);
      else
        self->connecting.sticky = TRUE;
    }
  else if (drag == RUNNEL_DRAG_MOVE && !self->pointer.moved)
    {
      runnel_canvas_drag_cancel (self);
      click_node (self, node);
    }
  else if (drag != RUNNEL_DRAG_NONE)
    {
      runnel_canvas_drag_end (self);
    }

  update_hover (self);
}

void
runnel_canvas_pointer_leave (RunnelCanvas *self)
{
  self->pointer.inside = FALSE;
  if (self->pointer.drag == RUNNEL_DRAG_NONE)
    set_hovered (self, RUNNEL_NO_INDEX, RUNNEL_NO_INDEX);
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

/* A wheel counts notches, a touchpad pixels. Returns: whether the canvas took it */
gboolean
runnel_canvas_pointer_scroll (RunnelCanvas    *self,
                              double           dx,
                              double           dy,
                              gboolean         wheel,
                              GdkModifierType  modifiers)
{
  double step = wheel ? WHEEL_STEP : 1;

  if (modifiers & GDK_CONTROL_MASK)
    {
      double notches = wheel ? dy : dy / WHEEL_STEP;

      runnel_canvas_view_zoom_at (self, self->view.zoom * pow (RUNNEL_ZOOM_STEP, -notches),
                                  self->pointer.x, self->pointer.y);
    }
  else if (wheel && (modifiers & GDK_SHIFT_MASK) && dx == 0)
    runnel_canvas_view_pan (self, dy * step, 0);
  else
    runnel_canvas_view_pan (self, dx * step, dy * step);

  runnel_canvas_pointer_motion (self, self->pointer.x, self->pointer.y, self->pointer.modifiers);
  return GDK_EVENT_STOP;
}

static GdkModifierType
get_modifiers (gpointer controller)
{
  return gtk_event_controller_get_current_event_state (controller);
}

static void
pressed_cb (RunnelCanvas    *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *click)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  GdkEvent *event = gtk_gesture_get_last_event (GTK_GESTURE (click), NULL);

  g_assert (RUNNEL_IS_CANVAS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (event != NULL && gdk_event_triggers_context_menu (event))
    runnel_canvas_popup_menu (self, x, y);
  else
    runnel_canvas_pointer_press (self, button, n_press, x, y, get_modifiers (click));
}

static void
drag_update_cb (RunnelCanvas   *self,
                double          offset_x,
                double          offset_y,
                GtkGestureDrag *drag)
{
  double x, y;

  g_assert (RUNNEL_IS_CANVAS (self));

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  runnel_canvas_pointer_motion (self, x + offset_x, y + offset_y, get_modifiers (drag));
}

static void
drag_end_cb (RunnelCanvas   *self,
             double          offset_x,
             double          offset_y,
             GtkGestureDrag *drag)
{
  double x, y;

  g_assert (RUNNEL_IS_CANVAS (self));

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  runnel_canvas_pointer_release (self, x + offset_x, y + offset_y, get_modifiers (drag));
}

static void
motion_cb (RunnelCanvas             *self,
           double                    x,
           double                    y,
           GtkEventControllerMotion *motion)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  runnel_canvas_pointer_motion (self, x, y, get_modifiers (motion));
}

static gboolean
scroll_cb (RunnelCanvas             *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  gboolean wheel = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_WHEEL;

  g_assert (RUNNEL_IS_CANVAS (self));

  return runnel_canvas_pointer_scroll (self, dx, dy, wheel, get_modifiers (scroll));
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                RunnelCanvas     *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  runnel_canvas_pointer_cancel (self);
  self->pinch_zoom = self->view.zoom;
}

static void
pinch_cb (RunnelCanvas *self,
          double        scale,
          GtkGesture   *gesture)
{
  double x = self->pointer.x;
  double y = self->pointer.y;

  g_assert (RUNNEL_IS_CANVAS (self));

  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  runnel_canvas_view_zoom_at (self, self->pinch_zoom * scale, x, y);
}

static gboolean
key_pressed_cb (RunnelCanvas    *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  modifiers)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  if (keyval != GDK_KEY_space || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return GDK_EVENT_PROPAGATE;

  self->pointer.space_down = TRUE;
  update_cursor (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
key_released_cb (RunnelCanvas *self,
                 guint         keyval)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  if (keyval != GDK_KEY_space)
    return;

  self->pointer.space_down = FALSE;
  update_cursor (self, FALSE);
}

static void
focus_changed_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  self->pointer.space_down = FALSE;
  runnel_canvas_show_focus (self);
}

static void
add_buttons (RunnelCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (runnel_canvas_pointer_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (click, drag);
}

static void
add_motion_and_scroll (RunnelCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
    = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (runnel_canvas_pointer_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

void
runnel_canvas_gestures_init (RunnelCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_buttons (self);
  add_motion_and_scroll (self);

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_changed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_changed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
