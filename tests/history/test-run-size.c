/* test-run-size.c: what runs take on disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <unistd.h>

#include "cleanup-fixture.h"
#include "history/runnel-run-size.h"

static void
measure_all (RunnelHistory *history)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_history_measure_runs (history, NULL, &error));
  g_assert_no_error (error);
}

static void
test_folder (void)
{
  g_autofree char *log = write_run_file (7, "artifacts.1.log", 100000);
  g_autofree char *artifact = write_run_file (7, "artifacts/build/bin/tool", 300000);
  g_autofree char *folder = runnel_history_get_run_dir (7);
  g_autofree char *other = write_run_file (8, "artifacts/other", 1);
  gint64 logs, artifacts, shared;

  runnel_run_size_measure (folder, &logs, &artifacts);
  g_assert_cmpint (logs, >=, 100000);
  g_assert_cmpint (logs, <, 200000);
  g_assert_cmpint (artifacts, >=, 300000);
  g_assert_cmpint (artifacts, <, 400000);

  /* What another run has, too, is half its own. */
  g_assert_cmpint (g_unlink (other), ==, 0);
  g_assert_cmpint (link (artifact, other), ==, 0);
  runnel_run_size_measure (folder, &logs, &shared);
  g_assert_cmpint (shared, <, artifacts - 140000);
}

static void
test_no_folder (void)
{
  gint64 logs = -1, artifacts = -1;

  runnel_run_size_measure ("/nowhere/at/all", &logs, &artifacts);
  g_assert_cmpint (logs, ==, 0);
  g_assert_cmpint (artifacts, ==, 0);
}

static void
test_all (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  RunnelHistorySize size;

  for (guint i = 0; i < 250; i++)
    add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10000);
  add_run (history, "many", 3); /* it is still under way */
  measure_all (history);
  g_assert_true (runnel_history_get_size (history, &size, NULL));
  g_assert_cmpint (size.n_runs, ==, 250);
  g_assert_cmpint (size.logs, >=, 250 * 10000);
  g_assert_cmpint (size.artifacts, ==, 0);
  g_assert_cmpint (size.n_rows, >=, 0);
  g_assert_cmpint (size.database, >, 100000);

  /* What was measured is not looked at again. */
  g_unlink (write_run_file (1, "s0.1.log", 1000000));
  measure_all (history);
  g_assert_cmpint (read_number ("SELECT logs FROM run_size WHERE run = 1"), <, 1000000);
  g_assert_true (runnel_history_measure_run (history, 1, RUNNEL_RUN_PACKED_ALL, NULL));
  g_assert_cmpint (read_number ("SELECT logs FROM run_size WHERE run = 1"), <, 10000);
  g_assert_cmpint (read_number ("SELECT packed FROM run_size WHERE run = 1"), ==, 2);

  g_assert_true (runnel_history_delete_run (history, 1, NULL));
  g_assert_cmpint (read_number ("SELECT count (*) FROM run_size"), ==, 249);
  g_assert_true (runnel_history_measure_run (history, 1, RUNNEL_RUN_PACKED_ALL, NULL));
  g_assert_cmpint (read_number ("SELECT count (*) FROM run_size"), ==, 249);
}

static void
test_cancelled (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_cancellable_cancel (cancellable);
  g_assert_false (runnel_history_measure_runs (history, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/run-size/folder", test_folder);
  g_test_add_func ("/history/run-size/no-folder", test_no_folder);
  g_test_add_func ("/history/run-size/all", test_all);
  g_test_add_func ("/history/run-size/cancelled", test_cancelled);

  return g_test_run ();
}
