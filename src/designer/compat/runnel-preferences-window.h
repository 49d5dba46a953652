/* runnel-preferences-window.h: the few things people may want otherwise
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_PREFERENCES_WINDOW (runnel_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPreferencesWindow, runnel_preferences_window, RUNNEL,
                      PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *runnel_preferences_window_new (GtkWindow *parent);

G_END_DECLS
