/* runnel-compare-runs-page.h: two runs beside each other: what got slower
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_COMPARE_RUNS_PAGE (runnel_compare_runs_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCompareRunsPage, runnel_compare_runs_page, RUNNEL, COMPARE_RUNS_PAGE,
                      RunnelPage)

/* Signal "open-run" (gint64 run). Actions: page.swap-runs, page.export-comparison. */

RunnelPage *runnel_compare_runs_page_new (gint64 before,
                                          gint64 after);

G_END_DECLS
