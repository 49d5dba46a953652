/* runnel-log-hunter.h: a search through the logs of many runs, as a list that fills
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/logs/runnel-log-hit-item.h"
#include "history/runnel-history-service.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_HUNTER (runnel_log_hunter_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogHunter, runnel_log_hunter, RUNNEL, LOG_HUNTER, GObject)

/* Signal "changed" (): more was found or looked through, or the search is over. */

RunnelLogHunter *runnel_log_hunter_new            (RunnelHistoryService  *history);
void             runnel_log_hunter_start          (RunnelLogHunter       *self,
                                                   RunnelLogPattern      *pattern,
                                                   const RunnelRunFilter *filter);
void             runnel_log_hunter_start_in_runs  (RunnelLogHunter       *self,
                                                   RunnelLogPattern      *pattern,
                                                   GArray                *runs);
void             runnel_log_hunter_stop           (RunnelLogHunter       *self);
void             runnel_log_hunter_clear          (RunnelLogHunter       *self);
GListModel      *runnel_log_hunter_get_items      (RunnelLogHunter       *self);
gboolean         runnel_log_hunter_is_busy        (RunnelLogHunter       *self);
gboolean         runnel_log_hunter_is_stopped     (RunnelLogHunter       *self);
gboolean         runnel_log_hunter_has_more       (RunnelLogHunter       *self);
guint            runnel_log_hunter_get_n_lines    (RunnelLogHunter       *self);
guint            runnel_log_hunter_get_n_found    (RunnelLogHunter       *self);
guint            runnel_log_hunter_get_n_searched (RunnelLogHunter       *self);
guint            runnel_log_hunter_get_n_runs     (RunnelLogHunter       *self);
const char      *runnel_log_hunter_get_problem    (RunnelLogHunter       *self);
char            *runnel_log_hunter_describe       (RunnelLogHunter       *self);

G_END_DECLS
