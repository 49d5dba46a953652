/* test-timing.c: where the time of a run went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"

/* "id kind start-end" of all spans of a row, in seconds of the run. */
static void
assert_spans (const RunnelTiming *timing,
              const char         *id,
              const char         *expected)
{
  static const char *const kinds[] = { "queued", "waiting", "attempt", "retry" };
  g_autoptr(GString) text = g_string_new (NULL);
  guint row;

  g_assert_true (runnel_timing_find_row (timing, id, &row));
  for (guint i = 0; i < timing->rows[row].n_spans; i++)
    {
      const RunnelSpan *span = &timing->spans[timing->rows[row].first_span + i];

      g_string_append_printf (text, "%s%s%u %g-%g%s", i > 0 ? ", " : "", kinds[span->kind],
                              span->attempt, (span->start - T0) / 1e6, (span->end - T0) / 1e6,
                              span->open ? "..." : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

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
test_spans (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();

  assert_spans (timing, "configure", "queued0 0-0.5, attempt1 0.5-8");
  assert_spans (timing, "unit-tests", "attempt1 30-38, retry1 38-43, attempt2 43-52");
  assert_spans (timing, "approve", "waiting1 40-50");
  assert_spans (timing, "install", "");
  assert_spans (timing, "fallback", "attempt1 52-60");
}

static void
test_waits (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 60);
  step = add_success (&run, "pool", 0, 10, 20);
  add_wait (step, 2, 5, "pool gpu");
  add_wait (step, 5, 7, "pool disk");
  step = add_success (&run, "person", 0, 0, 30);
  add_wait (step, 10, 20, "a person");
  /* The record of the delay before a retry is such a wait. */
  step = add_step (&run, "again", RUNNEL_STATE_SUCCEEDED, 0, 9);
  add_attempt (step, RUNNEL_STATE_FAILED, 0, 3);
  add_wait (step, 3, 8, "tries again in 5 s");
  add_attempt (step, RUNNEL_STATE_SUCCEEDED, 8, 9);
  timing = make_timing (&run, "", 60);
  assert_spans (timing, "pool",
                "queued0 0-2, waiting0 2-5, waiting0 5-7, queued0 7-10, attempt1 10-20");
  assert_spans (timing, "person", "attempt1 0-10, waiting1 10-20, attempt1 20-30");
  assert_spans (timing, "again", "attempt1 0-3, retry1 3-8, attempt2 8-9");
  made_up_run_clear (&run);
}

static void
test_live (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 0);
  step = add_step (&run, "running", RUNNEL_STATE_RUNNING, 0, -1);
  add_attempt (step, RUNNEL_STATE_RUNNING, 1, -1);
  add_step (&run, "queued", RUNNEL_STATE_QUEUED, 2, -1);
  step = add_step (&run, "again", RUNNEL_STATE_WAITING, 0, -1);
  add_attempt (step, RUNNEL_STATE_FAILED, 0, 3);
  add_step (&run, "pending", RUNNEL_STATE_PENDING, -1, -1);
  timing = make_timing (&run, "", 10);
  made_up_run_clear (&run);

  g_assert_true (timing->open);
  assert_spans (timing, "running", "queued0 0-1, attempt1 1-10...");
  assert_spans (timing, "queued", "queued0 2-10...");
  assert_spans (timing, "again", "attempt1 0-3, retry1 3-10...");
  assert_spans (timing, "pending", "");

  runnel_timing_set_now (timing, AT (12));
  assert_spans (timing, "running", "queued0 0-1, attempt1 1-12...");
  assert_spans (timing, "queued", "queued0 2-12...");
  g_assert_cmpint (timing->end, ==, AT (12));
  g_assert_cmpint (timing->totals.wall, ==, 12 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (find_row (timing, "running")->end, ==, AT (12));

  /* Time does not go back. */
  runnel_timing_set_now (timing, AT (5));
  g_assert_cmpint (timing->end, ==, AT (12));
}

/* A step that is cancelled while it waits keeps the time it had waited. */
static void
test_cancelled (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 20);
  add_step (&run, "in-queue", RUNNEL_STATE_CANCELLED, 5, 20);
  add_attempt (add_step (&run, "before-retry", RUNNEL_STATE_CANCELLED, 0, 20),
               RUNNEL_STATE_FAILED, 0, 3);
  add_attempt (add_step (&run, "running", RUNNEL_STATE_CANCELLED, 0, 20),
               RUNNEL_STATE_CANCELLED, 0, 19);
  timing = make_timing (&run, "", 20);
  made_up_run_clear (&run);
  assert_spans (timing, "in-queue", "queued0 5-20");
  assert_spans (timing, "before-retry", "attempt1 0-3, retry1 3-20");
  assert_spans (timing, "running", "attempt1 0-19");
}

static void
test_order (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  static const char *const expected[] = { "first", "tie-a", "tie-b", "skipped", "never" };

  made_up_run_init (&run, 60);
  add_step (&run, "never", RUNNEL_STATE_PENDING, -1, -1);
  add_step (&run, "skipped", RUNNEL_STATE_SKIPPED, -1, 30);
  add_success (&run, "tie-a", 10, 10, 12);
  add_success (&run, "tie-b", 10, 10, 11);
  add_success (&run, "first", 0, 10, 20);
  timing = make_timing (&run, "", 60);
  made_up_run_clear (&run);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (timing->rows[i].id, ==, expected[i]);
  /* Spans follow their rows. */
  for (guint i = 0, next = 0; i < timing->n_rows; i++)
    {
      g_assert_cmpuint (timing->rows[i].first_span, ==, next);
      next += timing->rows[i].n_spans;
    }
}

static void
test_critical_path (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();

  assert_critical_path (timing, "configure compile unit-tests fallback");
  g_assert_cmpint (find_row (timing, "compile")->slack, ==, 0);
  /* approve ended at 50 of 60, and analysis led only to it. */
  g_assert_cmpint (find_row (timing, "approve")->slack, ==, 10 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (find_row (timing, "analysis")->slack, ==, 10 * G_TIME_SPAN_SECOND);
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
  g_assert_cmpint (find_row (timing, "slow")->slack, ==, 10 * G_TIME_SPAN_SECOND);
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

static void
test_without_pipeline (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 10);

  g_assert_cmpuint (timing->n_critical, ==, 0);
  g_assert_cmpuint (timing->n_rows, ==, 10);
}

static void
test_totals (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  const RunnelTotals *totals = &timing->totals;

  g_assert_cmpint (totals->wall, ==, 60 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->queued, ==, 3.5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->waiting, ==, 10 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->retries, ==, (8 + 5) * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->work, ==, (7.5 + 21 + 8 + 9 + 30 + 8) * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->critical, ==, (7.5 + 21 + 8 + 9 + 8) * G_TIME_SPAN_SECOND);
  g_assert_cmpfloat_with_epsilon (totals->parallelism, 83.5 / 60, 1e-9);
  g_assert_cmpuint (totals->n_attempts, ==, 7);
}

static void
test_describe (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autofree char *all = NULL;
  g_autofree char *second = NULL;
  guint row;

  g_assert_true (runnel_timing_find_row (timing, "unit-tests", &row));
  all = runnel_timing_describe (timing, row, -1);
  g_assert_cmpstr (all, ==,
                   "unit-tests (failed)\n"
                   "Attempt 1: failed, at 30 s, for 8.0 s\n"
                   "Delay after attempt 1, at 38 s, for 5.0 s\n"
                   "Attempt 2: failed, at 43 s, for 9.0 s\n"
                   "Exit code 1.\n"
                   "On the critical path");
  second = runnel_timing_describe (timing, row, 2);
  g_assert_nonnull (strstr (second, "Attempt 2"));
  g_assert_null (strstr (second, "Attempt 1"));
}

/* A clock that was set back must not make bars of negative length, or bars outside the run. */
static void
test_clock_set_back (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 10);
  add_success (&run, "odd", -5, 8, 3);
  add_success (&run, "late", 2, 12, 20);
  timing = make_timing (&run, "late: odd", 10);
  made_up_run_clear (&run);
  g_assert_cmpint (timing->end, ==, AT (20));
  for (guint i = 0; i < timing->n_spans; i++)
    {
      g_assert_cmpint (timing->spans[i].end, >=, timing->spans[i].start);
      g_assert_cmpint (timing->spans[i].start, >=, timing->start);
      g_assert_cmpint (timing->spans[i].end, <=, timing->end);
    }
}

static RunnelStepRecord *
add_added (MadeUpRun  *run,
           const char *id,
           RunnelRole  role,
           const char *parent,
           double      started)
{
  RunnelStepRecord *step = add_success (run, id, started, started, started + 1);

  step->role = role;
  step->parent = g_strdup (parent);
  return step;
}

/* What takes back comes behind what was done, and hooks behind all, whenever they ran. */
static void
test_groups (void)
{
  const char *const titles[] = { "deploy", "build", "build (os=debian, version=12)", "Undo deploy", "warm-up" };
  MadeUpRun run;
  RunnelStepRecord *leg;
  g_autoptr(JsonNode) values = json_from_string ("{\"os\": \"debian\", \"version\": 12}", NULL);
  g_autoptr(RunnelTiming) timing = NULL;

  made_up_run_init (&run, 20);
  add_success (&run, "build", 3, 3, 8);
  add_success (&run, "deploy", 2, 2, 9);
  add_added (&run, "warm-up", RUNNEL_ROLE_HOOK, NULL, 0);
  add_added (&run, "deploy.undo", RUNNEL_ROLE_UNDO, "deploy", 12);
  leg = add_added (&run, "build.1", RUNNEL_ROLE_LEG, "build", 4);
  leg->matrix = json_node_dup_object (values);
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (20));
  made_up_run_clear (&run);

  g_assert_cmpuint (timing->n_rows, ==, G_N_ELEMENTS (titles));
  for (guint i = 0; i < timing->n_rows; i++)
    {
      g_assert_cmpstr (timing->rows[i].title, ==, titles[i]);
      g_assert_cmpint (runnel_timing_begins_group (timing, i), ==, i == 3 || i == 4);
    }
}

