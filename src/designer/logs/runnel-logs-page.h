/* runnel-logs-page.h: a tab that finds something in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"
#include "find/runnel-pattern.h"
#include "history/runnel-run-filter.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOGS_PAGE (runnel_logs_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogsPage, runnel_logs_page, RUNNEL, LOGS_PAGE, RunnelPage)

/* Signals:
 *   "run-activated" (gint64 run)            a run is to be shown
 *   "hit-activated" (RunnelLogHitItem *hit, const char *text, RunnelPatternFlags flags)
 *                                           the run of a line is to be shown, and its log at that
 *                                           line, in which the text is looked for */

RunnelPage *runnel_logs_page_new        (void);
void        runnel_logs_page_set_filter (RunnelLogsPage        *self,
                                         const RunnelRunFilter *filter);
void        runnel_logs_page_set_runs   (RunnelLogsPage        *self,
                                         GArray                *runs);

G_END_DECLS
