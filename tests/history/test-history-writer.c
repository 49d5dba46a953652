/* test-history-writer.c: the stream of events on its way into the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history-fixture.h"
#include "history/runnel-history-private.h"
#include "history/runnel-history-writer.h"

#define N_STEPS 1000

static void
send (RunnelHistoryWriter *writer,
      RunnelEvent          event)
{
  RunnelEventSink *sink = runnel_history_writer_get_sink (writer);

  sink->event (sink, &event);
}

static void
send_step (RunnelHistoryWriter *writer,
           gint64               run,
           guint                index)
{
  RunnelEvent event = {
    .run = run, .step_index = index, .attempt = 1, .state = RUNNEL_STATE_SUCCEEDED,
  };

  for (event.type = RUNNEL_EVENT_STEP_QUEUED; event.type <= RUNNEL_EVENT_STEP_FINISHED;
       event.type++)
    if (event.type != RUNNEL_EVENT_STEP_WAITING)
      {
        event.time = T0 + index;
        send (writer, event);
      }
}

static void
send_end (RunnelHistoryWriter *writer,
          gint64               run)
{
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_FINISHED, .run = run, .time = T0 + 1,
    .state = RUNNEL_STATE_SUCCEEDED,
  };

  send (writer, event);
}

/* What another process sees of a run. */
static RunnelState
look_at_run (gint64 run,
             guint *ret_n_succeeded)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  RunnelRunRecord *record = get_run (history, run);
  RunnelState state = record->state;

  *ret_n_succeeded = record->n_by_state[RUNNEL_STATE_SUCCEEDED];
  runnel_run_record_free (record);
  return state;
}

