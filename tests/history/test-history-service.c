/* test-history-service.c: the history for the application, off its thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <unistd.h>

#include "history-fixture.h"
#include "history/runnel-history-audit.h"
#include "history/runnel-history-service.h"

typedef struct
{
  RunnelHistoryService *service;
  GMainLoop *loop;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer path)
{
  fixture->service = runnel_history_service_new (path);
  fixture->loop = g_main_loop_new (NULL, FALSE);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer path)
{
  g_clear_object (&fixture->result);
  runnel_history_service_shut_down (fixture->service);
  g_assert_finalize_object (fixture->service);
  g_main_loop_unref (fixture->loop);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_set_object (&fixture->result, result);
  g_main_loop_quit (fixture->loop);
}

static GAsyncResult *
wait_for_answer (Fixture *fixture)
{
  g_main_loop_run (fixture->loop);
  return fixture->result;
}

static gint64
prepare_run (RunnelState state)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_run (history, "build", 2);

  finish_run (history, run, state);
  return run;
}

static void
test_read (Fixture      *fixture,
           gconstpointer path)
{
  g_autoptr(GError) error = NULL;
  gint64 run = prepare_run (RUNNEL_STATE_FAILED);
  RunnelRunFilter *filter = runnel_run_filter_parse ("pipeline:build", NULL);
  g_autoptr(GPtrArray) runs = NULL;
  g_autoptr(GPtrArray) steps = NULL;
  g_autofree char *text = NULL;
  RunnelRunRecord *record;

  runnel_history_service_list_runs_async (fixture->service, filter, 50, NULL, answered_cb,
                                          fixture);
  runnel_run_filter_free (filter);
  runs = runnel_history_service_list_runs_finish (fixture->service, wait_for_answer (fixture),
                                                  &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);

  runnel_history_service_count_runs_async (fixture->service, NULL, NULL, answered_cb, fixture);
  g_assert_cmpint (runnel_history_service_count_runs_finish (fixture->service,
                                                             wait_for_answer (fixture), &error),
                   ==, 1);

  runnel_history_service_get_run_async (fixture->service, run, NULL, answered_cb, fixture);
  record = runnel_history_service_get_run_finish (fixture->service, wait_for_answer (fixture),
                                                  &error);
  g_assert_cmpint (record->state, ==, RUNNEL_STATE_FAILED);
  runnel_run_record_free (record);

  runnel_history_service_get_steps_async (fixture->service, run, NULL, answered_cb, fixture);
  steps = runnel_history_service_get_steps_finish (fixture->service, wait_for_answer (fixture),
                                                   &error);
  g_assert_cmpuint (steps->len, ==, 2);

  runnel_history_service_get_text_async (fixture->service, run, NULL, answered_cb, fixture);
  text = runnel_history_service_get_text_finish (fixture->service, wait_for_answer (fixture),
                                                 &error);
  g_assert_true (g_str_has_prefix (text, "{"));
}

static void
test_delete (Fixture      *fixture,
             gconstpointer path)
{
  g_autoptr(GError) error = NULL;
  gint64 run = prepare_run (RUNNEL_STATE_SUCCEEDED);

  runnel_history_service_delete_run_async (fixture->service, run, NULL, answered_cb, fixture);
  g_assert_true (runnel_history_service_delete_run_finish (fixture->service,
                                                           wait_for_answer (fixture), &error));
  runnel_history_service_get_run_async (fixture->service, run, NULL, answered_cb, fixture);
  g_assert_null (runnel_history_service_get_run_finish (fixture->service,
                                                        wait_for_answer (fixture), &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
}

static void
test_stats (Fixture      *fixture,
            gconstpointer path)
{
  const RunnelStatsQuery all = { NULL, NULL, 0, 0 };
  g_autoptr(RunnelStats) stats = NULL;
  g_autoptr(GError) error = NULL;

  prepare_run (RUNNEL_STATE_FAILED);
  runnel_history_service_get_stats_async (fixture->service, &all, NULL, answered_cb, fixture);
  stats = runnel_history_service_get_stats_finish (fixture->service, wait_for_answer (fixture),
                                                   &error);
  g_assert_no_error (error);
  g_assert_cmpint (stats->total.fields[RUNNEL_TALLY_FAILED], ==, 1);
}

static void
assert_found (Fixture    *fixture,
              const char *words,
              guint       n_runs)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_parse (words, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) runs = NULL;

  runnel_history_service_find_runs_async (fixture->service, filter, NULL, answered_cb, fixture);
  runs = runnel_history_service_find_runs_finish (fixture->service, wait_for_answer (fixture),
                                                  &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, n_runs);
}

static void
test_marks (Fixture      *fixture,
            gconstpointer path)
{
  gint64 runs[] = { prepare_run (RUNNEL_STATE_SUCCEEDED), prepare_run (RUNNEL_STATE_FAILED) };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(RunnelRunFacets) facets = NULL;

  runnel_history_service_set_pinned_async (fixture->service, runs, 2, TRUE, NULL, answered_cb,
                                           fixture);
  g_assert_true (runnel_history_service_set_pinned_finish (fixture->service,
                                                           wait_for_answer (fixture), &error));
  runnel_history_service_set_label_async (fixture->service, runs, 1, "nightly", TRUE, NULL,
                                          answered_cb, fixture);
  g_assert_true (runnel_history_service_set_label_finish (fixture->service,
                                                          wait_for_answer (fixture), &error));
  assert_found (fixture, "is:pinned", 2);
  assert_found (fixture, "label:nightly", 1);

  runnel_history_service_load_runs_async (fixture->service, runs, 2, NULL, answered_cb, fixture);
  records = runnel_history_service_load_runs_finish (fixture->service, wait_for_answer (fixture),
                                                     &error);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (((RunnelRunRecord *) records->pdata[0])->labels[0], ==, "nightly");

  runnel_history_service_list_facets_async (fixture->service, NULL, answered_cb, fixture);
  facets = runnel_history_service_list_facets_finish (fixture->service, wait_for_answer (fixture),
                                                      &error);
  g_assert_cmpstr (facets->labels[0], ==, "nightly");
  g_assert_cmpstr (facets->triggers[0], ==, "manual");
  g_assert_cmpuint (facets->pipelines->len, ==, 1);

  runnel_history_service_set_label_async (fixture->service, runs, 2, "nightly", FALSE, NULL,
                                          answered_cb, fixture);
  g_assert_true (runnel_history_service_set_label_finish (fixture->service,
                                                          wait_for_answer (fixture), &error));
  assert_found (fixture, "label:nightly", 0);
}

static void
test_audit (Fixture      *fixture,
            gconstpointer path)
{
  gint64 run = prepare_run (RUNNEL_STATE_SUCCEEDED);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;

  runnel_history_service_set_pinned_async (fixture->service, &run, 1, TRUE, NULL, answered_cb,
                                           fixture);
  g_assert_true (runnel_history_service_set_pinned_finish (fixture->service,
                                                           wait_for_answer (fixture), &error));
  runnel_history_service_list_audit_async (fixture->service, run, 0, NULL, answered_cb, fixture);
  records = runnel_history_service_list_audit_finish (fixture->service, wait_for_answer (fixture),
                                                      &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((RunnelAuditRecord *) records->pdata[0])->action, ==, "pinned");
}

static void
test_delete_several (Fixture      *fixture,
                     gconstpointer path)
{
  gint64 runs[] = {
    prepare_run (RUNNEL_STATE_SUCCEEDED), prepare_run (RUNNEL_STATE_RUNNING), 99,
    prepare_run (RUNNEL_STATE_FAILED),
  };
  g_autoptr(GError) error = NULL;
  guint n_deleted, n_live;

  runnel_history_service_delete_runs_async (fixture->service, runs, G_N_ELEMENTS (runs), NULL,
                                            answered_cb, fixture);
  g_assert_true (runnel_history_service_delete_runs_finish (fixture->service,
                                                            wait_for_answer (fixture), &n_deleted,
                                                            &n_live, &error));
  g_assert_cmpuint (n_deleted, ==, 2);
  g_assert_cmpuint (n_live, ==, 1);
  assert_found (fixture, "", 1);
}

static void
test_reconcile (Fixture      *fixture,
                gconstpointer path)
{
  g_autoptr(GError) error = NULL;

  runnel_history_service_reconcile_async (fixture->service, NULL, answered_cb, fixture);
  g_assert_true (runnel_history_service_reconcile_finish (fixture->service,
                                                          wait_for_answer (fixture), &error));
  g_assert_no_error (error);
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer path)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  runnel_history_service_list_runs_async (fixture->service, NULL, 50, cancellable, answered_cb,
                                          fixture);
  g_assert_null (runnel_history_service_list_runs_finish (fixture->service,
                                                          wait_for_answer (fixture), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_shut_down (Fixture      *fixture,
                gconstpointer path)
{
  g_autoptr(GError) error = NULL;

  runnel_history_service_shut_down (fixture->service);
  runnel_history_service_list_runs_async (fixture->service, NULL, 50, NULL, answered_cb, fixture);
  g_assert_null (runnel_history_service_list_runs_finish (fixture->service,
                                                          wait_for_answer (fixture), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* A database that can't be opened is tried again at the next request. */
