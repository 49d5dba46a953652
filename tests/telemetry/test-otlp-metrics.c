/* test-otlp-metrics.c: figures as OTLP has them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"
#include "telemetry/runnel-otlp-metrics.h"

static void
run_once (RunnelHistory *history,
          RunnelState    state)
{
  gint64 run = add_run (history, "Build", 1);
  const RunnelEvent start = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run,
                              .state = RUNNEL_STATE_RUNNING };

  record_event (history, &start);
  finish_run (history, run, state);
}

static JsonNode *
find_metric (JsonNode   *root,
             const char *name)
{
  JsonArray *array = json_node_get_array (
    find_node (root, "resourceMetrics.0.scopeMetrics.0.metrics"));
  JsonNode *found = NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (find_text (json_array_get_element (array, i), "name"), name) == 0)
      {
        g_assert_null (found); /* two parts of one metric are one */
        found = json_array_get_element (array, i);
      }
  return found;
}

static void
test_runs (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(RunnelMetrics) metrics = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonNode *metric;
  guint n_points;

  run_once (history, RUNNEL_STATE_SUCCEEDED);
  run_once (history, RUNNEL_STATE_FAILED);
  metrics = runnel_metrics_read (history, settings, NULL);
  body = runnel_otlp_metrics_write (metrics, NULL, &n_points);
  root = parse_bytes (body);
  g_assert_cmpuint (n_points, >, 5);

  metric = find_metric (root, "cicd.pipeline.run.duration");
  g_assert_cmpstr (find_text (metric, "unit"), ==, "s");
  g_assert_cmpint (json_node_get_int (find_node (metric, "histogram.aggregationTemporality")), ==, 2);
  g_assert_cmpuint (json_array_get_length (
    json_node_get_array (find_node (metric, "histogram.dataPoints"))), ==, 3);
  g_assert_cmpstr (find_attribute (find_node (metric, "histogram.dataPoints.0.attributes"),
                                   "cicd.pipeline.run.state"), ==, "pending");
  metric = find_node (metric, "histogram.dataPoints.1");
  g_assert_cmpstr (find_text (metric, "count"), ==, "1");
  g_assert_cmpfloat (json_node_get_double (find_node (metric, "sum")), ==, 60);
  g_assert_cmpstr (find_text (metric, "bucketCounts.7"), ==, "1");
  g_assert_cmpstr (find_attribute (find_node (metric, "attributes"), "cicd.pipeline.run.state"), ==,
                   "executing");

  metric = find_metric (root, "cicd.pipeline.run.errors");
  g_assert_true (json_node_get_boolean (find_node (metric, "sum.isMonotonic")));
  g_assert_cmpstr (find_text (metric, "sum.dataPoints.0.asInt"), ==, "1");
  g_assert_cmpstr (find_attribute (find_node (metric, "sum.dataPoints.0.attributes"),
                                   "error.type"), ==, "failure");
  metric = find_metric (root, "cicd.pipeline.run.active");
  g_assert_false (json_node_get_boolean (find_node (metric, "sum.isMonotonic")));
  g_assert_null (find_metric (root, "runnel.pool.slots"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/otlp-metrics/runs", test_runs);
  return g_test_run ();
}
