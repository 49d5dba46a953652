/* test-cdevents.c: the events of a run as CDEvents over CloudEvents
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"
#include "telemetry/runnel-cdevents.h"

/* The type of the event that is told, or NULL. */
static char *
take (RunnelCdevents    *cdevents,
      const RunnelEvent *event,
      RunnelParcel     **ret_parcel)
{
  RunnelParcel *parcel = runnel_cdevents_take (cdevents, event);
  g_autoptr(JsonNode) root = parcel ? parse_bytes (parcel->body) : NULL;
  char *type = root ? g_strdup (find_text (root, "data.context.type")) : NULL;

  if (ret_parcel)
    *ret_parcel = parcel;
  else
    g_clear_pointer (&parcel, runnel_parcel_free);
  return type;
}

static void
assert_told (RunnelCdevents  *cdevents,
             RunnelEventType  type,
             const char      *step,
             guint            attempt,
             RunnelState      state,
             const char      *told)
{
  const RunnelEvent event = make_event (type, 1, step, attempt, state);
  g_autofree char *found = take (cdevents, &event, NULL);

  g_assert_cmpstr (found, ==, told);
}

static void
test_which (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelRunFacts) facts = make_facts (history, NULL);
  g_autoptr(RunnelCdevents) cdevents = runnel_cdevents_new (facts, FALSE);

  assert_told (cdevents, RUNNEL_EVENT_RUN_STARTED, NULL, 0, RUNNEL_STATE_RUNNING,
               "dev.cdevents.pipelinerun.started.0.3.0");
  assert_told (cdevents, RUNNEL_EVENT_RUN_PAUSED, NULL, 0, RUNNEL_STATE_RUNNING, NULL);
  assert_told (cdevents, RUNNEL_EVENT_STEP_QUEUED, "s0", 0, RUNNEL_STATE_QUEUED, NULL);
  assert_told (cdevents, RUNNEL_EVENT_ATTEMPT_STARTED, "s0", 1, RUNNEL_STATE_RUNNING,
               "dev.cdevents.taskrun.started.0.3.0");
  assert_told (cdevents, RUNNEL_EVENT_ATTEMPT_FINISHED, "s0", 1, RUNNEL_STATE_FAILED, NULL);
  assert_told (cdevents, RUNNEL_EVENT_ATTEMPT_STARTED, "s0", 2, RUNNEL_STATE_RUNNING, NULL);
  assert_told (cdevents, RUNNEL_EVENT_STEP_FINISHED, "s0", 2, RUNNEL_STATE_SUCCEEDED,
               "dev.cdevents.taskrun.finished.0.3.0");
  assert_told (cdevents, RUNNEL_EVENT_STEP_FINISHED, "s1", 0, RUNNEL_STATE_SKIPPED, NULL);
  assert_told (cdevents, RUNNEL_EVENT_RUN_FINISHED, NULL, 0, RUNNEL_STATE_FAILED,
               "dev.cdevents.pipelinerun.finished.0.3.0");
}

static void
assert_outcome (RunnelCdevents *cdevents,
                RunnelState     state,
                const char     *outcome)
{
  const RunnelEvent event = make_event (RUNNEL_EVENT_RUN_FINISHED, 1, NULL, 0, state);
  g_autoptr(RunnelParcel) parcel = runnel_cdevents_take (cdevents, &event);
  g_autoptr(JsonNode) root = parse_bytes (parcel->body);

  g_assert_cmpstr (find_text (root, "data.subject.content.outcome"), ==, outcome);
  g_assert_cmpstr (find_text (root, "data.customData.state"), ==, runnel_state_to_string (state));
}

static void
test_outcomes (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelRunFacts) facts = make_facts (history, NULL);
  g_autoptr(RunnelCdevents) cdevents = runnel_cdevents_new (facts, FALSE);

  assert_outcome (cdevents, RUNNEL_STATE_SUCCEEDED, "success");
  assert_outcome (cdevents, RUNNEL_STATE_FAILED, "failure");
  assert_outcome (cdevents, RUNNEL_STATE_TIMED_OUT, "failure");
  assert_outcome (cdevents, RUNNEL_STATE_CANCELLED, "cancel");
  assert_outcome (cdevents, RUNNEL_STATE_SKIPPED, "cancel");
  assert_outcome (cdevents, RUNNEL_STATE_INTERRUPTED, "error");
}

/* Told twice, it is the same event; and no two events are. */
static void
test_ids (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelRunFacts) facts = make_facts (history, NULL);
  g_autoptr(RunnelCdevents) one = runnel_cdevents_new (facts, FALSE);
  g_autoptr(RunnelCdevents) two = runnel_cdevents_new (facts, TRUE);
  RunnelEvent event = make_event (RUNNEL_EVENT_ATTEMPT_STARTED, 1, "s0", 1, RUNNEL_STATE_RUNNING);
  g_autoptr(RunnelParcel) first = runnel_cdevents_take (one, &event);
  g_autoptr(RunnelParcel) again = runnel_cdevents_take (two, &event);
  g_autoptr(RunnelParcel) other = NULL;

  event.step = "s1";
  other = runnel_cdevents_take (one, &event);
  g_assert_cmpstr (first->id, ==, again->id);
  g_assert_cmpstr (first->id, !=, other->id);
  g_assert_true (g_uuid_string_is_valid (first->id));
  g_assert_cmpint (first->id[14], ==, '8');
  g_assert_null (first->headers);
  g_assert_cmpstr (again->headers[0], ==, "ce-specversion");
}

static void
test_added_title (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelRunFacts) facts = make_facts (history, NULL);
  g_autoptr(RunnelCdevents) cdevents = runnel_cdevents_new (facts, FALSE);
  const RunnelAddedStep added = { RUNNEL_ROLE_LEG, "s0", "Leg \xff", "command", NULL };
  RunnelEvent event = make_event (RUNNEL_EVENT_STEP_ADDED, 0, "s0.1", 0, RUNNEL_STATE_PENDING);
  g_autoptr(RunnelParcel) parcel = NULL;
  g_autoptr(JsonNode) root = NULL;

  event.details = runnel_added_step_to_json (&added);
  g_assert_null (runnel_cdevents_take (cdevents, &event));
  g_clear_pointer (&event.details, json_object_unref);
  event.type = RUNNEL_EVENT_ATTEMPT_STARTED;
  parcel = runnel_cdevents_take (cdevents, &event);
  root = parse_bytes (parcel->body);
  g_assert_cmpstr (find_text (root, "data.subject.content.taskName"), ==, "Leg \uFFFD");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/cdevents/which", test_which);
  g_test_add_func ("/telemetry/cdevents/outcomes", test_outcomes);
  g_test_add_func ("/telemetry/cdevents/ids", test_ids);
  g_test_add_func ("/telemetry/cdevents/added-title", test_added_title);
  return g_test_run ();
}
