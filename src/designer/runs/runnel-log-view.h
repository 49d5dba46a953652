/* runnel-log-view.h: the log of one attempt, live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "engine/runnel-state.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_VIEW (runnel_log_view_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogView, runnel_log_view, RUNNEL, LOG_VIEW, GtkWidget)

GtkWidget  *runnel_log_view_new         (void);
void        runnel_log_view_show_file   (RunnelLogView *self,
                                         const char    *title,
                                         const char    *path,
                                         gboolean       follow);
void        runnel_log_view_show_nothing(RunnelLogView *self,
                                         const char    *message);
void        runnel_log_view_set_outcome (RunnelLogView *self,
                                         RunnelState    state,
                                         const char    *reason);
void        runnel_log_view_finish      (RunnelLogView *self);
const char *runnel_log_view_get_path    (RunnelLogView *self);

G_END_DECLS
