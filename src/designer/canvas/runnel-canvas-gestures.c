/* runnel-canvas-gestures.c: the events that the canvas listens to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

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
key_pressed_cb (RunnelCanvas    *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  modifiers)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  if (keyval != GDK_KEY_space || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return GDK_EVENT_PROPAGATE;

  self->pointer.space_down = TRUE;
  runnel_canvas_update_cursor (self);
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
  runnel_canvas_update_cursor (self);
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
add_motion (RunnelCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (runnel_canvas_pointer_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

void
runnel_canvas_gestures_init (RunnelCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_buttons (self);
  add_motion (self);
  runnel_canvas_scroll_init (self);

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_changed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_changed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
