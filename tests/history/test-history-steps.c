/* test-history-steps.c: what is known of the steps of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history-fixture.h"

#define N_STEPS 6
#define N_STREAMS 200

static RunnelStepRecord *
step_at (GPtrArray *steps,
         guint      index)
{
  g_assert_cmpuint (index, <, steps->len);
  return steps->pdata[index];
}

static void
test_pending (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) steps = get_steps (history, add_run (history, "x", 3));
  RunnelStepRecord *step = step_at (steps, 2);

  g_assert_cmpuint (steps->len, ==, 3);
  g_assert_cmpstr (step->id, ==, "s2");
  g_assert_cmpstr (step->name, ==, "Step 2");
  g_assert_cmpstr (step->kind, ==, "command");
  g_assert_cmpuint (step->index, ==, 2);
  g_assert_cmpint (step->state, ==, RUNNEL_STATE_PENDING);
  g_assert_cmpuint (step->attempts->len, ==, 0);
  g_assert_cmpuint (step->waits->len, ==, 0);
}

static void
test_attempts (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 2);
  g_autoptr(JsonObject) outputs = json_object_new ();
  RunnelEvent events[] = {
    { .type = RUNNEL_EVENT_STEP_QUEUED, .time = T0 + 1, .step_index = 1 },
    { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0 + 2, .step_index = 1, .attempt = 1,
      .pid = 4711, .start_time = 99 },
    { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .time = T0 + 3, .step_index = 1, .attempt = 1,
      .state = RUNNEL_STATE_FAILED, .exit_code = 7, .reason = "Exit code 7.",
      .usage = { 10, 20, 30 } },
    { .type = RUNNEL_EVENT_STEP_QUEUED, .time = T0 + 4, .step_index = 1 },
    { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0 + 5, .step_index = 1, .attempt = 2 },
    { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .time = T0 + 6, .step_index = 1, .attempt = 2,
      .state = RUNNEL_STATE_SUCCEEDED },
    { .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + 7, .step_index = 1, .attempt = 2,
      .state = RUNNEL_STATE_SUCCEEDED, .outputs = outputs },
  };
  g_autoptr(GPtrArray) steps = NULL;
  RunnelAttemptRecord *attempt;
  RunnelStepRecord *step;

  json_object_set_string_member (outputs, "version", "1.2");
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      events[i].run = run;
      record_event (history, &events[i]);
    }
  steps = get_steps (history, run);
  step = step_at (steps, 1);
  g_assert_cmpint (step->state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (step->queued, ==, T0 + 1);
  g_assert_cmpint (step->started, ==, T0 + 2);
  g_assert_cmpint (step->finished, ==, T0 + 7);
  g_assert_cmpstr (json_object_get_string_member (step->outputs, "version"), ==, "1.2");
  g_assert_cmpuint (step->attempts->len, ==, 2);
  attempt = step->attempts->pdata[0];
  g_assert_cmpuint (attempt->attempt, ==, 1);
  g_assert_cmpint (attempt->state, ==, RUNNEL_STATE_FAILED);
  g_assert_cmpint (attempt->started, ==, T0 + 2);
  g_assert_cmpint (attempt->finished, ==, T0 + 3);
  g_assert_cmpint (attempt->exit_code, ==, 7);
  g_assert_cmpint (attempt->pid, ==, 4711);
  g_assert_cmpint (attempt->process_start, ==, 99);
  g_assert_cmpint (attempt->usage.user_us, ==, 10);
  g_assert_cmpint (attempt->usage.system_us, ==, 20);
  g_assert_cmpint (attempt->usage.max_rss_kb, ==, 30);
  g_assert_cmpstr (attempt->reason, ==, "Exit code 7.");
}

static void
test_waits (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 1);
  RunnelEvent events[] = {
    { .type = RUNNEL_EVENT_STEP_QUEUED, .time = T0 + 1 },
    { .type = RUNNEL_EVENT_STEP_WAITING, .time = T0 + 2, .state = RUNNEL_STATE_WAITING,
      .wait = RUNNEL_WAIT_POOL, .reason = "Pool gpu is taken." },
    { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0 + 3, .attempt = 1 },
    { .type = RUNNEL_EVENT_STEP_WAITING, .time = T0 + 4, .attempt = 1,
      .state = RUNNEL_STATE_WAITING, .wait = RUNNEL_WAIT_APPROVAL,
      .reason = "Waits for approval." },
    { .type = RUNNEL_EVENT_STEP_WAITING, .time = T0 + 6, .attempt = 1,
      .state = RUNNEL_STATE_RUNNING },
    { .type = RUNNEL_EVENT_STEP_WAITING, .time = T0 + 8, .attempt = 1,
      .state = RUNNEL_STATE_WAITING, .reason = "Waits again." },
  };
  g_autoptr(GPtrArray) steps = NULL;
  RunnelStepRecord *step;
  RunnelWaitRecord **waits;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      events[i].run = run;
      record_event (history, &events[i]);
    }
  steps = get_steps (history, run);
  step = step_at (steps, 0);
  g_assert_cmpint (step->state, ==, RUNNEL_STATE_WAITING);
  g_assert_cmpstr (step->reason, ==, "Waits again.");
  g_assert_cmpuint (step->waits->len, ==, 3);
  waits = (RunnelWaitRecord **) step->waits->pdata;
  g_assert_cmpint (waits[0]->started, ==, T0 + 2);
  g_assert_cmpint (waits[0]->finished, ==, T0 + 3);
  g_assert_cmpstr (waits[0]->reason, ==, "Pool gpu is taken.");
  g_assert_cmpint (waits[0]->kind, ==, RUNNEL_WAIT_POOL);
  g_assert_cmpint (waits[1]->started, ==, T0 + 4);
  g_assert_cmpint (waits[1]->finished, ==, T0 + 6);
  g_assert_cmpint (waits[1]->kind, ==, RUNNEL_WAIT_APPROVAL);
  g_assert_cmpint (waits[2]->finished, ==, 0);
  g_assert_cmpint (waits[2]->kind, ==, RUNNEL_WAIT_UNKNOWN);
}

static void
test_handled (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 3);
  g_autoptr(JsonNode) details = json_from_string ("{\"handled\": [\"s2\", \"s0\"]}", NULL);
  RunnelEvent finished = {
    .type = RUNNEL_EVENT_RUN_FINISHED, .time = T0, .run = run,
    .state = RUNNEL_STATE_SUCCEEDED, .details = json_node_get_object (details),
  };
  g_autoptr(GPtrArray) steps = NULL;

  for (guint i = 0; i < 3; i++)
    {
      RunnelEvent failed = {
        .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0, .run = run, .step_index = i,
        .state = RUNNEL_STATE_FAILED, .tolerated = i == 1,
      };

      record_event (history, &failed);
    }
  record_event (history, &finished);
  steps = get_steps (history, run);
  g_assert_true (step_at (steps, 0)->handled);
  g_assert_false (step_at (steps, 0)->tolerated);
  g_assert_false (step_at (steps, 1)->handled);
  g_assert_true (step_at (steps, 1)->tolerated);
  g_assert_true (step_at (steps, 2)->handled);
}

/* The naive model: one event after the other changes plain records, without SQL. */
static GPtrArray *
model_new (void)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_record_free);

  for (guint i = 0; i < N_STEPS; i++)
    {
      RunnelStepRecord *step = g_new0 (RunnelStepRecord, 1);

      step->index = i;
      step->attempts =
        g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_attempt_record_free);
      step->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_wait_record_free);
      g_ptr_array_add (steps, step);
    }
  return steps;
}

