/* runnel-chart-cells.c: a layer of a chart: each item as a cell of a grid
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/plots/runnel-chart-layer.h"

#define GAP 1.0          /* on each side of a cell */
#define MIN_GAPPED 5.0   /* size of a cell from which on there is */
#define RADIUS 2.0
#define MIN_SIGN 11.0    /* size of a cell in which a sign can be read */
#define SIGN_DROP 4.0    /* from the middle of a cell to the baseline of its sign */
#define TINT 0x40        /* alpha of what went well */
#define EMPTY_TINT 0x14  /* alpha of a cell of nothing, over whatever the chart stands on ... */
#define EMPTY_EDGE 0x48  /* ... and of its edge */
#define CORNER 0.45      /* of a cell that tells of something bad, as a part of its size */

/* Columns are one unit wide. */
static RunnelBox
get_cell (const RunnelChartFrame *frame,
          const RunnelDatum      *datum)
{
  RunnelBox row = _runnel_chart_frame_get_row (frame, datum->row);
  double left = _runnel_chart_frame_get_x (frame, datum->x);
  double right = _runnel_chart_frame_get_x (frame, datum->x + 1);
  double gap = MIN (right - left, row.y1 - row.y0) >= MIN_GAPPED ? GAP : 0;

  return (RunnelBox) { left + gap, row.y0 + gap, right - gap, row.y1 - gap };
}

/* --- How much --- */

static guint
get_heat (double value,
          double largest)
{
  double level = ceil (value / largest * RUNNEL_CHART_HEATS);

  return (guint) CLAMP (level, 1, RUNNEL_CHART_HEATS) - 1;
}

/* More is a larger square, too. */
static RunnelBox
shrink (const RunnelBox *cell,
        guint            heat)
{
  double part = (double) (RUNNEL_CHART_HEATS - 1 - heat) / (RUNNEL_CHART_HEATS * 2.5);
  double dx = (cell->x1 - cell->x0) * part, dy = (cell->y1 - cell->y0) * part;

  return (RunnelBox) { cell->x0 + dx, cell->y0 + dy, cell->x1 - dx, cell->y1 - dy };
}

static void
draw_corner (const RunnelChartFrame *frame,
             const RunnelBox        *cell)
{
  double size = MIN (cell->x1 - cell->x0, cell->y1 - cell->y0) * CORNER;
  const RunnelPoint points[] = {
    { cell->x1 - size, cell->y0 }, { cell->x1, cell->y0 }, { cell->x1, cell->y0 + size },
  };
  const RunnelLine edge = { _runnel_chart_opaque (frame->colors->background), 1, { 0, 0 } };

  frame->pen->klass->points (frame->pen, points, G_N_ELEMENTS (points),
                             _runnel_chart_frame_get_ink (frame, RUNNEL_INK_BAD), &edge);
}

static void
draw_heat (RunnelChartLayer       *self,
           const RunnelChartFrame *frame,
           const RunnelDatum      *datum,
           double                  largest)
{
  RunnelColor dimmed = _runnel_chart_opaque (frame->colors->dimmed_text);
  const RunnelLine edge = { _runnel_chart_translucent (dimmed, EMPTY_EDGE), 1, { 0, 0 } };
  RunnelBox cell = get_cell (frame, datum), box;
  guint heat;

  if (!(datum->values[0] > 0))
    {
      frame->pen->klass->box (frame->pen, &cell, RADIUS,
                              _runnel_chart_translucent (dimmed, EMPTY_TINT), &edge);
      return;
    }
  heat = get_heat (datum->values[0], largest);
  box = shrink (&cell, heat);
  frame->pen->klass->box (frame->pen, &box, RADIUS,
                          _runnel_chart_opaque (frame->palette->heats[heat]), NULL);
  if (datum->values[1] > 0)
    draw_corner (frame, &cell);
}

static void
heat_draw (RunnelChartLayer       *self,
           const RunnelChartFrame *frame)
{
  double smallest, largest;

  if (!runnel_series_get_range (self->series, 0, &smallest, &largest))
    return;
  for (guint i = 0; i < runnel_series_get_n (self->series); i++)
    draw_heat (self, frame, runnel_series_get (self->series, i), largest);
}

/* --- How it went --- */

