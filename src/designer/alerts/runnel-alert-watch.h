/* runnel-alert-watch.h: looks at the rules from time to time while the application is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Property: "n-open", how many incidents are open. One for all windows. */
#define RUNNEL_TYPE_ALERT_WATCH (runnel_alert_watch_get_type ())
G_DECLARE_FINAL_TYPE (RunnelAlertWatch, runnel_alert_watch, RUNNEL, ALERT_WATCH, GObject)

RunnelAlertWatch *runnel_alert_watch_get   (void);
void              runnel_alert_watch_start (RunnelAlertWatch *self);

G_END_DECLS
