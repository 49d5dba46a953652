/* runnel-chart-axes.c: what stands around the layers of a chart: axes and legend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/plots/runnel-chart-private.h"

#define STYLE RUNNEL_TEXT_STATUS
#define GAP 6.0            /* between a label and what it is about */
#define TOP 8.0            /* half of the highest label */
#define RIGHT 14.0         /* half of the last label of the axis below */
#define AXIS_HEIGHT 20.0
#define BASELINE 14.0      /* of the labels below, from the axis */
#define DROP 4.0           /* from the middle of a line to its baseline */
#define LEGEND_HEIGHT 22.0
#define SWATCH 14.0
#define LEGEND_GAP 16.0
#define MIN_TICK_GAP_X 64.0
#define MIN_TICK_GAP_Y 34.0
#define MAX_ROW_LABEL 0.38 /* of the width */

static double
measure_rows (RunnelChart  *self,
              RunnelGlyphs *glyphs,
              double        width)
{
  double widest = 0;

  for (guint i = 0; i < self->rows->len; i++)
    widest = MAX (widest, _runnel_chart_measure_text (glyphs, STYLE, self->rows->pdata[i]));
  return MIN (widest, width * MAX_ROW_LABEL);
}

static double
measure_ticks (RunnelChart  *self,
               RunnelGlyphs *glyphs,
               double        height)
{
  g_autoptr(GArray) ticks = runnel_scale_list_ticks (&self->y, height, MIN_TICK_GAP_Y);
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    widest = MAX (widest, _runnel_chart_measure_text (
                            glyphs, STYLE, g_array_index (ticks, RunnelScaleTick, i).label));
  return widest;
}

/* --- Legend --- */

/* Walks through the legend from left to right and line by line. Returns: how many lines it has */
static guint
lay_out_legend (RunnelChart  *self,
                RunnelGlyphs *glyphs,
                double        width,
                double       *xs,
                guint        *lines)
{
  double x = 0;
  guint line = 0;

  for (guint i = 0; i < self->legend->len; i++)
    {
      const RunnelChartLegendEntry *entry =
        &g_array_index (self->legend, RunnelChartLegendEntry, i);
      double size = SWATCH + GAP + _runnel_chart_measure_text (glyphs, STYLE, entry->label);

      if (x > 0 && x + size > width)
        {
          x = 0;
          line++;
        }
      xs[i] = x;
      lines[i] = line;
      x += size + LEGEND_GAP;
    }
  return self->legend->len > 0 ? line + 1 : 0;
}

static double
get_legend_height (RunnelChart  *self,
                   RunnelGlyphs *glyphs,
                   double        width)
{
  g_autofree double *xs = g_new (double, self->legend->len);
  g_autofree guint *lines = g_new (guint, self->legend->len);

  return lay_out_legend (self, glyphs, width - RIGHT, xs, lines) * LEGEND_HEIGHT;
}

static void
draw_line_swatch (const RunnelChartFrame       *frame,
                  const RunnelChartLegendEntry *entry,
                  double                        x,
                  double                        y)
{
  const RunnelDash solid = { 0, 0 }, dashed = { 5, 3 };
  const RunnelLine line = {
    _runnel_chart_frame_get_ink (frame, entry->ink), 2,
    entry->ink == RUNNEL_INK_MAIN ? solid : dashed,
  };

  _runnel_chart_frame_line (frame, x, y, x + SWATCH, y, &line);
}

static void
draw_diamond (const RunnelChartFrame *frame,
              double                  x,
              double                  y,
              RunnelColor             color)
{
  const RunnelPoint points[] = { { x, y - 4.5 }, { x + 4.5, y }, { x, y + 4.5 }, { x - 4.5, y } };

  frame->pen->klass->points (frame->pen, points, G_N_ELEMENTS (points), color, NULL);
}

static void
draw_swatch (const RunnelChartFrame       *frame,
             const RunnelChartLegendEntry *entry,
             double                        x,
             double                        y)
{
  const RunnelBox box = { x, y - 5, x + SWATCH, y + 5 };
  const RunnelColor color = _runnel_chart_frame_get_ink (frame, entry->ink);
  const RunnelLine line = { color, 1.6, { 0, 0 } };
  double middle = x + SWATCH / 2;

  switch (entry->key)
    {
    case RUNNEL_KEY_LINE:
      draw_line_swatch (frame, entry, x, y);
      break;
    case RUNNEL_KEY_BAND:
      frame->pen->klass->box (frame->pen, &box, 0, _runnel_chart_translucent (color, 0x38), NULL);
      break;
    case RUNNEL_KEY_OUTLIER:
      draw_diamond (frame, middle, y, color);
      break;
    case RUNNEL_KEY_FAILURE:
      _runnel_chart_frame_line (frame, middle - 3, y - 3, middle + 3, y + 3, &line);
      _runnel_chart_frame_line (frame, middle - 3, y + 3, middle + 3, y - 3, &line);
      break;
    case RUNNEL_KEY_AREA:
    default:
      _runnel_chart_frame_fill (frame, &box, color, runnel_chart_ink_get_pattern (entry->ink));
    }
}

