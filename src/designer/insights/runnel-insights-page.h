/* runnel-insights-page.h: what got slower, what fails, what is flaky, what steps wait for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_INSIGHTS_PAGE (runnel_insights_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelInsightsPage, runnel_insights_page, RUNNEL, INSIGHTS_PAGE, RunnelPage)

/* The signal "run-activated" (gint64) is emitted when someone wants to see a run; "message"
 * (string) when there is something to say. */

RunnelPage *runnel_insights_page_new             (void);
void        runnel_insights_page_choose_pipeline (RunnelInsightsPage *self,
                                                  const char         *pipeline);

G_END_DECLS
