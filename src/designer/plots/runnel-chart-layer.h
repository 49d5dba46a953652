/* runnel-chart-layer.h: one way to draw the items of a series, as a part of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-hit.h"
#include "charts/runnel-series.h"
#include "designer/plots/runnel-chart-frame.h"

G_BEGIN_DECLS

typedef struct _RunnelChartLayer RunnelChartLayer;

/* Items are positions in the series, or %RUNNEL_NO_HIT. What can't be pointed at only draws. */
typedef struct
{
  void      (*draw)    (RunnelChartLayer       *self,
                        const RunnelChartFrame *frame);
  /* What lies under a point. */
  guint     (*find)    (RunnelChartLayer       *self,
                        const RunnelChartFrame *frame,
                        double                  x,
                        double                  y);
  /* Where an item is. */
  RunnelBox (*get_box) (RunnelChartLayer       *self,
                        const RunnelChartFrame *frame,
                        guint                   item);
  /* Where a key leads to from an item: one step to the right or left, or up or down. */
  guint     (*move)    (RunnelChartLayer       *self,
                        guint                   item,
                        int                     right,
                        int                     down);
} RunnelChartLayerClass;

struct _RunnelChartLayer
{
  const RunnelChartLayerClass *klass;
  RunnelSeries *series;
  guint first_value;        /* of those of an item that are drawn */
  guint n_values;
  RunnelChartInk inks[RUNNEL_DATUM_VALUES];
};

typedef enum
{
  RUNNEL_CELLS_HEAT,        /* values[0] is how much; values[1], if not 0, how much of it is bad */
  RUNNEL_CELLS_STATES,
} RunnelCells;

RunnelChartLayer *runnel_chart_line_new   (RunnelSeries         *series,
                                           guint                 value,
                                           RunnelChartInk        ink);
RunnelChartLayer *runnel_chart_band_new   (RunnelSeries         *series,
                                           guint                 low_value,
                                           RunnelChartInk        ink);
RunnelChartLayer *runnel_chart_bars_new   (RunnelSeries         *series,
                                           const RunnelChartInk *inks,
                                           guint                 n_values);
RunnelChartLayer *runnel_chart_points_new (RunnelSeries         *series);
RunnelChartLayer *runnel_chart_rows_new   (RunnelSeries         *series,
                                           const RunnelChartInk *inks,
                                           guint                 n_values);
RunnelChartLayer *runnel_chart_cells_new  (RunnelSeries         *series,
                                           RunnelCells           cells);
void              runnel_chart_layer_free (RunnelChartLayer     *self);

RunnelChartLayer *_runnel_chart_layer_new (const RunnelChartLayerClass *klass,
                                           RunnelSeries         *series,
                                           guint                 first_value,
                                           const RunnelChartInk *inks,
                                           guint                 n_values);
guint             _runnel_chart_layer_move (RunnelChartLayer    *self,
                                           guint                 item,
                                           int                   right,
                                           int                   down);
double            _runnel_chart_layer_get_x (RunnelChartLayer   *self,
                                           const RunnelChartFrame *frame,
                                           guint                 item);
double           *_runnel_chart_layer_list_x (RunnelChartLayer  *self,
                                           const RunnelChartFrame *frame);
double           *_runnel_chart_layer_list_y (RunnelChartLayer  *self,
                                           const RunnelChartFrame *frame,
                                           guint                 value);
RunnelBox         _runnel_chart_layer_get_spot (RunnelChartLayer *self,
                                           const RunnelChartFrame *frame,
                                           guint                 item,
                                           guint                 value);

G_END_DECLS
