/* runnel-gantt.h: the timing of a run as a chart to look at and to walk through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "charts/runnel-timing.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_GANTT (runnel_gantt_get_type ())
G_DECLARE_FINAL_TYPE (RunnelGantt, runnel_gantt, RUNNEL, GANTT, GtkWidget)

/* To be put into a GtkScrolledWindow. What is under way grows by itself while it is seen.
 *
 * Property "selection" (string): id of the selected step, or NULL.
 * Signal "step-activated" (const char *id, guint attempt): a click on a step, or Enter; the
 * attempt that was clicked, else the last; 0 when it has none.
 * Actions: gantt.select-next, gantt.select-previous, gantt.select-page (b: down), gantt.activate,
 * gantt.zoom-in, gantt.zoom-out, gantt.fit, gantt.fit-rows. */

GtkWidget          *runnel_gantt_new           (void);
void                runnel_gantt_set_timing    (RunnelGantt  *self,
                                                RunnelTiming *timing);   /* (transfer full) (nullable) */
const RunnelTiming *runnel_gantt_get_timing    (RunnelGantt  *self);
const char         *runnel_gantt_get_selection (RunnelGantt  *self);
void                runnel_gantt_set_selection (RunnelGantt  *self,
                                                const char   *id);
void                runnel_gantt_fit           (RunnelGantt  *self);

G_END_DECLS
