/* runnel-portability-panel.h: what becomes of the pipeline on the systems it is meant for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "interchange/runnel-portability.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PORTABILITY_PANEL (runnel_portability_panel_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPortabilityPanel, runnel_portability_panel, RUNNEL, PORTABILITY_PANEL,
                      AdwBin)

/* Property "systems" (GStrv): names of the chosen systems. Signal "step-activated" (const char *id,
 * NULL = the pipeline): a finding was chosen. */

GtkWidget  *runnel_portability_panel_new             (void);
void        runnel_portability_panel_set_portability (RunnelPortabilityPanel *self,
                                                      RunnelPortability      *portability,
                                                      const char             *obstacle);
GStrv       runnel_portability_panel_get_systems     (RunnelPortabilityPanel *self);
void        runnel_portability_panel_set_systems     (RunnelPortabilityPanel *self,
                                                      const char *const      *systems);
GListModel *runnel_portability_panel_get_findings    (RunnelPortabilityPanel *self);

G_END_DECLS
