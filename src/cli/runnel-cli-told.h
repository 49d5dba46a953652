/* runnel-cli-told.h: who is told of a run, if anybody is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli-run.h"
#include "telemetry/runnel-telemetry.h"

G_BEGIN_DECLS

/* All NULL when nobody is told. */
typedef struct
{
  RunnelTelemetry *telemetry;
  RunnelTraceContext *trace; /* NULL = no traces are told */
} RunnelCliTold;

void runnel_cli_told_init  (RunnelCliTold  *self,
                            RunnelCliOrder *order,
                            RunnelSettings *settings,
                            gint64          run);
void runnel_cli_told_close (RunnelCliTold  *self);

G_END_DECLS
