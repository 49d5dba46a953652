/* test-sqlite.c: all of sqlite3 behind GError
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "history/runnel-history.h"
#include "history/runnel-sqlite.h"

static RunnelSqlite *
open_memory (const char *schema)
{
  g_autoptr(GError) error = NULL;
  RunnelSqlite *db = runnel_sqlite_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (runnel_sqlite_exec (db, schema, &error));
  return db;
}

static void
test_values (void)
{
  g_autoptr(RunnelSqlite) db = open_memory ("CREATE TABLE t (a, b, c, d)");
  g_autoptr(GError) error = NULL;
  RunnelStatement *statement;
  gconstpointer blob;
  gboolean row;
  gsize length;

  statement = runnel_sqlite_get_statement (db, "INSERT INTO t VALUES (?, ?, ?, ?)", &error);
  runnel_statement_bind_int (statement, 0, G_MININT64);
  runnel_statement_bind_text (statement, 1, "Übergabe");
  runnel_statement_bind_blob (statement, 2, "\0\1", 2);
  runnel_statement_bind_text (statement, 3, NULL);
  g_assert_true (runnel_statement_run (statement, &error));

  statement = runnel_sqlite_get_statement (db, "SELECT * FROM t", &error);
  g_assert_true (runnel_statement_step (statement, &row, &error));
  g_assert_true (row);
  g_assert_cmpint (runnel_statement_get_int (statement, 0), ==, G_MININT64);
  g_assert_cmpstr (runnel_statement_get_text (statement, 1), ==, "Übergabe");
  g_assert_true (runnel_statement_is_text (statement, 1));
  blob = runnel_statement_get_blob (statement, 2, &length);
  g_assert_cmpmem (blob, length, "\0\1", 2);
  g_assert_false (runnel_statement_is_text (statement, 2));
  g_assert_null (runnel_statement_get_text (statement, 3));
  g_assert_true (runnel_statement_step (statement, &row, &error));
  g_assert_false (row);
}

static void
test_statement_kept (void)
{
  static const char sql[] = "SELECT 1";
  g_autoptr(RunnelSqlite) db = open_memory ("");
  RunnelStatement *statement = runnel_sqlite_get_statement (db, sql, NULL);

  g_assert_nonnull (statement);
  g_assert_true (runnel_sqlite_get_statement (db, sql, NULL) == statement);
}

static void
test_bind_error (void)
{
  g_autoptr(RunnelSqlite) db = open_memory ("");
  g_autoptr(GError) error = NULL;
  RunnelStatement *statement = runnel_sqlite_get_statement (db, "SELECT ?", NULL);

  runnel_statement_bind_int (statement, 7, 1);
  g_assert_false (runnel_statement_run (statement, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_DATABASE);

  /* The next use starts anew. */
  g_clear_error (&error);
  g_assert_true (runnel_statement_run (statement, &error));
}

static void
test_syntax_error (void)
{
  g_autoptr(RunnelSqlite) db = open_memory ("");
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_sqlite_prepare (db, "SELEKT 1", &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_DATABASE);
  g_assert_nonnull (strstr (error->message, "SELEKT"));
}

static void
test_read_int (void)
{
  g_autoptr(RunnelSqlite) db = open_memory ("CREATE TABLE t (a)");
  gint64 value = 42;

  g_assert_true (runnel_sqlite_read_int (db, "SELECT a FROM t", &value, NULL));
  g_assert_cmpint (value, ==, 0);
  g_assert_true (runnel_sqlite_exec (db, "INSERT INTO t VALUES (7)", NULL));
  g_assert_true (runnel_sqlite_read_int (db, "SELECT a FROM t", &value, NULL));
  g_assert_cmpint (value, ==, 7);
}

static void
test_transaction (void)
{
  g_autoptr(RunnelSqlite) db = open_memory ("CREATE TABLE t (a)");

  g_assert_false (runnel_sqlite_in_transaction (db));
  g_assert_true (runnel_sqlite_exec (db, "BEGIN", NULL));
  g_assert_true (runnel_sqlite_in_transaction (db));
  g_assert_true (runnel_sqlite_exec (db, "INSERT INTO t VALUES (1), (2)", NULL));
  g_assert_cmpint (runnel_sqlite_get_n_changes (db), ==, 2);
  g_assert_cmpint (runnel_sqlite_get_last_id (db), ==, 2);
  g_assert_true (runnel_sqlite_exec (db, "ROLLBACK", NULL));
  g_assert_false (runnel_sqlite_in_transaction (db));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/sqlite/values", test_values);
  g_test_add_func ("/history/sqlite/statement-kept", test_statement_kept);
  g_test_add_func ("/history/sqlite/bind-error", test_bind_error);
  g_test_add_func ("/history/sqlite/syntax-error", test_syntax_error);
  g_test_add_func ("/history/sqlite/read-int", test_read_int);
  g_test_add_func ("/history/sqlite/transaction", test_transaction);
  return g_test_run ();
}
