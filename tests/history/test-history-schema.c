/* test-history-schema.c: older databases become the present one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-fixture.h"
#include "history/runnel-sqlite.h"

/* A history of four runs as version @version of the tables had them: 1 succeeded, 2 failed,
 * 3 was interrupted, and the details of 4 are damaged. */
static RunnelHistory *
open_old (guint version)
{
  g_autofree char *name = g_strdup_printf ("version-%u.sql", version);
  g_autofree char *source = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests", "history",
                                              "old", name, NULL);
  g_autofree char *path = runnel_history_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *sql = NULL;
  g_autoptr(RunnelSqlite) db = NULL;
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_get_contents (source, &sql, NULL, &error);
  g_assert_no_error (error);
  db = runnel_sqlite_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (runnel_sqlite_exec (db, sql, &error));
  g_assert_no_error (error);
  return open_history (path);
}

static void
test_upgrade (gconstpointer version)
{
  g_autoptr(RunnelHistory) history = open_old (GPOINTER_TO_UINT (version));
  gboolean has_origin = GPOINTER_TO_UINT (version) >= 2;
  RunnelRunRecord *run;

  assert_found (history, "", "4 3 2 1");
  assert_found (history, "is:failure", "3 2");
  assert_found (history, "param:env", "2 1");
  assert_found (history, "param:env=prod", "1");
  assert_found (history, "param:debug=true", "1");
  assert_found (history, "param:note", "");
  assert_found (history, "param:hosts=[\"a\",\"b\"]", "2");
  assert_found (history, "trigger:rerun", "2");
  assert_found (history, "trigger:manual", "4 3 1");
  assert_found (history, "\"disk is full\"", "2");
  assert_found (history, "\"without a word\"", "3");
  run = get_run (history, 2);
  g_assert_cmpstr (run->user, ==, "me");
  g_assert_cmpstr (run->host, ==, "box");
  g_assert_cmpint (run->origin, ==, has_origin ? 1 : 0);
  g_assert_false (run->pinned);
  runnel_run_record_free (run);
}

static void
test_use_upgraded (gconstpointer version)
{
  g_autoptr(RunnelHistory) history = open_old (GPOINTER_TO_UINT (version));
  g_autoptr(GPtrArray) steps = get_steps (history, 2);
  const RunnelStepRecord *deploy = steps->pdata[1];
  gint64 run = 2;

  g_assert_cmpuint (deploy->attempts->len, ==, 1);
  g_assert_cmpuint (deploy->waits->len, ==, 1);
  g_assert_cmpint (add_run (history, "release", 2), ==, 5);
  g_assert_true (runnel_history_set_pinned (history, &run, 1, TRUE, NULL));
  assert_found (history, "is:pinned", "2");
  g_assert_true (runnel_history_delete_run (history, 2, NULL));
  assert_found (history, "\"disk is full\"", "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint version = 1; version <= 2; version++)
    {
      g_autofree char *upgrade = g_strdup_printf ("/history/schema/upgrade/%u", version);
      g_autofree char *use = g_strdup_printf ("/history/schema/use/%u", version);

      g_test_add_data_func (upgrade, GUINT_TO_POINTER (version), test_upgrade);
      g_test_add_data_func (use, GUINT_TO_POINTER (version), test_use_upgraded);
    }
  return g_test_run ();
}
