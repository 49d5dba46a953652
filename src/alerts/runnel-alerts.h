/* runnel-alerts.h: opens and resolves incidents, and has them told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "alerts/runnel-alert-config.h"
#include "history/runnel-history.h"

G_BEGIN_DECLS

gboolean runnel_alerts_are_wanted (RunnelSettings *settings);
gboolean runnel_alerts_check   (const RunnelAlertConfig  *config,
                                RunnelHistory            *history,
                                gint64                    now,
                                GError                  **error);
gboolean runnel_alerts_deliver (const RunnelAlertConfig  *config,
                                RunnelHistory            *history,
                                guint                    *ret_n_failed,
                                GError                  **error);

G_END_DECLS
