/* runnel-resource-lanes.c: what ran, waited and was used at once, drawn below a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/charts/runnel-resource-lanes.h"

#define LANE_HEIGHT RUNNEL_RESOURCE_LANE_HEIGHT
#define LANE_PADDING 6.0
#define LABEL_PADDING 12.0
#define DASH_LENGTH 4.0

/* A lane on its way to the screen. */
typedef struct
{
  RunnelChartPainter *painter;
  GtkSnapshot *snapshot;
  const RunnelResourceCurves *curves;
  RunnelResource resource;
  double y;
  double left;  /* of the time */
  double width;
} Lane;

static void
draw_block (const Lane *lane,
            int         begin,
            int         end,
            double      height)
{
  guint look = runnel_resource_get_look (lane->resource);
  guint32 color = runnel_chart_painter_get_colors (lane->painter)->looks[look];
  double top = lane->y + LANE_HEIGHT - 1 - height;

  runnel_chart_painter_fill (lane->painter, lane->snapshot, begin, top, end - begin, height, color,
                             0.3);
  runnel_chart_painter_fill (lane->painter, lane->snapshot, begin, top, end - begin, 1.5, color, 1);
}

/* One rectangle for as many pixels as are of one height. */
static void
draw_curve (const Lane         *lane,
            const RunnelTiming *timing,
            const RunnelAxis   *axis)
{
  double room = LANE_HEIGHT - LANE_PADDING - 2, before = 0;
  int begin = 0;

  for (int x = 0; x <= (int) lane->width; x++)
    {
      double share =
        runnel_resource_curves_get_share (lane->curves, lane->resource, timing, axis, x);
      double height = share > 0 ? MAX (round (share * room), 1) : 0;

      if (height == before && x < (int) lane->width)
        continue;
      if (before > 0)
        draw_block (lane, begin, x, before);
      before = height;
      begin = x;
    }
}

static void
draw_limit (const Lane *lane)
{
  double limit = runnel_resource_curves_get_limit (lane->curves, lane->resource);
  double y = lane->y + LANE_HEIGHT - 1 - limit * (LANE_HEIGHT - LANE_PADDING - 2);
  guint32 color = runnel_chart_painter_get_colors (lane->painter)->dimmed_text;

  for (double x = 0; limit > 0 && x < lane->width; x += 2 * DASH_LENGTH)
    runnel_chart_painter_fill (lane->painter, lane->snapshot, x, round (y), DASH_LENGTH, 1, color,
                               1);
}

/* Where there is no room for both, what it is matters more than how much of it was used. */
static void
draw_labels (const Lane *lane)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (lane->painter);
  const char *title = runnel_resource_get_title (lane->resource);
  g_autofree char *facts = runnel_resource_curves_describe (lane->curves, lane->resource);
  double middle = lane->y + LANE_HEIGHT / 2.0, room = lane->left - 2 * LABEL_PADDING;
  double title_width = runnel_chart_painter_measure (lane->painter, title);
  double facts_width = runnel_chart_painter_measure (lane->painter, facts);

  runnel_chart_painter_text (lane->painter, lane->snapshot, title, LABEL_PADDING, middle,
                             MIN (title_width + 1, room), FALSE, colors->text);
  if (title_width + LABEL_PADDING + facts_width <= room)
    runnel_chart_painter_text (lane->painter, lane->snapshot, facts,
                               lane->left - LABEL_PADDING - facts_width, middle, facts_width + 1,
                               FALSE, colors->dimmed_text);
}

static void
draw_lane (const Lane         *lane,
           const RunnelTiming *timing,
           const RunnelAxis   *axis)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (lane->painter);

  runnel_chart_painter_fill (lane->painter, lane->snapshot, 0, lane->y, lane->left + lane->width, 1,
                             colors->grid, 1);
  draw_labels (lane);
  gtk_snapshot_push_clip (lane->snapshot,
                          &GRAPHENE_RECT_INIT (lane->left, lane->y, lane->width, LANE_HEIGHT));
  gtk_snapshot_save (lane->snapshot);
  gtk_snapshot_translate (lane->snapshot, &GRAPHENE_POINT_INIT (lane->left, 0));
  draw_curve (lane, timing, axis);
  draw_limit (lane);
  gtk_snapshot_restore (lane->snapshot);
  gtk_snapshot_pop (lane->snapshot);
}

/**
 * runnel_resource_lanes_snapshot:
 * @painter: with the colours
 * @snapshot: what to add to
 * @curves: of a run
 * @timing: the timing of the run
 * @axis: which time is seen
 * @left: where it begins; labels are left of it
 * @width: how much of it is seen
 *
 * Draws a lane of %RUNNEL_RESOURCE_LANE_HEIGHT for each curve with something to show.
 */
void
runnel_resource_lanes_snapshot (RunnelChartPainter         *painter,
                                GtkSnapshot                *snapshot,
                                const RunnelResourceCurves *curves,
                                const RunnelTiming         *timing,
                                const RunnelAxis           *axis,
                                double                      left,
                                double                      width)
{
  guint32 grid = runnel_chart_painter_get_colors (painter)->grid;

  for (guint i = 0; i < curves->n_lanes; i++)
    {
      const Lane lane = {
        painter, snapshot, curves, curves->lanes[i], i * LANE_HEIGHT, left, width,
      };

      draw_lane (&lane, timing, axis);
    }
  runnel_chart_painter_fill (painter, snapshot, left - 1, 0, 1, curves->n_lanes * LANE_HEIGHT, grid,
                             1);
}
