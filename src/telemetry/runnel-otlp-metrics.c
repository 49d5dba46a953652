/* runnel-otlp-metrics.c: figures as OTLP has them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All values are cumulative and counted in the history, so it does not matter which process tells
 * them, and how often.
 */
#include "config.h"

#include "model/runnel-json-write.h"
#include "telemetry/runnel-otlp-metrics.h"
#include "telemetry/runnel-otlp-resource.h"
#include "telemetry/runnel-otlp.h"

#define CUMULATIVE 2
#define STATE_KEY "cicd.pipeline.run.state"

/* A metric is told in parts when several of ours are one there. */
typedef struct
{
  RunnelMetrics *metrics;
  GString *json;
  const char *open;  /* name of the metric whose points are being written, or NULL */
  gboolean any_point;
  guint n_points;
} Writer;

/* Values that have a name in the conventions are called by that. */
static const char *
translate (const char *key,
           const char *value)
{
  RunnelState state;

  if (g_str_equal (key, STATE_KEY))
    return g_str_equal (value, "queued") ? "pending" : "executing";
  if ((g_str_has_prefix (key, "cicd.") && g_str_has_suffix (key, "result")) ||
      g_str_equal (key, "error.type"))
    return runnel_state_from_string (value, &state) ? runnel_otlp_get_result (state) : value;
  return value;
}

static void
append_attributes (Writer                 *self,
                   const RunnelMetricInfo *info,
                   const RunnelSample     *sample)
{
  g_autoptr(GString) attributes = g_string_new (NULL);

  for (guint i = 0; i < RUNNEL_METRIC_MAX_LABELS; i++)
    if (info->otel_labels[i] && sample->labels[i])
      runnel_otlp_add_string (attributes, info->otel_labels[i],
                              translate (info->otel_labels[i], sample->labels[i]));
  runnel_otlp_add_string (attributes, STATE_KEY, info->otel_state);
  g_string_append_printf (self->json, "\"attributes\":[%s]", attributes->str);
}

static void
append_buckets (Writer             *self,
                const RunnelSample *sample)
{
  g_string_append_printf (self->json, ",\"count\":\"%" G_GUINT64_FORMAT "\",\"sum\":",
                          sample->count);
  runnel_json_write_number (self->json, sample->value);
  g_string_append (self->json, ",\"bucketCounts\":[");
  for (guint i = 0; i <= RUNNEL_TOTAL_N_BOUNDS; i++)
    g_string_append_printf (self->json, "%s\"%" G_GUINT64_FORMAT "\"", i > 0 ? "," : "",
                            sample->buckets[i]);
  g_string_append (self->json, "],\"explicitBounds\":[");
  for (guint i = 0; i < RUNNEL_TOTAL_N_BOUNDS; i++)
    {
      g_string_append (self->json, i > 0 ? "," : "");
      runnel_json_write_number (self->json, runnel_total_bounds[i]);
    }
  g_string_append_c (self->json, ']');
}

static void
append_point (Writer                 *self,
              const RunnelMetricInfo *info,
              const RunnelSample     *sample)
{
  g_string_append (self->json, self->any_point ? ",{" : "{");
  append_attributes (self, info, sample);
  runnel_otlp_append_time (self->json, "startTimeUnixNano", self->metrics->began);
  runnel_otlp_append_time (self->json, "timeUnixNano", self->metrics->time);
  if (info->type == RUNNEL_METRIC_HISTOGRAM)
    append_buckets (self, sample);
  else
    g_string_append_printf (self->json, ",\"asInt\":\"%.0f\"", sample->value);
  g_string_append_c (self->json, '}');
  self->any_point = TRUE;
  self->n_points++;
}

static void
close_metric (Writer *self)
{
  if (self->open)
    g_string_append (self->json, "]}}");
  self->open = NULL;
}

/* What goes up and down is a sum, too: that over all machines means something. */
static void
open_metric (Writer                 *self,
             const RunnelMetricInfo *info,
             gboolean                is_first)
{
  gboolean is_histogram = info->type == RUNNEL_METRIC_HISTOGRAM;

  g_string_append (self->json, is_first ? "{\"name\":" : ",{\"name\":");
  runnel_otlp_append_string (self->json, info->otel_name);
  g_string_append (self->json, ",\"unit\":");
  runnel_otlp_append_string (self->json, info->otel_unit);
  g_string_append (self->json, ",\"description\":");
  runnel_otlp_append_string (self->json, info->help);
  g_string_append_printf (self->json, ",\"%s\":{\"aggregationTemporality\":%d,",
                          is_histogram ? "histogram" : "sum", CUMULATIVE);
  if (!is_histogram)
    g_string_append_printf (self->json, "\"isMonotonic\":%s,",
                            info->type == RUNNEL_METRIC_COUNTER ? "true" : "false");
  g_string_append (self->json, "\"dataPoints\":[");
  self->open = info->otel_name;
  self->any_point = FALSE;
}

static void
append_metrics (Writer *self)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < self->metrics->metrics->len; i++)
    {
      const RunnelMetric *metric = self->metrics->metrics->pdata[i];

      if (!metric->info->otel_name || metric->samples->len == 0)
        continue;
      if (g_strcmp0 (self->open, metric->info->otel_name) != 0)
        {
          close_metric (self);
          open_metric (self, metric->info, is_first);
          is_first = FALSE;
        }
      for (guint j = 0; j < metric->samples->len; j++)
        append_point (self, metric->info, metric->samples->pdata[j]);
    }
  close_metric (self);
}

/**
 * runnel_otlp_metrics_write:
 * @attributes: (nullable): more attributes of the resource, text by name; they win
 * @ret_n_points: (out): how many values there are
 *
 * Returns: (transfer full): the body of a request to /v1/metrics
 */
GBytes *
runnel_otlp_metrics_write (RunnelMetrics *metrics,
                           GHashTable    *attributes,
                           guint         *ret_n_points)
{
  g_autoptr(GString) resource = runnel_otlp_describe_machine (attributes);
  Writer self = { .metrics = metrics, .json = g_string_new (NULL) };

  g_string_append_printf (self.json, "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[%s]},"
                          "\"scopeMetrics\":[{\"scope\":" RUNNEL_OTLP_SCOPE ",\"metrics\":[",
                          resource->str);
  append_metrics (&self);
  g_string_append (self.json, "],\"schemaUrl\":\"" RUNNEL_OTLP_SCHEMA_URL "\"}],"
                              "\"schemaUrl\":\"" RUNNEL_OTLP_SCHEMA_URL "\"}]}");
  *ret_n_points = self.n_points;
  return g_string_free_to_bytes (self.json);
}
