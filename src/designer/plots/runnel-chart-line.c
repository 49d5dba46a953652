/* runnel-chart-line.c: a layer of a chart: a line from item to item
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-decimate.h"
#include "designer/plots/runnel-chart-layer.h"

#define LINE_WIDTH 2.0
#define DOT_RADIUS 2.5     /* of an item with nothing on either side */
#define MIN_REACH 12.0     /* how far the pointer may be from an item, along the axis */

static RunnelLine
get_line (RunnelChartLayer       *self,
          const RunnelChartFrame *frame)
{
  RunnelLine line = { _runnel_chart_frame_get_ink (frame, self->inks[0]), LINE_WIDTH, { 0, 0 } };

  if (self->inks[0] != RUNNEL_INK_MAIN)
    line.dash = (RunnelDash) { 5, 3 };
  return line;
}

static void
draw_dot (const RunnelChartFrame *frame,
          const RunnelPoint      *point,
          RunnelColor             color)
{
  const RunnelBox box = { point->x - DOT_RADIUS, point->y - DOT_RADIUS, point->x + DOT_RADIUS,
                          point->y + DOT_RADIUS };

  frame->pen->klass->box (frame->pen, &box, DOT_RADIUS, color, NULL);
}

/* Empties @points. */
static void
draw_piece (const RunnelChartFrame *frame,
            GArray                 *points,
            const RunnelLine       *line)
{
  const RunnelPoint *first = (const RunnelPoint *) points->data;

  if (points->len == 1)
    draw_dot (frame, first, line->color);
  else if (points->len > 1)
    frame->pen->klass->points (frame->pen, first, points->len, 0, line);
  g_array_set_size (points, 0);
}

static void
line_draw (RunnelChartLayer       *self,
           const RunnelChartFrame *frame)
{
  g_autofree double *xs = _runnel_chart_layer_list_x (self, frame);
  g_autofree double *ys = _runnel_chart_layer_list_y (self, frame, self->first_value);
  g_autoptr(GArray) kept = runnel_decimate (xs, ys, runnel_series_get_n (self->series));
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));
  const RunnelLine line = get_line (self, frame);

  for (guint i = 0; i < kept->len; i++)
    {
      guint item = g_array_index (kept, guint, i);
      RunnelPoint point = { xs[item], ys[item] };

      if (isnan (point.y))
        draw_piece (frame, points, &line);
      else
        g_array_append_val (points, point);
    }
  draw_piece (frame, points, &line);
}

/* The item that is nearest along the axis, however high the pointer is. */
static guint
line_find (RunnelChartLayer       *self,
           const RunnelChartFrame *frame,
           double                  x,
           double                  y)
{
  g_autofree double *xs = NULL;
  guint n = runnel_series_get_n (self->series);
  guint nearest;
  double reach = MAX (MIN_REACH, (frame->plot.x1 - frame->plot.x0) / MAX (n, 1));

  if (!_runnel_chart_frame_contains (frame, x, y))
    return RUNNEL_NO_HIT;
  xs = _runnel_chart_layer_list_x (self, frame);
  nearest = runnel_hit_find_nearest (xs, n, x);
  return nearest != RUNNEL_NO_HIT && fabs (xs[nearest] - x) <= reach ? nearest : RUNNEL_NO_HIT;
}

static RunnelBox
line_get_box (RunnelChartLayer       *self,
              const RunnelChartFrame *frame,
              guint                   item)
{
  return _runnel_chart_layer_get_spot (self, frame, item, self->first_value);
}

static const RunnelChartLayerClass line_class = {
  .draw = line_draw,
  .find = line_find,
  .get_box = line_get_box,
  .move = _runnel_chart_layer_move,
};

/**
 * runnel_chart_line_new:
 * @series: its items
 * @value: which of their values
 * @ink: what with; dashed unless it is the main one
 *
 * Returns: (transfer full): a layer
 */
RunnelChartLayer *
runnel_chart_line_new (RunnelSeries   *series,
                       guint           value,
                       RunnelChartInk  ink)
{
  return _runnel_chart_layer_new (&line_class, series, value, &ink, 1);
}
