/* runnel-gantt-input.c: pointer and keys on the chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/charts/runnel-gantt-private.h"

#define ZOOM_STEP 1.25

/* How far beside a thin bar the pointer still means it. */
#define TOLERANCE 4.0

/* What a drag may move and still be a click. */
#define CLICK_SLOP 4.0

/* Below, a row can't be aimed at any more and above it would be waste. */
#define MIN_ROW_HEIGHT 0.02
#define MAX_ROW_HEIGHT 64.0

static void
zoom_time (RunnelGantt *self,
           double       x,
           double       factor)
{
  RunnelAxis axis = self->view.axis;

  runnel_axis_zoom (&axis, x, factor);
  self->fitted = FALSE;
  _runnel_gantt_set_view (self, axis.start, axis.scale, self->view.row_height);
}

static void
set_row_height (RunnelGantt *self,
                double       row_height)
{
  row_height = CLAMP (row_height, MIN_ROW_HEIGHT, MAX_ROW_HEIGHT);
  _runnel_gantt_set_view (self, self->view.axis.start, self->view.axis.scale, row_height);
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
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  double x = self->label_width + self->view.width / 2, y;

  g_assert (RUNNEL_IS_GANTT (self));

  if ((state & GDK_CONTROL_MASK) == 0 || self->timing == NULL)
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_SHIFT_MASK)
    {
      set_row_height (self, self->view.row_height * pow (ZOOM_STEP, -(dx + dy)));
      return GDK_EVENT_STOP;
    }
  if (gdk_event_get_position (event, &x, &y))
    {
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
      double surface_x, surface_y;

      gtk_native_get_surface_transform (native, &surface_x, &surface_y);
      gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), x - surface_x,
                                        y - surface_y, &x, &y);
    }
  zoom_time (self, MAX (x - self->label_width, 0.0), pow (ZOOM_STEP, -dy));
  return GDK_EVENT_STOP;
}

static gboolean
hit (RunnelGantt    *self,
     double          x,
     double          y,
     RunnelGanttHit *ret_hit)
{
  if (self->timing == NULL || y < GANTT_AXIS_HEIGHT ||
      !runnel_gantt_hit (&self->view, self->timing, x - self->label_width,
                         y - GANTT_AXIS_HEIGHT, TOLERANCE, ret_hit))
    return FALSE;
  /* A bar may begin under the labels, but there the label is meant. */
  if (x < self->label_width)
    ret_hit->span = -1;
  return TRUE;
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
  if (!hit (self, x, y, &what))
    {
      _runnel_gantt_select_row (self, -1);
      return;
    }
  _runnel_gantt_select_row (self, what.row);
  _runnel_gantt_activate_row (self, what.row, what.span);
}

static void
drag_begin_cb (RunnelGantt *self,
               double       x,
               double       y)
{
  g_assert (RUNNEL_IS_GANTT (self));

  self->pan_x = gtk_adjustment_get_value (self->hadjustment);
  self->pan_y = gtk_adjustment_get_value (self->vadjustment);
}

static void
drag_update_cb (RunnelGantt    *self,
                double          dx,
                double          dy,
                GtkGestureDrag *gesture)
{
  g_assert (RUNNEL_IS_GANTT (self));

  if (hypot (dx, dy) < CLICK_SLOP)
    return;
  /* From here on it is not a click any more. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_adjustment_set_value (self->hadjustment, self->pan_x - dx);
  gtk_adjustment_set_value (self->vadjustment, self->pan_y - dy);
}

/* A merged bar stands for several spans, so all of the step is told. */
static gboolean
is_small (RunnelGantt *self,
          guint        span)
{
  const RunnelSpan *facts = &self->timing->spans[span];

  return (facts->end - facts->start) / self->view.axis.scale < TOLERANCE;
}

static gboolean
query_tooltip_cb (RunnelGantt *self,
                  int          x,
                  int          y,
                  gboolean     keyboard,
                  GtkTooltip  *tooltip)
{
  RunnelGanttHit what = { self->selected_row, -1 };
  g_autofree char *text = NULL;

  g_assert (RUNNEL_IS_GANTT (self));

  if (keyboard ? self->selected_row < 0 : !hit (self, x, y, &what))
    return FALSE;
  if (what.span >= 0 && !is_small (self, what.span))
    what.span -= self->timing->rows[what.row].first_span;
  else
    what.span = -1;
  text = runnel_timing_describe (self->timing, what.row, what.span);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
select_relative (RunnelGantt *self,
                 int          offset)
{
  int n_rows = self->timing ? self->timing->n_rows : 0;
  int row = self->selected_row >= 0 ? self->selected_row + offset : 0;

  if (n_rows > 0)
    _runnel_gantt_select_row (self, CLAMP (row, 0, n_rows - 1));
}

static void
select_next_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  select_relative (RUNNEL_GANTT (widget), 1);
}

static void
select_previous_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  select_relative (RUNNEL_GANTT (widget), -1);
}

