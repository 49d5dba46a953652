/* test-history-trends.c: how long each step took in the latest runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history-fixture.h"
#include "history/runnel-history-trends.h"

#define FILE "/home/me/many.runnel.json"

static void
record (RunnelHistory  *history,
        gint64          run,
        RunnelEventType type,
        gint64          seconds,
        guint           attempt,
        RunnelState     state)
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

/* One run in which the first step of three took so many seconds. */
static void
add_past_at (RunnelHistory *history,
             gint64         started,
             gint64         seconds,
             RunnelState    state)
{
  gint64 run = add_run_at (history, "many", 3, started);

  record (history, run, RUNNEL_EVENT_ATTEMPT_STARTED, 0, 1, RUNNEL_STATE_RUNNING);
  record (history, run, RUNNEL_EVENT_ATTEMPT_FINISHED, seconds, 1, state);
  record (history, run, RUNNEL_EVENT_STEP_FINISHED, seconds, 0, state);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
}

static void
add_past (RunnelHistory *history,
          gint64         seconds,
          RunnelState    state)
{
  add_past_at (history, T0, seconds, state);
}

static GHashTable *
get_trends (RunnelHistory *history,
            const char    *file)
{
  g_autoptr(GError) error = NULL;
  GHashTable *trends = runnel_history_get_trends (history, file, &error);

  g_assert_no_error (error);
  return trends;
}

static void
test_latest_last (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GHashTable) trends = NULL;
  const RunnelTrend *trend;

  for (guint i = 0; i < 13; i++)
    add_past (history, 100 + i, i == 12 ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED);
  trends = get_trends (history, FILE);
  trend = g_hash_table_lookup (trends, "s0");
  g_assert_nonnull (trend);
  g_assert_cmpuint (trend->n_runs, ==, RUNNEL_TREND_RUNS);
  g_assert_cmpint (trend->runs[0].duration, ==, 103 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (trend->runs[9].duration, ==, 112 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (trend->runs[8].state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (trend->runs[9].state, ==, RUNNEL_STATE_FAILED);
}

/* An old run that is imported has the latest number. */
static void
test_imported (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GHashTable) trends = NULL;
  const RunnelTrend *trend;

  add_past (history, 2, RUNNEL_STATE_SUCCEEDED);
  add_past_at (history, T0 - G_TIME_SPAN_DAY, 1, RUNNEL_STATE_SUCCEEDED);
  trends = get_trends (history, FILE);
  trend = g_hash_table_lookup (trends, "s0");
  g_assert_cmpuint (trend->n_runs, ==, 2);
  g_assert_cmpint (trend->runs[0].duration, ==, 1 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (trend->runs[1].duration, ==, 2 * G_TIME_SPAN_SECOND);
}

/* what did not run, was broken off, or belongs to another file is not counted */
static void
test_only_what_ran (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GHashTable) trends = NULL;
  g_autoptr(GHashTable) others = NULL;
  const RunnelTrend *trend;

  add_past (history, 5, RUNNEL_STATE_SUCCEEDED);
  add_past (history, 2, RUNNEL_STATE_CANCELLED);
  add_past (history, 9, RUNNEL_STATE_TIMED_OUT);
  trends = get_trends (history, FILE);
  trend = g_hash_table_lookup (trends, "s0");
  g_assert_cmpuint (trend->n_runs, ==, 2);
  g_assert_null (g_hash_table_lookup (trends, "s1"));
  others = get_trends (history, "/home/me/other.runnel.json");
  g_assert_cmpuint (g_hash_table_size (others), ==, 0);
}

/* a step that was tried twice took from the first start to the last end */
static void
test_attempts (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GHashTable) trends = NULL;
  const RunnelTrend *trend;
  gint64 run = add_run (history, "many", 3);

  record (history, run, RUNNEL_EVENT_ATTEMPT_STARTED, 0, 1, RUNNEL_STATE_RUNNING);
  record (history, run, RUNNEL_EVENT_ATTEMPT_FINISHED, 3, 1, RUNNEL_STATE_FAILED);
  record (history, run, RUNNEL_EVENT_ATTEMPT_STARTED, 10, 2, RUNNEL_STATE_RUNNING);
  record (history, run, RUNNEL_EVENT_ATTEMPT_FINISHED, 14, 2, RUNNEL_STATE_SUCCEEDED);
  record (history, run, RUNNEL_EVENT_STEP_FINISHED, 14, 0, RUNNEL_STATE_SUCCEEDED);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  trends = get_trends (history, FILE);
  trend = g_hash_table_lookup (trends, "s0");
  g_assert_cmpuint (trend->n_runs, ==, 1);
  g_assert_cmpint (trend->runs[0].duration, ==, 14 * G_TIME_SPAN_SECOND);
}

static void
test_usual (void)
{
  RunnelTrend trend = { 0, };

  g_assert_cmpint (runnel_trend_get_usual (NULL), ==, -1);
  g_assert_cmpint (runnel_trend_get_usual (&trend), ==, -1);
  trend.n_runs = 4;
  trend.runs[0].duration = 90;
  trend.runs[0].state = RUNNEL_STATE_SUCCEEDED;
  trend.runs[1].duration = 1;
  trend.runs[1].state = RUNNEL_STATE_FAILED;
  trend.runs[2].duration = 7;
  trend.runs[2].state = RUNNEL_STATE_SUCCEEDED;
  trend.runs[3].duration = 5;
  trend.runs[3].state = RUNNEL_STATE_SUCCEEDED;
  g_assert_cmpint (runnel_trend_get_usual (&trend), ==, 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/trends/latest-last", test_latest_last);
  g_test_add_func ("/history/trends/imported", test_imported);
  g_test_add_func ("/history/trends/only-what-ran", test_only_what_ran);
  g_test_add_func ("/history/trends/attempts", test_attempts);
  g_test_add_func ("/history/trends/usual", test_usual);

  return g_test_run ();
}