static void
model_set (RunnelStepRecord *step,
           RunnelState       state,
           const char       *reason)
{
  step->state = state;
  g_free (step->reason);
  step->reason = g_strdup (reason);
}

static void
model_add_attempt (RunnelStepRecord  *step,
                   const RunnelEvent *event)
{
  RunnelAttemptRecord *attempt = g_new0 (RunnelAttemptRecord, 1);

  attempt->attempt = event->attempt;
  attempt->state = RUNNEL_STATE_RUNNING;
  attempt->exit_code = -1;
  attempt->started = event->time;
  attempt->pid = event->pid;
  if (step->attempts->len == 0)
    step->started = event->time;
  g_ptr_array_add (step->attempts, attempt);
  model_set (step, RUNNEL_STATE_RUNNING, NULL);
}

static void
model_end_attempt (RunnelStepRecord  *step,
                   const RunnelEvent *event)
{
  RunnelAttemptRecord *attempt = step->attempts->pdata[step->attempts->len - 1];

  attempt->state = event->state;
  attempt->finished = event->time;
  attempt->exit_code = event->exit_code;
  attempt->term_signal = event->term_signal;
  attempt->usage = event->usage;
  attempt->reason = g_strdup (event->reason);
}

static void
model_wait (RunnelStepRecord  *step,
            const RunnelEvent *event)
{
  RunnelWaitRecord *wait;

  model_set (step, event->state, event->reason);
  if (event->state == RUNNEL_STATE_RUNNING)
    return;
  wait = g_new0 (RunnelWaitRecord, 1);
  wait->started = event->time;
  wait->reason = g_strdup (event->reason);
  g_ptr_array_add (step->waits, wait);
}

