/* test-run-forecast.c: what earlier runs tell of the steps of a pipeline, on its canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "../history/history-fixture.h"
#include "canvas-fixture.h"
#include "designer/canvas/runnel-scene-private.h"
#include "designer/runs/runnel-run-forecast.h"
#include "designer/runs/runnel-state-label.h"

#define SECOND G_TIME_SPAN_SECOND
#define FILE "/home/me/many.runnel.json"

static void
test_describe (void)
{
  static const struct
  {
    double elapsed;
    double usual;
    const char *expected;
  } rows[] = {
    { 4, -1, "4 s" },
    { 250, -1, "4 min" },
    { 0, 20, "20 s left" },
    { 17.5, 20, "2 s left" },
    { 19.5, 20, "almost done" },
    { 21, 20, "almost done" },
    { 30, 20, "10 s over usual" },
    { 10, 1000, "16 min left" },
    { 0.1, 0.2, "almost done" },
    { 8000, 20, "2 h over usual" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const gint64 usual = rows[i].usual < 0 ? -1 : (gint64) (rows[i].usual * SECOND);
      g_autofree char *text = runnel_run_forecast_describe ((gint64) (rows[i].elapsed * SECOND),
                                                            usual);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

typedef struct
{
  Fixture fixture;
  char *folder;
  char *path;
  RunnelHistory *history;
  RunnelHistoryService *service;
  RunnelRunForecast *forecast;
} Test;

/* One run in which the first step took so many seconds. */
static void
add_past (Test       *test,
          gint64      seconds,
          RunnelState state)
{
  gint64 run = add_run (test->history, "many", 3);
  RunnelEvent event = { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0, .run = run, .attempt = 1,
                        .state = RUNNEL_STATE_RUNNING };

  record_event (test->history, &event);
  event.type = RUNNEL_EVENT_ATTEMPT_FINISHED;
  event.time = T0 + seconds * SECOND;
  event.state = state;
  record_event (test->history, &event);
  event.type = RUNNEL_EVENT_STEP_FINISHED;
  record_event (test->history, &event);
  finish_run (test->history, run, state);
}

static void
set_up (Test *test)
{
  g_autofree char *text = make_pipeline_text (3);

  fixture_set_up (&test->fixture, text);
  test->folder = g_dir_make_tmp ("runnel-forecast-XXXXXX", NULL);
  test->path = g_build_filename (test->folder, "history.db", NULL);
  test->history = open_history (test->path);
  test->service = runnel_history_service_new (test->path);
  test->forecast = runnel_run_forecast_new (test->fixture.canvas, test->service);
}

static void
tear_down (Test *test)
{
  g_object_run_dispose (G_OBJECT (test->forecast));
  runnel_history_service_shut_down (test->service);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (test->forecast);
  g_object_unref (test->service);
  runnel_history_close (test->history);
  fixture_tear_down (&test->fixture);
  g_unlink (test->path);
  g_rmdir (test->folder);
  g_free (test->path);
  g_free (test->folder);
}

static const RunnelNodeDetail *
get_detail (Test       *test,
            const char *id)
{
  RunnelCanvas *canvas = test->fixture.canvas;

  return runnel_scene_detail (canvas->scene, runnel_canvas_find_node (canvas, id));
}

