/* runnel-rule-dialog.h: asks what of a pipeline somebody wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "alerts/runnel-alert-config.h"

G_BEGIN_DECLS

/* Has the signal "saved", when the rule is in the settings. */
#define RUNNEL_TYPE_RULE_DIALOG (runnel_rule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRuleDialog, runnel_rule_dialog, RUNNEL, RULE_DIALOG, AdwWindow)

GtkWindow *runnel_rule_dialog_new (GtkWindow               *parent,
                                   const RunnelAlertConfig *config,
                                   const RunnelAlertRule   *rule);

G_END_DECLS
