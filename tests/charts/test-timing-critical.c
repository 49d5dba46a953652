/* test-timing-critical.c: what decided when the run ended
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"

#define SECOND G_TIME_SPAN_SECOND

static const RunnelTimingRow *
find_row (const RunnelTiming *timing,
          const char         *id)
{
  guint row;

  g_assert_true (runnel_timing_find_row (timing, id, &row));
  return &timing->rows[row];
}

static void
assert_critical_path (const RunnelTiming *timing,
                      const char         *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < timing->n_critical; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            timing->rows[timing->critical_path[i]].id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_critical_path (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();

  assert_critical_path (timing, "configure compile unit-tests fallback");
  g_assert_cmpint (find_row (timing, "compile")->slack, ==, 0);
  /* approve ended at 50 of 60, and analysis led only to it. */
  g_assert_cmpint (find_row (timing, "approve")->slack, ==, 10 * SECOND);
  g_assert_cmpint (find_row (timing, "analysis")->slack, ==, 10 * SECOND);
  g_assert_false (find_row (timing, "analysis")->critical);
}

/* Of an "any" join only the first end counts; the slow branch did not hold anything up. */
static void
test_critical_any (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 40);
  add_success (&run, "after", 10, 10, 40);
  add_success (&run, "slow", 0, 0, 30);
  add_success (&run, "quick", 0, 0, 10);
  timing = make_timing (&run, "after: slow quick", 40);
  made_up_run_clear (&run);
  assert_critical_path (timing, "quick after");
  g_assert_cmpint (find_row (timing, "slow")->slack, ==, 10 * SECOND);
  g_assert_cmpint (find_row (timing, "quick")->slack, ==, 0);
}

/* Hooks have no links, but come before and after everything. */
static void
test_critical_hooks (void)
{
  MadeUpRun run;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 40);
  add_success (&run, "build", 5, 5, 20);
  add_success (&run, "lint", 5, 5, 8);
  add_success (&run, "test", 20, 20, 30);
  pipeline = make_pipeline (&run, "test: build");
  add_success (&run, "prepare", 0, 0, 5);
  add_success (&run, "test.undo", 30, 30, 33);
  add_success (&run, "tell", 33, 33, 40);
  timing = runnel_timing_new (run.run, run.steps, pipeline, AT (40));
  made_up_run_clear (&run);
  assert_critical_path (timing, "prepare build test test.undo tell");
  g_assert_cmpint (find_row (timing, "test")->slack, ==, 0);
}

/* The hooks have their rows below the steps. */
static void
test_critical_hook_at_start (void)
{
  MadeUpRun run;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 20);
  add_success (&run, "build", 5, 5, 20);
  pipeline = make_pipeline (&run, "");
  add_success (&run, "prepare", 0, 0, 5)->role = RUNNEL_ROLE_HOOK;
  timing = runnel_timing_new (run.run, run.steps, pipeline, AT (20));
  made_up_run_clear (&run);
  assert_critical_path (timing, "prepare build");
}

/* A skipped step took no time, but what waited for its skipping waited for its needs. */
static void
test_critical_over_skipped (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 40);
  add_success (&run, "first", 0, 0, 20);
  add_step (&run, "skipped", RUNNEL_STATE_SKIPPED, -1, 20);
  add_success (&run, "last", 20, 21, 40);
  timing = make_timing (&run, "skipped: first; last: skipped", 40);
  made_up_run_clear (&run);
  assert_critical_path (timing, "first last");
  g_assert_cmpint (find_row (timing, "first")->slack, ==, 0);
}

/* Of a step with legs, the last of them holds up what needs it. */
static void
test_critical_legs (void)
{
  MadeUpRun run;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 10);
  add_success (&run, "list", 0, 0, 2);
  add_step (&run, "build", RUNNEL_STATE_SUCCEEDED, 2, 4);
  add_success (&run, "sum", 4, 4, 10);
  pipeline = make_pipeline (&run, "build: list; sum: build");
  add_added (&run, "build.1", RUNNEL_ROLE_LEG, "build", 2);
  add_added (&run, "build.2", RUNNEL_ROLE_LEG, "build", 3);
  timing = runnel_timing_new (run.run, run.steps, pipeline, AT (10));
  made_up_run_clear (&run);

  assert_critical_path (timing, "list build.2 sum");
  g_assert_cmpint (timing->totals.critical, ==, AT (9) - AT (0));
}

