/* runnel-chart-layer.c: one way to draw the items of a series, as a part of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/plots/runnel-chart-layer.h"

#define SPOT_RADIUS 5.0

RunnelChartLayer *
_runnel_chart_layer_new (const RunnelChartLayerClass *klass,
                         RunnelSeries                *series,
                         guint                        first_value,
                         const RunnelChartInk        *inks,
                         guint                        n_values)
{
  RunnelChartLayer *self = g_new0 (RunnelChartLayer, 1);

  g_assert (first_value + n_values <= RUNNEL_DATUM_VALUES);
  self->klass = klass;
  self->series = g_object_ref (series);
  self->first_value = first_value;
  self->n_values = n_values;
  for (guint i = 0; i < n_values; i++)
    self->inks[i] = inks[i];
  return self;
}

void
runnel_chart_layer_free (RunnelChartLayer *self)
{
  g_object_unref (self->series);
  g_free (self);
}

/* Along the series; up and down lead out of it. */
guint
_runnel_chart_layer_move (RunnelChartLayer *self,
                          guint             item,
                          int               right,
                          int               down)
{
  gint64 next = (gint64) item + right;

  if (right == 0 || next < 0 || next >= runnel_series_get_n (self->series))
    return RUNNEL_NO_HIT;
  return next;
}

/* In its middle, when it has a width. */
double
_runnel_chart_layer_get_x (RunnelChartLayer       *self,
                           const RunnelChartFrame *frame,
                           guint                   item)
{
  const RunnelDatum *datum = runnel_series_get (self->series, item);
  double end = datum->x_end > datum->x ? datum->x_end : datum->x;

  return _runnel_chart_frame_get_x (frame, (datum->x + end) / 2);
}

/* Returns: (transfer full): where all items lie */
double *
_runnel_chart_layer_list_x (RunnelChartLayer       *self,
                            const RunnelChartFrame *frame)
{
  guint n = runnel_series_get_n (self->series);
  double *xs = g_new (double, n);

  for (guint i = 0; i < n; i++)
    xs[i] = _runnel_chart_layer_get_x (self, frame, i);
  return xs;
}

/* Returns: (transfer full): how high a value of all items is, NAN where there is none */
double *
_runnel_chart_layer_list_y (RunnelChartLayer       *self,
                            const RunnelChartFrame *frame,
                            guint                   value)
{
  guint n = runnel_series_get_n (self->series);
  double *ys = g_new (double, n);

  for (guint i = 0; i < n; i++)
    ys[i] = _runnel_chart_frame_get_y (frame, runnel_series_get (self->series, i)->values[value]);
  return ys;
}

/* Around a value of an item; at the foot of the chart when it has none. */
RunnelBox
_runnel_chart_layer_get_spot (RunnelChartLayer       *self,
                              const RunnelChartFrame *frame,
                              guint                   item,
                              guint                   value)
{
  double x = _runnel_chart_layer_get_x (self, frame, item);
  double number = runnel_series_get (self->series, item)->values[value];
  double y = isnan (number) ? frame->plot.y1 : _runnel_chart_frame_get_y (frame, number);

  return (RunnelBox) { x - SPOT_RADIUS, y - SPOT_RADIUS, x + SPOT_RADIUS, y + SPOT_RADIUS };
}
