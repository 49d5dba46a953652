/* runnel-chart-frame.c: what the layers of a chart are drawn into
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/plots/runnel-chart-frame.h"

#define HATCH_GAP 5.0
#define HATCH_WIDTH 1.5
#define HATCH_TINT 0x30    /* alpha of what is between the lines */
#define MIN_HATCHED 4.0    /* what is thinner has stripes across: a pattern could not be seen */
#define STRIPE 2.5         /* how long one is, of each gap */

double
_runnel_chart_frame_get_x (const RunnelChartFrame *self,
                           double                  value)
{
  return self->plot.x0 +
         runnel_scale_get_part (&self->x, value) * (self->plot.x1 - self->plot.x0);
}

double
_runnel_chart_frame_get_y (const RunnelChartFrame *self,
                           double                  value)
{
  return self->plot.y1 -
         runnel_scale_get_part (&self->y, value) * (self->plot.y1 - self->plot.y0);
}

/* Rows share the height; the first is on top. */
RunnelBox
_runnel_chart_frame_get_row (const RunnelChartFrame *self,
                             guint                   row)
{
  double height = (self->plot.y1 - self->plot.y0) / MAX (self->n_rows, 1);

  return (RunnelBox) { self->plot.x0, self->plot.y0 + row * height,
                       self->plot.x1, self->plot.y0 + (row + 1) * height };
}

gboolean
_runnel_chart_frame_contains (const RunnelChartFrame *self,
                              double                  x,
                              double                  y)
{
  return x >= self->plot.x0 && x <= self->plot.x1 && y >= self->plot.y0 && y <= self->plot.y1;
}

RunnelColor
_runnel_chart_frame_get_ink (const RunnelChartFrame *self,
                             RunnelChartInk          ink)
{
  return _runnel_chart_opaque (self->palette->inks[ink]);
}

void
_runnel_chart_frame_line (const RunnelChartFrame *self,
                          double                  x0,
                          double                  y0,
                          double                  x1,
                          double                  y1,
                          const RunnelLine       *line)
{
  const RunnelPoint points[] = { { x0, y0 }, { x1, y1 } };

  self->pen->klass->points (self->pen, points, 2, 0, line);
}

/* Lines that stand on the grid of the whole picture, so that neighbours fit each other: those of
 * x + y, or x - y, or x alone that are whole multiples of the gap, cut off at the box. */
static void
hatch (const RunnelChartFrame *self,
       const RunnelBox        *box,
       const RunnelLine       *line,
       int                     slope)
{
  double first = box->x0 + MIN (slope * box->y0, slope * box->y1);
  double last = box->x1 + MAX (slope * box->y0, slope * box->y1);

  for (double c = ceil (first / HATCH_GAP) * HATCH_GAP; c < last; c += HATCH_GAP)
    {
      double x0 = MAX (box->x0, MIN (c - slope * box->y0, c - slope * box->y1));
      double x1 = MIN (box->x1, MAX (c - slope * box->y0, c - slope * box->y1));
      double y0 = slope != 0 ? (c - x0) / slope : box->y0;
      double y1 = slope != 0 ? (c - x1) / slope : box->y1;

      _runnel_chart_frame_line (self, x0, y0, x1, y1, line);
    }
}

/* Across a thin box, one for each gap along it; they fit those of its neighbours. */
static void
stripe (const RunnelChartFrame *self,
        const RunnelBox        *box,
        RunnelColor             color)
{
  gboolean is_tall = box->y1 - box->y0 > box->x1 - box->x0;
  double first = is_tall ? box->y0 : box->x0;
  double last = is_tall ? box->y1 : box->x1;

  for (double from = floor (first / HATCH_GAP) * HATCH_GAP; from < last; from += HATCH_GAP)
    {
      double start = MAX (from, first), end = MIN (from + STRIPE, last);
      const RunnelBox part = is_tall ? (RunnelBox) { box->x0, start, box->x1, end }
                                     : (RunnelBox) { start, box->y0, end, box->y1 };

      if (end > start)
        self->pen->klass->box (self->pen, &part, 0, color, NULL);
    }
}

/* Fills @box so that it can be told from others without seeing the colour. */
void
_runnel_chart_frame_fill (const RunnelChartFrame *self,
                          const RunnelBox        *box,
                          RunnelColor             color,
                          RunnelPattern           pattern)
{
  const RunnelLine line = { color, HATCH_WIDTH, { 0, 0 } };
  const RunnelLine edge = { color, 1, { 0, 0 } };
  double width = box->x1 - box->x0, height = box->y1 - box->y0;

  if (pattern == RUNNEL_PATTERN_SOLID || MAX (width, height) < MIN_HATCHED)
    {
      self->pen->klass->box (self->pen, box, 0, color, NULL);
      return;
    }
  if (MIN (width, height) < MIN_HATCHED)
    {
      self->pen->klass->box (self->pen, box, 0, _runnel_chart_translucent (color, HATCH_TINT), NULL);
      stripe (self, box, color);
      return;
    }
  self->pen->klass->box (self->pen, box, 0, _runnel_chart_translucent (color, HATCH_TINT), &edge);
  if (pattern == RUNNEL_PATTERN_RISING || pattern == RUNNEL_PATTERN_CROSSED)
    hatch (self, box, &line, 1);
  if (pattern == RUNNEL_PATTERN_FALLING || pattern == RUNNEL_PATTERN_CROSSED)
    hatch (self, box, &line, -1);
  if (pattern == RUNNEL_PATTERN_UPRIGHT)
    hatch (self, box, &line, 0);
}

/* Returns: how wide a line of text is */
double
_runnel_chart_measure_text (RunnelGlyphs    *glyphs,
                            RunnelTextStyle  style,
                            const char      *text)
{
  g_autoptr(PangoLayout) layout = runnel_glyphs_lay_out (glyphs, style, text, G_MAXINT16, 0);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/* Draws a line of text, shortened to @room; @color is 0xRRGGBB. */
void
_runnel_chart_draw_text (RunnelPen       *pen,
                         RunnelTextStyle  style,
                         const char      *text,
                         double           room,
                         double           x,
                         double           baseline,
                         RunnelAlign      align,
                         guint32          color)
{
  double width = align == RUNNEL_ALIGN_START
                 ? 0 : MIN (_runnel_chart_measure_text (pen->glyphs, style, text), room);

  if (align == RUNNEL_ALIGN_MIDDLE)
    x -= width / 2;
  else if (align == RUNNEL_ALIGN_END)
    x -= width;
  runnel_pen_text (pen, style, text, room, 0, x, baseline, _runnel_chart_opaque (color));
}