static void
assert_slack (const RunnelTiming *timing,
              const char         *id,
              double              seconds)
{
  g_assert_cmpfloat_with_epsilon (find_row (timing, id)->slack / (double) SECOND, seconds, 1e-6);
}

static void
assert_release (const RunnelTiming *timing,
                const char         *id,
                RunnelRelease       release,
                const char         *holder)
{
  const RunnelTimingRow *row = find_row (timing, id);

  g_assert_cmpint (row->release, ==, release);
  g_assert_cmpstr (row->holder >= 0 ? timing->rows[row->holder].id : NULL, ==, holder);
}

/* What had the slots held the next one up; what that one needs had time while it waited. */
static void
test_pool (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autofree char *text = NULL;
  guint row;

  made_up_run_init (&run, 40);
  add_success (&run, "fetch", 0, 0, 5);
  add_success (&run, "train-a", 0, 0, 20);
  add_wait (add_success (&run, "train-b", 5, 20, 40), 5, 20, RUNNEL_WAIT_POOL, "pool gpu: 1 of 1 held by train-a");
  add_success (&run, "lint", 0, 0, 12);
  g_hash_table_insert (run.members, "train-a", "\"pool\": \"gpu\"");
  g_hash_table_insert (run.members, "train-b", "\"pool\": {\"name\": \"gpu\", \"slots\": 1}");
  timing = make_timing (&run, "train-b: fetch", 40);
  made_up_run_clear (&run);

  assert_critical_path (timing, "train-a train-b");
  assert_release (timing, "train-b", RUNNEL_RELEASE_POOL, "train-a");
  assert_slack (timing, "train-a", 0);
  assert_slack (timing, "train-b", 0);
  assert_slack (timing, "fetch", 15);
  assert_slack (timing, "lint", 28);
  g_assert_true (runnel_timing_find_row (timing, "train-b", &row));
  text = runnel_timing_describe (timing, row, -1);
  g_assert_nonnull (strstr (text, "\nWaited 15 s for pool gpu, until “train-a” gave it back\n"));
}

/* Slots of the machine that another run had: the wait is as long as it was. */
static void
test_pool_of_others (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 40);
  add_success (&run, "fetch", 0, 0, 5);
  add_wait (add_success (&run, "train", 5, 20, 40), 5, 20, RUNNEL_WAIT_POOL, "pool gpu: 1 of 1 held by run 7");
  g_hash_table_insert (run.members, "train", "\"pool\": \"gpu\"");
  timing = make_timing (&run, "train: fetch", 40);
  made_up_run_clear (&run);

  assert_critical_path (timing, "fetch train");
  assert_release (timing, "train", RUNNEL_RELEASE_NEED, "fetch");
  assert_slack (timing, "fetch", 0);
}

/* One place for two: the second begins when the first is over. */
static void
test_place (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autofree char *text = NULL;
  guint row;

  made_up_run_init (&run, 30);
  add_success (&run, "first", 0, 0, 10);
  add_success (&run, "second", 0, 10, 30);
  timing = make_timing (&run, "", 30);
  made_up_run_clear (&run);

  assert_critical_path (timing, "first second");
  assert_release (timing, "second", RUNNEL_RELEASE_PLACE, "first");
  assert_slack (timing, "first", 0);
  g_assert_true (runnel_timing_find_row (timing, "second", &row));
  text = runnel_timing_describe (timing, row, -1);
  g_assert_nonnull (strstr (text, "\nWaited 10 s for a free place, until “first” was over\n"));
}

/* A failed attempt gives its slots back before the step is tried again: only that end counts. */
static void
test_pool_between_attempts (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 40);
  step = add_step (&run, "again", RUNNEL_STATE_SUCCEEDED, 0, 30);
  add_attempt (step, RUNNEL_STATE_FAILED, 0, 10);
  add_attempt (step, RUNNEL_STATE_SUCCEEDED, 20, 30);
  add_wait (add_success (&run, "other", 2, 10, 40), 2, 10, RUNNEL_WAIT_POOL, "pool gpu: 1 of 2 held by again");
  g_hash_table_insert (run.members, "again", "\"pool\": \"gpu\"");
  g_hash_table_insert (run.members, "other", "\"pool\": \"gpu\"");
  timing = make_timing (&run, "", 40);
  made_up_run_clear (&run);

  assert_release (timing, "other", RUNNEL_RELEASE_POOL, "again");
  assert_slack (timing, "again", 0);
}