static void
draw_state (const RunnelChartFrame *frame,
            const RunnelDatum      *datum)
{
  RunnelBox cell = get_cell (frame, datum);
  RunnelColor color = _runnel_chart_opaque (frame->colors->looks[datum->state]);
  gboolean failed = runnel_state_is_failure (datum->state);

  frame->pen->klass->box (frame->pen, &cell, RADIUS,
                          failed ? color : _runnel_chart_translucent (color, TINT), NULL);
  if (MIN (cell.x1 - cell.x0, cell.y1 - cell.y0) < MIN_SIGN)
    return;
  _runnel_chart_draw_text (frame->pen, RUNNEL_TEXT_STATUS,
                           runnel_gantt_style_get_sign (datum->state), cell.x1 - cell.x0,
                           (cell.x0 + cell.x1) / 2, (cell.y0 + cell.y1) / 2 + SIGN_DROP,
                           RUNNEL_ALIGN_MIDDLE,
                           failed ? frame->colors->background : color & 0xffffff);
}

static void
states_draw (RunnelChartLayer       *self,
             const RunnelChartFrame *frame)
{
  for (guint i = 0; i < runnel_series_get_n (self->series); i++)
    draw_state (frame, runnel_series_get (self->series, i));
}

/* --- Both --- */

/* Items come by column, and in a column by row. */
static guint
find_item (RunnelChartLayer *self,
           double            column,
           double            row)
{
  guint low = 0, high = runnel_series_get_n (self->series);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const RunnelDatum *datum = runnel_series_get (self->series, middle);

      if (datum->x < column || (datum->x == column && datum->row < row))
        low = middle + 1;
      else
        high = middle;
    }
  if (low == runnel_series_get_n (self->series))
    return RUNNEL_NO_HIT;
  return runnel_series_get (self->series, low)->x == column &&
         runnel_series_get (self->series, low)->row == row ? low : RUNNEL_NO_HIT;
}

static guint
cells_find (RunnelChartLayer       *self,
            const RunnelChartFrame *frame,
            double                  x,
            double                  y)
{
  double height = (frame->plot.y1 - frame->plot.y0) / MAX (frame->n_rows, 1);
  double part = (x - frame->plot.x0) / (frame->plot.x1 - frame->plot.x0);

  if (!_runnel_chart_frame_contains (frame, x, y))
    return RUNNEL_NO_HIT;
  return find_item (self, floor (runnel_scale_get_value (&frame->x, part)),
                    floor ((y - frame->plot.y0) / height));
}

static RunnelBox
cells_get_box (RunnelChartLayer       *self,
               const RunnelChartFrame *frame,
               guint                   item)
{
  return get_cell (frame, runnel_series_get (self->series, item));
}

/* The columns and rows that there are, as a box. */
static RunnelBox
get_bounds (RunnelChartLayer *self)
{
  guint n = runnel_series_get_n (self->series);
  RunnelBox bounds = { runnel_series_get (self->series, 0)->x, 0,
                       runnel_series_get (self->series, n - 1)->x, 0 };

  for (guint i = 0; i < n; i++)
    bounds.y1 = MAX (bounds.y1, runnel_series_get (self->series, i)->row);
  return bounds;
}

/* Over cells that are not there. */
static guint
cells_move (RunnelChartLayer *self,
            guint             item,
            int               right,
            int               down)
{
  const RunnelDatum *from = runnel_series_get (self->series, item);
  const RunnelBox bounds = get_bounds (self);
  double column = from->x + right, row = (double) from->row + down;

  for (; column >= bounds.x0 && column <= bounds.x1 && row >= 0 && row <= bounds.y1;
       column += right, row += down)
    {
      guint found = find_item (self, column, row);

      if (found != RUNNEL_NO_HIT)
        return found;
    }
  return RUNNEL_NO_HIT;
}

static const RunnelChartLayerClass heat_class = {
  .draw = heat_draw,
  .find = cells_find,
  .get_box = cells_get_box,
  .move = cells_move,
};

static const RunnelChartLayerClass states_class = {
  .draw = states_draw,
  .find = cells_find,
  .get_box = cells_get_box,
  .move = cells_move,
};

/**
 * runnel_chart_cells_new:
 * @series: its items, by column (a whole number on the axis) and row
 * @cells: what they show
 *
 * Returns: (transfer full): a layer
 */
RunnelChartLayer *
runnel_chart_cells_new (RunnelSeries *series,
                        RunnelCells   cells)
{
  const RunnelChartInk inks[] = { RUNNEL_INK_MAIN, RUNNEL_INK_BAD };

  return _runnel_chart_layer_new (cells == RUNNEL_CELLS_HEAT ? &heat_class : &states_class, series,
                                  0, inks, 2);
}