static void
model_apply (GPtrArray         *steps,
             const RunnelEvent *event)
{
  RunnelStepRecord *step = step_at (steps, event->step_index);

  for (guint i = 0; i < step->waits->len; i++)
    {
      RunnelWaitRecord *wait = step->waits->pdata[i];

      if (wait->finished == 0)
        wait->finished = event->time;
    }
  if (event->type == RUNNEL_EVENT_STEP_QUEUED)
    {
      model_set (step, RUNNEL_STATE_QUEUED, NULL);
      step->queued = step->queued == 0 ? event->time : step->queued;
    }
  else if (event->type == RUNNEL_EVENT_STEP_WAITING)
    model_wait (step, event);
  else if (event->type == RUNNEL_EVENT_ATTEMPT_STARTED)
    model_add_attempt (step, event);
  else if (event->type == RUNNEL_EVENT_ATTEMPT_FINISHED)
    model_end_attempt (step, event);
  else
    {
      model_set (step, event->state, event->reason);
      step->finished = event->time;
      step->tolerated = event->tolerated;
    }
}

static void
assert_same_attempts (GPtrArray *actual,
                      GPtrArray *expected)
{
  g_assert_cmpuint (actual->len, ==, expected->len);
  for (guint i = 0; i < actual->len; i++)
    {
      const RunnelAttemptRecord *a = actual->pdata[i], *b = expected->pdata[i];

      g_assert_cmpuint (a->attempt, ==, b->attempt);
      g_assert_cmpint (a->state, ==, b->state);
      g_assert_cmpint (a->started, ==, b->started);
      g_assert_cmpint (a->finished, ==, b->finished);
      g_assert_cmpint (a->exit_code, ==, b->exit_code);
      g_assert_cmpint (a->term_signal, ==, b->term_signal);
      g_assert_cmpint (a->usage.user_us, ==, b->usage.user_us);
      g_assert_cmpint (a->pid, ==, b->pid);
      g_assert_cmpstr (a->reason, ==, b->reason);
    }
}

static void
assert_same_waits (GPtrArray *actual,
                   GPtrArray *expected)
{
  g_assert_cmpuint (actual->len, ==, expected->len);
  for (guint i = 0; i < actual->len; i++)
    {
      const RunnelWaitRecord *a = actual->pdata[i], *b = expected->pdata[i];

      g_assert_cmpint (a->started, ==, b->started);
      g_assert_cmpint (a->finished, ==, b->finished);
      g_assert_cmpstr (a->reason, ==, b->reason);
    }
}

static void
assert_same_steps (GPtrArray *actual,
                   GPtrArray *expected)
{
  g_assert_cmpuint (actual->len, ==, expected->len);
  for (guint i = 0; i < actual->len; i++)
    {
      const RunnelStepRecord *a = actual->pdata[i], *b = expected->pdata[i];

      g_assert_cmpuint (a->index, ==, b->index);
      g_assert_cmpint (a->state, ==, b->state);
      g_assert_cmpint (a->tolerated, ==, b->tolerated);
      g_assert_cmpint (a->queued, ==, b->queued);
      g_assert_cmpint (a->started, ==, b->started);
      g_assert_cmpint (a->finished, ==, b->finished);
      g_assert_cmpstr (a->reason, ==, b->reason);
      assert_same_attempts (a->attempts, b->attempts);
      assert_same_waits (a->waits, b->waits);
    }
}

static const char *
random_reason (GRand *rand)
{
  static const char *const reasons[] = { NULL, "", "Exit code 1.", "Wer \"A\" sagt, …" };

  return reasons[g_rand_int_range (rand, 0, G_N_ELEMENTS (reasons))];
}