/* Ends of the steps when each lasts @delays longer and begins as soon as what it needs is over. */
static gint64
play (RunnelPipeline     *pipeline,
      const RunnelTiming *timing,
      const gint64       *delays)
{
  guint n_steps = timing->n_rows;
  g_autofree gint64 *ends = g_new0 (gint64, n_steps);
  gint64 last = 0;

  for (guint i = 0; i < n_steps; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);
      gint64 start = 0;

      for (guint j = 0; j < step->n_needs; j++)
        start = MAX (start, ends[find_row (timing, step->needs[j].step) - timing->rows]);
      ends[i] = start + timing->rows[i].end - timing->rows[i].start + delays[i];
      last = MAX (last, ends[i]);
    }
  return last;
}

/* Steps of random lengths that begin as soon as those they need are over; each needs earlier ones. */
static RunnelPipeline *
add_random_steps (MadeUpRun *run,
                  GRand     *rand,
                  guint      n_steps)
{
  g_autofree gint64 *ends = g_new0 (gint64, n_steps);
  g_autoptr(GString) needs = g_string_new (NULL);

  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      gint64 start = 0;

      g_string_append_printf (needs, "%s%s:", i > 0 ? "; " : "", id);
      for (guint j = 0; i > 0 && j < 3; j++)
        {
          guint source = g_rand_int_range (rand, 0, i);

          if (j == 0 || source % 3 == j)
            {
              g_string_append_printf (needs, " s%u", source);
              start = MAX (start, ends[source]);
            }
        }
      ends[i] = start + g_rand_int_range (rand, 1, 20);
      add_success (run, id, start, start, ends[i]);
      run->run->finished = MAX (run->run->finished, AT (ends[i]));
    }
  return make_pipeline (run, needs->str);
}

/* With all of its slack added to a step the run is as long as before, with more it is longer. */
static void
test_slack_like_playing (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 20; round++)
    {
      MadeUpRun run;
      g_autoptr(RunnelPipeline) pipeline = NULL;
      g_autoptr(RunnelTiming) timing = NULL;
      g_autofree gint64 *delays = g_new0 (gint64, 30);
      gint64 length;

      made_up_run_init (&run, 1);
      pipeline = add_random_steps (&run, rand, 30);
      timing = runnel_timing_new (run.run, run.steps, pipeline, AT (1));
      made_up_run_clear (&run);
      length = play (pipeline, timing, delays);
      g_assert_cmpint (length, ==, timing->end - timing->start);
      for (guint i = 0; i < 30; i++)
        {
          delays[i] = timing->rows[i].slack;
          g_assert_cmpint (play (pipeline, timing, delays), ==, length);
          delays[i] += 1;
          g_assert_cmpint (play (pipeline, timing, delays), ==, length + 1);
          delays[i] = 0;
        }
    }
}

/* Of a step that ran a pipeline, what decided is inside: its run from 4 to 10 has "lint" beside the
 * way from "fetch" to "build". "notes" came to an end before the step did. */
