/* runnel-chart-private.h: what the files of a chart share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/plots/runnel-chart.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelChartKey key;
  RunnelChartInk ink;
  char *label;
} RunnelChartLegendEntry;

struct _RunnelChart
{
  GObject parent_instance;

  char *title;
  char *description;
  char *empty_text;     /* what stands in its place when there is nothing to show, or NULL */
  RunnelScale x;
  GArray *x_ticks;      /* of RunnelScaleTick; NULL: those of the scale */
  RunnelScale y;
  GPtrArray *rows;      /* of char *: labels, in place of `y` */
  double row_height;
  double column_width;  /* at most, of cells one unit wide; 0 = as there is room */
  GPtrArray *layers;    /* of RunnelChartLayer, the lowest first */
  GArray *legend;       /* of RunnelChartLegendEntry */
  GStrv columns;        /* titles of the table */
};

/* Where the parts of a chart are. */
RunnelChartFrame _runnel_chart_lay_out     (RunnelChart            *self,
                                            RunnelGlyphs           *glyphs,
                                            RunnelScheme            scheme,
                                            double                  width,
                                            double                  height);
void             _runnel_chart_draw_axes   (RunnelChart            *self,
                                            const RunnelChartFrame *frame);
void             _runnel_chart_draw_legend (RunnelChart            *self,
                                            const RunnelChartFrame *frame,
                                            double                  width,
                                            double                  height);

G_END_DECLS
