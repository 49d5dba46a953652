/* runnel-alert-channel-private.h: the kinds of channels, each in a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "alerts/runnel-alert-channel.h"

G_BEGIN_DECLS

#define RUNNEL_ALERT_TIMEOUT_S 30

gboolean  _runnel_alert_notify    (const RunnelAlertMessage  *message,
                                   GError                   **error);
gboolean  _runnel_alert_call      (const RunnelAlertChannel  *channel,
                                   const RunnelAlertMessage  *message,
                                   GError                   **error);
gboolean  _runnel_alert_post      (const RunnelAlertChannel  *channel,
                                   const RunnelAlertMessage  *message,
                                   GError                   **error);
gboolean  _runnel_alert_mail      (const RunnelAlertChannel  *channel,
                                   const RunnelAlertMessage  *message,
                                   GError                   **error);
char     *_runnel_alert_write_mail (const RunnelAlertChannel *channel,
                                   const RunnelAlertMessage  *message);
gboolean  _runnel_alert_feed      (const char *const         *argv,
                                   const char *const         *environment,
                                   const char                *input,
                                   GError                   **error);

G_END_DECLS
