/* runnel-simulation-private.h: what the files of the simulation share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-fake-executor.h"
#include "simulation/runnel-simulation.h"

G_BEGIN_DECLS

RunnelForecastSource  _runnel_simulation_foresee   (const RunnelSimulationOptions *options,
                                                    const RunnelAttempt           *attempt,
                                                    RunnelFakeOutcome             *ret_outcome);

/* Counts how much of the jobs and of each pool is in use. */
typedef struct _RunnelSimulationLoad RunnelSimulationLoad;

RunnelSimulationLoad *_runnel_simulation_load_new      (RunnelPipeline       *pipeline,
                                                        guint                 jobs);
void                  _runnel_simulation_load_free     (RunnelSimulationLoad *self);
RunnelEventSink      *_runnel_simulation_load_get_sink (RunnelSimulationLoad *self);
GArray               *_runnel_simulation_load_get_peaks (RunnelSimulationLoad *self);

G_END_DECLS
