/* runnel-insights.h: statistics as charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/plots/runnel-chart.h"
#include "history/runnel-stats.h"

G_BEGIN_DECLS

/* Each (transfer full). Those of steps are those of pipelines when the statistics are of all. */
RunnelChart *runnel_insights_draw_durations  (const RunnelStats *stats);
RunnelChart *runnel_insights_draw_success    (const RunnelStats *stats);
RunnelChart *runnel_insights_draw_throughput (const RunnelStats *stats);
RunnelChart *runnel_insights_draw_calendar   (const RunnelStats *stats);
RunnelChart *runnel_insights_draw_slowest    (const RunnelStats *stats);
RunnelChart *runnel_insights_draw_flakiest   (const RunnelStats *stats);
RunnelChart *runnel_insights_draw_losses     (const RunnelStats *stats);
RunnelChart *runnel_insights_draw_grid       (const RunnelStats *stats);

char        *_runnel_insights_format_period  (const RunnelStats *stats,
                                              gint64             begin);

G_END_DECLS
