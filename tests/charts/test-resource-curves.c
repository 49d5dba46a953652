/* test-resource-curves.c: how many steps ran and waited at once, and what they used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"
#include "charts/runnel-resource-curves.h"

static RunnelAttemptRecord *
get_attempt (RunnelStepRecord *step,
             guint             index)
{
  return step->attempts->pdata[index];
}

static double
get_value (const RunnelResourceCurves *curves,
           RunnelResource              resource,
           double                      seconds)
{
  return runnel_curve_get_value (curves->curves[resource], AT (seconds));
}

static void
test_counts (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelResourceCurves) curves = NULL;

  made_up_run_init (&run, 30);
  run.run->details = json_object_new ();
  json_object_set_int_member (run.run->details, "jobs", 2);
  add_success (&run, "a", 0, 0, 10);
  add_success (&run, "b", 0, 5, 20);
  add_success (&run, "c", 0, 10, 30);
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (30));
  made_up_run_clear (&run);
  curves = runnel_resource_curves_new (timing);
  g_assert_true (runnel_resource_curves_get (timing) == runnel_resource_curves_get (timing));

  g_assert_cmpfloat (curves->limits[RUNNEL_RESOURCE_RUNNING], ==, 2);
  g_assert_cmpfloat (curves->curves[RUNNEL_RESOURCE_RUNNING]->max, ==, 2);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_RUNNING, 2), ==, 1);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_WAITING, 2), ==, 2);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_WAITING, 7), ==, 1);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_RUNNING, 15), ==, 2);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_RUNNING, 25), ==, 1);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_RUNNING, 30), ==, 0);
  g_assert_cmpfloat (curves->curves[RUNNEL_RESOURCE_CPU]->max, ==, 0);
}

/* Processor time is spread over what the attempt worked, not over what it waited in between. */
static void
test_usage (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelResourceCurves) curves = NULL;

  made_up_run_init (&run, 30);
  step = add_success (&run, "frozen", 0, 0, 20);
  add_wait (step, 5, 15, RUNNEL_WAIT_HOLD, "frozen by ana");
  get_attempt (step, 0)->usage = (RunnelUsage) { 12000000, 3000000, 2048 };
  step = add_success (&run, "other", 0, 4, 30);
  get_attempt (step, 0)->usage = (RunnelUsage) { 13000000, 0, 1024 };
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (30));
  made_up_run_clear (&run);
  curves = runnel_resource_curves_new (timing);

  g_assert_cmpfloat_with_epsilon (get_value (curves, RUNNEL_RESOURCE_CPU, 1), 1.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_value (curves, RUNNEL_RESOURCE_CPU, 4.5), 2.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_value (curves, RUNNEL_RESOURCE_CPU, 10), 0.5, 1e-6);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_MEMORY, 17), ==, 3072 * 1024);
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_WAITING, 10), ==, 1);
}

/* What is under way goes on into the present, whenever that is. */
static void
test_live (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelResourceCurves) curves = NULL;

  made_up_run_init (&run, 0);
  add_attempt (add_step (&run, "a", RUNNEL_STATE_RUNNING, 0, -1), RUNNEL_STATE_RUNNING, 0, -1);
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (5));
  made_up_run_clear (&run);
  curves = runnel_resource_curves_new (timing);
  runnel_timing_set_now (timing, AT (100));
  g_assert_cmpfloat (get_value (curves, RUNNEL_RESOURCE_RUNNING, 100), ==, 1);
}

/* A subpipeline is what its step does, and counts once. */
static void
test_nested (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelTiming) child = make_rich_timing ();
  g_autoptr(RunnelResourceCurves) before = runnel_resource_curves_new (timing);
  g_autoptr(RunnelResourceCurves) after = NULL;

  runnel_timing_nest (timing, 0, child);
  after = runnel_resource_curves_new (timing);
  for (double time = 0; time < 60; time += 2.5)
    g_assert_cmpfloat (get_value (after, RUNNEL_RESOURCE_RUNNING, time), ==,
                       get_value (before, RUNNEL_RESOURCE_RUNNING, time));
}

static void
test_format (void)
{
  g_autofree char *steps = runnel_resource_format (RUNNEL_RESOURCE_RUNNING, 3);
  g_autofree char *cores = runnel_resource_format (RUNNEL_RESOURCE_CPU, 2.44);
  g_autofree char *bytes = runnel_resource_format (RUNNEL_RESOURCE_MEMORY, 3e6);

  g_assert_cmpstr (steps, ==, "3");
  g_assert_cmpstr (cores, ==, "2.4");
  g_assert_nonnull (strstr (bytes, "3.0"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/resource-curves/counts", test_counts);
  g_test_add_func ("/charts/resource-curves/usage", test_usage);
  g_test_add_func ("/charts/resource-curves/live", test_live);
  g_test_add_func ("/charts/resource-curves/nested", test_nested);
  g_test_add_func ("/charts/resource-curves/format", test_format);
  return g_test_run ();
}
