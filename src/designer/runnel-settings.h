/* runnel-settings.h: what the designer remembers between sessions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_APPLICATION_ID "org.runnel.Runnel"

GSettings *runnel_settings_get         (void);
GFile     *runnel_settings_get_folder  (void);
void       runnel_settings_set_folder  (GFile *file);
char      *runnel_settings_find_data   (const char *name);

G_END_DECLS
