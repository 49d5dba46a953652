/* runnel-machine-settings.h: the settings of this machine, for widgets that show and change them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "engine/limits/runnel-settings.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_MACHINE_SETTINGS (runnel_machine_settings_get_type ())
G_DECLARE_FINAL_TYPE (RunnelMachineSettings, runnel_machine_settings, RUNNEL, MACHINE_SETTINGS,
                      GObject)

RunnelMachineSettings *runnel_machine_settings_new  (void);
void                   runnel_machine_settings_load (RunnelMachineSettings *self);
void                   runnel_machine_settings_set  (RunnelMachineSettings *self,
                                                     const char            *key,
                                                     JsonNode              *value);
void                   runnel_machine_settings_stop (RunnelMachineSettings *self);

G_END_DECLS
