/* runnel-chart-table.h: what a chart shows, as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/plots/runnel-chart.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CHART_TABLE (runnel_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChartTable, runnel_chart_table, RUNNEL, CHART_TABLE, AdwBin)

/* The signal "run-activated" (gint64) is emitted for a row that is about a run. */

GtkWidget  *runnel_chart_table_new       (void);
void        runnel_chart_table_set_chart (RunnelChartTable *self,
                                          RunnelChart      *chart);
GListModel *runnel_chart_table_get_items (RunnelChartTable *self);

G_END_DECLS
