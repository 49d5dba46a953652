/* test-cleanup.c: cleans the history by its policy
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cleanup-fixture.h"
#include "history/runnel-cleanup.h"

static RunnelCleanupPlan *
make_plan (RunnelHistory   *history,
           RunnelRetention *policy,
           const char      *pipeline)
{
  g_autoptr(GError) error = NULL;
  RunnelCleanupPlan *plan = runnel_cleanup_plan_new (history, policy, pipeline, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static void
clean (RunnelHistory       *history,
       RunnelRetention     *policy,
       gboolean             orphans,
       RunnelCleanupStatus *ret_status)
{
  const RunnelCleanupOptions options = { .policy = policy, .orphans = orphans };
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_cleanup (history, &options, ret_status, NULL, &error));
  g_assert_no_error (error);
}

/* The runs that are there, as a number: 12 and 3 are 123. */
static gint64
list_runs (void)
{
  return read_number ("SELECT group_concat (id, '') FROM (SELECT id FROM run ORDER BY id)");
}

static void
test_plan (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(RunnelCleanupPlan) plan = NULL;
  gint64 pinned = 2;

  add_finished (history, "a", RUNNEL_STATE_SUCCEEDED, 100000);
  add_finished (history, "a", RUNNEL_STATE_SUCCEEDED, 100000);
  add_finished (history, "a", RUNNEL_STATE_SUCCEEDED, 100000);
  add_finished (history, "a", RUNNEL_STATE_FAILED, 100000);
  add_run (history, "a", 3);
  add_finished (history, "b", RUNNEL_STATE_FAILED, 100000);
  g_assert_true (runnel_history_set_pinned (history, &pinned, 1, TRUE, NULL));

  policy->all.max_age = 0;
  plan = make_plan (history, policy, NULL);
  g_assert_cmpuint (plan->runs->len, ==, 6);
  g_assert_cmpuint (plan->n_going, ==, 3);
  g_assert_cmpint (plan->logs, >=, 300000);
  g_assert_cmpint (plan->logs, <, 400000);
  g_assert_cmpint (plan->artifacts, ==, 0);
  g_assert_cmpuint (runnel_cleanup_plan_count_held (plan, RUNNEL_RETENTION_PINNED), ==, 1);
  g_assert_cmpuint (runnel_cleanup_plan_count_held (plan, RUNNEL_RETENTION_ACTIVE), ==, 1);
  g_assert_cmpuint (runnel_cleanup_plan_count_held (plan, RUNNEL_RETENTION_LATEST_SUCCESS), ==, 1);
  g_clear_pointer (&plan, runnel_cleanup_plan_free);

  plan = make_plan (history, policy, "b");
  g_assert_cmpuint (plan->n_going, ==, 1);
  g_assert_cmpint (list_runs (), ==, 123456);
}

/* Run 1 has 2 as a subpipeline, and that has 3; 4 repeats 1. */
static void
test_families (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(RunnelCleanupPlan) plan = NULL;
  g_auto(RunnelCleanupStatus) status = { 0, };

  for (guint i = 0; i < 3; i++)
    add_finished (history, "a", RUNNEL_STATE_FAILED, 100000);
  add_run (history, "a", 3);
  execute ("UPDATE run SET parent = id - 1 WHERE id IN (2, 3);"
           "UPDATE run SET origin = 1 WHERE id = 4");
  policy->all.max_age = 0;
  plan = make_plan (history, policy, NULL);
  g_assert_cmpuint (plan->runs->len, ==, 2);
  g_assert_cmpuint (plan->n_going, ==, 0);
  g_assert_cmpuint (runnel_cleanup_plan_count_held (plan, RUNNEL_RETENTION_NEEDED), ==, 1);
  g_clear_pointer (&plan, runnel_cleanup_plan_free);

  finish_run (history, 4, RUNNEL_STATE_SUCCEEDED);
  plan = make_plan (history, policy, NULL);
  g_assert_cmpuint (plan->n_going, ==, 1);
  g_assert_cmpuint (plan->n_inner_going, ==, 2);
  g_assert_cmpint (plan->logs, >=, 300000);

  clean (history, policy, FALSE, &status);
  g_assert_cmpint (status.n_runs, ==, 1);
  g_assert_cmpint (list_runs (), ==, 4);
}

