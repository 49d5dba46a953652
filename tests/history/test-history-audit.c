/* test-history-audit.c: who did what to runs, when and from where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history-fixture.h"
#include "history/runnel-history-audit.h"

/* @expected has a line for each record: run, what, who and from where. */
static void
assert_audit (RunnelHistory *history,
              gint64         run,
              guint          limit,
              const char    *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = runnel_history_list_audit (history, run, limit, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      const RunnelAuditRecord *record = records->pdata[i];
      g_autofree char *what = runnel_audit_record_describe (record);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %s (%s, %s)\n", record->run, what,
                              record->user ? record->user : "-",
                              record->origin ? record->origin : "-");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
record_details (RunnelHistory   *history,
                RunnelEventType  type,
                gint64           run,
                gint64           time,
                const char      *reason,
                const char      *details)
{
  g_autoptr(JsonNode) node = json_from_string (details, NULL);
  RunnelEvent event = {
    .type = type, .run = run, .time = time, .state = RUNNEL_STATE_RUNNING, .reason = reason,
    .details = json_node_get_object (node),
  };

  record_event (history, &event);
}

static void
test_start (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  const char *details = "{\"user\": \"ana\", \"host\": \"box\", \"origin\": \"terminal pts/3\","
                        " \"trigger\": {\"kind\": \"manual\"}, \"secrets\": [\"token\", \"key\"]}";

  add_run (history, "build", 1);
  /* It waits for others first; the person started it then. */
  record_details (history, RUNNEL_EVENT_RUN_QUEUED, 1, T0 + 1, "behind run 7", details);
  record_details (history, RUNNEL_EVENT_RUN_STARTED, 1, T0 + 9, NULL, details);
  assert_audit (history, 1, 0,
                "1 Started: manual (ana, terminal pts/3)\n"
                "1 Used the secret: key (ana, terminal pts/3)\n"
                "1 Used the secret: token (ana, terminal pts/3)\n");
}

static void
test_actions (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");

  add_run (history, "build", 1);
  record_details (history, RUNNEL_EVENT_ACTION, 1, T0 + 1, "looks good",
                  "{\"action\": \"approved\", \"step\": \"deploy\", \"user\": \"ben\","
                  " \"origin\": \"ssh 192.0.2.7\"}");
  record_details (history, RUNNEL_EVENT_ACTION, 1, T0 + 2, NULL,
                  "{\"action\": \"paused\", \"user\": \"ana\"}");
  record_details (history, RUNNEL_EVENT_ACTION, 1, T0 + 3, NULL,
                  "{\"action\": \"of-a-later-version\", \"user\": \"ana\"}");
  record_details (history, RUNNEL_EVENT_ACTION, 1, T0 + 4, NULL, "{}");
  /* A journal that is read again adds nothing. */
  record_details (history, RUNNEL_EVENT_ACTION, 1, T0 + 2, NULL,
                  "{\"action\": \"paused\", \"user\": \"ana\"}");
  assert_audit (history, 1, 0,
                "1 Approved deploy: looks good (ben, ssh 192.0.2.7)\n"
                "1 Paused (ana, -)\n"
                "1 of-a-later-version (ana, -)\n");
  assert_audit (history, 1, 1, "1 of-a-later-version (ana, -)\n");
}

static void
test_rerun (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");

  add_run (history, "build", 1);
  add_run (history, "build", 1);
  add_run (history, "build", 1);
  record_details (history, RUNNEL_EVENT_RUN_STARTED, 2, T0 + 1, NULL,
                  "{\"user\": \"ana\", \"trigger\": {\"kind\": \"rerun\", \"run\": 1}}");
  record_details (history, RUNNEL_EVENT_RUN_STARTED, 3, T0 + 2, NULL,
                  "{\"user\": \"ben\", \"trigger\": {\"kind\": \"rollback\", \"run\": 1}}");
  assert_audit (history, 1, 0, "1 Ran again: run 2 (ana, -)\n1 Rolled back: run 3 (ben, -)\n");
  assert_audit (history, 2, 0, "2 Started: rerun (ana, -)\n");
  assert_audit (history, 0, 2, "1 Rolled back: run 3 (ben, -)\n3 Started: rollback (ben, -)\n");
}

/* What a person does to the history, also when the run is gone. */
static void
test_deeds (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  const gint64 run = add_run (history, "build", 1);
  const char *me = g_get_user_name ();
  g_autofree char *expected = NULL;

  finish_run (history, run, RUNNEL_STATE_FAILED);
  g_assert_true (runnel_history_set_pinned (history, &run, 1, TRUE, NULL));
  g_assert_true (runnel_history_set_pinned (history, &run, 1, TRUE, NULL));
  g_assert_true (runnel_history_add_label (history, &run, 1, "nightly", NULL));
  g_assert_true (runnel_history_remove_label (history, &run, 1, "nightly", NULL));
  g_assert_true (runnel_history_remove_label (history, &run, 1, "nightly", NULL));
  g_assert_true (runnel_history_delete_run (history, run, NULL));
  expected = g_strdup_printf ("1 Pinned (%s, a test)\n1 Put on the label: nightly (%s, a test)\n"
                              "1 Took off the label: nightly (%s, a test)\n"
                              "1 Deleted: build, failed (%s, a test)\n", me, me, me, me);
  assert_audit (history, run, 0, expected);
}

/* A run that can't be deleted has not been. */
static void
test_undone (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "build", 1);

  g_assert_false (runnel_history_delete_run (history, run, NULL));
  assert_audit (history, run, 0, "");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("RUNNEL_ORIGIN", "a test", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/audit/start", test_start);
  g_test_add_func ("/history/audit/actions", test_actions);
  g_test_add_func ("/history/audit/rerun", test_rerun);
  g_test_add_func ("/history/audit/deeds", test_deeds);
  g_test_add_func ("/history/audit/undone", test_undone);
  return g_test_run ();
}
