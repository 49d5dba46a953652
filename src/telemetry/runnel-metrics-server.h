/* runnel-metrics-server.h: figures for who asks over HTTP
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_METRICS_SERVER_ERROR (runnel_metrics_server_error_quark ())
typedef enum
{
  RUNNEL_METRICS_SERVER_ERROR_ADDRESS = 1, /* it is no address, or must not be listened on */
  RUNNEL_METRICS_SERVER_ERROR_BUSY,        /* somebody else listens there */
} RunnelMetricsServerError;
GQuark runnel_metrics_server_error_quark (void);

/* Answers GET /metrics in the main context in which it was made; reads the history there. */
typedef struct _RunnelMetricsServer RunnelMetricsServer;

RunnelMetricsServer *runnel_metrics_server_new     (const char           *address,
                                                    const char           *token,
                                                    GError              **error);
void                 runnel_metrics_server_free    (RunnelMetricsServer  *self);
char                *runnel_metrics_server_get_url (RunnelMetricsServer  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelMetricsServer, runnel_metrics_server_free)

G_END_DECLS
