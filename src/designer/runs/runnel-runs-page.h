/* runnel-runs-page.h: the history of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUNS_PAGE (runnel_runs_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunsPage, runnel_runs_page, RUNNEL, RUNS_PAGE, RunnelPage)

/* Signals:
 *   "run-activated" (gint64 run)   a run is to be shown
 *   "search-logs" (GArray *runs)   of gint64: something is to be looked for in the logs of these
 *   "message" (const char *text)   for a toast */

RunnelPage *runnel_runs_page_new (void);

G_END_DECLS
