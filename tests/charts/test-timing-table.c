/* test-timing-table.c: the timing of a run as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"
#include "charts/runnel-timing-table.h"
#include "../golden.h"

static void
test_csv (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  g_autofree char *csv = runnel_timing_to_csv (tree);

  assert_golden (csv, "charts", "rich.csv");
}

static void
assert_text (const RunnelTiming *timing,
             const char         *id,
             RunnelTimingColumn  column,
             const char         *expected)
{
  g_autofree char *text = NULL;
  guint row;

  g_assert_true (runnel_timing_find_row (timing, id, &row));
  text = runnel_timing_get_text (timing, row, column);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_texts (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();

  assert_text (timing, "unit-tests", RUNNEL_TIMING_STATE, "failed");
  assert_text (timing, "unit-tests", RUNNEL_TIMING_ATTEMPTS, "2");
  assert_text (timing, "unit-tests", RUNNEL_TIMING_RUN, "17 s");
  assert_text (timing, "unit-tests", RUNNEL_TIMING_RETRY, "5.0 s");
  assert_text (timing, "unit-tests", RUNNEL_TIMING_CRITICAL, "◆");
  assert_text (timing, "unit-tests", RUNNEL_TIMING_SLACK, "");
  assert_text (timing, "approve", RUNNEL_TIMING_PERSON, "10 s");
  assert_text (timing, "approve", RUNNEL_TIMING_RUN, "");
  assert_text (timing, "analysis", RUNNEL_TIMING_SLACK, "10 s");
  assert_text (timing, "configure", RUNNEL_TIMING_QUEUE, "500 ms");
  assert_text (timing, "install", RUNNEL_TIMING_START, "52 s");
}

static void
test_usage (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 10);
  step = add_success (&run, "a", 0, 0, 4);
  ((RunnelAttemptRecord *) step->attempts->pdata[0])->usage =
    (RunnelUsage) { 5000000, 1000000, 2000 };
  add_step (&run, "b", RUNNEL_STATE_PENDING, -1, -1);
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (10));
  made_up_run_clear (&run);
  assert_text (timing, "a", RUNNEL_TIMING_CPU, "6.0 s");
  g_assert_cmpint (runnel_timing_get_number (timing, 0, RUNNEL_TIMING_MEMORY), ==, 2048000);
  assert_text (timing, "b", RUNNEL_TIMING_START, "");
  g_assert_cmpint (runnel_timing_get_number (timing, 1, RUNNEL_TIMING_END), ==, -1);
}

/* A copy does not grow, and outlives what it is a copy of. */
static void
test_copy (void)
{
  MadeUpRun run;
  RunnelTiming *timing;
  RunnelGanttTree *tree;
  g_autoptr(RunnelGanttTree) copy = NULL;
  g_autofree char *csv = NULL;

  made_up_run_init (&run, 0);
  add_attempt (add_step (&run, "a", RUNNEL_STATE_RUNNING, 0, -1), RUNNEL_STATE_RUNNING, 0, -1);
  run.document = "\"groups\": [{\"id\": \"g\", \"steps\": [\"a\"]}]";
  timing = make_timing (&run, "", 5);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  copy = runnel_gantt_tree_copy (tree);
  runnel_timing_set_now (timing, AT (9));
  runnel_gantt_tree_free (tree);
  runnel_timing_unref (timing);

  g_assert_cmpint (copy->timing->end, ==, AT (5));
  g_assert_cmpstr (copy->lines[0].id, ==, "group:g");
  g_assert_cmpstr (copy->lines[1].title, ==, "a");
  csv = runnel_timing_to_csv (copy);
  g_assert_nonnull (strstr (csv, "\na,a,running,1,0.000000,5.000000,5.000000,"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/timing-table/csv", test_csv);
  g_test_add_func ("/charts/timing-table/texts", test_texts);
  g_test_add_func ("/charts/timing-table/usage", test_usage);
  g_test_add_func ("/charts/timing-table/copy", test_copy);
  return g_test_run ();
}
