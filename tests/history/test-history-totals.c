/* test-history-totals.c: what all runs came to, also those that are deleted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history-fixture.h"
#include "history/runnel-history-totals.h"

static void
record (RunnelHistory   *history,
        gint64           run,
        RunnelEventType  type,
        gint64           seconds,
        guint            attempt,
        RunnelState      state)
{
  const RunnelEvent event = {
    .type = type,
    .time = T0 + seconds * G_TIME_SPAN_SECOND,
    .run = run,
    .attempt = attempt,
    .state = state,
  };

  record_event (history, &event);
}

static GPtrArray *
list_totals (RunnelHistory *history)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *totals = runnel_history_list_totals (history, &error);

  g_assert_no_error (error);
  return totals;
}

/* All buckets in one. */
static RunnelTotal
sum_up (GPtrArray       *totals,
        RunnelTotalType  type,
        const char      *pipeline,
        const char      *label)
{
  RunnelTotal sum = { .type = type };

  for (guint i = 0; i < totals->len; i++)
    {
      const RunnelTotal *total = totals->pdata[i];

      if (total->type != type || !g_str_equal (total->pipeline, pipeline) ||
          !g_str_equal (total->label, label))
        continue;
      sum.n += total->n;
      sum.sum += total->sum;
      sum.bucket = total->bucket;
    }
  return sum;
}

/* Queued for 5 s, then 20 s with a step that succeeds at the second attempt. */
static gint64
add_flaky_run (RunnelHistory *history)
{
  gint64 run = add_run (history, "many", 2);
  g_autoptr(JsonObject) details = json_object_new ();
  const RunnelEvent queued = {
    .type = RUNNEL_EVENT_RUN_QUEUED,
    .time = T0 + 5 * G_TIME_SPAN_SECOND,
    .run = run,
    .state = RUNNEL_STATE_QUEUED,
    .details = details,
  };

  record_event (history, &queued);
  record (history, run, RUNNEL_EVENT_RUN_STARTED, 10, 0, RUNNEL_STATE_RUNNING);
  record (history, run, RUNNEL_EVENT_STEP_QUEUED, 10, 0, RUNNEL_STATE_QUEUED);
  record (history, run, RUNNEL_EVENT_ATTEMPT_STARTED, 12, 1, RUNNEL_STATE_RUNNING);
  record (history, run, RUNNEL_EVENT_ATTEMPT_FINISHED, 13, 1, RUNNEL_STATE_FAILED);
  record (history, run, RUNNEL_EVENT_ATTEMPT_STARTED, 20, 2, RUNNEL_STATE_RUNNING);
  record (history, run, RUNNEL_EVENT_ATTEMPT_FINISHED, 30, 2, RUNNEL_STATE_SUCCEEDED);
  record (history, run, RUNNEL_EVENT_STEP_FINISHED, 30, 2, RUNNEL_STATE_SUCCEEDED);
  record (history, run, RUNNEL_EVENT_RUN_FINISHED, 30, 0, RUNNEL_STATE_SUCCEEDED);
  return run;
}

static void
test_run (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) totals = NULL;
  RunnelTotal total;

  add_flaky_run (history);
  totals = list_totals (history);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_BEGAN, "", "").sum, >, T0);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RUNS, "many", "succeeded").n, ==, 1);
  total = sum_up (totals, RUNNEL_TOTAL_RUN_DURATIONS, "many", "succeeded");
  g_assert_cmpint (total.sum, ==, 20 * G_TIME_SPAN_SECOND);
  g_assert_cmpfloat (runnel_total_bounds[total.bucket], ==, 30);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RUN_WAITS, "many", "").sum, ==,
                   5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_STEPS, "many", "succeeded").n, ==, 1);
  total = sum_up (totals, RUNNEL_TOTAL_STEP_DURATIONS, "many", "command");
  g_assert_cmpint (total.sum, ==, 18 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (total.n, ==, 1);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_STEP_WAITS, "many", "").sum, ==,
                   2 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RETRIES, "many", "").n, ==, 1);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_FLAKY, "many", "").n, ==, 1);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_LAST_RUN, "many", "").sum, ==,
                   T0 + 30 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_LAST_SUCCESS, "many", "").sum, ==,
                   T0 + 30 * G_TIME_SPAN_SECOND);
}

