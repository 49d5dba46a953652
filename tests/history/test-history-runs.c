/* test-history-runs.c: one row for each run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history-fixture.h"
#include "history/runnel-sqlite.h"

static void
test_add (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "build", 3);
  RunnelRunRecord *record = get_run (history, run);

  g_assert_cmpint (record->id, ==, run);
  g_assert_true (g_uuid_string_is_valid (record->uuid));
  g_assert_cmpstr (record->pipeline, ==, "build");
  g_assert_cmpstr (record->file, ==, "/home/me/many.runnel.json");
  g_assert_cmpint (record->state, ==, RUNNEL_STATE_PENDING);
  g_assert_cmpint (record->started, ==, T0);
  g_assert_cmpint (record->finished, ==, 0);
  g_assert_null (record->reason);
  g_assert_null (record->details);
  g_assert_cmpuint (record->n_steps, ==, 3);
  g_assert_cmpuint (record->n_by_state[RUNNEL_STATE_PENDING], ==, 3);
  runnel_run_record_free (record);
}

static void
test_add_invalid (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (runnel_history_add_run (history, "x", "x", "{", 1, T0, &error), ==, 0);
  g_assert_nonnull (error);
  g_assert_cmpint (runnel_history_count_runs (history, NULL, NULL), ==, 0);
  g_assert_cmpint (add_run (history, "good", 1), >, 0);
}

static void
test_life (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "build", 2);
  g_autoptr(JsonObject) details = json_object_new ();
  RunnelEvent started = {
    .type = RUNNEL_EVENT_RUN_STARTED, .time = T0 + 3, .run = run, .details = details,
  };
  RunnelEvent done = {
    .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + 5, .run = run, .step_index = 1,
    .state = RUNNEL_STATE_FAILED,
  };
  RunnelEvent finished = {
    .type = RUNNEL_EVENT_RUN_FINISHED, .time = T0 + 9, .run = run,
    .state = RUNNEL_STATE_FAILED, .reason = "Step s1 failed.",
  };
  RunnelRunRecord *record;

  json_object_set_int_member (details, "jobs", 4);
  record_event (history, &started);
  record = get_run (history, run);
  g_assert_cmpint (record->state, ==, RUNNEL_STATE_RUNNING);
  g_assert_cmpint (record->started, ==, T0 + 3);
  g_assert_cmpint (json_object_get_int_member (record->details, "jobs"), ==, 4);
  runnel_run_record_free (record);

  record_event (history, &done);
  record_event (history, &finished);
  /* The end is final, even when the start is heard of again. */
  record_event (history, &started);
  record = get_run (history, run);
  g_assert_cmpint (record->state, ==, RUNNEL_STATE_FAILED);
  g_assert_cmpint (record->finished, ==, T0 + 9);
  g_assert_cmpstr (record->reason, ==, "Step s1 failed.");
  g_assert_cmpuint (record->n_by_state[RUNNEL_STATE_PENDING], ==, 1);
  g_assert_cmpuint (record->n_by_state[RUNNEL_STATE_FAILED], ==, 1);
  runnel_run_record_free (record);
}

static void
test_queued (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "build", 1);
  g_autoptr(JsonObject) details = json_object_new ();
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_QUEUED, .time = T0 + 3, .run = run, .details = details,
    .reason = "behind run 7",
  };
  RunnelRunRecord *record;

  record_event (history, &event);
  event.time = T0 + 4;
  record_event (history, &event);
  event.type = RUNNEL_EVENT_RUN_STARTED;
  event.time = T0 + 9;
  record_event (history, &event);
  record = get_run (history, run);
  g_assert_cmpint (record->queued, ==, T0 + 3);
  g_assert_cmpint (record->started, ==, T0 + 9);
  runnel_run_record_free (record);
}

static void
test_not_found (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_history_get_run (history, 7, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (runnel_history_get_steps (history, 7, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (runnel_history_get_text (history, 7, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (runnel_history_delete_run (history, 7, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
}

static void
assert_text (RunnelHistory *history,
             guint          n_steps)
{
  g_autofree char *expected = make_pipeline_text (n_steps);
  g_autofree char *text = runnel_history_get_text (history, add_run (history, "x", n_steps), NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");

  assert_text (history, 1);
  assert_text (history, 2000); /* long enough to be compressed in several pieces */
}

static gint64
count_rows (const char *table)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", table);
  g_autoptr(RunnelSqlite) db = runnel_sqlite_open (path, NULL);
  gint64 n_rows = -1;

  g_assert_true (runnel_sqlite_read_int (db, sql, &n_rows, NULL));
  return n_rows;
}

static void
test_definitions_once (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);

  add_run (history, "build", 3);
  add_run (history, "build", 3);
  add_run (history, "build", 4);
  g_assert_cmpint (count_rows ("definition"), ==, 2);
  g_assert_cmpint (count_rows ("definition_step"), ==, 7);
  g_assert_cmpint (count_rows ("pipeline"), ==, 1);
}

static char *
make_run_folder (gint64 run)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *nested = g_build_filename (folder, "artifacts", NULL);
  g_autofree char *log = g_build_filename (folder, "s0.1.log", NULL);

  g_assert_cmpint (g_mkdir_with_parents (nested, 0700), ==, 0);
  g_assert_true (g_file_set_contents (log, "hello", -1, NULL));
  return g_steal_pointer (&folder);
}

static void
test_delete (void)
{
  static const char *const tables[] = {
    "definition", "definition_step", "pipeline", "run", "step", "attempt", "wait",
  };
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_run (history, "build", 3);
  RunnelEvent attempt = {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED, .run = run, .attempt = 1, .time = T0,
  };
  RunnelEvent waiting = {
    .type = RUNNEL_EVENT_STEP_WAITING, .run = run, .time = T0, .reason = "for a person",
    .state = RUNNEL_STATE_WAITING,
  };
  g_autofree char *folder = make_run_folder (run);
  g_autoptr(GError) error = NULL;

  record_event (history, &attempt);
  record_event (history, &waiting);
  g_assert_false (runnel_history_delete_run (history, run, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_clear_error (&error);

  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  g_assert_true (runnel_history_delete_run (history, run, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_assert_cmpint (count_rows (tables[i]), ==, 0);

  /* A number is never given twice. */
  g_assert_cmpint (add_run (history, "build", 3), ==, run + 1);
}

static void
test_delete_keeps_shared (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 first = add_run (history, "build", 3);
  gint64 second = add_run (history, "build", 3);
  g_autofree char *text = NULL;

  finish_run (history, first, RUNNEL_STATE_SUCCEEDED);
  g_assert_true (runnel_history_delete_run (history, first, NULL));
  text = runnel_history_get_text (history, second, NULL);
  g_assert_nonnull (text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/runs/add", test_add);
  g_test_add_func ("/history/runs/add-invalid", test_add_invalid);
  g_test_add_func ("/history/runs/life", test_life);
  g_test_add_func ("/history/runs/queued", test_queued);
  g_test_add_func ("/history/runs/not-found", test_not_found);
  g_test_add_func ("/history/runs/text", test_text);
  g_test_add_func ("/history/runs/definitions-once", test_definitions_once);
  g_test_add_func ("/history/runs/delete", test_delete);
  g_test_add_func ("/history/runs/delete-keeps-shared", test_delete_keeps_shared);
  return g_test_run ();
}
