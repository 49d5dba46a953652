/* runnel-alert-config.h: all rules and channels of this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "alerts/runnel-alert-channel.h"
#include "alerts/runnel-alert-rule.h"
#include "engine/limits/runnel-settings.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *rules;     /* of RunnelAlertRule, in the order of the settings */
  GPtrArray *channels;  /* of RunnelAlertChannel, the desktop first */
  GPtrArray *problems;  /* of char *: what is wrong in the settings, and so is not there */
} RunnelAlertConfig;

RunnelAlertConfig        *runnel_alert_config_new_for      (RunnelSettings           *settings);
char                     *runnel_alert_config_make_key     (const char               *table,
                                                            const char               *name);
void                      runnel_alert_config_free         (RunnelAlertConfig        *self);
const RunnelAlertRule    *runnel_alert_config_find_rule    (const RunnelAlertConfig  *self,
                                                            const char               *name);
const RunnelAlertChannel *runnel_alert_config_find_channel (const RunnelAlertConfig  *self,
                                                            const char               *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelAlertConfig, runnel_alert_config_free)

G_END_DECLS
