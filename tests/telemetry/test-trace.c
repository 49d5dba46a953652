/* test-trace.c: the events of a run as spans of a trace
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"
#include "telemetry/runnel-trace.h"

#define SPANS "resourceSpans.0.scopeSpans.0.spans"

typedef struct
{
  RunnelHistory *history;
  RunnelRunFacts *facts;
  RunnelTrace *trace;
  JsonNode *root;
} Fixture;

static void
set_up (Fixture *self)
{
  self->history = open_history (":memory:");
  self->facts = make_facts (self->history, NULL);
  self->trace = runnel_trace_new (self->facts, NULL);
  self->root = NULL;
}

static void
tear_down (Fixture *self)
{
  runnel_trace_free (self->trace);
  runnel_run_facts_unref (self->facts);
  runnel_history_close (self->history);
  g_clear_pointer (&self->root, json_node_unref);
}

static void
add (Fixture         *self,
     RunnelEventType  type,
     double           seconds,
     const char      *step,
     guint            attempt,
     RunnelState      state)
{
  const RunnelEvent event = make_event (type, seconds, step, attempt, state);

  runnel_trace_add (self->trace, &event);
}

static void
add_step (Fixture    *self,
          const char *id,
          RunnelRole  role,
          const char *parent)
{
  const RunnelAddedStep added = { role, parent, "Added", "command", NULL };
  g_autoptr(JsonObject) details = runnel_added_step_to_json (&added);
  RunnelEvent event = make_event (RUNNEL_EVENT_STEP_ADDED, 0, id, 0, RUNNEL_STATE_PENDING);

  event.details = details;
  runnel_trace_add (self->trace, &event);
}

/* Takes what is there, and finds the span of this name in it. */
static JsonNode *
find_span (Fixture    *self,
           const char *name)
{
  JsonArray *spans;

  if (!self->root)
    {
      g_autoptr(GBytes) body = runnel_trace_take (self->trace);

      self->root = parse_bytes (body);
    }
  spans = json_node_get_array (find_node (self->root, SPANS));
  for (guint i = 0; i < json_array_get_length (spans); i++)
    if (g_strcmp0 (find_text (json_array_get_element (spans, i), "name"), name) == 0)
      return json_array_get_element (spans, i);
  return NULL;
}

static void
assert_times (JsonNode *span,
              double    start,
              double    end)
{
  g_assert_cmpint (g_ascii_strtoll (find_text (span, "startTimeUnixNano"), NULL, 10), ==,
                   (gint64) ((T0 + start * G_TIME_SPAN_SECOND) * 1000));
  g_assert_cmpint (g_ascii_strtoll (find_text (span, "endTimeUnixNano"), NULL, 10), ==,
                   (gint64) ((T0 + end * G_TIME_SPAN_SECOND) * 1000));
}

static void
assert_child (JsonNode *span,
              JsonNode *parent)
{
  g_assert_cmpstr (find_text (span, "parentSpanId"), ==, find_text (parent, "spanId"));
}

