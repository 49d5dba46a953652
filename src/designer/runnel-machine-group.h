/* runnel-machine-group.h: the preferences that hold for every run on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_MACHINE_GROUP (runnel_machine_group_get_type ())
G_DECLARE_FINAL_TYPE (RunnelMachineGroup, runnel_machine_group, RUNNEL, MACHINE_GROUP,
                      AdwPreferencesGroup)

GtkWidget *runnel_machine_group_new (void);

G_END_DECLS
