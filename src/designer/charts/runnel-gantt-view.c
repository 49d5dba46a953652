/* runnel-gantt-view.c: which part of the chart is seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/charts/runnel-gantt-private.h"

/* What is left free at the end of the time, so that a bar that grows doesn't stick to the edge. */
#define END_PADDING 48.0

/* Below, a row can't be aimed at any more and above it would be waste. */
#define MIN_ROW_HEIGHT 0.02
#define MAX_ROW_HEIGHT 64.0

/* What is called so in the lanes below is to have room, too, where there is enough for the time. */
#define MIN_LABEL_WIDTH 210.0

/* The part of the view that a step fills when it is zoomed to. */
#define SELECTION_SHARE 0.8

static double
get_duration (RunnelGantt *self)
{
  return self->tree->timing ? (double) (self->tree->timing->end - self->tree->timing->start) : 0.0;
}

/* The scale with which all of the time is seen, in microseconds per pixel. */
static double
get_fitting_scale (RunnelGantt *self)
{
  double width = MAX (self->view.width - END_PADDING, 1.0);

  return runnel_axis_fit (0, get_duration (self), width).scale;
}

static double
get_upper (RunnelGantt *self)
{
  return MAX (get_duration (self) / self->view.axis.scale + END_PADDING, self->view.width);
}

void
_runnel_gantt_queue_bars (RunnelGantt *self)
{
  g_clear_pointer (&self->bars, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "view-changed");
}

static void
configure_adjustment (GtkAdjustment *adjustment,
                      double         value,
                      double         upper,
                      double         step,
                      double         page)
{
  upper = MAX (upper, page);
  gtk_adjustment_configure (adjustment, CLAMP (value, 0.0, upper - page), 0.0, upper, step,
                            page * 0.9, page);
}

/* Tells the adjustments what the view is, within what there is to see. */
static void
update_adjustments (RunnelGantt *self,
                    double       x,
                    double       y)
{
  double n_lines = self->tree->timing ? self->tree->n_lines : 0;

  self->adjusting = TRUE;
  if (self->hadjustment != NULL)
    configure_adjustment (self->hadjustment, x, get_upper (self), self->view.width / 10,
                          self->view.width);
  if (self->vadjustment != NULL)
    configure_adjustment (self->vadjustment, y, n_lines * self->view.row_height,
                          GANTT_ROW_HEIGHT, self->view.height);
  self->adjusting = FALSE;
}

/* The adjustments are what decides where the view is. */
static void
read_adjustments (RunnelGantt *self)
{
  if (self->hadjustment != NULL)
    self->view.axis.start =
      gtk_adjustment_get_value (self->hadjustment) * self->view.axis.scale;
  if (self->vadjustment != NULL)
    self->view.top = gtk_adjustment_get_value (self->vadjustment);
  _runnel_gantt_queue_bars (self);
}

/* Somebody scrolls; whoever goes to the end stays there. */
static void
adjustment_changed_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  if (self->adjusting)
    return;
  if (self->hadjustment != NULL)
    self->follows = gtk_adjustment_get_value (self->hadjustment) >=
                    get_upper (self) - self->view.width - 1;
  read_adjustments (self);
}

/* Shows the time from @start, in microseconds of the run, with @scale microseconds a pixel; the
 * line at the top stays there. */
static void
set_view (RunnelGantt *self,
          double       start,
          double       scale,
          double       row_height)
{
  double top = self->view.top / self->view.row_height * row_height;

  self->view.axis.scale = scale;
  self->view.row_height = row_height;
  update_adjustments (self, start / scale, top);
  read_adjustments (self);
}

/* What there is to see has become more or less, or there is more or less room for it. */
void
_runnel_gantt_view_update (RunnelGantt *self)
{
  double scale = self->fitted ? get_fitting_scale (self) : self->view.axis.scale;
  double start = self->fitted ? 0 : self->view.axis.start;

  if (!self->fitted && self->follows && self->tree->timing != NULL && self->tree->timing->open)
    start = (get_upper (self) - self->view.width) * scale;
  set_view (self, start, scale, self->view.row_height);
}

void
_runnel_gantt_view_allocate (RunnelGantt *self,
                             int          width,
                             int          height)
{
  double label_width = MAX (self->wanted_label_width, MIN (MIN_LABEL_WIDTH, width / 4));

  self->label_width = MIN (label_width, width / 2);
  self->view.width = MAX (width - self->label_width, 1.0);
  self->view.height = MAX (height - GANTT_AXIS_HEIGHT, 1);
  _runnel_gantt_view_update (self);
  if (self->reveals && self->selected_line >= 0)
    _runnel_gantt_view_reveal_line (self, self->selected_line);
  self->reveals = FALSE;
}

void
_runnel_gantt_view_zoom (RunnelGantt *self,
                         double       x,
                         double       factor)
{
  RunnelAxis axis = self->view.axis;

  runnel_axis_zoom (&axis, x, factor);
  self->fitted = FALSE;
  set_view (self, axis.start, axis.scale, self->view.row_height);
  self->follows = self->view.axis.start / axis.scale >= get_upper (self) - self->view.width - 1;
}

