/* test-history-stats.c: what there was of a pipeline, or of all, in a range of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-history-stats.h"
#include "random-runs.h"
#include "util/runnel-sort.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/* A run of "many" that begins at @started: its first step of two takes so many seconds and ends in
 * @state, its second one takes a second. */
static gint64
add_past (RunnelHistory *history,
          gint64         started,
          gint64         seconds,
          RunnelState    state)
{
  RandomRun run = { history, add_run (history, "many", 2), started, 2, 0 };

  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_STARTED });
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_QUEUED });
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .attempt = 1 });
  run.now += seconds * SECOND;
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .attempt = 1,
                                     .state = state });
  random_end_step (&run, 0, state, 0);
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = 1 });
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .step_index = 1,
                                     .attempt = 1 });
  run.now += SECOND;
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .step_index = 1,
                                     .attempt = 1, .state = RUNNEL_STATE_SUCCEEDED });
  random_end_step (&run, 1, RUNNEL_STATE_SUCCEEDED, 0);
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_FINISHED, .state = state });
  return run.run;
}

static RunnelStats *
get_stats (RunnelHistory *history,
           const char    *pipeline,
           const char    *step,
           gint64         since,
           gint64         until)
{
  const RunnelStatsQuery query = { (char *) pipeline, (char *) step, since, until };
  g_autoptr(GError) error = NULL;
  RunnelStats *stats = runnel_history_get_stats (history, &query, &error);

  g_assert_no_error (error);
  g_assert_true (stats->complete);
  return stats;
}

static const RunnelStatsMember *
find_member (const RunnelStats *stats,
             const char        *id)
{
  for (guint i = 0; i < stats->members->len; i++)
    {
      const RunnelStatsMember *member = stats->members->pdata[i];

      if (g_str_equal (member->id, id))
        return member;
    }
  return NULL;
}

/* --- Tests --- */

static void
test_empty (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelStats) stats = get_stats (history, NULL, NULL, 0, 0);

  g_assert_true (runnel_tally_is_empty (&stats->total));
  g_assert_cmpuint (stats->periods->len, ==, 0);
  g_assert_cmpuint (stats->members->len, ==, 0);
  g_assert_false (stats->has_before);
}

static void
test_not_found (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  RunnelStatsQuery query = { .pipeline = (char *) "nothing" };
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_history_get_stats (history, &query, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  add_past (history, T0, 1, RUNNEL_STATE_SUCCEEDED);
  query.pipeline = (char *) "many";
  query.step = (char *) "s7";
  g_assert_null (runnel_history_get_stats (history, &query, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
}

/* two days with three runs each, and before them a day with one */
static void
test_range (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelStats) stats = NULL;
  const RunnelStatsPeriod *period;

  add_past (history, T0 - HOUR, 5, RUNNEL_STATE_SUCCEEDED);
  for (guint i = 0; i < 6; i++)
    add_past (history, T0 + i * 8 * HOUR, 10 + i,
              i == 2 ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED);
  stats = get_stats (history, "many", NULL, T0, T0 + 2 * DAY);

  g_assert_cmpint (stats->since, ==, T0);
  g_assert_cmpint (stats->until, ==, T0 + 2 * DAY);
  g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_SUCCEEDED], ==, 5);
  g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_FAILED], ==, 1);
  g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_ATTEMPTS], ==, 12);
  g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_WORK], ==, (6 * 11 + 15) * SECOND);
  g_assert_true (stats->has_before);
  g_assert_false (stats->whole_before);
  g_assert_cmpint (stats->before.fields[RUNNEL_TALLY_SUCCEEDED], ==, 1);
  /* two days are shown by the hour */
  g_assert_cmpuint (stats->unit, ==, 1);
  g_assert_cmpuint (stats->periods->len, ==, 6);
  period = &g_array_index (stats->periods, RunnelStatsPeriod, 2);
  g_assert_cmpint (period->begin, ==, T0 + 16 * HOUR);
  g_assert_cmpint (period->tally.fields[RUNNEL_TALLY_FAILED], ==, 1);
}

