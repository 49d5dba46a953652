/* runnel-resource-view.c: what ran, waited and was used at once, below the timing chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/charts/runnel-resource-lanes.h"
#include "designer/charts/runnel-resource-view.h"
#include "util/runnel-format.h"

#define ZOOM_STEP 1.25
#define WHEEL_STEP 64.0

struct _RunnelResourceView
{
  GtkWidget parent_instance;

  RunnelGantt *gantt;           /* (nullable): not owned, it lives beside this */
  RunnelTiming *timing;         /* whose curves these are */
  const RunnelResourceCurves *curves; /* of the timing; NULL = none */
  RunnelChartPainter *painter;
};

enum
{
  PROP_0,
  PROP_GANTT,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RunnelResourceView, runnel_resource_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* --- What there is to see -------------------------------------------------------------- */

static guint
count_lanes (RunnelResourceView *self)
{
  return self->curves != NULL ? self->curves->n_lanes : 0;
}

/* "Running: at most 3 of 4; ..." */
static void
update_accessible (RunnelResourceView *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < count_lanes (self); i++)
    {
      RunnelResource resource = self->curves->lanes[i];
      g_autofree char *facts = runnel_resource_curves_describe (self->curves, resource);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "; " : "",
                              runnel_resource_get_title (resource), facts);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Use of the machine"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str,
                                  -1);
}

/* Lines that are folded or filtered change nothing here. */
static void
lines_changed_cb (RunnelResourceView *self)
{
  const RunnelTiming *timing = runnel_gantt_get_timing (self->gantt);

  g_assert (RUNNEL_IS_RESOURCE_VIEW (self));

  if (self->timing == timing)
    return;
  self->curves = NULL;
  g_clear_pointer (&self->timing, runnel_timing_unref);
  if (timing != NULL)
    {
      self->timing = runnel_timing_ref ((RunnelTiming *) timing);
      self->curves = runnel_resource_curves_get (self->timing);
    }
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- Drawing ---------------------------------------------------------------------------- */

static void
draw_cursor (RunnelResourceView *self,
             GtkSnapshot        *snapshot,
             double              left,
             double              height)
{
  gint64 time = runnel_gantt_get_cursor_time (self->gantt);
  RunnelAxis axis;
  double x;

  runnel_gantt_get_axis (self->gantt, &axis, NULL, NULL);
  if (time < 0)
    return;
  x = runnel_axis_get_position (&axis, time - self->timing->start);
  if (x >= 0)
    runnel_chart_painter_fill (self->painter, snapshot, left + floor (x), 0, 1, height,
                               runnel_chart_painter_get_colors (self->painter)->selection, 1);
}

static void
runnel_resource_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  RunnelResourceView *self = RUNNEL_RESOURCE_VIEW (widget);
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  double left, width, height = gtk_widget_get_height (widget);
  RunnelAxis axis;

  if (self->gantt == NULL || count_lanes (self) == 0)
    return;
  runnel_gantt_get_axis (self->gantt, &axis, &left, &width);
  runnel_chart_painter_fill (self->painter, snapshot, 0, 0, gtk_widget_get_width (widget), height,
                             colors->background, 1);
  runnel_resource_lanes_snapshot (self->painter, snapshot, self->curves, self->timing, &axis, left,
                                  width);
  draw_cursor (self, snapshot, left, height);
}

/* --- Hands ------------------------------------------------------------------------------- */

/* The moment at @x. Returns: FALSE when there is none */
static gboolean
get_time (RunnelResourceView *self,
          double              x,
          gint64             *ret_time)
{
  RunnelAxis axis;
  double left;

  if (self->gantt == NULL || self->timing == NULL)
    return FALSE;
  runnel_gantt_get_axis (self->gantt, &axis, &left, NULL);
  if (x < left)
    return FALSE;
  *ret_time = self->timing->start + runnel_axis_get_time (&axis, x - left);
  return *ret_time <= self->timing->end;
}