static void
test_opens_again (Fixture      *fixture,
                  gconstpointer unused)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) runs = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "This is no database, as anybody can see.", -1, NULL));
  runnel_history_service_list_runs_async (fixture->service, NULL, 50, NULL, answered_cb, fixture);
  g_assert_null (runnel_history_service_list_runs_finish (fixture->service,
                                                          wait_for_answer (fixture), &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_CORRUPT);

  g_assert_cmpint (unlink (path), ==, 0);
  g_clear_error (&error);
  runnel_history_service_list_runs_async (fixture->service, NULL, 50, NULL, answered_cb, fixture);
  runs = runnel_history_service_list_runs_finish (fixture->service, wait_for_answer (fixture),
                                                  &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 0);
}

/* The last reference may go while requests are under way. */
static void
test_dropped (void)
{
  Fixture fixture = { runnel_history_service_new (NULL), g_main_loop_new (NULL, FALSE), NULL };

  runnel_history_service_list_runs_async (fixture.service, NULL, 50, NULL, answered_cb, &fixture);
  g_object_unref (fixture.service);
  g_main_loop_run (fixture.loop);
  g_assert_true (G_IS_TASK (fixture.result));
  g_assert_false (g_task_had_error (G_TASK (fixture.result)));
  g_clear_object (&fixture.result);
  g_main_loop_unref (fixture.loop);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) \
  g_test_add ("/history/service/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("read", test_read);
  ADD ("delete", test_delete);
  ADD ("stats", test_stats);
  ADD ("marks", test_marks);
  ADD ("audit", test_audit);
  ADD ("delete-several", test_delete_several);
  ADD ("reconcile", test_reconcile);
  ADD ("cancelled", test_cancelled);
  ADD ("shut-down", test_shut_down);
  ADD ("opens-again", test_opens_again);
#undef ADD
  g_test_add_func ("/history/service/dropped", test_dropped);
  return g_test_run ();
}
