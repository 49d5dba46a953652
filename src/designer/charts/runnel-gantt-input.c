/* runnel-gantt-input.c: the pointer on the chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/charts/runnel-gantt-private.h"

/* Of the time at the pointer, for a notch of the wheel; a touchpad counts pixels. */
#define ZOOM_STEP 1.25
#define WHEEL_STEP 64.0

/* How far beside a thin bar the pointer still means it. */
#define TOLERANCE 4.0

/* What a drag may move and still be a click. */
#define CLICK_SLOP 4.0

/* What a drag does. */
enum
{
  DRAG_NONE,
  DRAG_PAN,
  DRAG_CURSOR,
};

static gboolean
has_timing (RunnelGantt *self)
{
  return self->tree->timing != NULL;
}

/* Where the pointer is in the time, and the middle when it is elsewhere: events of the wheel do not
 * say where they were. */
static double
get_pointer_x (RunnelGantt *self)
{
  return self->pointer_x >= 0 ? MAX (self->pointer_x - self->label_width, 0.0)
                              : self->view.width / 2;
}

/* With Control, the wheel zooms the time at the pointer; with Shift as well, the rows. */
static gboolean
scroll_cb (RunnelGantt              *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double notches = (dx + dy) / (wheel ? 1.0 : WHEEL_STEP);

  g_assert (RUNNEL_IS_GANTT (self));

  if ((state & GDK_CONTROL_MASK) == 0 || !has_timing (self))
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_SHIFT_MASK)
    _runnel_gantt_view_set_row_height (self, self->view.row_height * pow (ZOOM_STEP, -notches));
  else
    _runnel_gantt_view_zoom (self, get_pointer_x (self), pow (ZOOM_STEP, -notches));
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  self->pinch_scale = 1.0;
}

static void
pinch_cb (RunnelGantt *self,
          double       scale,
          GtkGesture  *gesture)
{
  double x = self->label_width + self->view.width / 2, y;

  g_assert (RUNNEL_IS_GANTT (self));

  if (!has_timing (self) || scale <= 0)
    return;
  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  _runnel_gantt_view_zoom (self, MAX (x - self->label_width, 0.0), scale / self->pinch_scale);
  self->pinch_scale = scale;
}

static gboolean
hit (RunnelGantt    *self,
     double          x,
     double          y,
     RunnelGanttHit *ret_hit)
{
  if (!has_timing (self) || y < GANTT_AXIS_HEIGHT ||
      !runnel_gantt_hit (&self->view, self->tree, x - self->label_width,
                         y - GANTT_AXIS_HEIGHT, TOLERANCE, ret_hit))
    return FALSE;
  /* A bar may begin under the labels, but there the label is meant. */
  if (x < self->label_width)
    ret_hit->span = -1;
  return TRUE;
}

static gboolean
is_on_axis (RunnelGantt *self,
            double       x,
            double       y)
{
  return has_timing (self) && y < GANTT_AXIS_HEIGHT && x >= self->label_width;
}

/* Whether @x is where the triangle of the line is. */
static gboolean
is_on_triangle (RunnelGantt *self,
                guint        line,
                double       x)
{
  double left = _runnel_gantt_get_label_x (self, line);

  return self->tree->lines[line].n_parts > 0 && x < self->label_width &&
         x >= left - CLICK_SLOP && x < left + GANTT_INDENT;
}

static void
put_cursor (RunnelGantt *self,
            double       x)
{
  gint64 time = self->tree->timing->start +
                runnel_axis_get_time (&self->view.axis, x - self->label_width);

  runnel_gantt_set_cursor_time (self, CLAMP (time, self->tree->timing->start,
                                             self->tree->timing->end));
}

static void
click_line (RunnelGantt          *self,
            const RunnelGanttHit *what,
            int                   n_press,
            double                x)
{
  const RunnelGanttLine *line = &self->tree->lines[what->line];

  if (is_on_triangle (self, what->line, x) || (n_press == 2 && line->n_parts > 0 && what->span < 0))
    {
      _runnel_gantt_toggle_line (self, what->line);
      return;
    }
  _runnel_gantt_select_line (self, what->line);
  _runnel_gantt_activate_line (self, what->line, what->span);
}

