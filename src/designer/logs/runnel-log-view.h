/* runnel-log-view.h: a log with what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "engine/runnel-state.h"
#include "find/runnel-pattern.h"
#include "log/runnel-log-merge.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_VIEW (runnel_log_view_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogView, runnel_log_view, RUNNEL, LOG_VIEW, GtkWidget)

/* Property "all-steps" (boolean): the logs of all steps are wanted as one. Signal "message"
 * (const char *text): something a person is to know. */

GtkWidget  *runnel_log_view_new           (void);
void        runnel_log_view_show_file     (RunnelLogView    *self,
                                           const char       *title,
                                           const char       *path,
                                           gboolean          is_live);
void        runnel_log_view_show_merge    (RunnelLogView    *self,
                                           const char       *title,
                                           RunnelLogMerge   *merge,
                                           gboolean          is_live);
gboolean    runnel_log_view_shows_merge   (RunnelLogView    *self,
                                           RunnelLogMerge   *merge);
void        runnel_log_view_show_nothing  (RunnelLogView    *self,
                                           const char       *message);
void        runnel_log_view_set_outcome   (RunnelLogView    *self,
                                           RunnelState       state,
                                           const char       *reason);
void        runnel_log_view_finish        (RunnelLogView    *self);
const char *runnel_log_view_get_path      (RunnelLogView    *self);
void        runnel_log_view_go_to_line    (RunnelLogView    *self,
                                           guint64           number);
void        runnel_log_view_go_to_time    (RunnelLogView    *self,
                                           gint64            time);
void        runnel_log_view_find          (RunnelLogView    *self,
                                           const char       *text,
                                           RunnelPatternFlags flags);
void        runnel_log_view_set_has_all_steps (RunnelLogView *self,
                                           gboolean          has_all_steps);
gboolean    runnel_log_view_get_all_steps (RunnelLogView    *self);
void        runnel_log_view_set_all_steps (RunnelLogView    *self,
                                           gboolean          all_steps);
gboolean    runnel_log_view_has_focus     (RunnelLogView    *self);
const char *runnel_log_view_get_obstacle  (RunnelLogView    *self,
                                           const char       *command);

G_END_DECLS