/* The rows of a subpipeline stand below their step, and change nothing of the whole. */
static void
test_nest (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelTiming) child = make_rich_timing ();
  guint n_rows = timing->n_rows;
  gint64 work = timing->totals.work;
  guint row, inner;

  runnel_timing_nest (child, 0, timing);
  g_assert_true (runnel_timing_find_row (timing, "unit-tests", &row));
  runnel_timing_nest (timing, row, child);
  g_assert_cmpuint (timing->n_rows, ==, 3 * n_rows);
  g_assert_true (runnel_timing_find_row (timing, "unit-tests/configure", &inner));
  g_assert_cmpuint (inner, ==, row + 1);
  g_assert_cmpuint (timing->rows[inner].depth, ==, 1);
  g_assert_cmpuint (find_row (timing, "unit-tests/configure/configure")->depth, ==, 2);
  assert_spans (timing, "unit-tests/unit-tests", "attempt1 30-38, retry1 38-43, attempt2 43-52");
  assert_spans (timing, "unit-tests", "attempt1 30-38, retry1 38-43, attempt2 43-52");
  assert_spans (timing, "fallback", "attempt1 52-60");
  runnel_timing_set_now (timing, timing->end + 1);
  g_assert_cmpint (timing->totals.work, ==, work);
  for (guint i = 0; i < timing->n_critical; i++)
    g_assert_true (timing->rows[timing->critical_path[i]].critical);
}