void
_runnel_chart_draw_legend (RunnelChart            *self,
                           const RunnelChartFrame *frame,
                           double                  width,
                           double                  height)
{
  g_autofree double *xs = g_new (double, self->legend->len);
  g_autofree guint *lines = g_new (guint, self->legend->len);
  guint n_lines = lay_out_legend (self, frame->pen->glyphs, width - RIGHT, xs, lines);
  double top = height - n_lines * LEGEND_HEIGHT;

  for (guint i = 0; i < self->legend->len; i++)
    {
      const RunnelChartLegendEntry *entry =
        &g_array_index (self->legend, RunnelChartLegendEntry, i);
      double y = top + (lines[i] + 0.5) * LEGEND_HEIGHT;

      draw_swatch (frame, entry, xs[i], y);
      _runnel_chart_draw_text (frame->pen, STYLE, entry->label, width - xs[i] - SWATCH - GAP,
                               xs[i] + SWATCH + GAP, y + DROP, RUNNEL_ALIGN_START,
                               frame->colors->text);
    }
}

/* --- Axes --- */

static void
draw_rows (RunnelChart            *self,
           const RunnelChartFrame *frame)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      RunnelBox row = _runnel_chart_frame_get_row (frame, i);

      _runnel_chart_draw_text (frame->pen, STYLE, self->rows->pdata[i], row.x0 - GAP, row.x0 - GAP,
                               (row.y0 + row.y1) / 2 + DROP, RUNNEL_ALIGN_END, frame->colors->text);
    }
}

static void
draw_y_ticks (RunnelChart            *self,
              const RunnelChartFrame *frame)
{
  const RunnelLine line = { _runnel_chart_opaque (frame->colors->grid), 1, { 0, 0 } };
  double height = frame->plot.y1 - frame->plot.y0;
  g_autoptr(GArray) ticks = runnel_scale_list_ticks (&self->y, height, MIN_TICK_GAP_Y);

  for (guint i = 0; i < ticks->len; i++)
    {
      const RunnelScaleTick *tick = &g_array_index (ticks, RunnelScaleTick, i);
      double y = round (frame->plot.y1 - tick->part * height) - 0.5;

      _runnel_chart_frame_line (frame, frame->plot.x0, y, frame->plot.x1, y, &line);
      _runnel_chart_draw_text (frame->pen, STYLE, tick->label, frame->plot.x0,
                               frame->plot.x0 - GAP, y + DROP, RUNNEL_ALIGN_END,
                               frame->colors->dimmed_text);
    }
}

static void
draw_x_tick (const RunnelChartFrame *frame,
             const RunnelScaleTick  *tick)
{
  const RunnelLine line = { _runnel_chart_opaque (frame->colors->grid), 1, { 0, 0 } };
  double x = round (_runnel_chart_frame_get_x (frame, tick->value)) + 0.5;

  _runnel_chart_frame_line (frame, x, frame->plot.y1, x, frame->plot.y1 + 3, &line);
  _runnel_chart_draw_text (frame->pen, STYLE, tick->label, MIN_TICK_GAP_X * 2, x,
                           frame->plot.y1 + BASELINE, RUNNEL_ALIGN_MIDDLE,
                           frame->colors->dimmed_text);
}

static void
draw_x_ticks (RunnelChart            *self,
              const RunnelChartFrame *frame)
{
  g_autoptr(GArray) ticks = NULL;

  if (self->x_ticks != NULL)
    ticks = g_array_ref (self->x_ticks);
  else
    ticks = runnel_scale_list_ticks (&self->x, frame->plot.x1 - frame->plot.x0, MIN_TICK_GAP_X);
  for (guint i = 0; i < ticks->len; i++)
    draw_x_tick (frame, &g_array_index (ticks, RunnelScaleTick, i));
}

void
_runnel_chart_draw_axes (RunnelChart            *self,
                         const RunnelChartFrame *frame)
{
  draw_x_ticks (self, frame);
  if (self->rows->len > 0)
    draw_rows (self, frame);
  else
    draw_y_ticks (self, frame);
}

/* Without a label there is no axis. */
static double
get_axis_height (RunnelChart *self)
{
  return self->x_ticks != NULL && self->x_ticks->len == 0 ? GAP : AXIS_HEIGHT;
}

/* Labels on the left take what room they need, but never most of it. */
RunnelChartFrame
_runnel_chart_lay_out (RunnelChart  *self,
                       RunnelGlyphs *glyphs,
                       RunnelScheme  scheme,
                       double        width,
                       double        height)
{
  double bottom = height - get_axis_height (self) - get_legend_height (self, glyphs, width);
  double label = self->rows->len > 0 ? measure_rows (self, glyphs, width)
                                     : measure_ticks (self, glyphs, bottom - TOP);
  double left = ceil (label + GAP);
  double right = MAX (width - RIGHT, left + 1);

  if (self->column_width > 0)
    right = MIN (right, left + self->column_width * (self->x.max - self->x.min));
  return (RunnelChartFrame) {
    .scheme = scheme,
    .colors = runnel_gantt_style_get_colors (scheme),
    .palette = runnel_chart_palette_get (scheme),
    .plot = { left, TOP, right, MAX (bottom, TOP + 1) },
    .x = self->x,
    .y = self->y,
    .n_rows = self->rows->len,
  };
}

/* Returns: the height at which rows are as high as they want to be; of a chart without rows the one
 * at which it is read well */
double
runnel_chart_get_height (RunnelChart *self)
{
  const double usual = 190;

  g_return_val_if_fail (RUNNEL_IS_CHART (self), 0);

  if (self->rows->len == 0)
    return usual;
  return TOP + self->rows->len * self->row_height + get_axis_height (self) +
         (self->legend->len > 0 ? LEGEND_HEIGHT : 0);
}
