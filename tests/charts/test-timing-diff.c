/* test-timing-diff.c: what took longer in one run than in another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"
#include "charts/runnel-timing-diff-svg.h"
#include "charts/runnel-timing-diff-text.h"
#include "../golden.h"

/* A run of a pipeline that is changed before the next. */
static RunnelTiming *
make_side (guint            side,
           RunnelPipeline **ret_pipeline)
{
  gboolean after = side == RUNNEL_AFTER;
  MadeUpRun run;
  RunnelStepRecord *step;
  RunnelTiming *timing;

  made_up_run_init (&run, after ? 50 : 30);
  run.run->id = after ? 7 : 4;
  add_success (&run, "fetch", 0, 0, 5);
  add_success (&run, "build", 5, 5, after ? 12 : 20);
  step = add_success (&run, "train", 5, after ? 20 : 6, after ? 50 : 25);
  if (after)
    add_wait (step, 5, 20, RUNNEL_WAIT_POOL, "pool gpu: 1 of 1 held by run 6");
  if (after)
    add_success (&run, "audit", 12, 12, 14);
  else
    add_success (&run, "lint", 5, 5, 9);
  add_step (&run, "matrix", RUNNEL_STATE_SUCCEEDED, 5, 8);
  if (after)
    g_hash_table_insert (run.members, "build", "\"with\": {\"argv\": [\"make\", \"-j8\"]}");
  *ret_pipeline = make_pipeline (&run, after ? "build: fetch; train: fetch; audit: build"
                                             : "build: fetch; train: fetch; lint: fetch");
  step = add_added (&run, after ? "matrix.2" : "matrix.1", RUNNEL_ROLE_LEG, "matrix", 6);
  step->matrix = json_object_new ();
  json_object_set_string_member (step->matrix, "os", "debian");
  timing = runnel_timing_new (run.run, run.steps, *ret_pipeline, AT (50));
  made_up_run_clear (&run);
  return timing;
}

static RunnelTimingDiff *
make_diff (void)
{
  RunnelPipeline *pipelines[RUNNEL_N_SIDES];
  g_autoptr(RunnelTiming) before = make_side (RUNNEL_BEFORE, &pipelines[RUNNEL_BEFORE]);
  g_autoptr(RunnelTiming) after = make_side (RUNNEL_AFTER, &pipelines[RUNNEL_AFTER]);
  RunnelTimingDiff *diff = runnel_timing_diff_new (before, pipelines[RUNNEL_BEFORE], after,
                                                   pipelines[RUNNEL_AFTER]);

  g_object_unref (pipelines[RUNNEL_BEFORE]);
  g_object_unref (pipelines[RUNNEL_AFTER]);
  return diff;
}

static const RunnelTimingPair *
find_pair (const RunnelTimingDiff *diff,
           const char             *id)
{
  for (guint i = 0; i < diff->n_pairs; i++)
    if (g_str_equal (diff->pairs[i].id, id))
      return &diff->pairs[i];
  g_assert_not_reached ();
}

