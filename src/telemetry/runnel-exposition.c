/* runnel-exposition.c: figures as Prometheus and its like read them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
#include "config.h"

#include <libsoup/soup.h>

#include "telemetry/runnel-exposition.h"
#include "util/runnel-replace-file.h"

#define TEXT "text/plain; version=0.0.4; charset=utf-8"
#define OPEN_METRICS "application/openmetrics-text; version=1.0.0; charset=utf-8"

static const char *const type_names[] = {
  [RUNNEL_METRIC_GAUGE] = "gauge",
  [RUNNEL_METRIC_COUNTER] = "counter",
  [RUNNEL_METRIC_HISTOGRAM] = "histogram",
};

static void
append_escaped (GString    *text,
                const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  for (const char *p = valid; *p; p++)
    switch (*p)
      {
      case '\\':
        g_string_append (text, "\\\\");
        break;
      case '"':
        g_string_append (text, "\\\"");
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      default:
        g_string_append_c (text, *p);
      }
}

/* Sixteen digits tell the microseconds of a time apart, and 0.1 is still 0.1. */
static void
append_number (GString *text,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.16g", value));
}

static void
append_label (GString    *text,
              const char *name,
              const char *value,
              gboolean   *any)
{
  g_string_append_printf (text, "%c%s=\"", *any ? ',' : '{', name);
  append_escaped (text, value);
  g_string_append_c (text, '"');
  *any = TRUE;
}

/* @bound: (nullable): that of a bucket */
static void
append_labels (GString            *text,
               const RunnelMetric *metric,
               const RunnelSample *sample,
               const char         *bound)
{
  gboolean any = FALSE;

  for (guint i = 0; i < RUNNEL_METRIC_MAX_LABELS; i++)
    if (metric->info->labels[i] && sample->labels[i])
      append_label (text, metric->info->labels[i], sample->labels[i], &any);
  if (bound)
    append_label (text, "le", bound, &any);
  if (any)
    g_string_append_c (text, '}');
}

static void
append_sample (GString            *text,
               const RunnelMetric *metric,
               const RunnelSample *sample,
               const char         *suffix,
               const char         *bound,
               double              value)
{
  g_string_append_printf (text, "%s%s", metric->info->name, suffix);
  append_labels (text, metric, sample, bound);
  g_string_append_c (text, ' ');
  append_number (text, value);
  g_string_append_c (text, '\n');
}

/* OpenMetrics wants bounds as numbers with a point: "1.0". */
static char *
format_bound (guint bucket)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (bucket == RUNNEL_TOTAL_N_BOUNDS)
    return g_strdup ("+Inf");
  g_ascii_formatd (buffer, sizeof buffer, "%.16g", runnel_total_bounds[bucket]);
  return g_strconcat (buffer, strchr (buffer, '.') ? "" : ".0", NULL);
}

static void
append_histogram (GString            *text,
                  const RunnelMetric *metric,
                  const RunnelSample *sample)
{
  guint64 count = 0;

  for (guint i = 0; i <= RUNNEL_TOTAL_N_BOUNDS; i++)
    {
      g_autofree char *bound = format_bound (i);

      count += sample->buckets[i];
      append_sample (text, metric, sample, "_bucket", bound, count);
    }
  append_sample (text, metric, sample, "_sum", NULL, sample->value);
  append_sample (text, metric, sample, "_count", NULL, sample->count);
}

static void
append_samples (GString            *text,
                const RunnelMetric *metric)
{
  const char *suffix = metric->info->type == RUNNEL_METRIC_COUNTER ? "_total" : "";

  for (guint i = 0; i < metric->samples->len; i++)
    {
      const RunnelSample *sample = g_ptr_array_index (metric->samples, i);

      if (metric->info->type == RUNNEL_METRIC_HISTOGRAM)
        append_histogram (text, metric, sample);
      else
        append_sample (text, metric, sample, suffix, NULL, sample->value);
    }
}

/* In OpenMetrics a counter is called by its name, in the older format as its samples are. */
static void
append_metric (GString                *text,
               const RunnelMetric     *metric,
               RunnelExpositionFormat  format)
{
  const RunnelMetricInfo *info = metric->info;
  gboolean is_open = format == RUNNEL_EXPOSITION_OPEN_METRICS;
  const char *suffix = info->type == RUNNEL_METRIC_COUNTER && !is_open ? "_total" : "";

  g_string_append_printf (text, "# HELP %s%s %s\n", info->name, suffix, info->help);
  g_string_append_printf (text, "# TYPE %s%s %s\n", info->name, suffix, type_names[info->type]);
  if (is_open && info->unit)
    g_string_append_printf (text, "# UNIT %s %s\n", info->name, info->unit);
  append_samples (text, metric);
}

/**
 * runnel_exposition_choose:
 * @accept: (nullable): the Accept header of a request
 *
 * Returns: the format that the client likes best, the older one if it does not say
 */
RunnelExpositionFormat
runnel_exposition_choose (const char *accept)
{
  GSList *types = soup_header_parse_quality_list (accept ? accept : "", NULL);
  RunnelExpositionFormat format = RUNNEL_EXPOSITION_TEXT;

  for (GSList *link = types; link; link = link->next)
    {
      const char *type = link->data;

      if (g_str_has_prefix (type, "text/") || g_str_has_prefix (type, "*/"))
        break;
      if (g_str_has_prefix (type, "application/openmetrics-text") &&
          (!strstr (type, "version=") || strstr (type, "version=1.0.0")))
        {
          format = RUNNEL_EXPOSITION_OPEN_METRICS;
          break;
        }
    }
  soup_header_free_list (types);
  return format;
}

/**
 * runnel_exposition_get_content_type:
 *
 * Returns: (transfer none): the Content-Type of what runnel_exposition_write() returns
 */
const char *
runnel_exposition_get_content_type (RunnelExpositionFormat format)
{
  return format == RUNNEL_EXPOSITION_OPEN_METRICS ? OPEN_METRICS : TEXT;
}

/**
 * runnel_exposition_write:
 *
 * Returns: (transfer full): the text; metrics without a value are left out
 */
char *
runnel_exposition_write (RunnelMetrics          *metrics,
                         RunnelExpositionFormat  format)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < metrics->metrics->len; i++)
    {
      const RunnelMetric *metric = g_ptr_array_index (metrics->metrics, i);

      if (metric->info->name && metric->samples->len > 0)
        append_metric (text, metric, format);
    }
  if (format == RUNNEL_EXPOSITION_OPEN_METRICS)
    g_string_append (text, "# EOF\n");
  return g_string_free (text, FALSE);
}

/**
 * runnel_exposition_save:
 * @path: a file for the textfile collector of the node exporter, named "*.prom"
 * @error: return location for a #GFileError
 *
 * Replaces the file in one step: a reader sees the old figures or the new ones. The exporter is
 * another user, so everybody may read them.
 *
 * Returns: whether it is replaced
 */
gboolean
runnel_exposition_save (RunnelMetrics  *metrics,
                        const char     *path,
                        GError        **error)
{
  g_autofree char *text = runnel_exposition_write (metrics, RUNNEL_EXPOSITION_TEXT);

  return runnel_replace_file (path, text, strlen (text), 0644, error);
}
