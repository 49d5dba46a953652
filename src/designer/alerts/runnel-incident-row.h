/* runnel-incident-row.h: an incident, and when it is opened up, who was told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "history/runnel-history-incidents.h"

G_BEGIN_DECLS

GtkWidget *runnel_incident_row_new (const RunnelIncident *incident,
                                    gint64                now);

G_END_DECLS
