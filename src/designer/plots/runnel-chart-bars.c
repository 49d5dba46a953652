/* runnel-chart-bars.c: a layer of a chart: the values of each item as a bar on the axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/plots/runnel-chart-layer.h"

#define GAP 1.0          /* between two bars, where there is room */
#define MIN_GAPPED 4.0   /* width of a bar from which on there is */
#define MIN_SPOT 8.0     /* width and height of what is pointed at */

static double
get_total (RunnelChartLayer  *self,
           const RunnelDatum *datum)
{
  double total = 0;

  for (guint i = 0; i < self->n_values; i++)
    if (!isnan (datum->values[i]))
      total += datum->values[i];
  return total;
}

/* On whole pixels, so that neighbours don't run into each other. */
static void
get_sides (const RunnelChartFrame *frame,
           const RunnelDatum      *datum,
           double                 *ret_left,
           double                 *ret_right)
{
  *ret_left = round (_runnel_chart_frame_get_x (frame, datum->x));
  *ret_right = MAX (round (_runnel_chart_frame_get_x (frame, datum->x_end)), *ret_left + 1);
  *ret_left = MAX (*ret_left, frame->plot.x0);
  *ret_right = MIN (*ret_right, frame->plot.x1);
  if (*ret_right - *ret_left >= MIN_GAPPED)
    *ret_right -= GAP;
}

static void
draw_bar (RunnelChartLayer       *self,
          const RunnelChartFrame *frame,
          const RunnelDatum      *datum)
{
  double left, right, below = 0;

  get_sides (frame, datum, &left, &right);
  for (guint i = 0; i < self->n_values; i++)
    {
      double value = isnan (datum->values[i]) ? 0 : datum->values[i];
      RunnelBox box = { left, _runnel_chart_frame_get_y (frame, below + value), right,
                        _runnel_chart_frame_get_y (frame, below) };

      if (value > 0)
        _runnel_chart_frame_fill (frame, &box, _runnel_chart_frame_get_ink (frame, self->inks[i]),
                                  runnel_chart_ink_get_pattern (self->inks[i]));
      below += value;
    }
}

/* Of bars that share a column of pixels only the highest can be seen. */
static void
bars_draw (RunnelChartLayer       *self,
           const RunnelChartFrame *frame)
{
  guint n = runnel_series_get_n (self->series);
  guint i = 0;

  while (i < n)
    {
      const RunnelDatum *highest = runnel_series_get (self->series, i);
      double left, right, first;

      get_sides (frame, highest, &first, &right);
      for (i++; i < n; i++)
        {
          const RunnelDatum *next = runnel_series_get (self->series, i);

          get_sides (frame, next, &left, &right);
          if (left > first)
            break;
          if (get_total (self, next) > get_total (self, highest))
            highest = next;
        }
      draw_bar (self, frame, highest);
    }
}

/* The bar in whose column the pointer is. */
static guint
bars_find (RunnelChartLayer       *self,
           const RunnelChartFrame *frame,
           double                  x,
           double                  y)
{
  g_autofree double *xs = NULL;
  double left, right;
  guint nearest;

  if (!_runnel_chart_frame_contains (frame, x, y))
    return RUNNEL_NO_HIT;
  xs = _runnel_chart_layer_list_x (self, frame);
  nearest = runnel_hit_find_nearest (xs, runnel_series_get_n (self->series), x);
  if (nearest == RUNNEL_NO_HIT)
    return RUNNEL_NO_HIT;
  get_sides (frame, runnel_series_get (self->series, nearest), &left, &right);
  return x >= MIN (left, xs[nearest] - MIN_SPOT / 2) && x <= MAX (right, xs[nearest] + MIN_SPOT / 2)
         ? nearest : RUNNEL_NO_HIT;
}

static RunnelBox
bars_get_box (RunnelChartLayer       *self,
              const RunnelChartFrame *frame,
              guint                   item)
{
  const RunnelDatum *datum = runnel_series_get (self->series, item);
  double middle = _runnel_chart_layer_get_x (self, frame, item), left, right;
  double top = _runnel_chart_frame_get_y (frame, get_total (self, datum));

  get_sides (frame, datum, &left, &right);
  return (RunnelBox) { MIN (left, middle - MIN_SPOT / 2), MIN (top, frame->plot.y1 - MIN_SPOT),
                       MAX (right, middle + MIN_SPOT / 2), frame->plot.y1 };
}

static const RunnelChartLayerClass bars_class = {
  .draw = bars_draw,
  .find = bars_find,
  .get_box = bars_get_box,
  .move = _runnel_chart_layer_move,
};

/**
 * runnel_chart_bars_new:
 * @series: its items, which have a width
 * @inks: (array length=n_values): what with, from the lowest part of a bar up
 * @n_values: how many of the items' values make a bar, the first on the axis
 *
 * Returns: (transfer full): a layer
 */
RunnelChartLayer *
runnel_chart_bars_new (RunnelSeries         *series,
                       const RunnelChartInk *inks,
                       guint                 n_values)
{
  return _runnel_chart_layer_new (&bars_class, series, 0, inks, n_values);
}