static gboolean
query_tooltip_cb (RunnelResourceView *self,
                  int                 x,
                  int                 y,
                  gboolean            keyboard,
                  GtkTooltip         *tooltip)
{
  g_autoptr(GString) text = NULL;
  g_autofree char *when = NULL;
  gint64 time;

  g_assert (RUNNEL_IS_RESOURCE_VIEW (self));

  if (keyboard || self->curves == NULL || !get_time (self, x, &time))
    return FALSE;
  when = runnel_format_duration (time - self->timing->start);
  text = g_string_new (NULL);
  g_string_append_printf (text, _("At %s"), when);
  for (guint i = 0; i < count_lanes (self); i++)
    {
      RunnelResource resource = self->curves->lanes[i];
      double value = runnel_curve_get_value (self->curves->curves[resource], time);
      g_autofree char *value_text = runnel_resource_format (resource, value);

      g_string_append_printf (text, "\n%s: %s", runnel_resource_get_title (resource), value_text);
    }
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static void
pressed_cb (RunnelResourceView *self,
            int                 n_press,
            double              x,
            double              y)
{
  gint64 time;

  g_assert (RUNNEL_IS_RESOURCE_VIEW (self));

  if (get_time (self, x, &time))
    runnel_gantt_set_cursor_time (self->gantt, time);
}

static void
drag_cb (RunnelResourceView *self,
         double              dx,
         double              dy,
         GtkGestureDrag     *drag)
{
  double x, y;

  g_assert (RUNNEL_IS_RESOURCE_VIEW (self));

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  pressed_cb (self, 1, x + dx, y + dy);
}

/* As over the chart: with Control the time is zoomed, in the middle of what is seen. */
static gboolean
scroll_cb (RunnelResourceView       *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double width;

  g_assert (RUNNEL_IS_RESOURCE_VIEW (self));

  if (self->gantt == NULL || !(state & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  runnel_gantt_get_axis (self->gantt, NULL, NULL, &width);
  runnel_gantt_zoom (self->gantt, width / 2, pow (ZOOM_STEP, -dy / (wheel ? 1.0 : WHEEL_STEP)));
  return GDK_EVENT_STOP;
}

static void
add_controllers (RunnelResourceView *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

/* --- The widget --------------------------------------------------------------------------- */

static void
runnel_resource_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  int height = count_lanes (RUNNEL_RESOURCE_VIEW (widget)) * RUNNEL_RESOURCE_LANE_HEIGHT;

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? height : 0;
}

static void
runnel_resource_view_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (runnel_resource_view_parent_class)->css_changed (widget, change);
  runnel_chart_painter_reset (RUNNEL_RESOURCE_VIEW (widget)->painter);
}

static void
set_gantt (RunnelResourceView *self,
           RunnelGantt        *gantt)
{
  if (!g_set_weak_pointer (&self->gantt, gantt) || gantt == NULL)
    return;
  g_signal_connect_object (gantt, "lines-changed", G_CALLBACK (lines_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gantt, "view-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gantt, "notify::cursor-time", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  lines_changed_cb (self);
}

static void
runnel_resource_view_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_GANTT:
      set_gantt (RUNNEL_RESOURCE_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_resource_view_finalize (GObject *object)
{
  RunnelResourceView *self = RUNNEL_RESOURCE_VIEW (object);

  g_clear_weak_pointer (&self->gantt);
  g_clear_pointer (&self->timing, runnel_timing_unref);
  runnel_chart_painter_free (self->painter);
  G_OBJECT_CLASS (runnel_resource_view_parent_class)->finalize (object);
}

static void
runnel_resource_view_class_init (RunnelResourceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = runnel_resource_view_set_property;
  object_class->finalize = runnel_resource_view_finalize;
  widget_class->measure = runnel_resource_view_measure;
  widget_class->snapshot = runnel_resource_view_snapshot;
  widget_class->css_changed = runnel_resource_view_css_changed;

  properties[PROP_GANTT] = g_param_spec_object ("gantt", NULL, NULL, RUNNEL_TYPE_GANTT,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "resourceview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
runnel_resource_view_init (RunnelResourceView *self)
{
  self->painter = runnel_chart_painter_new (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
  update_accessible (self);
}

/**
 * runnel_resource_view_new:
 * @gantt: the chart above it
 *
 * Returns: (transfer floating): curves of what ran, waited and was used at once
 */
GtkWidget *
runnel_resource_view_new (RunnelGantt *gantt)
{
  return g_object_new (RUNNEL_TYPE_RESOURCE_VIEW, "gantt", gantt, NULL);
}
