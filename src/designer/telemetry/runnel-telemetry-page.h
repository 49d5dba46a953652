/* runnel-telemetry-page.h: the preferences that say who is told of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_TELEMETRY_PAGE (runnel_telemetry_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelTelemetryPage, runnel_telemetry_page, RUNNEL, TELEMETRY_PAGE,
                      AdwPreferencesPage)

GtkWidget *runnel_telemetry_page_new (void);

G_END_DECLS