/* Each run goes below the step that started it, also when a step started several. */
static void
test_nest_family (void)
{
  MadeUpRun outer, first, second, inner;
  RunnelInnerRun runs[3];
  g_autoptr(GPtrArray) family = g_ptr_array_new ();
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(GString) ids = g_string_new (NULL);

  made_up_run_init (&outer, 10);
  add_success (&outer, "call", 0, 0, 10);
  made_up_run_init (&first, 5);
  first.run->id = 43;
  first.run->parent = 42;
  first.run->parent_step = g_strdup ("call");
  add_success (&first, "a", 0, 0, 4);
  made_up_run_init (&second, 10);
  second.run->id = 44;
  second.run->parent = 42;
  second.run->parent_step = g_strdup ("call");
  add_success (&second, "b", 5, 5, 10);
  made_up_run_init (&inner, 3);
  inner.run->id = 45;
  inner.run->parent = 43;
  inner.run->parent_step = g_strdup ("a");
  add_success (&inner, "deep", 1, 1, 3);
  runs[0] = (RunnelInnerRun) { first.run, first.steps };
  runs[1] = (RunnelInnerRun) { second.run, second.steps };
  runs[2] = (RunnelInnerRun) { inner.run, inner.steps };
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    g_ptr_array_add (family, &runs[i]);

  timing = runnel_timing_new (outer.run, outer.steps, NULL, AT (10));
  runnel_timing_nest_family (timing, family, AT (10));
  for (guint i = 0; i < timing->n_rows; i++)
    g_string_append_printf (ids, "%s ", timing->rows[i].id);
  g_assert_cmpstr (ids->str, ==, "call call/a call/a/deep call/b ");
  made_up_run_clear (&outer);
  made_up_run_clear (&first);
  made_up_run_clear (&second);
  made_up_run_clear (&inner);
}