/* whole days by the day, the hours at the ends to their days */
static void
test_days (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelStats) stats = NULL;
  const RunnelStatsPeriod *first, *last;

  for (guint i = 0; i < 20 * 24; i++)
    add_past (history, T0 + i * HOUR, 1, RUNNEL_STATE_SUCCEEDED);
  stats = get_stats (history, "many", NULL, T0 + 5 * HOUR, T0 + 15 * DAY + 3 * HOUR);
  first = &g_array_index (stats->periods, RunnelStatsPeriod, 0);
  last = &g_array_index (stats->periods, RunnelStatsPeriod, 15);
  g_assert_cmpuint (stats->unit, ==, 24);
  g_assert_cmpuint (stats->periods->len, ==, 16);
  g_assert_cmpint (first->begin, ==, T0);
  g_assert_cmpint (first->tally.fields[RUNNEL_TALLY_SUCCEEDED], ==, 19);
  g_assert_cmpint (last->begin, ==, T0 + 15 * DAY);
  g_assert_cmpint (last->tally.fields[RUNNEL_TALLY_SUCCEEDED], ==, 3);
  g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_SUCCEEDED], ==, 15 * 24 - 5 + 3);
}

static void
test_members (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelStats) stats = NULL, all = NULL;
  const RunnelStatsMember *first, *pipeline;

  add_past (history, T0 - DAY, 3, RUNNEL_STATE_FAILED);
  add_past (history, T0, 9, RUNNEL_STATE_SUCCEEDED);
  stats = get_stats (history, "many", NULL, T0, T0 + DAY);
  g_assert_cmpuint (stats->members->len, ==, 2);
  first = find_member (stats, "s0");
  g_assert_cmpint (first->now.fields[RUNNEL_TALLY_CRITICAL], ==, 9 * SECOND);
  g_assert_cmpint (first->now.fields[RUNNEL_TALLY_FLIPS], ==, 1);
  g_assert_cmpint (first->before.fields[RUNNEL_TALLY_FAILED], ==, 1);
  g_assert_cmpint (find_member (stats, "s1")->now.fields[RUNNEL_TALLY_FLIPS], ==, 0);
  g_ptr_array_sort (stats->members, runnel_stats_compare_slowest);
  g_assert_true (stats->members->pdata[0] == first);

  all = get_stats (history, NULL, NULL, T0, T0 + DAY);
  g_assert_cmpuint (all->members->len, ==, 1);
  pipeline = all->members->pdata[0];
  g_assert_cmpstr (pipeline->id, ==, "many");
  g_assert_cmpstr (pipeline->file, ==, "/home/me/many.runnel.json");
  g_assert_cmpint (pipeline->now.fields[RUNNEL_TALLY_FLIPS], ==, 1);
  g_assert_cmpint (pipeline->now.fields[RUNNEL_TALLY_CRITICAL], ==, 10 * SECOND);
}

static void
test_step (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelStats) stats = NULL;
  const RunnelStatsPoint *point;

  for (guint i = 0; i < 12; i++)
    add_past (history, T0 + i * HOUR, i == 7 ? 500 : 10,
              i == 3 ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED);
  stats = get_stats (history, "many", "s0", T0, T0 + DAY);
  g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_SUCCEEDED], ==, 11);
  g_assert_cmpint (stats->total.durations.total, ==, 11);
  g_assert_cmpuint (stats->periods->len, ==, 12);
  g_assert_true (stats->all_points);
  g_assert_cmpuint (stats->points->len, ==, 12);
  point = &g_array_index (stats->points, RunnelStatsPoint, 7);
  g_assert_cmpint (point->duration, ==, 500 * SECOND);
  g_assert_true (point->outlier);
  point = &g_array_index (stats->points, RunnelStatsPoint, 3);
  g_assert_cmpint (point->state, ==, RUNNEL_STATE_FAILED);
  g_assert_false (point->outlier);
}

/* of very many runs only those that took far too long are there, wherever they are */
static void
test_outliers (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelStats) runs = NULL, step = NULL;
  gint64 slow[3];
  guint n_slow = 0;

  for (guint i = 0; i < 450; i++)
    {
      gboolean is_slow = i % 200 == 7;
      gint64 run = add_past (history, T0 + i * HOUR, is_slow ? 90 : 10 + i % 3,
                             RUNNEL_STATE_SUCCEEDED);

      if (is_slow)
        slow[n_slow++] = run;
    }
  runs = get_stats (history, "many", NULL, T0, T0 + 450 * HOUR);
  step = get_stats (history, "many", "s0", T0, T0 + 450 * HOUR);
  g_assert_false (runs->all_points);
  g_assert_cmpuint (runs->points->len, ==, 3);
  g_assert_cmpuint (step->points->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (g_array_index (runs->points, RunnelStatsPoint, i).run, ==, slow[i]);
      g_assert_cmpint (g_array_index (step->points, RunnelStatsPoint, i).run, ==, slow[i]);
      g_assert_cmpint (g_array_index (step->points, RunnelStatsPoint, i).duration, ==, 90 * SECOND);
    }
}

