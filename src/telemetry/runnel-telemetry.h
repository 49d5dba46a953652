/* runnel-telemetry.h: tells others of a run while it goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "telemetry/runnel-run-facts.h"
#include "telemetry/runnel-telemetry-config.h"

G_BEGIN_DECLS

typedef struct _RunnelTelemetry RunnelTelemetry;

RunnelTelemetry *runnel_telemetry_new      (RunnelTelemetryConfig *config,
                                            RunnelRunFacts        *facts);
RunnelEventSink *runnel_telemetry_get_sink (RunnelTelemetry       *self);
void             runnel_telemetry_close    (RunnelTelemetry       *self);

G_END_DECLS
