/* runnel-simulation-window.h: how a run of a pipeline would go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_SIMULATION_WINDOW (runnel_simulation_window_get_type ())
G_DECLARE_FINAL_TYPE (RunnelSimulationWindow, runnel_simulation_window, RUNNEL, SIMULATION_WINDOW,
                      AdwWindow)

GtkWindow *runnel_simulation_window_new (GtkWindow      *parent,
                                         RunnelPipeline *pipeline,
                                         const char     *file,
                                         JsonObject     *parameters);

G_END_DECLS