static void
test_grid (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelStats) stats = NULL;
  const RunnelStatsColumn *column;

  for (guint i = 0; i < 50; i++)
    add_past (history, T0 + i * HOUR, 1, i == 48 ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED);
  stats = get_stats (history, "many", NULL, T0, T0 + 3 * DAY);
  g_assert_cmpuint (stats->grid.rows->len, ==, 2);
  g_assert_cmpstr (stats->grid.rows->pdata[0], ==, "s0");
  g_assert_cmpuint (stats->grid.columns->len, ==, 40);
  column = &g_array_index (stats->grid.columns, RunnelStatsColumn, 1);
  g_assert_cmpint (column->run, ==, 49);
  g_assert_cmpint (column->state, ==, RUNNEL_STATE_FAILED);
  g_assert_cmpuint (column->steps[0], ==, RUNNEL_STATE_FAILED);
  g_assert_cmpuint (column->steps[1], ==, RUNNEL_STATE_SUCCEEDED);
}

/* --- Against a naive count --- */

static int
compare_durations (gconstpointer a,
                   gconstpointer b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

static GArray *
list_durations (RunnelHistory *history,
                gint64         since,
                gint64         until)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT finished - started FROM run JOIN pipeline ON pipeline.id = run.pipeline"
                     " WHERE state = 4 AND name = 'build' AND trigger <> 'rollback' AND started >= %"
                     G_GINT64_FORMAT " AND started < %" G_GINT64_FORMAT, since, until);
  g_autoptr(RunnelStatement) statement = runnel_sqlite_prepare (history->db, sql, NULL);
  GArray *durations = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  while (runnel_statement_step (statement, &row, NULL) && row)
    {
      gint64 duration = runnel_statement_get_int (statement, 0);

      g_array_append_val (durations, duration);
    }
  runnel_sort (durations->data, durations->len, sizeof (gint64), compare_durations);
  return durations;
}

/* any range has the runs of its hours, and percentiles within the error that is promised */
static void
test_random (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");

  for (guint i = 0; i < 150; i++)
    {
      RandomRun run = random_run_start (history);

      random_run_end (&run);
    }
  add_past (history, T0, 1, RUNNEL_STATE_SUCCEEDED);
  for (guint round = 0; round < 40; round++)
    {
      gint64 since = T0 + g_test_rand_int_range (-30, 90) * HOUR;
      gint64 until = since + g_test_rand_int_range (1, 400) * HOUR;
      g_autoptr(GArray) exact = list_durations (history, since, until);
      g_autoptr(RunnelStats) stats = get_stats (history, "build", NULL, since, until);
      gint64 n_in_periods = 0;

      g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_SUCCEEDED], ==, exact->len);
      for (guint i = 0; i < stats->periods->len; i++)
        n_in_periods += g_array_index (stats->periods, RunnelStatsPeriod, i)
                          .tally.fields[RUNNEL_TALLY_SUCCEEDED];
      g_assert_cmpint (n_in_periods, ==, exact->len);
      for (guint percent = 5; exact->len > 0 && percent <= 95; percent += 45)
        {
          gint64 right = g_array_index (exact, gint64, (exact->len * percent + 99) / 100 - 1);
          gint64 found = runnel_histogram_get_percentile (&stats->total.durations, percent);

          g_assert_cmpfloat (ABS (found - right), <=, right * RUNNEL_HISTOGRAM_ERROR);
        }
    }
}

static void
test_fence (void)
{
  RunnelHistogram durations = { 0, };

  for (guint i = 0; i < 7; i++)
    runnel_histogram_add (&durations, 10 * SECOND);
  g_assert_cmpint (runnel_stats_find_fence (&durations), ==, 0);
  runnel_histogram_add (&durations, 10 * SECOND);
  g_assert_cmpint (runnel_stats_find_fence (&durations), >, 14 * SECOND);
  g_assert_cmpint (runnel_stats_find_fence (&durations), <, 16 * SECOND);
  runnel_histogram_clear (&durations);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/stats/empty", test_empty);
  g_test_add_func ("/history/stats/not-found", test_not_found);
  g_test_add_func ("/history/stats/range", test_range);
  g_test_add_func ("/history/stats/days", test_days);
  g_test_add_func ("/history/stats/members", test_members);
  g_test_add_func ("/history/stats/step", test_step);
  g_test_add_func ("/history/stats/outliers", test_outliers);
  g_test_add_func ("/history/stats/grid", test_grid);
  g_test_add_func ("/history/stats/random", test_random);
  g_test_add_func ("/history/stats/fence", test_fence);

  return g_test_run ();
}
