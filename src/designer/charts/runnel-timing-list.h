/* runnel-timing-list.h: the timing of a run as a table, in place of its chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/charts/runnel-gantt.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_TIMING_LIST (runnel_timing_list_get_type ())
G_DECLARE_FINAL_TYPE (RunnelTimingList, runnel_timing_list, RUNNEL, TIMING_LIST, GtkWidget)

/* Property "gantt" (RunnelGantt): whose steps it lists, and with whom it shares the selection. While
 * it is not seen it does nothing. */

GtkWidget *runnel_timing_list_new (RunnelGantt *gantt);

G_END_DECLS