void
_runnel_gantt_view_set_row_height (RunnelGantt *self,
                                   double       row_height)
{
  row_height = CLAMP (row_height, MIN_ROW_HEIGHT, MAX_ROW_HEIGHT);
  set_view (self, self->view.axis.start, self->view.axis.scale, row_height);
}

/* All of the lines at once, be they thinner than a pixel. */
void
_runnel_gantt_view_fit_lines (RunnelGantt *self)
{
  runnel_gantt_fit (self);
  if (self->tree->n_lines > 0)
    _runnel_gantt_view_set_row_height (self, MIN (self->view.height / self->tree->n_lines,
                                                  GANTT_ROW_HEIGHT));
}

void
_runnel_gantt_view_fit_selection (RunnelGantt *self)
{
  const RunnelGanttLine *line =
    self->selected_line >= 0 ? &self->tree->lines[self->selected_line] : NULL;
  gint64 start, end;
  RunnelAxis axis;

  if (line == NULL || line->start == 0)
    return;
  start = line->start - self->tree->timing->start;
  end = runnel_gantt_tree_get_end (self->tree, self->selected_line) - self->tree->timing->start;
  axis = runnel_axis_fit (start, end, self->view.width * SELECTION_SHARE);
  self->fitted = FALSE;
  set_view (self, axis.start - axis.scale * self->view.width * (1 - SELECTION_SHARE) / 2,
            axis.scale, GANTT_ROW_HEIGHT);
  _runnel_gantt_view_reveal_line (self, self->selected_line);
}

void
_runnel_gantt_view_reveal_line (RunnelGantt *self,
                                guint        line)
{
  double top = line * self->view.row_height;

  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    self->reveals = TRUE;
  else if (self->vadjustment != NULL)
    gtk_adjustment_clamp_page (self->vadjustment, top, top + self->view.row_height);
}

void
_runnel_gantt_view_set_adjustment (RunnelGantt    *self,
                                   GtkAdjustment **place,
                                   GtkAdjustment  *adjustment)
{
  g_autoptr(GtkAdjustment) own = NULL;

  if (adjustment == NULL)
    adjustment = own = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, adjustment_changed_cb, self);
  g_set_object (place, adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (adjustment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_adjustments (self, self->view.axis.start / self->view.axis.scale, self->view.top);
}

/* Nothing is drawn again before it would look different. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);
  gint64 now = g_get_real_time ();

  if (now - self->tree->timing->end >= self->view.axis.scale)
    {
      runnel_timing_set_now (self->tree->timing, now);
      _runnel_gantt_view_update (self);
    }
  return G_SOURCE_CONTINUE;
}

void
_runnel_gantt_view_update_tick (RunnelGantt *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean wanted = self->tree->timing != NULL && self->tree->timing->open &&
                    gtk_widget_get_mapped (widget);

  if (wanted && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
  else if (!wanted && self->tick_id != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick_id);
      self->tick_id = 0;
    }
}

void
_runnel_gantt_view_init (RunnelGantt *self)
{
  self->fitted = TRUE;
  self->view.row_height = GANTT_ROW_HEIGHT;
  self->view.axis = runnel_axis_fit (0, 0, 1);
  self->view.slack = TRUE;
}

/**
 * runnel_gantt_fit:
 * @self: a chart
 *
 * Shows all of the time, with rows of their usual height, and goes on doing so while it grows.
 */
void
runnel_gantt_fit (RunnelGantt *self)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  self->fitted = TRUE;
  self->view.top *= GANTT_ROW_HEIGHT / self->view.row_height;
  self->view.row_height = GANTT_ROW_HEIGHT;
  _runnel_gantt_view_update (self);
}

/**
 * runnel_gantt_zoom:
 * @self: a chart
 * @x: the place that stays where it is, from the left edge of the time
 * @factor: above 1 to see more closely
 */
void
runnel_gantt_zoom (RunnelGantt *self,
                   double       x,
                   double       factor)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  _runnel_gantt_view_zoom (self, x, factor);
}

/**
 * runnel_gantt_get_axis:
 * @self: a chart
 * @ret_axis: (out) (optional): which time is seen, as microseconds of the run
 * @ret_left: (out) (optional): where it begins in the widget
 * @ret_width: (out) (optional): how much of it is seen
 *
 * For what shares the time with the chart; “view-changed” tells when it is another.
 */
void
runnel_gantt_get_axis (RunnelGantt *self,
                       RunnelAxis  *ret_axis,
                       double      *ret_left,
                       double      *ret_width)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  if (ret_axis != NULL)
    *ret_axis = self->view.axis;
  if (ret_left != NULL)
    *ret_left = self->label_width;
  if (ret_width != NULL)
    *ret_width = self->view.width;
}