/* A step with legs has no time of its own: they stand for it, below it. */
static void
test_legs (void)
{
  const char *const ids[] = { "list", "build", "build.1", "build.2", "sum" };
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

  for (guint i = 0; i < timing->n_rows; i++)
    g_assert_cmpstr (timing->rows[i].id, ==, ids[i]);
  g_assert_cmpuint (timing->rows[1].n_spans, ==, 0);
  g_assert_cmpint (timing->rows[1].start, ==, AT (2));
  g_assert_cmpuint (timing->n_critical, ==, 3);
  g_assert_cmpstr (timing->rows[timing->critical_path[1]].id, ==, "build.2");
  g_assert_cmpint (timing->totals.critical, ==, AT (9) - AT (0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/timing/spans", test_spans);
  g_test_add_func ("/charts/timing/waits", test_waits);
  g_test_add_func ("/charts/timing/live", test_live);
  g_test_add_func ("/charts/timing/cancelled", test_cancelled);
  g_test_add_func ("/charts/timing/order", test_order);
  g_test_add_func ("/charts/timing/critical-path", test_critical_path);
  g_test_add_func ("/charts/timing/critical-any", test_critical_any);
  g_test_add_func ("/charts/timing/critical-hooks", test_critical_hooks);
  g_test_add_func ("/charts/timing/critical-hook-at-start", test_critical_hook_at_start);
  g_test_add_func ("/charts/timing/critical-over-skipped", test_critical_over_skipped);
  g_test_add_func ("/charts/timing/without-pipeline", test_without_pipeline);
  g_test_add_func ("/charts/timing/totals", test_totals);
  g_test_add_func ("/charts/timing/describe", test_describe);
  g_test_add_func ("/charts/timing/groups", test_groups);
  g_test_add_func ("/charts/timing/nest", test_nest);
  g_test_add_func ("/charts/timing/nest-family", test_nest_family);
  g_test_add_func ("/charts/timing/legs", test_legs);
  g_test_add_func ("/charts/timing/clock-set-back", test_clock_set_back);
  return g_test_run ();
}
