/* test-history-delete.c: runs go with all that belongs to them, also when somebody dies meanwhile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cleanup-fixture.h"

#define MANY_STEPS 2500

static void
record_attempts (RunnelHistory *history,
                 gint64         run)
{
  g_assert_true (runnel_history_begin (history, NULL));
  for (guint i = 0; i < MANY_STEPS; i++)
    {
      RunnelEvent event = {
        .type = RUNNEL_EVENT_ATTEMPT_STARTED, .run = run, .step_index = i, .attempt = 1, .time = T0,
      };

      record_event (history, &event);
      event.type = RUNNEL_EVENT_ATTEMPT_FINISHED;
      event.state = RUNNEL_STATE_SUCCEEDED;
      record_event (history, &event);
    }
  g_assert_true (runnel_history_commit (history, NULL));
}

static gint64
count_facts (void)
{
  return read_number ("SELECT (SELECT count (*) FROM run) + (SELECT count (*) FROM step) +"
                      " (SELECT count (*) FROM attempt) + (SELECT count (*) FROM doomed)");
}

static void
test_large (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_run (history, "large", MANY_STEPS);
  g_autoptr(GError) error = NULL;

  record_attempts (history, run);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (count_facts (), >, MANY_STEPS);
  g_assert_true (runnel_history_delete_run (history, run, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_facts (), ==, 0);
}

/* Who deleted a large run was killed in the middle: the next one to look completes it. */
static void
test_begun (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  gint64 other = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_autoptr(GError) error = NULL;

  execute ("INSERT INTO doomed VALUES (1, 1), (2, 0)");
  g_assert_true (runnel_history_reconcile (history, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read_number ("SELECT group_concat (id) FROM run"), ==, other);
  g_assert_false (has_run_file (run, "s0.1.log"));
  g_assert_true (has_run_file (other, "s0.1.log"));
  g_assert_cmpint (read_number ("SELECT count (*) FROM doomed"), ==, 1);
}

static void
test_pinned_meanwhile (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);

  execute ("INSERT INTO doomed VALUES (1, 0)");
  g_assert_true (runnel_history_set_pinned (history, &run, 1, TRUE, NULL));
  g_assert_cmpint (read_number ("SELECT count (*) FROM doomed"), ==, 0);
}

static void
test_many (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_deleted, n_live;
  gint64 gone = 12345;

  for (guint i = 0; i < 150; i++)
    {
      gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);

      g_array_append_val (runs, run);
    }
  g_array_append_val (runs, gone);
  g_array_index (runs, gint64, 3) = add_run (history, "many", 3);
  g_assert_true (runnel_history_delete_runs (history, (const gint64 *) runs->data, runs->len, NULL,
                                             &n_deleted, &n_live, NULL));
  g_assert_cmpuint (n_deleted, ==, 149);
  g_assert_cmpuint (n_live, ==, 1);
  g_assert_cmpint (read_number ("SELECT count (*) FROM run"), ==, 2);
  g_assert_true (has_run_file (4, "s0.1.log"));
  g_assert_false (has_run_file (5, "s0.1.log"));
  g_assert_cmpint (read_number ("PRAGMA freelist_count"), ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  guint n_deleted, n_live;

  g_cancellable_cancel (cancellable);
  g_assert_false (runnel_history_delete_runs (history, &run, 1, cancellable, &n_deleted, &n_live,
                                              &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_deleted, ==, 0);
  g_assert_cmpint (read_number ("SELECT count (*) FROM doomed"), ==, 0);
  g_assert_true (has_run_file (run, "s0.1.log"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/delete/large", test_large);
  g_test_add_func ("/history/delete/begun", test_begun);
  g_test_add_func ("/history/delete/pinned-meanwhile", test_pinned_meanwhile);
  g_test_add_func ("/history/delete/many", test_many);
  g_test_add_func ("/history/delete/cancelled", test_cancelled);

  return g_test_run ();
}
