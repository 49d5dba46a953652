/* test-exchange-tables.c: which facts of a run are exchanged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "exchange-fixture.h"
#include "history/exchange/runnel-exchange-tables.h"

static gboolean
is_exchanged (const RunnelExchangeColumn *columns,
              const char                 *name)
{
  for (; columns->name; columns++)
    if (g_str_equal (columns->column, name))
      return TRUE;
  return FALSE;
}

/* Who adds a column to a table has to say what becomes of it when a run is exported. */
static void
assert_complete (const char                 *table,
                 const RunnelExchangeColumn *columns,
                 const char *const          *others)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
  RunnelSqlite *db = runnel_sqlite_open (path, NULL);
  RunnelStatement *statement = runnel_sqlite_prepare (db, sql, NULL);
  gboolean row;

  while (runnel_statement_step (statement, &row, NULL) && row)
    {
      const char *name = runnel_statement_get_text (statement, 0);

      if (!is_exchanged (columns, name) && !g_strv_contains (others, name))
        g_error ("%s.%s is not exchanged", table, name);
    }
  runnel_statement_free (statement);
  runnel_sqlite_close (db);
}

static void
test_complete (void)
{
  static const char *const of_run[] = {
    "id", "uuid", "pipeline", "definition", "pid", "pid_start", "counts", "details", "parent",
    "origin", "hour", NULL
  };
  static const char *const of_others[] = { "run", "pid", "pid_start", NULL };

  runnel_history_close (open_history (NULL));
  assert_complete ("run", runnel_exchange_run_columns, of_run);
  for (guint i = 0; runnel_exchange_tables[i].table; i++)
    assert_complete (runnel_exchange_tables[i].table, runnel_exchange_tables[i].columns, of_others);
}

static void
test_names (void)
{
  g_assert_true (runnel_exchange_name_is_safe ("build"));
  g_assert_true (runnel_exchange_name_is_safe ("build.2"));
  g_assert_true (runnel_exchange_name_is_safe ("deploy.undo"));
  g_assert_false (runnel_exchange_name_is_safe (""));
  g_assert_false (runnel_exchange_name_is_safe (".."));
  g_assert_false (runnel_exchange_name_is_safe ("../x"));
  g_assert_false (runnel_exchange_name_is_safe ("a/b"));
  g_assert_false (runnel_exchange_name_is_safe (".hidden"));
  g_assert_false (runnel_exchange_name_is_safe ("a\nb"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/exchange/tables/complete", test_complete);
  g_test_add_func ("/history/exchange/tables/names", test_names);

  return g_test_run ();
}