static void
select_page_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);
  int page = MAX (self->view.height / self->view.row_height - 1, 1);

  select_relative (self, g_variant_get_boolean (parameter) ? page : -page);
}

static void
activate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);

  if (self->selected_row >= 0)
    _runnel_gantt_activate_row (self, self->selected_row, -1);
}

static void
zoom_in_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);

  zoom_time (self, self->view.width / 2, ZOOM_STEP);
}

static void
zoom_out_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);

  zoom_time (self, self->view.width / 2, 1 / ZOOM_STEP);
}

static void
fit_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  runnel_gantt_fit (RUNNEL_GANTT (widget));
}

/* All of the rows at once, be they thinner than a pixel. */
static void
fit_rows_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);

  runnel_gantt_fit (self);
  if (self->timing != NULL && self->timing->n_rows > 0)
    set_row_height (self, MIN (self->view.height / self->timing->n_rows, GANTT_ROW_HEIGHT));
}

static void
scroll_time_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);
  double step = gtk_adjustment_get_step_increment (self->hadjustment);

  gtk_adjustment_set_value (self->hadjustment,
                            gtk_adjustment_get_value (self->hadjustment) +
                              (g_variant_get_boolean (parameter) ? step : -step));
}

static void
bind_key (GtkWidgetClass *widget_class,
          guint           key,
          guint           keypad_key,
          const char     *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, 0, action, NULL);
  gtk_widget_class_add_binding_action (widget_class, keypad_key, 0, action, NULL);
}

static void
bind_directions (GtkWidgetClass *widget_class,
                 guint           back,
                 guint           forth,
                 const char     *action)
{
  gtk_widget_class_add_binding_action (widget_class, back, 0, action, "b", FALSE);
  gtk_widget_class_add_binding_action (widget_class, forth, 0, action, "b", TRUE);
}

void
_runnel_gantt_class_input_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "gantt.select-next", NULL, select_next_action);
  gtk_widget_class_install_action (widget_class, "gantt.select-previous", NULL,
                                   select_previous_action);
  gtk_widget_class_install_action (widget_class, "gantt.select-page", "b", select_page_action);
  gtk_widget_class_install_action (widget_class, "gantt.activate", NULL, activate_action);
  gtk_widget_class_install_action (widget_class, "gantt.zoom-in", NULL, zoom_in_action);
  gtk_widget_class_install_action (widget_class, "gantt.zoom-out", NULL, zoom_out_action);
  gtk_widget_class_install_action (widget_class, "gantt.fit", NULL, fit_action);
  gtk_widget_class_install_action (widget_class, "gantt.fit-rows", NULL, fit_rows_action);
  gtk_widget_class_install_action (widget_class, "gantt.scroll", "b", scroll_time_action);

  bind_key (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, "gantt.select-next");
  bind_key (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, "gantt.select-previous");
  bind_key (widget_class, GDK_KEY_Return, GDK_KEY_KP_Enter, "gantt.activate");
  bind_key (widget_class, GDK_KEY_plus, GDK_KEY_KP_Add, "gantt.zoom-in");
  bind_key (widget_class, GDK_KEY_equal, GDK_KEY_KP_Equal, "gantt.zoom-in");
  bind_key (widget_class, GDK_KEY_minus, GDK_KEY_KP_Subtract, "gantt.zoom-out");
  bind_key (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, "gantt.fit");
  bind_key (widget_class, GDK_KEY_End, GDK_KEY_KP_End, "gantt.fit-rows");
  bind_directions (widget_class, GDK_KEY_Page_Up, GDK_KEY_Page_Down, "gantt.select-page");
  bind_directions (widget_class, GDK_KEY_Left, GDK_KEY_Right, "gantt.scroll");
}

static void
add_controller (RunnelGantt        *self,
                GtkEventController *controller,
                const char         *signal,
                GCallback           callback)
{
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
_runnel_gantt_init_input (RunnelGantt *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *click = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  GtkEventController *drag = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());

  add_controller (self, scroll, "scroll", G_CALLBACK (scroll_cb));
  add_controller (self, click, "released", G_CALLBACK (released_cb));
  add_controller (self, drag, "drag-begin", G_CALLBACK (drag_begin_cb));
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
