/* test-history-pack.c: the logs of earlier runs, compressed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cleanup-fixture.h"
#include "history/runnel-history-pack.h"
#include "history/runnel-run-size.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

static RunnelPackResult
pack (RunnelHistory   *history,
      RunnelRetention *policy,
      gint64           now)
{
  g_autoptr(GError) error = NULL;
  RunnelPackResult result;

  g_assert_true (runnel_history_measure_runs (history, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (runnel_history_pack_logs (history, policy, now, &result, NULL, &error));
  g_assert_no_error (error);
  return result;
}

static void
test_old (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 50000);
  gint64 before;

  g_free (write_run_file (run, "s1.1.log", 50000));
  g_free (write_run_file (run, "small.1.log", 100));
  g_free (write_run_file (run, "artifacts/s0/kept.log", 50000));
  g_assert_cmpint (pack (history, policy, T0 + 1000 * DAY).n_logs, ==, 0);

  policy->compress_after = 7 * DAY;
  g_assert_cmpint (pack (history, policy, T0 + 6 * DAY).n_logs, ==, 0);
  before = read_number ("SELECT logs FROM run_size");
  g_assert_cmpint (pack (history, policy, T0 + 8 * DAY).n_logs, ==, 2);
  g_assert_true (has_run_file (run, "s0.1.log.zst"));
  g_assert_false (has_run_file (run, "s0.1.log"));
  g_assert_true (has_run_file (run, "s1.1.log.zst"));
  g_assert_true (has_run_file (run, "small.1.log"));
  g_assert_true (has_run_file (run, "artifacts/s0/kept.log"));
  g_assert_cmpint (read_number ("SELECT logs FROM run_size"), <, before - 60000);
  g_assert_cmpint (pack (history, policy, T0 + 9 * DAY).n_logs, ==, 0);
}

static void
test_large (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  gint64 run = add_finished (history, "many", RUNNEL_STATE_FAILED, 50000);
  RunnelPackResult result;

  g_free (write_run_file (run, "s1.1.log", 500000));
  policy->compress_above = 100000;
  result = pack (history, policy, T0 + DAY);
  g_assert_cmpint (result.n_logs, ==, 1);
  g_assert_cmpint (result.saved, >, 300000);
  g_assert_true (has_run_file (run, "s1.1.log.zst"));
  g_assert_true (has_run_file (run, "s0.1.log"));

  /* The rest comes when it is old. */
  policy->compress_after = 7 * DAY;
  g_assert_cmpint (pack (history, policy, T0 + 2 * DAY).n_logs, ==, 0);
  g_assert_cmpint (pack (history, policy, T0 + 8 * DAY).n_logs, ==, 1);
}

static void
test_under_way (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  gint64 run = add_run (history, "many", 3);

  g_free (write_run_file (run, "s0.1.log", 50000));
  policy->compress_after = 0;
  g_assert_cmpint (pack (history, policy, T0 + DAY).n_logs, ==, 0);
  finish_run (history, run, RUNNEL_STATE_CANCELLED);
  g_assert_cmpint (pack (history, policy, T0 + DAY).n_logs, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/pack/old", test_old);
  g_test_add_func ("/history/pack/large", test_large);
  g_test_add_func ("/history/pack/under-way", test_under_way);

  return g_test_run ();
}
