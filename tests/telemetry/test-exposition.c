/* test-exposition.c: figures as Prometheus and its like read them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>

#include <glib/gstdio.h>

#include "telemetry/runnel-exposition.h"

static const RunnelMetricInfo counter = {
  RUNNEL_METRIC_COUNTER, "runnel_runs", NULL, "Runs.", { "pipeline", "state" },
};
static const RunnelMetricInfo histogram = {
  RUNNEL_METRIC_HISTOGRAM, "runnel_run_seconds", "seconds", "Times.", { "pipeline" },
};
static const RunnelMetricInfo gauge = { RUNNEL_METRIC_GAUGE, "runnel_now", NULL, "Now." };
static const RunnelMetricInfo unnamed = { RUNNEL_METRIC_GAUGE, NULL, NULL, "For others." };
static const RunnelMetricInfo empty = { RUNNEL_METRIC_GAUGE, "runnel_none", NULL, "None." };

static RunnelMetric *
add (RunnelMetrics          *metrics,
     const RunnelMetricInfo *info)
{
  RunnelMetric *metric = runnel_metric_new (info);

  g_ptr_array_add (metrics->metrics, metric);
  return metric;
}

static RunnelMetrics *
make_metrics (void)
{
  RunnelMetrics *metrics = g_new0 (RunnelMetrics, 1);
  RunnelSample *sample;

  metrics->metrics = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_metric_free);
  sample = runnel_metric_get_sample (add (metrics, &counter), "a \"b\" \\ c\nd\xff", "failed");
  sample->value = 3;
  sample = runnel_metric_get_sample (add (metrics, &histogram), "x", NULL);
  sample->buckets[0] = 2;
  sample->buckets[2] = 1;
  sample->buckets[RUNNEL_TOTAL_N_BOUNDS] = 1;
  sample->count = 4;
  sample->value = 20000.5;
  sample = runnel_metric_get_sample (add (metrics, &gauge), NULL, NULL);
  sample->value = 1795813987.246179;
  sample = runnel_metric_get_sample (add (metrics, &unnamed), NULL, NULL);
  add (metrics, &empty);
  return metrics;
}

static void
test_text (void)
{
  g_autoptr(RunnelMetrics) metrics = make_metrics ();
  g_autofree char *text = NULL;

  setlocale (LC_ALL, "de_DE.UTF-8"); /* where a number has a comma, if it is installed */
  text = runnel_exposition_write (metrics, RUNNEL_EXPOSITION_TEXT);
  setlocale (LC_ALL, "C");
  g_assert_cmpstr (
    text, ==,
    "# HELP runnel_runs_total Runs.\n"
    "# TYPE runnel_runs_total counter\n"
    "runnel_runs_total{pipeline=\"a \\\"b\\\" \\\\ c\\nd\uFFFD\",state=\"failed\"} 3\n"
    "# HELP runnel_run_seconds Times.\n"
    "# TYPE runnel_run_seconds histogram\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"0.1\"} 2\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"0.5\"} 2\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"1.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"2.5\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"5.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"10.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"30.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"60.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"120.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"300.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"600.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"1800.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"3600.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"14400.0\"} 3\n"
    "runnel_run_seconds_bucket{pipeline=\"x\",le=\"+Inf\"} 4\n"
    "runnel_run_seconds_sum{pipeline=\"x\"} 20000.5\n"
    "runnel_run_seconds_count{pipeline=\"x\"} 4\n"
    "# HELP runnel_now Now.\n"
    "# TYPE runnel_now gauge\n"
    "runnel_now 1795813987.246179\n");
}

static void
test_open_metrics (void)
{
  g_autoptr(RunnelMetrics) metrics = make_metrics ();
  g_autofree char *text = runnel_exposition_write (metrics, RUNNEL_EXPOSITION_OPEN_METRICS);

  g_assert_nonnull (strstr (text, "# TYPE runnel_runs counter\nrunnel_runs_total{"));
  g_assert_nonnull (strstr (text, "# UNIT runnel_run_seconds seconds\n"));
  g_assert_true (g_str_has_suffix (text, "\n# EOF\n"));
}

static void
test_choose (void)
{
  static const struct
  {
    const char *accept;
    RunnelExpositionFormat format;
  } cases[] = {
    { NULL, RUNNEL_EXPOSITION_TEXT },
    { "*/*", RUNNEL_EXPOSITION_TEXT },
    { "text/html,application/xhtml+xml,*/*;q=0.8", RUNNEL_EXPOSITION_TEXT },
    { "application/openmetrics-text; version=0.0.1", RUNNEL_EXPOSITION_TEXT },
    { "application/openmetrics-text", RUNNEL_EXPOSITION_OPEN_METRICS },
    /* as Prometheus 2.42 asks */
    { "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
      "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", RUNNEL_EXPOSITION_OPEN_METRICS },
    { "text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5",
      RUNNEL_EXPOSITION_TEXT },
    { "application/openmetrics-text;version=1.0.0;q=0", RUNNEL_EXPOSITION_TEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (runnel_exposition_choose (cases[i].accept), ==, cases[i].format);
}

static void
test_save (void)
{
  g_autoptr(RunnelMetrics) metrics = make_metrics ();
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "runnel.prom", NULL);
  g_autofree char *text = NULL;
  g_autofree char *wanted = runnel_exposition_write (metrics, RUNNEL_EXPOSITION_TEXT);
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  g_assert_false (runnel_exposition_save (metrics, path, &error));
  g_assert_nonnull (strstr (error->message, "runnel.prom"));

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (runnel_exposition_save (metrics, path, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0644);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/exposition/text", test_text);
  g_test_add_func ("/telemetry/exposition/open-metrics", test_open_metrics);
  g_test_add_func ("/telemetry/exposition/choose", test_choose);
  g_test_add_func ("/telemetry/exposition/save", test_save);
  return g_test_run ();
}
