/* runnel-chart-export.h: a chart as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes what the file holds; runs in a thread, so it looks at nothing that others change. */
typedef GBytes *(*RunnelChartMaker) (gpointer   data,
                                     GError   **error);

void    runnel_chart_export      (GtkWidget        *widget,
                                  const char       *title,
                                  const char       *name,
                                  RunnelChartMaker  maker,
                                  gpointer          data,
                                  GDestroyNotify    free_data);
GBytes *runnel_chart_node_to_png (GskRenderNode    *node,
                                  double            width,
                                  double            height,
                                  GError          **error);

G_END_DECLS
