/* test-metric.c: a figure that is watched over time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-metric.h"

static const RunnelMetricInfo info = {
  RUNNEL_METRIC_COUNTER, "runs", NULL, "Runs.", { "pipeline", "state" },
};

static void
test_samples (void)
{
  RunnelMetric *metric = runnel_metric_new (&info);
  RunnelSample *one = runnel_metric_get_sample (metric, "a", "failed");
  RunnelSample *other = runnel_metric_get_sample (metric, "a", NULL);

  g_assert_true (one != other);
  g_assert_true (runnel_metric_get_sample (metric, "a", "failed") == one);
  g_assert_true (runnel_metric_get_sample (metric, "a", NULL) == other);
  g_assert_true (runnel_metric_get_sample (metric, NULL, NULL) != other);
  g_assert_cmpuint (metric->samples->len, ==, 3);
  g_assert_true (metric->samples->pdata[0] == one);
  runnel_metric_free (metric);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telemetry/metric/samples", test_samples);
  return g_test_run ();
}
