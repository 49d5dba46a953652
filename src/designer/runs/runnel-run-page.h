/* runnel-run-page.h: one run of the history, with its timing and its logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"
#include "find/runnel-pattern.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_PAGE (runnel_run_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunPage, runnel_run_page, RUNNEL, RUN_PAGE, RunnelPage)

/* Signals:
 *   "open-file" (GFile *file)     a person wants to see the pipeline the run is of
 *   "open-run" (gint64 run)       a run that was started here is to be shown
 *   "message" (const char *text)  for a toast */

RunnelPage *runnel_run_page_new     (gint64         run);
gint64      runnel_run_page_get_run (RunnelRunPage *self);
const char *runnel_run_page_get_file (RunnelRunPage *self);
void        runnel_run_page_show_line (RunnelRunPage      *self,
                                       const char         *step,
                                       guint               attempt,
                                       guint64             number,
                                       const char         *text,
                                       RunnelPatternFlags  flags);

G_END_DECLS