static void
test_steps (void)
{
  Fixture fixture;

  set_up (&fixture);
  g_assert_null (runnel_trace_take (fixture.trace));
  add (&fixture, RUNNEL_EVENT_RUN_STARTED, 0, NULL, 0, RUNNEL_STATE_RUNNING);
  add (&fixture, RUNNEL_EVENT_STEP_QUEUED, 1, "s0", 0, RUNNEL_STATE_QUEUED);
  add (&fixture, RUNNEL_EVENT_STEP_WAITING, 2, "s0", 0, RUNNEL_STATE_WAITING);
  add (&fixture, RUNNEL_EVENT_ATTEMPT_STARTED, 3, "s0", 1, RUNNEL_STATE_RUNNING);
  add (&fixture, RUNNEL_EVENT_ATTEMPT_FINISHED, 4, "s0", 1, RUNNEL_STATE_FAILED);
  add (&fixture, RUNNEL_EVENT_STEP_QUEUED, 5, "s0", 0, RUNNEL_STATE_QUEUED);
  add (&fixture, RUNNEL_EVENT_ATTEMPT_STARTED, 6, "s0", 2, RUNNEL_STATE_RUNNING);
  add (&fixture, RUNNEL_EVENT_ATTEMPT_FINISHED, 7, "s0", 2, RUNNEL_STATE_SUCCEEDED);
  add (&fixture, RUNNEL_EVENT_STEP_FINISHED, 7, "s0", 2, RUNNEL_STATE_SUCCEEDED);
  add (&fixture, RUNNEL_EVENT_STEP_FINISHED, 8, "s1", 0, RUNNEL_STATE_SKIPPED);
  add (&fixture, RUNNEL_EVENT_RUN_FINISHED, 9, NULL, 0, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpuint (runnel_trace_get_n_spans (fixture.trace), ==, 5);
  assert_times (find_span (&fixture, "RUN Build"), 0, 9);
  assert_times (find_span (&fixture, "First"), 1, 7);
  assert_times (find_span (&fixture, "First, attempt 1"), 3, 4);
  assert_times (find_span (&fixture, "First, attempt 2"), 6, 7);
  assert_times (find_span (&fixture, "s1"), 8, 8);
  assert_child (find_span (&fixture, "First, attempt 2"), find_span (&fixture, "First"));
  assert_child (find_span (&fixture, "First"), find_span (&fixture, "RUN Build"));
  g_assert_cmpstr (find_text (find_span (&fixture, "First"), "events.0.name"), ==, "step-waiting");
  g_assert_cmpuint (runnel_trace_get_n_spans (fixture.trace), ==, 0);
  tear_down (&fixture);
}

/* A leg is within its step, even if the step was not told to have begun; an undo is beside its. */
static void
test_added (void)
{
  Fixture fixture;

  set_up (&fixture);
  add (&fixture, RUNNEL_EVENT_RUN_STARTED, 0, NULL, 0, RUNNEL_STATE_RUNNING);
  add_step (&fixture, "s0.1", RUNNEL_ROLE_LEG, "s0");
  add (&fixture, RUNNEL_EVENT_STEP_QUEUED, 1, "s0.1", 0, RUNNEL_STATE_QUEUED);
  add (&fixture, RUNNEL_EVENT_STEP_FINISHED, 2, "s0.1", 1, RUNNEL_STATE_SUCCEEDED);
  add (&fixture, RUNNEL_EVENT_STEP_FINISHED, 3, "s0", 0, RUNNEL_STATE_SUCCEEDED);
  add (&fixture, RUNNEL_EVENT_RUN_ROLLING_BACK, 4, NULL, 0, RUNNEL_STATE_RUNNING);
  add_step (&fixture, "s1.undo", RUNNEL_ROLE_UNDO, "s1");
  add (&fixture, RUNNEL_EVENT_STEP_FINISHED, 5, "s1.undo", 1, RUNNEL_STATE_SUCCEEDED);
  add (&fixture, RUNNEL_EVENT_RUN_FINISHED, 6, NULL, 0, RUNNEL_STATE_FAILED);
  assert_times (find_span (&fixture, "First"), 1, 3);
  {
    g_autofree char *s1 = runnel_trace_context_make_span (fixture.facts->trace, "s1", 0);
    JsonArray *spans = json_node_get_array (find_node (fixture.root, SPANS));
    JsonNode *leg = json_array_get_element (spans, 0);
    JsonNode *undo = json_array_get_element (spans, 2);

    assert_child (leg, find_span (&fixture, "First"));
    assert_child (undo, find_span (&fixture, "RUN Build"));
    g_assert_cmpstr (find_text (undo, "links.0.spanId"), ==, s1);
  }
  tear_down (&fixture);
}

/* Events may be lost on the way. What is told of the others is still right. */
static void
test_gaps (void)
{
  Fixture fixture;

  set_up (&fixture);
  add (&fixture, RUNNEL_EVENT_ATTEMPT_FINISHED, 4, "s0", 1, RUNNEL_STATE_FAILED);
  add (&fixture, RUNNEL_EVENT_STEP_FINISHED, 5, "unheard", 1, RUNNEL_STATE_SUCCEEDED);
  add (&fixture, RUNNEL_EVENT_RUN_FINISHED, 6, NULL, 0, RUNNEL_STATE_FAILED);
  assert_times (find_span (&fixture, "First, attempt 1"), 4, 4);
  assert_times (find_span (&fixture, "unheard"), 5, 5);
  assert_times (find_span (&fixture, "RUN Build"), 6, 6);
  tear_down (&fixture);
}

static void
test_queued_run (void)
{
  Fixture fixture;
  JsonNode *run;

  set_up (&fixture);
  add (&fixture, RUNNEL_EVENT_RUN_QUEUED, 0, NULL, 0, RUNNEL_STATE_QUEUED);
  add (&fixture, RUNNEL_EVENT_RUN_STARTED, 5, NULL, 0, RUNNEL_STATE_RUNNING);
  add (&fixture, RUNNEL_EVENT_RUN_FINISHED, 6, NULL, 0, RUNNEL_STATE_SUCCEEDED);
  run = find_span (&fixture, "RUN Build");
  assert_times (run, 0, 6);
  g_assert_cmpstr (find_text (run, "events.1.name"), ==, "run-started");
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/trace/steps", test_steps);
  g_test_add_func ("/telemetry/trace/added", test_added);
  g_test_add_func ("/telemetry/trace/gaps", test_gaps);
  g_test_add_func ("/telemetry/trace/queued-run", test_queued_run);
  return g_test_run ();
}
