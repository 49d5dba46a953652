/* runnel-chart-frame.h: what the layers of a chart are drawn into
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-chart-palette.h"
#include "charts/runnel-scale.h"
#include "designer/pictures/runnel-pen.h"

G_BEGIN_DECLS

/* Where lines of text stand: their beginning, middle or end at a point. */
typedef enum
{
  RUNNEL_ALIGN_START,
  RUNNEL_ALIGN_MIDDLE,
  RUNNEL_ALIGN_END,
} RunnelAlign;

typedef struct
{
  RunnelPen *pen;       /* NULL while nothing is drawn */
  RunnelScheme scheme;
  const RunnelChartColors *colors;
  const RunnelChartPalette *palette;
  RunnelBox plot;       /* between the axes */
  RunnelScale x;
  RunnelScale y;
  guint n_rows;         /* in place of a scale `y`, 0 = none */
} RunnelChartFrame;

double      _runnel_chart_frame_get_x     (const RunnelChartFrame *self,
                                           double                  value);
double      _runnel_chart_frame_get_y     (const RunnelChartFrame *self,
                                           double                  value);
RunnelBox   _runnel_chart_frame_get_row   (const RunnelChartFrame *self,
                                           guint                   row);
gboolean    _runnel_chart_frame_contains  (const RunnelChartFrame *self,
                                           double                  x,
                                           double                  y);
RunnelColor _runnel_chart_frame_get_ink   (const RunnelChartFrame *self,
                                           RunnelChartInk          ink);
void        _runnel_chart_frame_fill      (const RunnelChartFrame *self,
                                           const RunnelBox        *box,
                                           RunnelColor             color,
                                           RunnelPattern           pattern);
void        _runnel_chart_frame_line      (const RunnelChartFrame *self,
                                           double x0, double       y0,
                                           double x1, double       y1,
                                           const RunnelLine       *line);
double      _runnel_chart_measure_text    (RunnelGlyphs           *glyphs,
                                           RunnelTextStyle         style,
                                           const char             *text);
void        _runnel_chart_draw_text       (RunnelPen              *pen,
                                           RunnelTextStyle         style,
                                           const char             *text,
                                           double                  room,
                                           double x, double        baseline,
                                           RunnelAlign             align,
                                           guint32                 color);

/* 0xRRGGBB as what a pen draws with. */
static inline RunnelColor
_runnel_chart_opaque (guint32 color)
{
  return 0xff000000 | color;
}

static inline RunnelColor
_runnel_chart_translucent (RunnelColor color,
                           guint       alpha)
{
  return alpha << 24 | (color & 0xffffff);
}

G_END_DECLS