/* An event that may follow for a step in this state. */
static RunnelEvent
random_event (GRand                  *rand,
              const RunnelStepRecord *step,
              gint64                  run,
              gint64                  time)
{
  guint n_attempts = step->attempts->len;
  RunnelAttemptRecord *last = n_attempts ? step->attempts->pdata[n_attempts - 1] : NULL;
  gboolean in_attempt = last != NULL && last->finished == 0;
  RunnelEvent event = {
    .time = time, .run = run, .step_index = step->index, .attempt = n_attempts,
    .reason = random_reason (rand), .exit_code = g_rand_int_range (rand, -1, 3),
    .usage = { g_rand_int (rand), g_rand_int (rand), g_rand_int (rand) },
  };

  event.type = g_rand_int_range (rand, RUNNEL_EVENT_STEP_QUEUED, RUNNEL_EVENT_RUN_CANCELLING);
  if (event.type == RUNNEL_EVENT_ATTEMPT_STARTED && in_attempt)
    event.type = RUNNEL_EVENT_STEP_WAITING;
  if (event.type == RUNNEL_EVENT_ATTEMPT_FINISHED && !in_attempt)
    event.type = RUNNEL_EVENT_STEP_QUEUED;
  if (event.type == RUNNEL_EVENT_ATTEMPT_STARTED)
    event.attempt++;
  if (event.type == RUNNEL_EVENT_STEP_WAITING)
    event.state = g_rand_boolean (rand) ? RUNNEL_STATE_WAITING : RUNNEL_STATE_RUNNING;
  else
    event.state = g_rand_int_range (rand, RUNNEL_STATE_SUCCEEDED, RUNNEL_N_STATES);
  if (event.type == RUNNEL_EVENT_STEP_WAITING && event.state == RUNNEL_STATE_RUNNING)
    event.reason = NULL;
  event.tolerated = event.type == RUNNEL_EVENT_STEP_FINISHED && g_rand_boolean (rand);
  event.pid = event.type == RUNNEL_EVENT_ATTEMPT_STARTED ? g_rand_int (rand) : 0;
  return event;
}

/* Now and then a transaction fails at its end and is done again. */
static void
record_batch (RunnelHistory *history,
              GRand         *rand,
              RunnelEvent   *events,
              guint          n_events)
{
  gboolean again = g_rand_int_range (rand, 0, 4) == 0;

  for (int round = again ? 0 : 1; round < 2; round++)
    {
      g_assert_true (runnel_history_begin (history, NULL));
      for (guint i = 0; i < n_events; i++)
        record_event (history, &events[i]);
      if (round == 0)
        runnel_history_rollback (history);
      else
        g_assert_true (runnel_history_commit (history, NULL));
    }
}

static void
record_stream (RunnelHistory *history,
               GRand         *rand,
               GArray        *events)
{
  guint n_events;

  for (guint i = 0; i < events->len; i += n_events)
    {
      n_events = g_rand_int_range (rand, 1, 8);
      n_events = MIN (n_events, events->len - i);
      record_batch (history, rand, &g_array_index (events, RunnelEvent, i), n_events);
    }
}

static void
run_random_stream (RunnelHistory *history,
                   GRand         *rand)
{
  gint64 run = add_run (history, "x", N_STEPS);
  guint n_events = g_rand_int_range (rand, 0, 60);
  g_autoptr(GPtrArray) expected = model_new ();
  g_autoptr(GPtrArray) actual = NULL;
  g_autoptr(GPtrArray) replayed = NULL;
  g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (RunnelEvent));

  for (guint i = 0; i < n_events; i++)
    {
      RunnelStepRecord *step = step_at (expected, g_rand_int_range (rand, 0, N_STEPS));
      RunnelEvent event = random_event (rand, step, run, T0 + i);

      model_apply (expected, &event);
      g_array_append_val (events, event);
    }
  record_stream (history, rand, events);
  actual = get_steps (history, run);
  assert_same_steps (actual, expected);

  /* As when a journal is imported over what was recorded already. */
  record_stream (history, rand, events);
  replayed = get_steps (history, run);
  assert_same_steps (replayed, expected);
}

static void
test_random_streams (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < N_STREAMS; i++)
    run_random_stream (history, rand);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/steps/pending", test_pending);
  g_test_add_func ("/history/steps/attempts", test_attempts);
  g_test_add_func ("/history/steps/waits", test_waits);
  g_test_add_func ("/history/steps/handled", test_handled);
  g_test_add_func ("/history/steps/random-streams", test_random_streams);
  return g_test_run ();
}
