/* runnel-gantt.h: the timing of a run as a chart to look at and to walk through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "charts/runnel-axis.h"
#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_GANTT (runnel_gantt_get_type ())
G_DECLARE_FINAL_TYPE (RunnelGantt, runnel_gantt, RUNNEL, GANTT, GtkWidget)

/* To be put into a GtkScrolledWindow. What is under way grows by itself while it is seen.
 *
 * Properties: "selection" (string): id of the selected step, or NULL; "cursor-time" (int64): the
 * moment that is looked at, in microseconds since 1970, -1 = none; "order" (string): "start" or
 * "topology"; "critical-path", "links", "absolute-time" (boolean): what is shown.
 * Signals: "step-activated" (const char *id, guint attempt): a click on a step, or Enter; the
 * attempt that was clicked, else the last; 0 when it has none. "view-changed" (): another part of
 * the time is seen, or there is more of it. "lines-changed" (): there are other lines.
 * Actions: those of runnel-gantt-actions.c. */

GtkWidget             *runnel_gantt_new             (void);
void                   runnel_gantt_set_timing      (RunnelGantt  *self,
                                                     RunnelTiming *timing);   /* (transfer full) (nullable) */
const RunnelTiming    *runnel_gantt_get_timing      (RunnelGantt  *self);
const RunnelGanttTree *runnel_gantt_get_tree        (RunnelGantt  *self);
const char            *runnel_gantt_get_selection   (RunnelGantt  *self);
void                   runnel_gantt_set_selection   (RunnelGantt  *self,
                                                     const char   *id);
gint64                 runnel_gantt_get_cursor_time (RunnelGantt  *self);
void                   runnel_gantt_set_cursor_time (RunnelGantt  *self,
                                                     gint64        time);
GActionGroup          *runnel_gantt_get_actions     (RunnelGantt  *self);
void                   runnel_gantt_set_filter      (RunnelGantt  *self,
                                                     const char   *text,
                                                     guint         states);
void                   runnel_gantt_fold_all        (RunnelGantt  *self,
                                                     gboolean      folded);
void                   runnel_gantt_export          (RunnelGantt  *self,
                                                     const char   *format);
void                   runnel_gantt_fit             (RunnelGantt  *self);
void                   runnel_gantt_zoom            (RunnelGantt  *self,
                                                     double        x,
                                                     double        factor);
void                   runnel_gantt_get_axis        (RunnelGantt  *self,
                                                     RunnelAxis   *ret_axis,
                                                     double       *ret_left,
                                                     double       *ret_width);

G_END_DECLS