static void
released_cb (RunnelGantt     *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  RunnelGanttHit what;

  g_assert (RUNNEL_IS_GANTT (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (is_on_axis (self, x, y))
    put_cursor (self, x);
  else if (hit (self, x, y, &what))
    click_line (self, &what, n_press, x);
  else
    _runnel_gantt_select_line (self, -1);
}

static void
update_pointer (RunnelGantt *self)
{
  const char *name = self->drag == DRAG_PAN ? "grabbing" : self->space_down ? "grab" : NULL;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
drag_begin_cb (RunnelGantt    *self,
               double          x,
               double          y,
               GtkGestureDrag *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  g_assert (RUNNEL_IS_GANTT (self));

  self->drag = DRAG_NONE;
  if (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->pan_x = gtk_adjustment_get_value (self->hadjustment);
  self->pan_y = gtk_adjustment_get_value (self->vadjustment);
}

/* On the axis the cursor is dragged, everywhere else the view. */
static void
drag_update_cb (RunnelGantt    *self,
                double          dx,
                double          dy,
                GtkGestureDrag *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  double x, y;

  g_assert (RUNNEL_IS_GANTT (self));

  if (self->drag == DRAG_NONE && hypot (dx, dy) < CLICK_SLOP)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->drag == DRAG_NONE)
    {
      self->drag = button == GDK_BUTTON_PRIMARY && !self->space_down && is_on_axis (self, x, y)
                     ? DRAG_CURSOR : DRAG_PAN;
      /* From here on it is not a click any more. */
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      _runnel_gantt_set_hovered (self, -1);
      update_pointer (self);
    }
  if (self->drag == DRAG_CURSOR)
    {
      put_cursor (self, x + dx);
      return;
    }
  gtk_adjustment_set_value (self->hadjustment, self->pan_x - dx);
  gtk_adjustment_set_value (self->vadjustment, self->pan_y - dy);
}

static void
drag_end_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  self->drag = DRAG_NONE;
  update_pointer (self);
}

static void
motion_cb (RunnelGantt *self,
           double       x,
           double       y)
{
  RunnelGanttHit what;

  g_assert (RUNNEL_IS_GANTT (self));

  self->pointer_x = x;
  if (self->drag == DRAG_NONE)
    _runnel_gantt_set_hovered (self, hit (self, x, y, &what) ? (int) what.line : -1);
}

static void
leave_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  self->pointer_x = -1;
  _runnel_gantt_set_hovered (self, -1);
}

static gboolean
key_pressed_cb (RunnelGantt     *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  modifiers)
{
  g_assert (RUNNEL_IS_GANTT (self));

  if (keyval != GDK_KEY_space || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return GDK_EVENT_PROPAGATE;
  self->space_down = TRUE;
  update_pointer (self);
  return GDK_EVENT_STOP;
}

static void
key_released_cb (RunnelGantt *self,
                 guint        keyval)
{
  g_assert (RUNNEL_IS_GANTT (self));

  if (keyval == GDK_KEY_space)
    self->space_down = FALSE;
  update_pointer (self);
}

static void
focus_changed_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  self->space_down = FALSE;
  update_pointer (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A merged bar stands for several spans, so all of the step is told. */
static gboolean
is_small (RunnelGantt *self,
          guint        span)
{
  const RunnelSpan *facts = &self->tree->timing->spans[span];

  return (facts->end - facts->start) / self->view.axis.scale < TOLERANCE;
}

static gboolean
query_tooltip_cb (RunnelGantt *self,
                  int          x,
                  int          y,
                  gboolean     keyboard,
                  GtkTooltip  *tooltip)
{
  RunnelGanttHit what = { self->selected_line, -1 };
  g_autofree char *text = NULL;

  g_assert (RUNNEL_IS_GANTT (self));

  if (keyboard ? self->selected_line < 0 : !hit (self, x, y, &what))
    return FALSE;
  if (what.span >= 0 && !is_small (self, what.span))
    what.span -= self->tree->timing->rows[self->tree->lines[what.line].row].first_span;
  else
    what.span = -1;
  text = runnel_gantt_tree_describe (self->tree, what.line, what.span);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
add_controller (RunnelGantt        *self,
                GtkEventController *controller,
                const char         *signal,
                GCallback           callback)
{
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
  if (gtk_event_controller_get_widget (controller) == NULL)
    gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
add_drag (RunnelGantt *self)
{
  GtkEventController *drag = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  add_controller (self, drag, "drag-begin", G_CALLBACK (drag_begin_cb));
  add_controller (self, drag, "drag-update", G_CALLBACK (drag_update_cb));
  add_controller (self, drag, "drag-end", G_CALLBACK (drag_end_cb));
}

static void
add_keys (RunnelGantt *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_controller (self, keys, "key-pressed", G_CALLBACK (key_pressed_cb));
  add_controller (self, keys, "key-released", G_CALLBACK (key_released_cb));
  add_controller (self, focus, "enter", G_CALLBACK (focus_changed_cb));
  add_controller (self, focus, "leave", G_CALLBACK (focus_changed_cb));
}

void
_runnel_gantt_input_init (RunnelGantt *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *pinch = GTK_EVENT_CONTROLLER (gtk_gesture_zoom_new ());
  GtkEventController *motion = gtk_event_controller_motion_new ();

  add_controller (self, scroll, "scroll", G_CALLBACK (scroll_cb));
  add_controller (self, pinch, "begin", G_CALLBACK (pinch_begin_cb));
  add_controller (self, pinch, "scale-changed", G_CALLBACK (pinch_cb));
  add_controller (self, GTK_EVENT_CONTROLLER (gtk_gesture_click_new ()), "released",
                  G_CALLBACK (released_cb));
  add_drag (self);
  add_controller (self, motion, "enter", G_CALLBACK (motion_cb));
  add_controller (self, motion, "motion", G_CALLBACK (motion_cb));
  add_controller (self, motion, "leave", G_CALLBACK (leave_cb));
  add_keys (self);
  self->pointer_x = -1;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
