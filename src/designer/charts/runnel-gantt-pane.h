/* runnel-gantt-pane.h: the timing chart of a run with all that belongs to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/charts/runnel-gantt.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_GANTT_PANE (runnel_gantt_pane_get_type ())
G_DECLARE_FINAL_TYPE (RunnelGanttPane, runnel_gantt_pane, RUNNEL, GANTT_PANE, GtkWidget)

RunnelGantt *runnel_gantt_pane_get_gantt  (RunnelGanttPane *self);
void         runnel_gantt_pane_set_timing (RunnelGanttPane *self,
                                           RunnelTiming    *timing);   /* (transfer full) (nullable) */

G_END_DECLS
