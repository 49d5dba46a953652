/* test-history-added.c: steps beyond the definition, and how runs belong to each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history-fixture.h"
#include "history/runnel-history-family.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
start_run (RunnelHistory *history,
           gint64         run,
           const char    *details_text)
{
  g_autoptr(JsonObject) details = parse (details_text);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_STARTED,
    .time = T0,
    .run = run,
    .state = RUNNEL_STATE_RUNNING,
    .details = details,
  };

  record_event (history, &event);
}

/* A run in the queue is known as if it had started, and its place changes. */
static void
test_queued (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 1);
  g_autoptr(JsonObject) details = parse ("{\"trigger\":{\"kind\":\"pipeline\",\"run\":7,\"step\":\"s\"}}");
  RunnelEvent events[] = {
    { .type = RUNNEL_EVENT_RUN_QUEUED, .reason = "2nd, behind run 5, run 6", .details = details },
    { .type = RUNNEL_EVENT_RUN_QUEUED, .reason = "1st, behind run 6" },
  };
  RunnelRunRecord *record;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      events[i].time = T0 + i;
      events[i].run = run;
      events[i].state = RUNNEL_STATE_QUEUED;
      record_event (history, &events[i]);
    }
  record = runnel_history_get_run (history, run, NULL);
  g_assert_cmpint (record->state, ==, RUNNEL_STATE_QUEUED);
  g_assert_cmpstr (record->reason, ==, "1st, behind run 6");
  g_assert_cmpint (record->parent, ==, 7);
  runnel_run_record_free (record);

  start_run (history, run, "{\"trigger\":{\"kind\":\"pipeline\",\"run\":7,\"step\":\"s\"}}");
  record = runnel_history_get_run (history, run, NULL);
  g_assert_cmpint (record->state, ==, RUNNEL_STATE_RUNNING);
  g_assert_null (record->reason);
  g_assert_cmpint (record->parent, ==, 7);
  runnel_run_record_free (record);
}

static void
add_leg (RunnelHistory *history,
         gint64         run)
{
  g_autoptr(JsonObject) details =
    parse ("{\"role\":\"leg\",\"parent\":\"s1\",\"kind\":\"script\",\"matrix\":{\"os\":\"a\"}}");
  RunnelEvent events[] = {
    { .type = RUNNEL_EVENT_STEP_ADDED, .step = "s1.1", .details = details },
    { .type = RUNNEL_EVENT_STEP_QUEUED, .cause = "s0 succeeded" },
    { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .attempt = 1, .pid = 12 },
    { .type = RUNNEL_EVENT_STEP_FINISHED, .attempt = 1, .state = RUNNEL_STATE_SUCCEEDED,
      .reused = 7, .reason = "reused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      events[i].time = T0 + i;
      events[i].run = run;
      events[i].step_index = 2;
      record_event (history, &events[i]);
    }
}

static void
test_added_step (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 2);
  g_autoptr(GPtrArray) steps = NULL;
  RunnelStepRecord *leg;

  start_run (history, run, "{}");
  add_leg (history, run);
  steps = get_steps (history, run);
  g_assert_cmpuint (steps->len, ==, 3);
  leg = steps->pdata[2];
  g_assert_cmpstr (leg->id, ==, "s1.1");
  g_assert_cmpint (leg->role, ==, RUNNEL_ROLE_LEG);
  g_assert_cmpstr (leg->parent, ==, "s1");
  g_assert_cmpstr (leg->kind, ==, "script");
  g_assert_cmpstr (json_object_get_string_member (leg->matrix, "os"), ==, "a");
  g_assert_cmpint (leg->state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpstr (leg->cause, ==, "s0 succeeded");
  g_assert_cmpint (leg->reused, ==, 7);
  g_assert_cmpuint (leg->attempts->len, ==, 1);
}

/* Told twice, as a journal is that is read again, it is there once. */
static void
test_recorded_again (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 2);
  g_autoptr(GPtrArray) steps = NULL;

  add_leg (history, run);
  add_leg (history, run);
  steps = get_steps (history, run);
  g_assert_cmpuint (steps->len, ==, 3);
}

/* One that was announced but never heard of again ends with its run. */
static void
test_interrupted (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 1);
  g_autoptr(JsonObject) details = parse ("{\"role\":\"undo\",\"parent\":\"s0\",\"kind\":\"script\"}");
  RunnelEvent event = { .type = RUNNEL_EVENT_STEP_ADDED, .run = run, .step_index = 1,
                        .step = "s0.undo", .details = details };
  g_autoptr(GPtrArray) steps = NULL;
  RunnelStepRecord *undo;

  record_event (history, &event);
  g_assert_true (runnel_history_abandon_run (history, run, "No more.", NULL));
  steps = get_steps (history, run);
  undo = steps->pdata[1];
  g_assert_cmpint (undo->role, ==, RUNNEL_ROLE_UNDO);
  g_assert_cmpint (undo->state, ==, RUNNEL_STATE_CANCELLED);
}

