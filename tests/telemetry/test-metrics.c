/* test-metrics.c: all figures that are watched over time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/history-fixture.h"
#include "telemetry/runnel-metrics.h"

static RunnelMetrics *
read_metrics (RunnelHistory *history)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(GError) error = NULL;
  RunnelMetrics *metrics = runnel_metrics_read (history, settings, &error);

  g_assert_no_error (error);
  return metrics;
}

static RunnelMetric *
find (RunnelMetrics *metrics,
      const char    *name)
{
  for (guint i = 0; i < metrics->metrics->len; i++)
    {
      RunnelMetric *metric = metrics->metrics->pdata[i];

      if (g_strcmp0 (metric->info->name, name) == 0)
        return metric;
    }
  g_error ("there is no metric %s", name);
}

static double
get (RunnelMetrics *metrics,
     const char    *name,
     const char    *first,
     const char    *second)
{
  RunnelMetric *metric = find (metrics, name);
  guint n = metric->samples->len;
  double value = runnel_metric_get_sample (metric, first, second)->value;

  g_assert_cmpuint (metric->samples->len, ==, n); /* it was there */
  return value;
}

static void
run_once (RunnelHistory *history,
          RunnelState    state)
{
  gint64 run = add_run (history, "many", 1);
  const RunnelEvent start = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run,
                              .state = RUNNEL_STATE_RUNNING };

  record_event (history, &start);
  finish_run (history, run, state);
}

static void
test_empty (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelMetrics) metrics = read_metrics (history);

  g_assert_cmpint (metrics->began, >, T0);
  g_assert_cmpint (metrics->time, >, T0);
  g_assert_cmpuint (find (metrics, "runnel_runs")->samples->len, ==, 0);
  g_assert_cmpfloat (get (metrics, "runnel_history_runs", NULL, NULL), ==, 0);
  g_assert_cmpfloat (get (metrics, "runnel_build_info", RUNNEL_VERSION, NULL), ==, 1);
}

static void
test_runs (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelMetrics) metrics = NULL;
  RunnelSample *duration;

  run_once (history, RUNNEL_STATE_SUCCEEDED);
  run_once (history, RUNNEL_STATE_SUCCEEDED);
  add_run (history, "many", 1);
  metrics = read_metrics (history);
  g_assert_cmpfloat (get (metrics, "runnel_runs", "many", "succeeded"), ==, 2);
  g_assert_cmpfloat (get (metrics, "runnel_runs", "many", "failed"), ==, 0);
  g_assert_cmpfloat (get (metrics, "runnel_runs_active", "many", "queued"), ==, 1);
  g_assert_cmpfloat (get (metrics, "runnel_runs_active", "many", "running"), ==, 0);
  g_assert_cmpfloat (get (metrics, "runnel_history_runs", NULL, NULL), ==, 3);
  g_assert_cmpfloat (get (metrics, "runnel_step_retries", "many", NULL), ==, 0);
  g_assert_cmpfloat (get (metrics, "runnel_last_success_timestamp_seconds", "many", NULL), ==,
                     T0 / 1e6 + 60);
  duration = runnel_metric_get_sample (find (metrics, "runnel_run_duration_seconds"), "many",
                                       "succeeded");
  g_assert_cmpuint (duration->count, ==, 2);
  g_assert_cmpfloat (duration->value, ==, 120);
  g_assert_cmpuint (duration->buckets[7], ==, 2); /* up to 60 s */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/metrics/empty", test_empty);
  g_test_add_func ("/telemetry/metrics/runs", test_runs);
  return g_test_run ();
}
