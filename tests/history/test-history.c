/* test-history.c: opening the history in all weathers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "history-fixture.h"
#include "history/runnel-sqlite.h"

#define N_PROCESSES 4
#define N_RUNS 10

static void
assert_open_fails (const char *path,
                   int         code,
                   const char *in_message)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_history_open (path, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, in_message));
}

static gint64
read_pragma (const char *path,
             const char *pragma)
{
  g_autoptr(RunnelSqlite) db = runnel_sqlite_open (path, NULL);
  gint64 value = -1;

  g_assert_nonnull (db);
  g_assert_true (runnel_sqlite_read_int (db, pragma, &value, NULL));
  return value;
}

static void
test_default_path (void)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autoptr(RunnelHistory) history = open_history (NULL);

  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_memory (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (add_run (history, "one", 1), ==, 1);
  g_assert_cmpint (runnel_history_count_runs (history, NULL, &error), ==, 1);
}

static void
test_migrate_from_empty (void)
{
  g_autofree char *path = runnel_history_get_path ();
  gint64 version;

  runnel_history_close (open_history (NULL));
  version = read_pragma (path, "PRAGMA user_version");
  g_assert_cmpint (version, >=, 4);
  g_assert_cmpint (read_pragma (path, "PRAGMA auto_vacuum"), ==, 2);

  /* A second time there is nothing to do. */
  runnel_history_close (open_history (NULL));
  g_assert_cmpint (read_pragma (path, "PRAGMA user_version"), ==, version);
}

static void
test_newer (void)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autoptr(RunnelSqlite) db = NULL;

  runnel_history_close (open_history (NULL));
  db = runnel_sqlite_open (path, NULL);
  g_assert_true (runnel_sqlite_exec (db, "PRAGMA user_version = 1000", NULL));
  assert_open_fails (path, RUNNEL_HISTORY_ERROR_NEWER, "later version");
  g_assert_cmpint (read_pragma (path, "PRAGMA user_version"), ==, 1000);
}

static void
test_corrupt (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "history.db", NULL);
  g_autofree char *text = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (path, "This is a letter, not a database. It is long enough "
                                            "to be taken for one by its size, though: there are "
                                            "a hundred bytes in the header of a database.",
                                      -1, NULL));
  assert_open_fails (path, RUNNEL_HISTORY_ERROR_CORRUPT, "mv ");

  /* Nothing was done to it. */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "This is a letter"));
}

static void
test_unwritable (void)
{
  g_autofree char *file = g_build_filename (g_get_user_data_dir (), "file", NULL);
  g_autofree char *below_file = g_build_filename (file, "history.db", NULL);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  {
    g_autoptr(GError) error = NULL;

    g_assert_null (runnel_history_open (below_file, &error));
    g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_UNWRITABLE);
    g_assert_nonnull (strstr (error->message, "XDG_DATA_HOME"));
  }
  /* A folder where the file should be. */
  assert_open_fails (g_get_user_data_dir (), RUNNEL_HISTORY_ERROR_UNWRITABLE, "writable");
}

static void
test_full (void)
{
  g_autoptr(RunnelSqlite) db = runnel_sqlite_open (":memory:", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_sqlite_exec (db, "CREATE TABLE t (a); PRAGMA max_page_count = 4", NULL));
  g_assert_false (runnel_sqlite_exec (db, "INSERT INTO t VALUES (zeroblob (100000))", &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "space"));
}

static void
write_runs_and_exit (void)
{
  RunnelHistory *history = open_history (NULL);

  for (guint i = 0; i < N_RUNS; i++)
    finish_run (history, add_run (history, "shared", 3), RUNNEL_STATE_SUCCEEDED);
  runnel_history_close (history);
  _exit (0);
}