/* A journal that is read again, and a deleted run, change nothing. */
static void
test_monotonic (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GError) error = NULL;
  gint64 run = add_flaky_run (history);

  before = list_totals (history);
  record (history, run, RUNNEL_EVENT_RUN_STARTED, 10, 0, RUNNEL_STATE_RUNNING);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  runnel_history_delete_run (history, run, &error);
  g_assert_no_error (error);
  after = list_totals (history);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    {
      const RunnelTotal *old = before->pdata[i];
      const RunnelTotal *new = after->pdata[i];

      g_assert_cmpint (new->type, ==, old->type);
      g_assert_cmpint (new->n, ==, old->n);
      g_assert_cmpint (new->sum, ==, old->sum);
    }
}

/* A run that never began is counted, and took no time. */
static void
test_never_began (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) totals = NULL;

  runnel_history_abandon_run (history, add_run (history, "none", 2), "no room", NULL);
  totals = list_totals (history);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RUNS, "none", "interrupted").n, ==, 1);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RUN_DURATIONS, "none", "interrupted").n, ==, 0);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_STEPS, "none", "cancelled").n, ==, 2);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_LAST_SUCCESS, "none", "").sum, ==, 0);
}

static void
test_buckets (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) totals = NULL;
  guint n_seen = 0;

  for (guint i = 0; i <= RUNNEL_TOTAL_N_BOUNDS; i++)
    {
      gint64 run = add_run (history, "many", 1);
      /* a bound belongs to its own bucket; and one that is above all of them */
      gint64 time = i < RUNNEL_TOTAL_N_BOUNDS ? runnel_total_bounds[i] * G_TIME_SPAN_SECOND
                                              : 2 * G_TIME_SPAN_DAY;
      RunnelEvent event = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run,
                            .state = RUNNEL_STATE_RUNNING };

      record_event (history, &event);
      event.type = RUNNEL_EVENT_RUN_FINISHED;
      event.time = T0 + time;
      event.state = RUNNEL_STATE_FAILED;
      record_event (history, &event);
    }
  totals = list_totals (history);
  for (guint i = 0; i < totals->len; i++)
    {
      const RunnelTotal *total = totals->pdata[i];

      if (total->type != RUNNEL_TOTAL_RUN_DURATIONS)
        continue;
      g_assert_cmpuint (total->bucket, ==, n_seen++);
      g_assert_cmpint (total->n, ==, 1);
    }
  g_assert_cmpuint (n_seen, ==, RUNNEL_TOTAL_N_BOUNDS + 1);
}

/* However many pipelines there are, and whatever they are called. */
static void
test_bounded (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) totals = NULL;
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *tail = g_strnfill (5000, 'x');
  const guint n_pipelines = RUNNEL_TOTAL_MAX_PIPELINES + 30;

  runnel_history_begin (history, NULL);
  for (guint i = 0; i < n_pipelines; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u é\"\\\n%s", i, tail);
      g_autofree char *text = make_pipeline_text (1);
      gint64 run;

      runnel_history_commit (history, NULL);
      run = runnel_history_add_run (history, name, "/x", text, strlen (text), T0, NULL);
      runnel_history_begin (history, NULL);
      finish_run (history, run, RUNNEL_STATE_FAILED);
    }
  runnel_history_commit (history, NULL);
  totals = list_totals (history);
  for (guint i = 0; i < totals->len; i++)
    {
      const RunnelTotal *total = totals->pdata[i];

      g_assert_cmpint (g_utf8_strlen (total->pipeline, -1), <=, 100);
      g_hash_table_add (names, total->pipeline);
    }
  g_assert_true (g_hash_table_contains (names, RUNNEL_TOTAL_OTHER));
  g_assert_cmpuint (g_hash_table_size (names), <=, RUNNEL_TOTAL_MAX_PIPELINES + 2);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RUNS, RUNNEL_TOTAL_OTHER, "failed").n, >=, 30);
}

/* What ran before there were totals is in them. */
static void
test_migrate (void)
{
  g_autoptr(RunnelHistory) history = open_old_history ("version-2.sql");
  g_autoptr(GPtrArray) totals = list_totals (history);

  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RUNS, "Build", "failed").n, ==, 1);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_RUNS, "Night", "succeeded").n, ==, 2);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_LAST_RUN, "Build", "").sum, >, T0);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_LAST_SUCCESS, "Build", "").sum, ==, 0);
  g_assert_cmpint (sum_up (totals, RUNNEL_TOTAL_LAST_SUCCESS, "Night", "").sum, >, T0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/totals/run", test_run);
  g_test_add_func ("/history/totals/monotonic", test_monotonic);
  g_test_add_func ("/history/totals/never-began", test_never_began);
  g_test_add_func ("/history/totals/buckets", test_buckets);
  g_test_add_func ("/history/totals/bounded", test_bounded);
  g_test_add_func ("/history/totals/migrate", test_migrate);
  return g_test_run ();
}
