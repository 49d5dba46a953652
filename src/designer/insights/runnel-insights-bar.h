/* runnel-insights-bar.h: of what statistics are to be: a pipeline, a step, a range of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "history/runnel-stats.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_INSIGHTS_BAR (runnel_insights_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelInsightsBar, runnel_insights_bar, RUNNEL, INSIGHTS_BAR, GtkWidget)

/* The signal "changed" is emitted when something else is chosen. */

RunnelStatsQuery *runnel_insights_bar_get_query       (RunnelInsightsBar *self);
void              runnel_insights_bar_choose_pipeline (RunnelInsightsBar *self,
                                                       const char        *pipeline);
void              runnel_insights_bar_choose_all_time (RunnelInsightsBar *self);
gboolean          runnel_insights_bar_has_pipelines   (RunnelInsightsBar *self);
void              runnel_insights_bar_set_pipelines   (RunnelInsightsBar *self,
                                                       GPtrArray         *pipelines);
void              runnel_insights_bar_set_steps       (RunnelInsightsBar *self,
                                                       GPtrArray         *members);

G_END_DECLS