static void
test_nested (void)
{
  MadeUpRun outer, inner;
  g_autoptr(GPtrArray) family = g_ptr_array_new ();
  g_autoptr(RunnelTiming) timing = NULL;
  RunnelInnerRun runs[2];

  made_up_run_init (&outer, 12);
  add_success (&outer, "prepare", 0, 0, 4);
  add_success (&outer, "call", 4, 4, 10);
  add_success (&outer, "notes", 0, 0, 7);
  add_success (&outer, "release", 10, 10, 12);
  made_up_run_init (&inner, 10);
  inner.run->id = 43;
  inner.run->parent = 42;
  inner.run->parent_step = g_strdup ("call");
  inner.run->started = AT (4);
  inner.document = "\"groups\": [{\"id\": \"g\", \"name\": \"Checks\", \"steps\": [\"lint\"]}]";
  add_success (&inner, "fetch", 4, 4, 6);
  add_success (&inner, "lint", 6, 6, 7);
  add_success (&inner, "build", 6, 6, 10);
  runs[0] = (RunnelInnerRun) { inner.run, inner.steps,
                               make_pipeline (&inner, "lint: fetch; build: fetch") };
  /* The same again below "notes", which decided nothing. */
  runs[1] = runs[0];
  runs[1].run = g_memdup2 (inner.run, sizeof *inner.run);
  runs[1].run->parent_step = (char *) "notes";
  g_ptr_array_add (family, &runs[0]);
  g_ptr_array_add (family, &runs[1]);

  timing = make_timing (&outer, "call: prepare; release: call notes", 12);
  runnel_timing_nest_family (timing, family, AT (12));
  assert_critical_path (timing, "prepare call call/fetch call/build release");
  g_assert_cmpint (find_row (timing, "call/lint")->slack, ==, 3 * SECOND);
  g_assert_cmpint (find_row (timing, "notes")->slack, ==, 3 * SECOND);
  g_assert_cmpint (find_row (timing, "notes/build")->slack, ==, 3 * SECOND);
  g_assert_cmpint (find_row (timing, "notes/lint")->slack, ==, 6 * SECOND);
  g_assert_false (find_row (timing, "notes/build")->critical);
  /* Its groups, its links and what released its steps are there, too. */
  g_assert_cmpstr (timing->groups[find_row (timing, "call/lint")->group].title, ==, "Checks");
  g_assert_cmpuint (timing->n_links, ==, 3 + 2 * 2);
  g_assert_true (&timing->rows[find_row (timing, "call/build")->holder] ==
                 find_row (timing, "call/fetch"));
  /* What it worked counts once, as that of the step. */
  g_assert_cmpint (timing->totals.critical, ==, (4 + 6 + 2) * SECOND);
  g_object_unref (runs[0].pipeline);
  g_free (runs[1].run);
  made_up_run_clear (&outer);
  made_up_run_clear (&inner);
}

/* Of a pipeline that can't be read there are bars only, and the path goes through the step. */
static void
test_nested_unknown (void)
{
  MadeUpRun outer, inner;
  g_autoptr(GPtrArray) family = g_ptr_array_new ();
  g_autoptr(RunnelTiming) timing = NULL;
  RunnelInnerRun run;

  made_up_run_init (&outer, 4);
  add_success (&outer, "call", 0, 0, 4);
  made_up_run_init (&inner, 4);
  inner.run->id = 43;
  inner.run->parent = 42;
  inner.run->parent_step = g_strdup ("call");
  add_success (&inner, "a", 0, 0, 1);
  run = (RunnelInnerRun) { inner.run, inner.steps };
  g_ptr_array_add (family, &run);
  timing = make_timing (&outer, "", 4);
  runnel_timing_nest_family (timing, family, AT (4));
  assert_critical_path (timing, "call");
  g_assert_cmpint (find_row (timing, "call/a")->slack, ==, 0);
  made_up_run_clear (&outer);
  made_up_run_clear (&inner);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/timing-critical/path", test_critical_path);
  g_test_add_func ("/charts/timing-critical/any", test_critical_any);
  g_test_add_func ("/charts/timing-critical/hooks", test_critical_hooks);
  g_test_add_func ("/charts/timing-critical/hook-at-start", test_critical_hook_at_start);
  g_test_add_func ("/charts/timing-critical/over-skipped", test_critical_over_skipped);
  g_test_add_func ("/charts/timing-critical/legs", test_critical_legs);
  g_test_add_func ("/charts/timing-critical/pool", test_pool);
  g_test_add_func ("/charts/timing-critical/pool-of-others", test_pool_of_others);
  g_test_add_func ("/charts/timing-critical/pool-between-attempts", test_pool_between_attempts);
  g_test_add_func ("/charts/timing-critical/place", test_place);
  g_test_add_func ("/charts/timing-critical/nested", test_nested);
  g_test_add_func ("/charts/timing-critical/nested-unknown", test_nested_unknown);
  g_test_add_func ("/charts/timing-critical/slack-like-playing", test_slack_like_playing);
  return g_test_run ();
}
