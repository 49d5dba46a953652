/* runnel-gantt-legend.h: what the marks of the timing chart mean
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_GANTT_LEGEND (runnel_gantt_legend_get_type ())
G_DECLARE_FINAL_TYPE (RunnelGanttLegend, runnel_gantt_legend, RUNNEL, GANTT_LEGEND, GtkWidget)

GtkWidget *runnel_gantt_legend_new       (void);
void       runnel_gantt_legend_set_looks (RunnelGanttLegend *self,
                                          guint              looks,
                                          gboolean           critical);

G_END_DECLS
