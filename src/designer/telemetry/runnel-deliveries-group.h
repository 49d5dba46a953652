/* runnel-deliveries-group.h: what became of what receivers were to be told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_DELIVERIES_GROUP (runnel_deliveries_group_get_type ())
G_DECLARE_FINAL_TYPE (RunnelDeliveriesGroup, runnel_deliveries_group, RUNNEL, DELIVERIES_GROUP,
                      AdwPreferencesGroup)

void runnel_deliveries_group_load (RunnelDeliveriesGroup *self);

G_END_DECLS
