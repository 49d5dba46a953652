/* test-history-space.c: what the database takes on disk, and giving it back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cleanup-fixture.h"
#include "history/runnel-history-space.h"

/* Four megabytes that nobody needs any more. */
static void
leave_room (void)
{
  execute ("CREATE TABLE ballast (x);"
           "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
           " INSERT INTO ballast SELECT zeroblob (4000) FROM n;"
           "DROP TABLE ballast;");
}

static gint64
get_file_size (const char *suffix)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  GStatBuf status;

  return g_stat (name, &status) == 0 ? status.st_size : 0;
}

static void
test_size (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 size, n_free;

  g_assert_true (runnel_history_get_database_size (history, &size, &n_free, NULL));
  g_assert_cmpint (size, ==, get_file_size ("") + get_file_size ("-wal"));
  g_assert_cmpint (n_free, ==, 0);
  leave_room ();
  g_assert_true (runnel_history_get_database_size (history, &size, &n_free, NULL));
  g_assert_cmpint (n_free, >, 3900000);
}

static void
test_return (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 before = get_file_size ("") + get_file_size ("-wal"), size, n_free;

  leave_room ();
  g_assert_cmpint (get_file_size ("") + get_file_size ("-wal"), >, 4000000);
  g_assert_true (runnel_history_return_space (history, NULL, NULL));
  g_assert_true (runnel_history_get_database_size (history, &size, &n_free, NULL));
  g_assert_cmpint (n_free, ==, 0);
  g_assert_cmpint (get_file_size ("-wal"), ==, 0);
  g_assert_cmpint (get_file_size (""), <=, before);
}

/* A reader keeps what it sees, so less is given back; nobody waits for it. */
static void
test_reader (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = runnel_history_get_path ();
  RunnelSqlite *db = runnel_sqlite_open (path, NULL);
  g_autoptr(RunnelStatement) statement = NULL;
  gboolean row;

  leave_room ();
  statement = runnel_sqlite_prepare (db, "SELECT name FROM sqlite_schema", NULL);
  g_assert_true (runnel_statement_step (statement, &row, NULL));
  g_assert_true (runnel_history_return_space (history, NULL, &error));
  g_assert_no_error (error);
  g_clear_pointer (&statement, runnel_statement_free);
  runnel_sqlite_close (db);
  g_assert_true (runnel_history_return_space (history, NULL, &error));
  g_assert_cmpint (get_file_size ("-wal"), ==, 0);
  g_assert_cmpint (get_file_size (""), <, 1000000);
}

static void
make_unshrinkable (void)
{
  execute ("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = NONE; VACUUM;"
           "PRAGMA journal_mode = WAL;");
}

static void
test_unshrinkable (void)
{
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GError) error = NULL;

  runnel_history_close (open_history (NULL));
  make_unshrinkable ();
  history = open_history (NULL);
  g_assert_cmpint (read_number ("PRAGMA auto_vacuum"), ==, 0);

  /* Nothing would be gained. */
  g_assert_true (runnel_history_make_shrinkable (history, &error));
  g_assert_cmpint (read_number ("PRAGMA auto_vacuum"), ==, 0);

  leave_room ();
  g_assert_true (runnel_history_return_space (history, NULL, &error));
  g_assert_cmpint (get_file_size (""), >, 3000000);
  g_assert_true (runnel_history_make_shrinkable (history, &error));
  g_assert_no_error (error);
  g_assert_true (runnel_history_return_space (history, NULL, &error));
  g_assert_cmpint (read_number ("PRAGMA auto_vacuum"), ==, 2);
  g_assert_cmpint (get_file_size (""), <, 1000000);
}

static void
test_unshrinkable_in_use (void)
{
  g_autoptr(RunnelHistory) history = NULL;
  gint64 run;

  runnel_history_close (open_history (NULL));
  make_unshrinkable ();
  history = open_history (NULL);
  run = add_run (history, "many", 1);
  leave_room ();
  g_assert_true (runnel_history_make_shrinkable (history, NULL));
  g_assert_cmpint (read_number ("PRAGMA auto_vacuum"), ==, 0);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  g_assert_true (runnel_history_make_shrinkable (history, NULL));
  g_assert_cmpint (read_number ("PRAGMA auto_vacuum"), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/space/size", test_size);
  g_test_add_func ("/history/space/return", test_return);
  g_test_add_func ("/history/space/reader", test_reader);
  g_test_add_func ("/history/space/unshrinkable", test_unshrinkable);
  g_test_add_func ("/history/space/unshrinkable-in-use", test_unshrinkable_in_use);

  return g_test_run ();
}
