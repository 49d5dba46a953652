/* runnel-chart-band.c: a layer of a chart: the area between two values of each item
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-decimate.h"
#include "designer/plots/runnel-chart-layer.h"

#define ALPHA 0x38

/* Appends the points of one edge from item @begin up to @end, or back. */
static void
append_edge (GArray       *points,
             const double *xs,
             const double *ys,
             guint         begin,
             guint         end,
             gboolean      backwards)
{
  g_autoptr(GArray) kept = runnel_decimate (xs + begin, ys + begin, end - begin);

  for (guint i = 0; i < kept->len; i++)
    {
      guint position = backwards ? kept->len - 1 - i : i;
      guint item = begin + g_array_index (kept, guint, position);
      RunnelPoint point = { xs[item], ys[item] };

      g_array_append_val (points, point);
    }
}

static void
draw_piece (const RunnelChartFrame *frame,
            const double           *xs,
            const double           *lows,
            const double           *highs,
            guint                   begin,
            guint                   end,
            RunnelColor             color)
{
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));

  append_edge (points, xs, highs, begin, end, FALSE);
  append_edge (points, xs, lows, begin, end, TRUE);
  frame->pen->klass->points (frame->pen, (const RunnelPoint *) points->data, points->len, color,
                             NULL);
}

static void
band_draw (RunnelChartLayer       *self,
           const RunnelChartFrame *frame)
{
  guint n = runnel_series_get_n (self->series);
  g_autofree double *xs = _runnel_chart_layer_list_x (self, frame);
  g_autofree double *lows = _runnel_chart_layer_list_y (self, frame, self->first_value);
  g_autofree double *highs = _runnel_chart_layer_list_y (self, frame, self->first_value + 1);
  RunnelColor color =
    _runnel_chart_translucent (_runnel_chart_frame_get_ink (frame, self->inks[0]), ALPHA);
  guint begin = 0;

  for (guint i = 0; i <= n; i++)
    {
      if (i < n && !isnan (lows[i]) && !isnan (highs[i]))
        continue;
      if (i > begin + 1)
        draw_piece (frame, xs, lows, highs, begin, i, color);
      begin = i + 1;
    }
}

/* The lines at its edges are what is pointed at. */
static const RunnelChartLayerClass band_class = {
  .draw = band_draw,
};

/**
 * runnel_chart_band_new:
 * @series: its items
 * @low_value: which of their values is the lower edge; the next one is the upper
 * @ink: what with
 *
 * Returns: (transfer full): a layer that can't be pointed at
 */
RunnelChartLayer *
runnel_chart_band_new (RunnelSeries   *series,
                       guint           low_value,
                       RunnelChartInk  ink)
{
  const RunnelChartInk inks[] = { ink, ink };

  return _runnel_chart_layer_new (&band_class, series, low_value, inks, 2);
}
