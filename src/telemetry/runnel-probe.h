/* runnel-probe.h: tells each receiver something that means nothing, to see what it says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-telemetry-config.h"

G_BEGIN_DECLS

typedef struct
{
  const char *what;  /* "OTLP traces", "OTLP metrics", "Webhook" */
  gboolean ok;
  char *answer;      /* for people: "200 OK", or what went wrong; without secrets */
} RunnelProbe;

void       runnel_probe_free    (RunnelProbe            *self);
/* Waits for the answers: not for the application's thread. */
GPtrArray *runnel_probe_all     (RunnelTelemetryConfig  *config,
                                 RunnelSettings         *settings,
                                 GCancellable           *cancellable);

G_END_DECLS
