/* runnel-dispatch.h: tells of runs that are over, now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "telemetry/runnel-telemetry-config.h"

G_BEGIN_DECLS

/* How it went with one receiver. */
typedef struct
{
  const char *receiver;  /* "otlp" or "webhook" */
  guint64 n_sent;        /* spans and events that it took */
  guint64 n_dropped;     /* that it threw away */
  char *problem;         /* why the rest was not sent, or NULL; without secrets */
} RunnelDispatch;

void       runnel_dispatch_free    (RunnelDispatch         *self);
/* These wait for answers: not for the application's thread. Of RunnelDispatch. */
GPtrArray *runnel_dispatch_run     (RunnelTelemetryConfig  *config,
                                    RunnelHistory          *history,
                                    gint64                  run,
                                    GError                **error);
GPtrArray *runnel_dispatch_waiting (RunnelTelemetryConfig  *config);

G_END_DECLS