static void
test_frees (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_auto(RunnelCleanupStatus) status = { 0, };
  g_auto(RunnelCleanupStatus) loaded = { 0, };

  for (guint i = 0; i < 120; i++)
    add_finished (history, "a", RUNNEL_STATE_FAILED, 20000);
  runnel_retention_add_pipeline (policy, "*")->max_runs = 2;
  clean (history, policy, FALSE, &status);
  g_assert_cmpint (status.n_runs, ==, 118);
  g_assert_cmpint (status.freed, >=, 118 * 20000);
  g_assert_null (status.problem);
  g_assert_cmpint (list_runs (), ==, 119120);
  g_assert_false (has_run_file (118, "s0.1.log"));
  g_assert_true (has_run_file (119, "s0.1.log"));
  g_assert_cmpint (read_number ("PRAGMA freelist_count"), ==, 0);

  runnel_cleanup_status_load (&loaded);
  g_assert_cmpint (loaded.n_runs, ==, 118);
  g_assert_cmpint (loaded.freed, ==, status.freed);
  g_assert_cmpint (loaded.time, >, 0);
  g_assert_false (loaded.automatic);
}

/* What is compressed may make it unnecessary that anything goes. */
static void
test_packs_first (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_auto(RunnelCleanupStatus) status = { 0, };

  for (guint i = 0; i < 3; i++)
    add_finished (history, "a", RUNNEL_STATE_FAILED, 1000000);
  policy->all.max_size = 2000000;
  policy->compress_after = 0;
  clean (history, policy, FALSE, &status);
  g_assert_cmpint (status.n_runs, ==, 0);
  g_assert_cmpint (status.n_packed, ==, 3);
  g_assert_cmpint (list_runs (), ==, 123);
}

static void
test_finishes (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_auto(RunnelCleanupStatus) status = { 0, };

  for (guint i = 0; i < 3; i++)
    add_finished (history, "a", RUNNEL_STATE_FAILED, 10);
  execute ("INSERT INTO doomed VALUES (1, 0), (2, 1), (99, 0)");
  clean (history, policy, FALSE, &status);
  g_assert_cmpint (list_runs (), ==, 3);
  g_assert_false (has_run_file (1, "s0.1.log"));
  g_assert_cmpint (read_number ("SELECT count (*) FROM doomed"), ==, 0);
}

static void
test_orphans (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_auto(RunnelCleanupStatus) status = { 0, };

  g_free (write_run_file (9, "s0.1.log", 100000));
  clean (history, policy, FALSE, &status);
  g_assert_true (has_run_file (9, "s0.1.log"));
  clean (history, policy, TRUE, &status);
  g_assert_false (has_run_file (9, "s0.1.log"));
  g_assert_cmpint (status.freed, >=, 100000);
}

static void
test_due (void)
{
  gint64 now = g_get_real_time ();

  g_assert_false (runnel_cleanup_is_due (now + 90 * G_TIME_SPAN_MINUTE));
  g_assert_false (runnel_cleanup_is_due (now + 30 * G_TIME_SPAN_MINUTE));
  g_assert_true (runnel_cleanup_is_due (now + 90 * G_TIME_SPAN_MINUTE));
  g_assert_true (runnel_cleanup_is_due (now - 90 * G_TIME_SPAN_MINUTE));
}

static void
test_status_damaged (void)
{
  g_autofree char *folder = runnel_cleanup_status_get_folder ();
  g_autofree char *path = g_build_filename (folder, "status.json", NULL);
  g_auto(RunnelCleanupStatus) status = { 0, };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[1, 2", -1, NULL));
  runnel_cleanup_status_load (&status);
  g_assert_cmpint (status.time, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/cleanup/plan", test_plan);
  g_test_add_func ("/history/cleanup/families", test_families);
  g_test_add_func ("/history/cleanup/frees", test_frees);
  g_test_add_func ("/history/cleanup/packs-first", test_packs_first);
  g_test_add_func ("/history/cleanup/finishes", test_finishes);
  g_test_add_func ("/history/cleanup/orphans", test_orphans);
  g_test_add_func ("/history/cleanup/due", test_due);
  g_test_add_func ("/history/cleanup/status-damaged", test_status_damaged);

  return g_test_run ();
}
