/* test-history-orphans.c: what no run refers to any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cleanup-fixture.h"
#include "engine/runnel-run-dir.h"
#include "history/runnel-history-orphans.h"

static void
test_folders (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_autofree char *lost = write_run_file (99, "s0.1.log", 100000);
  g_autofree char *alive = write_run_file (98, "s0.1.log", 10);
  g_autofree char *alive_dir = g_path_get_dirname (alive);
  g_autofree char *aside = g_strdup_printf ("%s/%" G_GINT64_FORMAT ".old-1", runs_dir, run);
  g_autofree char *foreign = g_build_filename (runs_dir, "notes", NULL);
  g_autofree char *trash = g_build_filename (runs_dir, ".trash", NULL);
  RunnelRunDir *dir = runnel_run_dir_adopt (alive_dir, NULL);
  g_autoptr(GPtrArray) orphans = NULL;
  gboolean found_lost = FALSE, found_aside = FALSE;

  g_assert_cmpint (g_mkdir (aside, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (foreign, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (trash, 0700), ==, 0);
  orphans = runnel_history_find_orphans (history, NULL);
  g_assert_cmpuint (orphans->len, ==, 2);
  for (guint i = 0; i < orphans->len; i++)
    {
      const RunnelOrphan *orphan = g_ptr_array_index (orphans, i);

      found_lost |= g_str_has_suffix (orphan->path, "/99") && orphan->size >= 100000;
      found_aside |= g_str_equal (orphan->path, aside);
    }
  g_assert_true (found_lost && found_aside);
  runnel_run_dir_free (dir);
}

static void
test_no_folder_at_all (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GPtrArray) orphans = runnel_history_find_orphans (history, NULL);

  g_assert_cmpuint (orphans->len, ==, 0);
}

static void
test_rows (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_autofree char *text = NULL;
  gint64 n_rows;

  g_assert_true (runnel_history_count_unused (history, &n_rows, NULL));
  g_assert_cmpint (n_rows, ==, 0);
  execute ("INSERT INTO pipeline (name, file) VALUES ('a', 'b');"
           "INSERT INTO reason (text) VALUES ('because');"
           "INSERT INTO doomed (run) VALUES (77);"
           "INSERT INTO definition (sha256, n_steps, text) WITH RECURSIVE n (i) AS"
           " (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
           " SELECT CAST ('x' || i AS BLOB), 1, '' FROM n;");
  g_assert_true (runnel_history_count_unused (history, &n_rows, NULL));
  g_assert_cmpint (n_rows, ==, 1203);
  g_assert_true (runnel_history_drop_unused (history, &n_rows, NULL));
  g_assert_cmpint (n_rows, ==, 1203);
  g_assert_true (runnel_history_count_unused (history, &n_rows, NULL));
  g_assert_cmpint (n_rows, ==, 0);
  text = runnel_history_get_text (history, run, NULL);
  g_assert_nonnull (text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/orphans/folders", test_folders);
  g_test_add_func ("/history/orphans/no-folder-at-all", test_no_folder_at_all);
  g_test_add_func ("/history/orphans/rows", test_rows);

  return g_test_run ();
}
