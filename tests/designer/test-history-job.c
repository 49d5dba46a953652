/* test-history-job.c: long work on the whole history, in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "../history/cleanup-fixture.h"
#include "designer/runs/runnel-history-job.h"

typedef struct
{
  char *(*finish) (GAsyncResult *result, GError **error);
  char *done;
  GError *error;
  gboolean is_finished;
} Answer;

static void
answer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->done = answer->finish (result, &answer->error);
  answer->is_finished = TRUE;
}

static void
wait_for (Answer *answer)
{
  while (!answer->is_finished)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_done (Answer     *answer,
             const char *text)
{
  wait_for (answer);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->done, ==, text);
  g_free (answer->done);
}

static GFile *
get_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "runs.jsonl.zst", NULL);

  return g_file_new_for_path (path);
}

/* The numbers of runs, as a number. */
static gint64
list_runs (void)
{
  return read_number ("SELECT group_concat (id, '') FROM (SELECT id FROM run ORDER BY id)");
}

static void
make_runs (guint n)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);

  for (guint i = 0; i < n; i++)
    add_finished (history, "many", RUNNEL_STATE_FAILED, 20000);
}

static void
test_exchange (void)
{
  g_autoptr(GFile) file = get_file ();
  Answer exported = { .finish = runnel_history_job_export_finish };
  Answer imported = { .finish = runnel_history_job_import_finish };
  Answer again = { .finish = runnel_history_job_import_finish };

  make_runs (3);
  runnel_history_job_export_async (NULL, NULL, 0, file, NULL, NULL, answer_cb, &exported);
  assert_done (&exported, "3 runs exported");
  execute ("PRAGMA foreign_keys = ON; DELETE FROM run WHERE id > 1");
  runnel_history_job_import_async (file, NULL, NULL, answer_cb, &imported);
  assert_done (&imported, "2 runs added, 1 was there already");
  runnel_history_job_import_async (file, NULL, NULL, answer_cb, &again);
  assert_done (&again, "0 runs added, 3 were there already");
}

static void
test_export_some (void)
{
  const gint64 runs[] = { 1, 3 };
  g_autoptr(GFile) file = get_file ();
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_parse ("state:succeeded", NULL);
  Answer some = { .finish = runnel_history_job_export_finish };
  Answer filtered = { .finish = runnel_history_job_export_finish };

  make_runs (3);
  runnel_history_job_export_async (filter, runs, 2, file, NULL, NULL, answer_cb, &some);
  assert_done (&some, "2 runs exported");
  runnel_history_job_export_async (filter, NULL, 0, file, NULL, NULL, answer_cb, &filtered);
  assert_done (&filtered, "0 runs exported");
}

static void
test_cancelled (void)
{
  g_autoptr(GFile) file = get_file ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { .finish = runnel_history_job_export_finish };

  make_runs (3);
  runnel_history_job_export_async (NULL, NULL, 0, file, NULL, cancellable, answer_cb, &answer);
  g_cancellable_cancel (cancellable);
  wait_for (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_query_exists (file, NULL));
  g_clear_error (&answer.error);
}

static void
test_not_imported (void)
{
  g_autoptr(GFile) file = get_file ();
  g_autoptr(GFile) remote = g_file_new_for_uri ("http://example.org/runs.jsonl");
  Answer missing = { .finish = runnel_history_job_import_finish };
  Answer broken = { .finish = runnel_history_job_import_finish };
  Answer far = { .finish = runnel_history_job_import_finish };

  runnel_history_job_import_async (file, NULL, NULL, answer_cb, &missing);
  wait_for (&missing);
  g_assert_nonnull (strstr (missing.error->message, "can’t be read"));
  g_clear_error (&missing.error);

  make_runs (1);
  g_assert_true (g_file_replace_contents (file, "hello\n", 6, NULL, FALSE, 0, NULL, NULL, NULL));
  runnel_history_job_import_async (file, NULL, NULL, answer_cb, &broken);
  wait_for (&broken);
  g_assert_true (g_str_has_prefix (broken.error->message, "line 1: "));
  g_clear_error (&broken.error);

  runnel_history_job_import_async (remote, NULL, NULL, answer_cb, &far);
  wait_for (&far);
  g_assert_error (far.error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&far.error);
}

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelCleanupPlan **plan = user_data;
  g_autoptr(GError) error = NULL;

  *plan = runnel_history_job_plan_finish (result, &error);
  g_assert_no_error (error);
}

static void
test_clean (void)
{
  g_autoptr(JsonNode) limit = json_node_init_int (json_node_alloc (), 2);
  RunnelCleanupPlan *plan = NULL;
  Answer cleaned = { .finish = runnel_history_job_clean_finish };

  make_runs (5);
  g_assert_true (runnel_settings_set ("history.pipelines[\"*\"].max-runs", limit, NULL));
  runnel_history_job_plan_async (NULL, planned_cb, &plan);
  while (plan == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (plan->n_going, ==, 3);
  runnel_cleanup_plan_free (plan);
  g_assert_cmpint (list_runs (), ==, 12345);

  runnel_history_job_clean_async (NULL, NULL, answer_cb, &cleaned);
  wait_for (&cleaned);
  g_assert_no_error (cleaned.error);
  g_assert_true (g_str_has_prefix (cleaned.done, "3 runs deleted, "));
  g_assert_cmpint (list_runs (), ==, 45);
  g_free (cleaned.done);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/designer/history-job/exchange", test_exchange);
  g_test_add_func ("/designer/history-job/export-some", test_export_some);
  g_test_add_func ("/designer/history-job/cancelled", test_cancelled);
  g_test_add_func ("/designer/history-job/not-imported", test_not_imported);
  g_test_add_func ("/designer/history-job/clean", test_clean);

  return g_test_run ();
}