static void
test_related_runs (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 first = add_run (history, "x", 1);
  gint64 child = add_run (history, "y", 1);
  gint64 again = add_run (history, "x", 1);
  g_autoptr(GPtrArray) children = NULL;
  g_autoptr(GPtrArray) successors = NULL;
  RunnelRunRecord *record;

  start_run (history, first, "{\"trigger\":{\"kind\":\"manual\"}}");
  start_run (history, child, "{\"trigger\":{\"kind\":\"pipeline\",\"run\":1,\"step\":\"s0\"}}");
  start_run (history, again, "{\"trigger\":{\"kind\":\"rerun\",\"run\":1,\"step\":\"s0\"}}");
  children = runnel_history_list_children (history, first, NULL);
  successors = runnel_history_list_successors (history, first, NULL);

  g_assert_cmpuint (children->len, ==, 1);
  record = children->pdata[0];
  g_assert_cmpint (record->id, ==, child);
  g_assert_cmpint (record->parent, ==, first);
  g_assert_cmpstr (record->parent_step, ==, "s0");
  g_assert_cmpuint (successors->len, ==, 1);
  record = successors->pdata[0];
  g_assert_cmpint (record->id, ==, again);
  g_assert_cmpint (record->origin, ==, first);
  g_assert_null (record->parent_step);
}

/* Two attempts of a step, each with a run of its own, and a run inside of the first. */
static void
test_family (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 first = add_run (history, "x", 1);
  gint64 child = add_run (history, "y", 2);
  gint64 inner = add_run (history, "z", 1);
  gint64 again = add_run (history, "y", 2);
  g_autoptr(GPtrArray) family = NULL;
  g_autoptr(GPtrArray) none = NULL;
  const gint64 expected[] = { child, again, inner };

  start_run (history, first, "{\"trigger\":{\"kind\":\"manual\"}}");
  start_run (history, child, "{\"trigger\":{\"kind\":\"pipeline\",\"run\":1,\"step\":\"s0\"}}");
  start_run (history, inner, "{\"trigger\":{\"kind\":\"pipeline\",\"run\":2,\"step\":\"s1\"}}");
  start_run (history, again, "{\"trigger\":{\"kind\":\"pipeline\",\"run\":1,\"step\":\"s0\"}}");
  family = runnel_history_list_family (history, first, NULL);
  none = runnel_history_list_family (history, inner, NULL);
  g_assert_cmpuint (family->len, ==, 3);
  for (guint i = 0; i < family->len; i++)
    {
      const RunnelInnerRun *run = g_ptr_array_index (family, i);

      g_assert_cmpint (run->run->id, ==, expected[i]);
      g_assert_cmpuint (run->steps->len, ==, run->run->id == inner ? 1 : 2);
      g_assert_cmpuint (runnel_pipeline_get_n_steps (run->pipeline), ==, run->steps->len);
    }
  g_assert_cmpuint (none->len, ==, 0);
}

/* Runs belong to the run whose steps started them, at any depth. */
static void
test_delete_with_children (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 first = add_run (history, "x", 1);
  gint64 child = add_run (history, "y", 1);
  gint64 inner = add_run (history, "z", 1);
  gint64 other = add_run (history, "x", 1);
  g_autoptr(GError) error = NULL;

  start_run (history, first, "{\"trigger\":{\"kind\":\"manual\"}}");
  start_run (history, child, "{\"trigger\":{\"kind\":\"pipeline\",\"run\":1,\"step\":\"s0\"}}");
  start_run (history, inner, "{\"trigger\":{\"kind\":\"pipeline\",\"run\":2,\"step\":\"s0\"}}");
  start_run (history, other, "{\"trigger\":{\"kind\":\"rerun\",\"run\":1}}");
  finish_run (history, first, RUNNEL_STATE_FAILED);
  finish_run (history, child, RUNNEL_STATE_FAILED);
  g_assert_false (runnel_history_delete_run (history, first, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE);
  g_assert_cmpint (runnel_history_count_runs (history, NULL, NULL), ==, 4);
  finish_run (history, inner, RUNNEL_STATE_FAILED);
  g_assert_true (runnel_history_delete_run (history, first, NULL));
  g_assert_cmpint (runnel_history_count_runs (history, NULL, NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/added/step", test_added_step);
  g_test_add_func ("/history/added/recorded-again", test_recorded_again);
  g_test_add_func ("/history/added/interrupted", test_interrupted);
  g_test_add_func ("/history/added/related-runs", test_related_runs);
  g_test_add_func ("/history/added/queued", test_queued);
  g_test_add_func ("/history/added/family", test_family);
  g_test_add_func ("/history/added/delete-with-children", test_delete_with_children);
  return g_test_run ();
}