/* At the end of the run everything is there, before the writer is even asked. */
static void
test_end_is_written (void)
{
  RunnelHistory *history = open_history (NULL);
  gint64 run = add_run (history, "many", N_STEPS);
  g_autoptr(RunnelHistoryWriter) writer = runnel_history_writer_new (history);
  guint n_succeeded;

  for (guint i = 0; i < N_STEPS; i++)
    send_step (writer, run, i);
  send_end (writer, run);
  g_assert_cmpint (look_at_run (run, &n_succeeded), ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpuint (n_succeeded, ==, N_STEPS);
  g_assert_true (runnel_history_writer_flush (writer, NULL));
}

static void
test_free_writes (void)
{
  RunnelHistory *history = open_history (NULL);
  gint64 run = add_run (history, "many", 1);
  RunnelHistoryWriter *writer = runnel_history_writer_new (history);
  guint n_succeeded;

  send_step (writer, run, 0);
  runnel_history_writer_free (writer);
  look_at_run (run, &n_succeeded);
  g_assert_cmpuint (n_succeeded, ==, 1);
}

static void
test_copies (void)
{
  RunnelHistory *history = open_history (NULL);
  gint64 run = add_run (history, "many", 1);
  g_autoptr(RunnelHistoryWriter) writer = runnel_history_writer_new (history);
  g_autoptr(RunnelHistory) reader = open_history (NULL);
  g_autoptr(GPtrArray) steps = NULL;
  g_autoptr(JsonObject) outputs = json_object_new ();
  char reason[] = "Exit code 1.";
  RunnelStepRecord *step;

  json_object_set_string_member (outputs, "a", "1");
  send (writer, (RunnelEvent) {
    .type = RUNNEL_EVENT_STEP_FINISHED, .run = run, .time = T0, .state = RUNNEL_STATE_FAILED,
    .reason = reason, .outputs = outputs,
  });
  /* What the sender does with its own afterwards does not matter. */
  memset (reason, 'x', sizeof reason - 1);
  json_object_set_string_member (outputs, "a", "2");
  g_assert_true (runnel_history_writer_flush (writer, NULL));
  steps = get_steps (reader, run);
  step = steps->pdata[0];
  g_assert_cmpstr (step->reason, ==, "Exit code 1.");
  g_assert_cmpstr (json_object_get_string_member (step->outputs, "a"), ==, "1");
}

/* While it can't be written nothing is lost, and the run goes on. */
static void
test_trouble (void)
{
  RunnelHistory *history = open_history (NULL);
  gint64 run = add_run (history, "many", 1);
  g_autoptr(RunnelHistoryWriter) writer = runnel_history_writer_new (history);
  g_autofree char *path = runnel_history_get_path ();
  g_autoptr(RunnelSqlite) other = runnel_sqlite_open (path, NULL);
  g_autoptr(GError) error = NULL;
  guint n_succeeded;

  g_assert_true (runnel_sqlite_exec (other, "ALTER TABLE attempt RENAME TO away", NULL));
  send_step (writer, run, 0);
  send_end (writer, run);
  g_assert_false (runnel_history_writer_flush (writer, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_DATABASE);
  g_assert_nonnull (strstr (error->message, "journal"));
  /* The end is not recorded without what came before it. */
  g_assert_cmpint (look_at_run (run, &n_succeeded), ==, RUNNEL_STATE_PENDING);

  g_assert_true (runnel_sqlite_exec (other, "ALTER TABLE away RENAME TO attempt", NULL));
  g_clear_error (&error);
  g_assert_true (runnel_history_writer_flush (writer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (look_at_run (run, &n_succeeded), ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpuint (n_succeeded, ==, 1);
}

/* No space left: the run goes on, and the person is told what to do. */
static void
test_full (void)
{
  RunnelHistory *history = open_history (NULL);
  gint64 run = add_run (history, "many", N_STEPS);
  RunnelHistoryWriter *writer;
  g_autoptr(GError) error = NULL;
  guint n_succeeded;

  g_assert_true (runnel_sqlite_exec (history->db, "PRAGMA max_page_count = 1", NULL));
  writer = runnel_history_writer_new (history);
  for (guint i = 0; i < N_STEPS; i++)
    send_step (writer, run, i);
  send_end (writer, run);
  g_assert_false (runnel_history_writer_flush (writer, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_FULL);
  runnel_history_writer_free (writer);
  g_assert_cmpint (look_at_run (run, &n_succeeded), ==, RUNNEL_STATE_PENDING);
  g_assert_cmpuint (n_succeeded, ==, 0);
}

/* The rows of @columns in @table that only one of two runs has. */
static gint64
count_differences (RunnelSqlite *db,
                   const char   *table,
                   const char   *columns,
                   gint64        run,
                   gint64        other)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT (SELECT count (*) FROM (SELECT %2$s FROM %1$s WHERE run = %3$d"
                     "         EXCEPT SELECT %2$s FROM %1$s WHERE run = %4$d))"
                     "     + (SELECT count (*) FROM (SELECT %2$s FROM %1$s WHERE run = %4$d"
                     "         EXCEPT SELECT %2$s FROM %1$s WHERE run = %3$d))",
                     table, columns, (int) run, (int) other);
  gint64 n;

  g_assert_true (runnel_sqlite_read_int (db, sql, &n, NULL));
  return n;
}

/* A step that is tried again, one that waits for a person, one under way, and one that has only
 * begun. */
static const RunnelEvent lives[] = {
  { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = 0, .cause = "it needs nothing" },
  { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = 1 },
  { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .step_index = 0, .attempt = 1,
    .pid = 12, .start_time = 7 },
  { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .step_index = 1, .attempt = 1 },
  { .type = RUNNEL_EVENT_STEP_WAITING, .step_index = 1,
    .state = RUNNEL_STATE_WAITING, .reason = "Go on?" },
  { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .step_index = 0, .attempt = 1,
    .state = RUNNEL_STATE_FAILED, .exit_code = 3, .reason = "Exited with code 3",
    .usage = { 5, 6, 7 } },
  { .type = RUNNEL_EVENT_STEP_WAITING, .step_index = 0,
    .state = RUNNEL_STATE_WAITING, .reason = "retries" },
  { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = 0 },
  { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .step_index = 0, .attempt = 2,
    .pid = 13, .start_time = 8, .cause = "runs because a changed" },
  { .type = RUNNEL_EVENT_STEP_WAITING, .step_index = 1, .state = RUNNEL_STATE_RUNNING },
  { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .step_index = 1, .attempt = 1,
    .state = RUNNEL_STATE_SUCCEEDED, .exit_code = -1 },
  { .type = RUNNEL_EVENT_STEP_FINISHED, .step_index = 1, .attempt = 1,
    .state = RUNNEL_STATE_SUCCEEDED },
  { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .step_index = 0, .attempt = 2,
    .state = RUNNEL_STATE_FAILED, .exit_code = 4, .reason = "Exited with code 4" },
  { .type = RUNNEL_EVENT_STEP_FINISHED, .step_index = 0, .attempt = 2,
    .state = RUNNEL_STATE_FAILED, .reason = "Exited with code 4", .tolerated = TRUE },
  { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = 2 },
  { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .step_index = 2, .attempt = 1, .pid = 14 },
  { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .step_index = 2, .attempt = 1,
    .state = RUNNEL_STATE_SUCCEEDED },
  { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = 3 },
  { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .step_index = 3, .attempt = 1, .pid = 15 },
};

static const struct
{
  const char *name;
  const char *columns;
} tables[] = {
  { "step", "step, state, flags, queued, finished, reason, cause" },
  { "attempt", "step, attempt, state, started, finished, exit_code, signal, user_us, system_us,"
               " rss_kb, pid, pid_start, reason" },
  { "wait", "step, started, finished, reason" },
};

/* What the writer records at once is what it would record one by one. */
static void
test_whole_attempts (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_run (history, "many", 4), other = add_run (history, "many", 4);
  g_autoptr(RunnelHistoryWriter) writer = runnel_history_writer_new (open_history (NULL));
  gint64 n;

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      RunnelEvent event = lives[i];

      event.time = T0 + i;
      event.run = run;
      record_event (history, &event);
      event.run = other;
      send (writer, event);
    }
  g_assert_true (runnel_history_writer_flush (writer, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_assert_cmpint (count_differences (history->db, tables[i].name, tables[i].columns, run,
                                        other), ==, 0);
  g_assert_true (runnel_sqlite_read_int (history->db, "SELECT count (*) FROM attempt", &n, NULL));
  g_assert_cmpint (n, ==, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/writer/end-is-written", test_end_is_written);
  g_test_add_func ("/history/writer/free-writes", test_free_writes);
  g_test_add_func ("/history/writer/copies", test_copies);
  g_test_add_func ("/history/writer/trouble", test_trouble);
  g_test_add_func ("/history/writer/full", test_full);
  g_test_add_func ("/history/writer/whole-attempts", test_whole_attempts);
  return g_test_run ();
}
