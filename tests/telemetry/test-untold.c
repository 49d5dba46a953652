/* test-untold.c: runs of which the end was not told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-dir.h"
#include "telemetry-fixture.h"
#include "telemetry/runnel-untold.h"

static void
assert_claims (RunnelHistory *history,
               gint64         wanted)
{
  g_autoptr(GArray) runs = runnel_untold_claim (history);

  g_assert_cmpuint (runs->len, ==, wanted > 0);
  if (wanted > 0)
    g_assert_cmpint (g_array_index (runs, gint64, 0), ==, wanted);
}

static void
test_killed (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 told = add_run (history, "Build", 1);
  gint64 killed = add_run (history, "Build", 1);

  assert_claims (history, 0);
  runnel_untold_mark (told);
  runnel_untold_mark (killed);
  assert_claims (history, 0); /* they go on */
  finish_run (history, told, RUNNEL_STATE_SUCCEEDED);
  runnel_untold_unmark (told);
  finish_run (history, killed, RUNNEL_STATE_INTERRUPTED);
  assert_claims (history, killed);
  assert_claims (history, 0); /* only once */
}

/* Its process is still about to tell the end. */
static void
test_alive (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  gint64 run = add_run (history, "Build", 1);
  g_autoptr(RunnelRunDir) dir = runnel_run_dir_create (runs_dir, run, NULL);

  g_assert_nonnull (dir);
  runnel_untold_mark (run);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  assert_claims (history, 0);
  g_clear_pointer (&dir, runnel_run_dir_free);
  assert_claims (history, run);
}

static void
test_gone (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *folder =
    g_build_filename (g_get_user_state_dir (), "runnel", "telemetry", "untold", NULL);
  g_autofree char *path = g_build_filename (folder, "99", NULL);

  runnel_untold_mark (99);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_claims (history, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/untold/killed", test_killed);
  g_test_add_func ("/telemetry/untold/alive", test_alive);
  g_test_add_func ("/telemetry/untold/gone", test_gone);
  return g_test_run ();
}
