/* runnel-chart-points.c: a layer of a chart: each item as a mark of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/plots/runnel-chart-layer.h"

#define RADIUS 3.0
#define OUTLIER_RADIUS 4.5
#define REACH 10.0
#define LINE_WIDTH 1.6

/* A diamond: it took far longer than others. */
static void
draw_outlier (const RunnelChartFrame *frame,
              double                  x,
              double                  y)
{
  const RunnelPoint points[] = {
    { x, y - OUTLIER_RADIUS }, { x + OUTLIER_RADIUS, y }, { x, y + OUTLIER_RADIUS },
    { x - OUTLIER_RADIUS, y },
  };
  const RunnelLine edge = { _runnel_chart_opaque (frame->colors->background), 1, { 0, 0 } };

  frame->pen->klass->points (frame->pen, points, G_N_ELEMENTS (points),
                             _runnel_chart_frame_get_ink (frame, RUNNEL_INK_BAD), &edge);
}

/* A cross: it failed. */
static void
draw_failure (const RunnelChartFrame *frame,
              double                  x,
              double                  y)
{
  const RunnelLine line = { _runnel_chart_frame_get_ink (frame, RUNNEL_INK_BAD), LINE_WIDTH,
                            { 0, 0 } };

  _runnel_chart_frame_line (frame, x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS, &line);
  _runnel_chart_frame_line (frame, x - RADIUS, y + RADIUS, x + RADIUS, y - RADIUS, &line);
}

/* A ring when it succeeded, a square when it was broken off. */
static void
draw_other (const RunnelChartFrame *frame,
            double                  x,
            double                  y,
            gboolean                succeeded)
{
  const RunnelBox box = { x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS };
  const RunnelLine line = {
    _runnel_chart_frame_get_ink (frame, succeeded ? RUNNEL_INK_MAIN : RUNNEL_INK_NEUTRAL),
    LINE_WIDTH, { 0, 0 },
  };

  frame->pen->klass->box (frame->pen, &box, succeeded ? RADIUS : 0,
                          _runnel_chart_opaque (frame->colors->background), &line);
}

/* An arrow at the upper edge: it is higher than the chart. */
static void
draw_beyond (const RunnelChartFrame *frame,
             double                  x)
{
  double top = frame->plot.y0;
  const RunnelPoint points[] = {
    { x, top - OUTLIER_RADIUS }, { x + OUTLIER_RADIUS, top + OUTLIER_RADIUS },
    { x - OUTLIER_RADIUS, top + OUTLIER_RADIUS },
  };

  frame->pen->klass->points (frame->pen, points, G_N_ELEMENTS (points),
                             _runnel_chart_frame_get_ink (frame, RUNNEL_INK_BAD), NULL);
}

static void
draw_point (const RunnelChartFrame *frame,
            const RunnelDatum      *datum)
{
  double x = _runnel_chart_frame_get_x (frame, datum->x);
  double y = _runnel_chart_frame_get_y (frame, datum->values[0]);

  if (y < frame->plot.y0)
    draw_beyond (frame, x);
  else if (datum->outlier)
    draw_outlier (frame, x, y);
  else if (runnel_state_is_failure (datum->state))
    draw_failure (frame, x, y);
  else
    draw_other (frame, x, y, datum->state == RUNNEL_STATE_SUCCEEDED);
}

static void
points_draw (RunnelChartLayer       *self,
             const RunnelChartFrame *frame)
{
  for (guint i = 0; i < runnel_series_get_n (self->series); i++)
    draw_point (frame, runnel_series_get (self->series, i));
}

static guint
points_find (RunnelChartLayer       *self,
             const RunnelChartFrame *frame,
             double                  x,
             double                  y)
{
  g_autofree double *xs = _runnel_chart_layer_list_x (self, frame);
  g_autofree double *ys = _runnel_chart_layer_list_y (self, frame, 0);

  for (guint i = 0; i < runnel_series_get_n (self->series); i++)
    ys[i] = MAX (ys[i], frame->plot.y0);
  return runnel_hit_find_point (xs, ys, runnel_series_get_n (self->series), x, y, REACH);
}

static RunnelBox
points_get_box (RunnelChartLayer       *self,
                const RunnelChartFrame *frame,
                guint                   item)
{
  RunnelBox spot = _runnel_chart_layer_get_spot (self, frame, item, 0);
  double beyond = MAX (frame->plot.y0 - (spot.y0 + spot.y1) / 2, 0);

  spot.y0 += beyond;
  spot.y1 += beyond;
  return spot;
}

static const RunnelChartLayerClass points_class = {
  .draw = points_draw,
  .find = points_find,
  .get_box = points_get_box,
  .move = _runnel_chart_layer_move,
};

/**
 * runnel_chart_points_new:
 * @series: its items, each with how it ended
 *
 * Returns: (transfer full): a layer of their first values
 */
RunnelChartLayer *
runnel_chart_points_new (RunnelSeries *series)
{
  const RunnelChartInk inks[] = { RUNNEL_INK_MAIN };

  return _runnel_chart_layer_new (&points_class, series, 0, inks, 1);
}
