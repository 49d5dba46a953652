/* runnel-cli-telemetry.h: tells of runs that are over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-telemetry-config.h"

G_BEGIN_DECLS

int runnel_cli_send_run     (RunnelTelemetryConfig  *config,
                             gint64                  run,
                             GError                **error);
int runnel_cli_send_waiting (RunnelTelemetryConfig  *config);

G_END_DECLS
