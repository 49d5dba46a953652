/* runnel-alerts-page.h: what is wrong by the rules, the rules, and who is told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_ALERTS_PAGE (runnel_alerts_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelAlertsPage, runnel_alerts_page, RUNNEL, ALERTS_PAGE, RunnelPage)

/* Has the signal "message" with a text for a toast. */
RunnelPage *runnel_alerts_page_new (void);

G_END_DECLS
