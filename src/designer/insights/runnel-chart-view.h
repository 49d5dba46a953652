/* runnel-chart-view.h: a chart on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/plots/runnel-chart.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CHART_VIEW (runnel_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChartView, runnel_chart_view, RUNNEL, CHART_VIEW, GtkWidget)

/* Arrows go from item to item, Home and End to the first and the last of a layer. The signal
 * "run-activated" (gint64) is emitted when an item that is about a run is clicked, or Return
 * pressed; "told" (string, or NULL) when there is another item to say something about, because the
 * pointer or the focus is there. */

GtkWidget        *runnel_chart_view_new       (void);
void              runnel_chart_view_set_chart (RunnelChartView *self,
                                               RunnelChart     *chart);
RunnelChart      *runnel_chart_view_get_chart (RunnelChartView *self);
RunnelDatum      *runnel_chart_view_get_datum (RunnelChartView *self);

G_END_DECLS
