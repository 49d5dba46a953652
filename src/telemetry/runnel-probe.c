/* runnel-probe.c: tells each receiver something that means nothing, to see what it says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>

#include "telemetry/runnel-cdevents.h"
#include "telemetry/runnel-courier.h"
#include "telemetry/runnel-otlp-metrics.h"
#include "telemetry/runnel-otlp-resource.h"
#include "telemetry/runnel-otlp.h"
#include "telemetry/runnel-probe.h"

void
runnel_probe_free (RunnelProbe *self)
{
  g_free (self->answer);
  g_free (self);
}

static char *
describe (const RunnelReceipt *receipt)
{
  if (receipt->n_rejected > 0)
    return g_strdup_printf ("%u %s, but it threw %u away%s%s", receipt->status,
                            soup_status_get_phrase (receipt->status), receipt->n_rejected,
                            receipt->message ? ": " : "", receipt->message ? receipt->message : "");
  return g_strdup_printf ("%u %s", receipt->status, soup_status_get_phrase (receipt->status));
}

/* Takes the parcel. */
static RunnelProbe *
probe (RunnelCourier *courier,
       const char    *what,
       RunnelParcel  *parcel,
       GCancellable  *cancellable)
{
  RunnelProbe *self = g_new0 (RunnelProbe, 1);
  g_auto(RunnelReceipt) receipt = { 0, };
  g_autoptr(GError) error = NULL;

  self->what = what;
  self->ok = runnel_courier_carry (courier, parcel, cancellable, &receipt, &error);
  self->answer = self->ok ? describe (&receipt) : g_strdup (error->message);
  self->ok &= receipt.n_rejected == 0;
  runnel_parcel_free (parcel);
  return self;
}

/* A span of a moment, in a trace of its own. */
static RunnelParcel *
make_trace (RunnelTelemetryConfig *config)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr(RunnelTraceContext) trace = runnel_trace_context_new (uuid, NULL);
  g_autoptr(GString) resource = runnel_otlp_describe_machine (config->attributes);
  g_autoptr(GString) spans = g_string_new (NULL);
  gint64 now = g_get_real_time ();
  const RunnelSpan span = {
    .trace = runnel_trace_context_get_trace (trace),
    .id = runnel_trace_context_get_span (trace),
    .name = "runnel telemetry test",
    .kind = RUNNEL_SPAN_INTERNAL,
    .start = now,
    .end = now,
    .status = RUNNEL_SPAN_OK,
  };

  runnel_otlp_add_span (spans, &span);
  return runnel_parcel_new ("/v1/traces", "application/json",
                            runnel_otlp_write_traces (resource, spans), 1);
}

static RunnelParcel *
make_metrics (RunnelTelemetryConfig *config,
              RunnelSettings        *settings)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, NULL);
  g_autoptr(RunnelMetrics) metrics = NULL;
  guint n_points;
  GBytes *body;

  if (history)
    metrics = runnel_metrics_read (history, settings, NULL);
  if (!metrics)
    return NULL;
  body = runnel_otlp_metrics_write (metrics, config->attributes, &n_points);
  return runnel_parcel_new ("/v1/metrics", "application/json", body, n_points);
}

static void
probe_otlp (GPtrArray             *probes,
            RunnelTelemetryConfig *config,
            RunnelSettings        *settings,
            GCancellable          *cancellable)
{
  g_autoptr(RunnelCourier) courier = runnel_courier_new (config->otlp, RUNNEL_COURIER_PATIENCE);
  RunnelParcel *metrics = config->metrics ? make_metrics (config, settings) : NULL;

  if (config->traces)
    g_ptr_array_add (probes, probe (courier, "OTLP traces", make_trace (config), cancellable));
  if (metrics)
    g_ptr_array_add (probes, probe (courier, "OTLP metrics", metrics, cancellable));
}

/**
 * runnel_probe_all:
 * @config: whom to tell
 * @settings: what holds on the machine
 * @cancellable: (nullable)
 *
 * Sends each receiver one thing of each kind that it is told: a span and an event that are about
 * no run, and the metrics as they are.
 *
 * Returns: (transfer full) (element-type RunnelProbe): what they said
 */
GPtrArray *
runnel_probe_all (RunnelTelemetryConfig *config,
                  RunnelSettings        *settings,
                  GCancellable          *cancellable)
{
  GPtrArray *probes = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_probe_free);

  if (config->otlp)
    probe_otlp (probes, config, settings, cancellable);
  if (config->webhook)
    {
      g_autoptr(RunnelCourier) courier = runnel_courier_new (config->webhook,
                                                             RUNNEL_COURIER_PATIENCE);

      g_ptr_array_add (probes, probe (courier, "Webhook",
                                      runnel_cdevents_make_test (config->is_binary), cancellable));
    }
  return probes;
}
