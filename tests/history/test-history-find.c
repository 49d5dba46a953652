/* test-history-find.c: the runs that pass a filter
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-fixture.h"
#include "history/runnel-sqlite.h"

static void
start_run (RunnelHistory *history,
           gint64         run,
           gint64         time,
           const char    *details)
{
  g_autoptr(JsonNode) node = json_from_string (details, NULL);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_STARTED, .time = time, .run = run,
    .details = json_node_get_object (node),
  };

  record_event (history, &event);
}

static void
fail_step (RunnelHistory *history,
           gint64         run,
           const char    *reason)
{
  RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0, .run = run, .state = RUNNEL_STATE_FAILED,
    .reason = reason,
  };

  record_event (history, &event);
}

static void
test_pipeline_and_state (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");

  assert_found (history, "", "");
  add_run (history, "build", 1);
  add_run (history, "test", 1);
  add_run (history, "build", 1);
  add_run (history, "deploy_all", 1);
  finish_run (history, 1, RUNNEL_STATE_FAILED);
  assert_found (history, "", "4 3 2 1");
  assert_found (history, "pipeline:build", "3 1");
  assert_found (history, "pipeline:/home/me/many.runnel.json", "4 3 2 1");
  assert_found (history, "pipeline:buil", "");
  assert_found (history, "state:failed", "1");
  assert_found (history, "state:failed,pending", "4 3 2 1");
  assert_found (history, "is:failure", "1");
  assert_found (history, "is:active pipeline:build", "3");
}

static void
test_text (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  RunnelEvent cancelling = {
    .type = RUNNEL_EVENT_RUN_CANCELLING, .run = 2, .reason = "100% of the disk_is full",
  };

  add_run (history, "build", 1);
  add_run (history, "test", 1);
  add_run (history, "build", 1);
  add_run (history, "deploy_all", 1);
  record_event (history, &cancelling);
  fail_step (history, 3, "exit code 7: no route to host");
  assert_found (history, "BUIL", "3 1");
  assert_found (history, "\"100% of\"", "2");
  assert_found (history, "y_a", "4");
  assert_found (history, "many.runnel", "4 3 2 1");
  assert_found (history, "\"\\\\\"", "");
  assert_found (history, "build many", "3 1");
  assert_found (history, "build test", "");

  /* What went wrong with a step is known for good when the run is over. */
  finish_run (history, 3, RUNNEL_STATE_FAILED);
  assert_found (history, "route \"code 7\"", "3");
  finish_run (history, 2, RUNNEL_STATE_CANCELLED);
  assert_found (history, "disk_is", "2");
}

static void
test_order_and_time (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) runs = NULL;

  for (guint i = 0; i < 4; i++)
    add_run (history, "build", 1);
  /* The first was in the queue for a day. */
  start_run (history, 1, T0 + G_TIME_SPAN_DAY, "{}");
  assert_found (history, "", "1 4 3 2");
  assert_found (history, "before:1", "4 3 2");
  assert_found (history, "before:3", "2");
  assert_found (history, "before:2", "");
  assert_found (history, "before:77", "");
  assert_found (history, "since:2026-01-02", "1");
  assert_found (history, "until:2026-01-01", "4 3 2");
  assert_found (history, "since:2026-01-01T00:00 until:2026-01-02", "1 4 3 2");
  assert_found (history, "since:2026-01-01T00:00:01 until:2026-01-01T23:59", "");
  assert_found (history, "since:1h", "");
  assert_found (history, "until:1h", "1 4 3 2");

  runs = runnel_history_list_runs (history, NULL, 2, NULL);
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpint (((RunnelRunRecord *) runs->pdata[0])->id, ==, 1);
}