/* Several processes make the database, and then write to it, at the same time. */
static void
test_processes (void)
{
  pid_t pids[N_PROCESSES];
  g_autoptr(RunnelRunFilter) filter =
    runnel_run_filter_parse ("pipeline:shared state:succeeded", NULL);
  g_autoptr(RunnelHistory) history = NULL;

  for (guint i = 0; i < N_PROCESSES; i++)
    {
      pids[i] = fork ();
      g_assert_cmpint (pids[i], >=, 0);
      if (pids[i] == 0)
        write_runs_and_exit ();
    }
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      int status;

      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    }
  history = open_history (NULL);
  g_assert_cmpint (runnel_history_count_runs (history, filter, NULL), ==, N_PROCESSES * N_RUNS);
}

/* Has the lock nearly always, until it is killed. */
static void
hold_lock_often (void)
{
  RunnelHistory *history = open_history (NULL);

  for (;;)
    {
      g_assert_true (runnel_history_begin (history, NULL));
      g_usleep (100 * G_TIME_SPAN_MILLISECOND);
      runnel_history_rollback (history);
    }
}

/* Who writes much leaves the others their turn. */
static void
test_turns (void)
{
  g_autoptr(RunnelHistory) history = NULL;
  pid_t busy[2];
  gint64 run;
  int status;

  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    {
      busy[i] = fork ();
      g_assert_cmpint (busy[i], >=, 0);
      if (busy[i] == 0)
        hold_lock_often ();
    }
  history = open_history (NULL);
  run = add_run (history, "quick", 1);
  for (guint i = 0; i < 5; i++)
    record_event (history, &(RunnelEvent) { .type = RUNNEL_EVENT_STEP_QUEUED, .time = T0 + i,
                                            .run = run });
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    {
      g_assert_cmpint (kill (busy[i], SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (busy[i], &status, 0), ==, busy[i]);
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
    }
}

static void
open_often_and_exit (void)
{
  for (guint i = 0; i < 20; i++)
    runnel_history_close (open_history (NULL));
  _exit (0);
}

/* The first to come makes the database, the last to go clears up behind all. */
static void
test_come_and_go (void)
{
  for (guint round = 0; round < 10; round++)
    {
      g_autofree char *path = runnel_history_get_path ();
      int status;

      g_remove (path);
      for (guint i = 0; i < N_PROCESSES; i++)
        if (fork () == 0)
          open_often_and_exit ();
      while (wait (&status) > 0)
        g_assert_cmpint (status, ==, 0);
    }
}

/* A transaction undone leaves nothing, and the next one works. */
static void
test_rollback (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "one", 1);
  RunnelEvent event = { .type = RUNNEL_EVENT_STEP_QUEUED, .time = T0, .run = run };
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;

  g_assert_true (runnel_history_begin (history, NULL));
  record_event (history, &event);
  runnel_history_rollback (history);
  before = get_steps (history, run);
  g_assert_cmpint (((RunnelStepRecord *) before->pdata[0])->state, ==, RUNNEL_STATE_PENDING);

  g_assert_true (runnel_history_begin (history, NULL));
  record_event (history, &event);
  g_assert_true (runnel_history_commit (history, NULL));
  after = get_steps (history, run);
  g_assert_cmpint (((RunnelStepRecord *) after->pdata[0])->state, ==, RUNNEL_STATE_QUEUED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/history/default-path", test_default_path);
  g_test_add_func ("/history/history/memory", test_memory);
  g_test_add_func ("/history/history/migrate-from-empty", test_migrate_from_empty);
  g_test_add_func ("/history/history/newer", test_newer);
  g_test_add_func ("/history/history/corrupt", test_corrupt);
  g_test_add_func ("/history/history/unwritable", test_unwritable);
  g_test_add_func ("/history/history/full", test_full);
  g_test_add_func ("/history/history/processes", test_processes);
  g_test_add_func ("/history/history/turns", test_turns);
  g_test_add_func ("/history/history/come-and-go", test_come_and_go);
  g_test_add_func ("/history/history/rollback", test_rollback);
  return g_test_run ();
}
