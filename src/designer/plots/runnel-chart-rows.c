/* runnel-chart-rows.c: a layer of a chart: the values of each item as a bar in its row
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/plots/runnel-chart-layer.h"

#define MAX_THICKNESS 14.0
#define GAP 6.0
#define LABEL_GAP 5.0
#define LABEL_DROP 4.0

static RunnelBox
get_bar (const RunnelChartFrame *frame,
         const RunnelDatum      *datum)
{
  RunnelBox row = _runnel_chart_frame_get_row (frame, datum->row);
  double thickness = CLAMP (row.y1 - row.y0 - GAP, 2, MAX_THICKNESS);
  double top = round ((row.y0 + row.y1 - thickness) / 2);

  return (RunnelBox) { row.x0, top, row.x1, top + thickness };
}

/* Returns: where it ends */
static double
draw_bar (RunnelChartLayer       *self,
          const RunnelChartFrame *frame,
          const RunnelDatum      *datum)
{
  RunnelBox bar = get_bar (frame, datum);
  double before = 0;

  for (guint i = 0; i < self->n_values; i++)
    {
      double size = isnan (datum->values[i]) ? 0 : datum->values[i];

      bar.x0 = _runnel_chart_frame_get_x (frame, before);
      bar.x1 = _runnel_chart_frame_get_x (frame, before + size);
      if (size > 0)
        _runnel_chart_frame_fill (frame, &bar, _runnel_chart_frame_get_ink (frame, self->inks[i]),
                                  runnel_chart_ink_get_pattern (self->inks[i]));
      before += size;
    }
  return bar.x1;
}

static void
rows_draw (RunnelChartLayer       *self,
           const RunnelChartFrame *frame)
{
  for (guint i = 0; i < runnel_series_get_n (self->series); i++)
    {
      const RunnelDatum *datum = runnel_series_get (self->series, i);
      RunnelBox row = _runnel_chart_frame_get_row (frame, datum->row);
      double end = draw_bar (self, frame, datum);

      if (datum->label != NULL)
        _runnel_chart_draw_text (frame->pen, RUNNEL_TEXT_STATUS, datum->label, row.x1 - end,
                                 end + LABEL_GAP, (row.y0 + row.y1) / 2 + LABEL_DROP,
                                 RUNNEL_ALIGN_START, frame->colors->dimmed_text);
    }
}

static guint
rows_find (RunnelChartLayer       *self,
           const RunnelChartFrame *frame,
           double                  x,
           double                  y)
{
  double height = (frame->plot.y1 - frame->plot.y0) / MAX (frame->n_rows, 1);
  double row = floor ((y - frame->plot.y0) / height);

  if (row < 0 || x > frame->plot.x1) /* the label counts, too */
    return RUNNEL_NO_HIT;
  for (guint i = 0; i < runnel_series_get_n (self->series); i++)
    if (runnel_series_get (self->series, i)->row == row)
      return i;
  return RUNNEL_NO_HIT;
}

static RunnelBox
rows_get_box (RunnelChartLayer       *self,
              const RunnelChartFrame *frame,
              guint                   item)
{
  RunnelBox bar = get_bar (frame, runnel_series_get (self->series, item));

  return (RunnelBox) { bar.x0, bar.y0 - 2, bar.x1, bar.y1 + 2 };
}

static guint
rows_move (RunnelChartLayer *self,
           guint             item,
           int               right,
           int               down)
{
  return _runnel_chart_layer_move (self, item, right != 0 ? right : down, 0);
}

static const RunnelChartLayerClass rows_class = {
  .draw = rows_draw,
  .find = rows_find,
  .get_box = rows_get_box,
  .move = rows_move,
};

/**
 * runnel_chart_rows_new:
 * @series: its items, one for each row at most, in their order
 * @inks: (array length=n_values): what with, from the beginning of a bar on
 * @n_values: how many of the items' values make a bar
 *
 * Returns: (transfer full): a layer
 */
RunnelChartLayer *
runnel_chart_rows_new (RunnelSeries         *series,
                       const RunnelChartInk *inks,
                       guint                 n_values)
{
  return _runnel_chart_layer_new (&rows_class, series, 0, inks, n_values);
}
