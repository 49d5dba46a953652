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
  static const char *const kinds[] = {
    "queued", "pool", "approval", "waiting", "attempt", "retry"
  };
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
test_spans (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();

  assert_spans (timing, "configure", "queued0 0-0.5, attempt1 0.5-8");
  assert_spans (timing, "unit-tests", "attempt1 30-38, retry1 38-43, attempt2 43-52");
  assert_spans (timing, "approve", "approval1 40-50");
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
  add_wait (step, 2, 5, RUNNEL_WAIT_POOL, "pool gpu: 1 of 1 held by step other");
  add_wait (step, 5, 7, RUNNEL_WAIT_POOL, "pool disk: others are being served");
  step = add_success (&run, "person", 0, 0, 30);
  add_wait (step, 10, 20, RUNNEL_WAIT_HOLD, "a person");
  /* The record of the delay before a retry is such a wait. */
  step = add_step (&run, "again", RUNNEL_STATE_SUCCEEDED, 0, 9);
  add_attempt (step, RUNNEL_STATE_FAILED, 0, 3);
  add_wait (step, 3, 8, RUNNEL_WAIT_RETRY, "retries in 5 s (attempt 2 of 3)");
  add_attempt (step, RUNNEL_STATE_SUCCEEDED, 8, 9);
  timing = make_timing (&run, "", 60);
  assert_spans (timing, "pool",
                "queued0 0-2, pool0 2-5, pool0 5-7, queued0 7-10, attempt1 10-20");
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
  g_autofree guint *order = NULL;
  static const char *const expected[] = { "first", "tie-a", "tie-b", "skipped", "never" };

  made_up_run_init (&run, 60);
  add_step (&run, "never", RUNNEL_STATE_PENDING, -1, -1);
  add_step (&run, "skipped", RUNNEL_STATE_SKIPPED, -1, 30);
  add_success (&run, "tie-a", 10, 10, 12);
  add_success (&run, "tie-b", 10, 10, 11);
  add_success (&run, "first", 0, 10, 20);
  timing = make_timing (&run, "", 60);
  made_up_run_clear (&run);
  order = runnel_timing_sort_by_start (timing);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (timing->rows[order[i]].id, ==, expected[i]);
  /* Spans follow their rows. */
  for (guint i = 0, next = 0; i < timing->n_rows; i++)
    {
      g_assert_cmpuint (timing->rows[i].first_span, ==, next);
      next += timing->rows[i].n_spans;
    }
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
  g_assert_cmpint (totals->by_kind[RUNNEL_SPAN_QUEUED], ==, 3.5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->by_kind[RUNNEL_SPAN_APPROVAL], ==, 10 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->retries, ==, (8 + 5) * G_TIME_SPAN_SECOND);
  g_assert_cmpint (totals->by_kind[RUNNEL_SPAN_ATTEMPT], ==, (7.5 + 21 + 8 + 9 + 30 + 8) * G_TIME_SPAN_SECOND);
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
                   "Could begin when “Compile <b>\"all\"</b> & \001more” was over\n"
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

/* The rows of a subpipeline are parts of their step, and change nothing of the whole. */
static void
test_nest (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelTiming) child = make_rich_timing ();
  guint n_rows = timing->n_rows;
  gint64 work = timing->totals.by_kind[RUNNEL_SPAN_ATTEMPT];
  guint row, inner;

  runnel_timing_nest (child, 0, timing);
  g_assert_true (runnel_timing_find_row (timing, "unit-tests", &row));
  runnel_timing_nest (timing, row, child);
  g_assert_cmpuint (timing->n_rows, ==, 3 * n_rows);
  g_assert_true (runnel_timing_find_row (timing, "unit-tests/configure", &inner));
  g_assert_cmpint (timing->rows[inner].parent, ==, row);
  g_assert_cmpuint (timing->rows[inner].depth, ==, 1);
  g_assert_cmpuint (find_row (timing, "unit-tests/configure/configure")->depth, ==, 2);
  assert_spans (timing, "unit-tests/unit-tests", "attempt1 30-38, retry1 38-43, attempt2 43-52");
  assert_spans (timing, "unit-tests", "attempt1 30-38, retry1 38-43, attempt2 43-52");
  assert_spans (timing, "fallback", "attempt1 52-60");
  runnel_timing_set_now (timing, timing->end + 1);
  g_assert_cmpint (timing->totals.by_kind[RUNNEL_SPAN_ATTEMPT], ==, work);
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
  g_autoptr(RunnelGanttTree) tree = NULL;
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
  tree = runnel_gantt_tree_new (timing);
  for (guint i = 0; i < tree->n_lines; i++)
    g_string_append_printf (ids, "%s ", tree->lines[i].id);
  g_assert_cmpstr (ids->str, ==, "call call/a call/a/deep call/b ");
  made_up_run_clear (&outer);
  made_up_run_clear (&first);
  made_up_run_clear (&second);
  made_up_run_clear (&inner);
}

/* A step with legs has no time of its own: they stand for it. */
static void
test_legs (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  const RunnelTimingRow *build;

  made_up_run_init (&run, 10);
  add_step (&run, "build", RUNNEL_STATE_SUCCEEDED, 2, 4);
  add_added (&run, "build.1", RUNNEL_ROLE_LEG, "build", 2);
  add_added (&run, "build.2", RUNNEL_ROLE_LEG, "build", 3);
  add_added (&run, "stray.1", RUNNEL_ROLE_LEG, "gone", 3);
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (10));
  made_up_run_clear (&run);

  build = find_row (timing, "build");
  g_assert_true (build->has_legs);
  g_assert_cmpuint (build->n_spans, ==, 0);
  g_assert_cmpint (build->start, ==, AT (2));
  g_assert_cmpint (build->end, ==, AT (4));
  g_assert_cmpint (find_row (timing, "build.2")->parent, ==, 0);
  g_assert_cmpint (find_row (timing, "stray.1")->parent, ==, -1);
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
  g_test_add_func ("/charts/timing/without-pipeline", test_without_pipeline);
  g_test_add_func ("/charts/timing/totals", test_totals);
  g_test_add_func ("/charts/timing/describe", test_describe);
  g_test_add_func ("/charts/timing/nest", test_nest);
  g_test_add_func ("/charts/timing/nest-family", test_nest_family);
  g_test_add_func ("/charts/timing/legs", test_legs);
  g_test_add_func ("/charts/timing/clock-set-back", test_clock_set_back);
  return g_test_run ();
}