static void
test_start (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  RunnelRunRecord *run;

  for (guint i = 0; i < 3; i++)
    add_run (history, "build", 1);
  start_run (history, 1, T0, "{\"trigger\": {\"kind\": \"schedule\"}, \"user\": \"me\","
                             " \"host\": \"box\", \"labels\": [\"nightly\", \"a b\"],"
                             " \"parameters\": {\"env\": \"prod\", \"n\": 3, \"fast\": true,"
                             " \"none\": null}}");
  start_run (history, 2, T0, "{\"trigger\": {\"kind\": \"pipeline\", \"run\": 1, \"step\": \"x\"},"
                             " \"parameters\": {\"env\": \"test\"}}");
  assert_found (history, "trigger:schedule", "1");
  assert_found (history, "trigger:manual", "3");
  assert_found (history, "label:nightly", "1");
  assert_found (history, "label:nightly label:\"a b\"", "1");
  assert_found (history, "label:night", "");
  assert_found (history, "param:env", "2 1");
  assert_found (history, "param:env=prod", "1");
  assert_found (history, "param:env=", "");
  assert_found (history, "param:n=3 param:fast=true", "1");
  assert_found (history, "param:none", "");
  assert_found (history, "is:top-level", "3 1");
  assert_found (history, "parent:1", "2");

  run = get_run (history, 1);
  g_assert_cmpstr (run->trigger, ==, "schedule");
  g_assert_cmpstr (run->user, ==, "me");
  g_assert_cmpstr (run->host, ==, "box");
  g_assert_cmpuint (g_strv_length (run->labels), ==, 2);
  g_assert_cmpstr (run->labels[0], ==, "a b");
  runnel_run_record_free (run);
}

/* A value may be as long as a file; it is found all the same. */
static void
test_long_value (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autofree char *value = g_strnfill (5000, 'x');
  g_autofree char *details = g_strdup_printf ("{\"parameters\": {\"text\": \"%s\"}}", value);
  g_autofree char *words = g_strdup_printf ("param:text=%s", value);

  add_run (history, "build", 1);
  start_run (history, 1, T0, details);
  assert_found (history, words, "1");
}

static void
test_load (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  const gint64 wanted[] = { 2, 77, 1 };
  g_autoptr(GPtrArray) runs = NULL;

  add_run (history, "build", 1);
  add_run (history, "build", 1);
  runs = runnel_history_load_runs (history, wanted, G_N_ELEMENTS (wanted), NULL);
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpint (((RunnelRunRecord *) runs->pdata[0])->id, ==, 2);
  g_assert_cmpint (((RunnelRunRecord *) runs->pdata[1])->id, ==, 1);
}

static void
test_facets (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  const gint64 run = 2;
  g_auto(GStrv) none = runnel_history_list_labels (history, NULL);
  g_auto(GStrv) labels = NULL;
  g_auto(GStrv) triggers = NULL;
  g_autoptr(GPtrArray) pipelines = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  add_run (history, "test", 1);
  add_run (history, "build", 1);
  start_run (history, 1, T0, "{\"trigger\": {\"kind\": \"webhook\"}, \"labels\": [\"b\", \"c\"]}");
  g_assert_true (runnel_history_add_label (history, &run, 1, "b", NULL));
  g_assert_true (runnel_history_add_label (history, &run, 1, "a", NULL));
  labels = runnel_history_list_labels (history, NULL);
  triggers = runnel_history_list_triggers (history, NULL);
  pipelines = runnel_history_list_pipelines (history, NULL);
  g_assert_cmpstrv (labels, ((const char *[]) { "a", "b", "c", NULL }));
  g_assert_cmpstrv (triggers, ((const char *[]) { "manual", "webhook", NULL }));
  g_assert_cmpuint (pipelines->len, ==, 2);
  g_assert_cmpstr (((RunnelPipelineRecord *) pipelines->pdata[0])->name, ==, "build");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/find/pipeline-and-state", test_pipeline_and_state);
  g_test_add_func ("/history/find/text", test_text);
  g_test_add_func ("/history/find/order-and-time", test_order_and_time);
  g_test_add_func ("/history/find/start", test_start);
  g_test_add_func ("/history/find/long-value", test_long_value);
  g_test_add_func ("/history/find/load", test_load);
  g_test_add_func ("/history/find/facets", test_facets);
  return g_test_run ();
}
