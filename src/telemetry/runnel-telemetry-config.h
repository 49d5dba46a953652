/* runnel-telemetry-config.h: whom to tell of runs, as the settings of the machine say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-settings.h"

G_BEGIN_DECLS

#define RUNNEL_TELEMETRY_ERROR (runnel_telemetry_error_quark ())
typedef enum
{
  RUNNEL_TELEMETRY_ERROR_CONFIG = 1, /* a setting can't be meant so */
  RUNNEL_TELEMETRY_ERROR_REFUSED,    /* the receiver does not want it; asking again is of no use */
  RUNNEL_TELEMETRY_ERROR_UNREACHED,  /* it may work later */
} RunnelTelemetryError;
GQuark runnel_telemetry_error_quark (void);

/* Somebody who is told, by HTTP. No value of a secret is in it. */
typedef struct
{
  const char *name;     /* "otlp" or "webhook" */
  char *url;            /* without a slash at the end */
  GHashTable *headers;  /* name of a header -> name of the secret in it */
  char *secret;         /* name of that to sign with, or NULL */
  gboolean gzip;
} RunnelReceiver;

typedef struct
{
  RunnelReceiver *otlp;    /* NULL = is not told */
  gboolean traces;
  gboolean metrics;
  GHashTable *attributes;  /* of the resource, text by name */
  RunnelReceiver *webhook; /* NULL = is not told */
  gboolean is_binary;      /* the CloudEvent is in headers */
  char *textfile;          /* or NULL */
  gint64 patience;         /* how long the end of a run waits for receivers, microseconds */
} RunnelTelemetryConfig;

RunnelTelemetryConfig *runnel_telemetry_config_new       (RunnelSettings         *settings,
                                                          GError                **error);
void                   runnel_telemetry_config_free      (RunnelTelemetryConfig  *self);
gboolean               runnel_telemetry_config_is_empty  (RunnelTelemetryConfig  *self);
gboolean               runnel_telemetry_check_url        (const char             *key,
                                                          const char             *text,
                                                          GError                **error);
char                 **runnel_receiver_list_secrets      (const RunnelReceiver   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTelemetryConfig, runnel_telemetry_config_free)

G_END_DECLS
