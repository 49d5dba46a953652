/* runnel-canvas-scroll.c: wheel, touchpad and pinch move and zoom what is seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define WHEEL_STEP 64 /* logical pixels per notch of a wheel */

/* Ctrl zooms. With a wheel that is preferred to zoom it does the opposite, and Shift still goes
 * sideways; two fingers on a touchpad always move. */
static gboolean
is_zoom (RunnelCanvas    *self,
         gboolean         wheel,
         GdkModifierType  modifiers)
{
  gboolean control = (modifiers & GDK_CONTROL_MASK) != 0;

  return wheel && self->wheel_zooms && !(modifiers & GDK_SHIFT_MASK) ? !control : control;
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

  if (is_zoom (self, wheel, modifiers))
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

static gboolean
scroll_cb (RunnelCanvas             *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  gboolean wheel = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_WHEEL;

  g_assert (RUNNEL_IS_CANVAS (self));

  return runnel_canvas_pointer_scroll (self, dx, dy, wheel,
                                       gtk_event_controller_get_current_event_state (controller));
}

/* Fingers were lifted off the touchpad while they moved. */
static void
decelerate_cb (RunnelCanvas             *self,
               double                    speed_x,
               double                    speed_y,
               GtkEventControllerScroll *scroll)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (controller);
  gboolean wheel = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_WHEEL;
  double step = wheel ? WHEEL_STEP : 1;

  g_assert (RUNNEL_IS_CANVAS (self));

  if (!(modifiers & GDK_CONTROL_MASK))
    runnel_canvas_motion_glide (self, speed_x * step, speed_y * step);
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

void
runnel_canvas_scroll_init (RunnelCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (scroll, "scroll-begin", G_CALLBACK (runnel_canvas_motion_stop), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (scroll, "decelerate", G_CALLBACK (decelerate_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
