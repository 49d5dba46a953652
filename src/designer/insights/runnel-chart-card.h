/* runnel-chart-card.h: a chart under its title, with what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/plots/runnel-chart.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CHART_CARD (runnel_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChartCard, runnel_chart_card, RUNNEL, CHART_CARD, AdwBin)

/* The signal "run-activated" (gint64) is emitted when someone wants to see a run; "message"
 * (string) when there is something to say. */

GtkWidget   *runnel_chart_card_new       (void);
void         runnel_chart_card_set_chart (RunnelChartCard *self,
                                          RunnelChart     *chart);
RunnelChart *runnel_chart_card_get_chart (RunnelChartCard *self);

G_END_DECLS