static void
wait_for_runs (Test *test,
               guint n_runs)
{
  while (get_detail (test, "s0")->trend == NULL || get_detail (test, "s0")->trend->n_runs != n_runs)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_file (Test *test)
{
  g_autoptr(GFile) file = g_file_new_for_path (FILE);

  runnel_run_forecast_set_file (test->forecast, file);
}

/* the bars come with the file, are brought up to date after a run, and go with the file */
static void
test_trends (void)
{
  Test test = { 0, };
  g_autofree char *tooltip = NULL;

  set_up (&test);
  add_past (&test, 20, RUNNEL_STATE_SUCCEEDED);
  set_file (&test);
  wait_for_runs (&test, 1);
  g_assert_null (get_detail (&test, "s1")->trend);

  add_past (&test, 5, RUNNEL_STATE_FAILED);
  runnel_run_forecast_reload (test.forecast);
  wait_for_runs (&test, 2);
  tooltip = runnel_canvas_trends_describe (test.fixture.canvas,
                                           runnel_canvas_find_node (test.fixture.canvas, "s0"));
  g_assert_cmpstr (tooltip, ==, "Usually takes 20 s; failed 1 time in the last 2 runs");

  runnel_run_forecast_set_file (test.forecast, NULL);
  g_assert_null (get_detail (&test, "s0")->trend);
  tear_down (&test);
}

/* a step added later shows what is known of it */
static void
test_trend_of_added_step (void)
{
  Test test = { 0, };

  set_up (&test);
  add_past (&test, 20, RUNNEL_STATE_SUCCEEDED);
  set_file (&test);
  wait_for_runs (&test, 1);
  runnel_canvas_select_all (test.fixture.canvas);
  runnel_canvas_delete (test.fixture.canvas);
  runnel_document_undo (test.fixture.document);
  g_assert_nonnull (get_detail (&test, "s0")->trend);
  tear_down (&test);
}

static void
show (Test       *test,
      RunnelState state,
      gint64      seconds_ago)
{
  const RunnelStepStatus status = {
    .id = (char *) "s0",
    .state = state,
    .started = g_get_real_time () - seconds_ago * SECOND,
  };

  runnel_run_forecast_show_step (test->forecast, &status, runnel_state_get_title (state));
}

static int
get_progress (Test *test)
{
  RunnelCanvas *canvas = test->fixture.canvas;

  return runnel_scene_node (canvas->scene, runnel_canvas_find_node (canvas, "s0"))->progress;
}

static void
test_running (void)
{
  Test test = { 0, };

  set_up (&test);
  show (&test, RUNNEL_STATE_RUNNING, 0);
  g_assert_cmpint (get_progress (&test), ==, RUNNEL_PROGRESS_UNKNOWN);

  add_past (&test, 4000, RUNNEL_STATE_SUCCEEDED);
  set_file (&test);
  wait_for_runs (&test, 1);
  show (&test, RUNNEL_STATE_RUNNING, 1000);
  g_assert_cmpint (get_progress (&test), ==, 25);
  g_assert_true (g_str_has_suffix (get_detail (&test, "s0")->status, "left"));

  /* However long it takes, it is not done. */
  show (&test, RUNNEL_STATE_RUNNING, 9000);
  g_assert_cmpint (get_progress (&test), <, 100);
  g_assert_true (g_str_has_suffix (get_detail (&test, "s0")->status, "over usual"));

  show (&test, RUNNEL_STATE_SUCCEEDED, 9000);
  g_assert_cmpstr (get_detail (&test, "s0")->status, ==,
                   runnel_state_get_title (RUNNEL_STATE_SUCCEEDED));
  tear_down (&test);
}

/* time goes on without news of the step */
static void
test_tick (void)
{
  Test test = { 0, };
  g_autofree char *before = NULL;

  set_up (&test);
  show (&test, RUNNEL_STATE_RUNNING, 0);
  before = g_strdup (get_detail (&test, "s0")->status);
  while (g_str_equal (get_detail (&test, "s0")->status, before))
    g_main_context_iteration (NULL, TRUE);
  runnel_run_forecast_stop (test.forecast);
  tear_down (&test);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/run-forecast/describe", test_describe);
  g_test_add_func ("/designer/run-forecast/trends", test_trends);
  g_test_add_func ("/designer/run-forecast/trend-of-added-step", test_trend_of_added_step);
  g_test_add_func ("/designer/run-forecast/running", test_running);
  g_test_add_func ("/designer/run-forecast/tick", test_tick);

  return g_test_run ();
}