static void
test_pairs (void)
{
  g_autoptr(RunnelTimingDiff) diff = make_diff ();
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < diff->n_pairs; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", diff->pairs[i].id);
  g_assert_cmpstr (ids->str, ==, "train audit fetch matrix matrix.2 lint build");
  g_assert_cmpint (find_pair (diff, "train")->delta, ==, 25 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (find_pair (diff, "train")->by_kind[RUNNEL_AFTER][RUNNEL_SPAN_POOL], ==,
                   15 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (find_pair (diff, "train")->change, ==, RUNNEL_PAIR_SAME);
  g_assert_cmpint (find_pair (diff, "build")->change, ==, RUNNEL_PAIR_CHANGED);
  g_assert_cmpint (find_pair (diff, "audit")->change, ==, RUNNEL_PAIR_ADDED);
  g_assert_cmpint (find_pair (diff, "lint")->change, ==, RUNNEL_PAIR_REMOVED);
  g_assert_cmpint (diff->longest, ==, 45 * G_TIME_SPAN_SECOND);
}

/* A leg is found by its values, whatever its number. */
static void
test_legs (void)
{
  g_autoptr(RunnelTimingDiff) diff = make_diff ();
  const RunnelTimingPair *leg = find_pair (diff, "matrix.2");

  g_assert_cmpint (leg->change, ==, RUNNEL_PAIR_SAME);
  g_assert_cmpint (leg->rows[RUNNEL_BEFORE], >=, 0);
  g_assert_cmpint (leg->rows[RUNNEL_AFTER], >=, 0);
}

static void
assert_description (const RunnelTimingDiff *diff,
                    const char             *id,
                    const char             *expected)
{
  g_autofree char *text = runnel_timing_diff_describe_pair (diff, find_pair (diff, id) - diff->pairs);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  g_autoptr(RunnelTimingDiff) diff = make_diff ();
  g_autofree char *times = runnel_timing_diff_describe (diff);
  g_autofree char *path = runnel_timing_diff_describe_path (diff);

  g_assert_cmpstr (times, ==, "30 s → 50 s (+20 s, 67 % longer)");
  g_assert_cmpstr (path, ==, "24 s → 35 s");
  assert_description (diff, "train", "running +11 s, queued −1.0 s, for a pool +15 s");
  assert_description (diff, "build", "running −8.0 s; its definition has changed");
  assert_description (diff, "fetch", "");
  assert_description (diff, "audit", "");
}

/* Steps that are on one of the critical paths alone are named. */
static void
test_paths (void)
{
  MadeUpRun run;
  RunnelTiming *timings[RUNNEL_N_SIDES];
  g_autoptr(RunnelTimingDiff) diff = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < RUNNEL_N_SIDES; i++)
    {
      made_up_run_init (&run, 10);
      add_success (&run, "a", 0, 0, 2);
      add_success (&run, "b", 2, 2, i == 0 ? 10 : 3);
      add_success (&run, "c", 2, 2, i == 0 ? 3 : 10);
      timings[i] = make_timing (&run, "b: a; c: a", 10);
      made_up_run_clear (&run);
    }
  diff = runnel_timing_diff_new (timings[0], NULL, timings[1], NULL);
  path = runnel_timing_diff_describe_path (diff);
  g_assert_cmpstr (path, ==, "10 s → 10 s; now on it: c; no longer: b");
  runnel_timing_unref (timings[0]);
  runnel_timing_unref (timings[1]);
}

static void
test_golden (void)
{
  const RunnelGanttTextOptions options = { .width = 90 };
  g_autoptr(RunnelTimingDiff) diff = make_diff ();
  g_autofree char *text = runnel_timing_diff_to_text (diff, &options);
  g_autofree char *svg = runnel_timing_diff_to_svg (diff, 900);

  assert_golden (text, "charts", "diff.txt");
  assert_golden (svg, "charts", "diff.svg");
}

/* With itself, with nothing, and with very many steps. */
static void
test_extremes (void)
{
  MadeUpRun run;
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(RunnelTiming) many = make_random_timing (rand, 10000);
  g_autoptr(RunnelTiming) empty = NULL;
  g_autoptr(RunnelTimingDiff) same = runnel_timing_diff_new (many, NULL, many, NULL);
  g_autoptr(RunnelTimingDiff) gone = NULL;
  g_autofree char *times = runnel_timing_diff_describe (same);
  g_autofree char *svg = NULL;
  g_autofree char *text = NULL;

  made_up_run_init (&run, 0);
  empty = runnel_timing_new (run.run, run.steps, NULL, T0);
  made_up_run_clear (&run);
  gone = runnel_timing_diff_new (many, NULL, empty, NULL);
  g_assert_cmpuint (same->n_pairs, ==, 10000);
  g_assert_cmpint (same->pairs[0].delta, ==, 0);
  g_assert_true (g_str_has_suffix (times, "(±0)"));
  g_assert_cmpint (gone->pairs[5000].change, ==, RUNNEL_PAIR_REMOVED);
  svg = runnel_timing_diff_to_svg (gone, 0);
  text = runnel_timing_diff_to_text (gone, NULL);
  g_assert_cmpuint (strlen (svg), <, 4000000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/timing-diff/pairs", test_pairs);
  g_test_add_func ("/charts/timing-diff/legs", test_legs);
  g_test_add_func ("/charts/timing-diff/words", test_words);
  g_test_add_func ("/charts/timing-diff/paths", test_paths);
  g_test_add_func ("/charts/timing-diff/golden", test_golden);
  g_test_add_func ("/charts/timing-diff/extremes", test_extremes);
  return g_test_run ();
}
