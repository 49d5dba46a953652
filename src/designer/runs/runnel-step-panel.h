/* runnel-step-panel.h: the log of a step between the legs it has and the files it left
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/logs/runnel-log-view.h"
#include "designer/runs/runnel-artifacts-list.h"
#include "designer/runs/runnel-legs-table.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_STEP_PANEL (runnel_step_panel_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStepPanel, runnel_step_panel, RUNNEL, STEP_PANEL, AdwBin)

/* Signal "leg-selected" (): another leg is selected, or none. */

GtkWidget           *runnel_step_panel_new             (void);
RunnelLogView       *runnel_step_panel_get_log_view    (RunnelStepPanel      *self);
RunnelArtifactsList *runnel_step_panel_get_artifacts   (RunnelStepPanel      *self);
void                 runnel_step_panel_set_table_width (RunnelStepPanel      *self,
                                                        int                   width);
void                 runnel_step_panel_set_legs        (RunnelStepPanel      *self,
                                                        const RunnelLegFacts *legs,
                                                        guint                 n_legs);
const char          *runnel_step_panel_get_leg         (RunnelStepPanel      *self);
void                 runnel_step_panel_select_leg      (RunnelStepPanel      *self,
                                                        const char           *id);

G_END_DECLS
