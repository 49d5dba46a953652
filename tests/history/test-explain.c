/* test-explain.c: why a step ran, waited, was skipped or was reused
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "history/runnel-explain.h"

#define SECOND G_TIME_SPAN_SECOND

typedef struct
{
  GPtrArray *steps;
  RunnelPipeline *pipeline;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_record_free);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_ptr_array_unref (self->steps);
  g_clear_object (&self->pipeline);
}

/* `steps` with ` in place of ". */
static void
set_pipeline (Fixture    *self,
              const char *steps)
{
  g_autofree char *text = g_strdup_printf ("{`format`: 1, `steps`: [%s]}", steps);
  g_autoptr(GError) error = NULL;

  g_strdelimit (text, "`", '"');
  self->pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_assert_no_error (error);
}

static RunnelStepRecord *
add_step (Fixture     *self,
          const char  *id,
          RunnelState  state)
{
  RunnelStepRecord *step = g_new0 (RunnelStepRecord, 1);

  step->id = g_strdup (id);
  step->kind = g_strdup ("command");
  step->state = state;
  step->attempts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_attempt_record_free);
  step->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_wait_record_free);
  g_ptr_array_add (self->steps, step);
  return step;
}

static void
add_attempt (RunnelStepRecord *step,
             RunnelState       state,
             gint64            seconds,
             const char       *reason)
{
  RunnelAttemptRecord *attempt = g_new0 (RunnelAttemptRecord, 1);

  attempt->attempt = step->attempts->len + 1;
  attempt->state = state;
  attempt->started = SECOND;
  attempt->finished = seconds > 0 ? (1 + seconds) * SECOND : 0;
  attempt->reason = g_strdup (reason);
  g_ptr_array_add (step->attempts, attempt);
}

static void
add_wait (RunnelStepRecord *step,
          gint64            start,
          gint64            end,
          const char       *reason)
{
  RunnelWaitRecord *wait = g_new0 (RunnelWaitRecord, 1);

  wait->started = start * SECOND;
  wait->finished = end * SECOND;
  wait->reason = g_strdup (reason);
  g_ptr_array_add (step->waits, wait);
}

static void
assert_explained (Fixture                *self,
                  const RunnelStepRecord *step,
                  const char             *expected)
{
  g_autoptr(GPtrArray) facts = runnel_explain_step (self->steps, self->pipeline, step);
  g_autofree char *text = runnel_explain_text (facts);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_links (Fixture       *self,
            gconstpointer  data)
{
  RunnelStepRecord *step;

  set_pipeline (self, "{`id`: `a`}, {`id`: `b`}, {`id`: `c`}, {`id`: `d`}, {`id`: `last`,"
                      " `join`: `any`, `needs`: [`a`, {`step`: `b`, `on`: `failure`},"
                      " {`step`: `c`, `on`: `always`}, {`step`: `d`, `on`: `finished`}]}");
  add_step (self, "a", RUNNEL_STATE_FAILED)->tolerated = TRUE;
  add_step (self, "b", RUNNEL_STATE_SUCCEEDED);
  add_step (self, "c", RUNNEL_STATE_SKIPPED);
  add_step (self, "d", RUNNEL_STATE_RUNNING);
  step = add_step (self, "last", RUNNEL_STATE_QUEUED);
  assert_explained (self, step,
                    "Its link to a (success) fired: a failed, but continues on error\n"
                    "Its link to b (failure) did not fire: b succeeded\n"
                    "Its link to c (always) fired: c was skipped\n"
                    "Its link to d (finished) is not decided yet: d is running\n"
                    "It starts with the first link that fires\n"
                    "It is queued");
}

static void
test_condition (Fixture       *self,
                gconstpointer  data)
{
  RunnelStepRecord *ran, *skipped;

  set_pipeline (self, "{`id`: `a`}, {`id`: `b`}");
  ran = add_step (self, "a", RUNNEL_STATE_SUCCEEDED);
  ran->cause = g_strdup ("its condition is true: params.n > 1 (params.n is 3)");
  add_attempt (ran, RUNNEL_STATE_SUCCEEDED, 2, NULL);
  skipped = add_step (self, "b", RUNNEL_STATE_SKIPPED);
  skipped->reason = g_strdup ("its condition is false: params.n > 5 (params.n is 3)");
  assert_explained (self, ran, "It needs no other step\n"
                               "Its condition is true: params.n > 1 (params.n is 3)\n"
                               "Attempt 1 succeeded after 2.0 s\n"
                               "It succeeded");
  assert_explained (self, skipped,
                    "It needs no other step\n"
                    "It was skipped: its condition is false: params.n > 5 (params.n is 3)");
}

static void
test_waits (Fixture       *self,
            gconstpointer  data)
{
  RunnelStepRecord *step = add_step (self, "a", RUNNEL_STATE_FAILED);

  step->queued = 10 * SECOND;
  step->started = 30 * SECOND;
  step->reason = g_strdup ("Exited with code 2");
  step->handled = TRUE;
  add_wait (step, 11, 16, "pool gpu: 1 of 1 held by run 42 step train");
  add_wait (step, 40, 45, "retries in 5 s (attempt 2 of 2)");
  add_attempt (step, RUNNEL_STATE_TIMED_OUT, 9, "it took longer than its timeout, 9s");
  add_attempt (step, RUNNEL_STATE_FAILED, 1, "Exited with code 2");
  assert_explained (self, step,
                    "It was queued for 15 s, until there was a free place\n"
                    "It waited 5.0 s: pool gpu: 1 of 1 held by run 42 step train\n"
                    "It waited 5.0 s: retries in 5 s (attempt 2 of 2)\n"
                    "Attempt 1 timed out after 9.0 s: it took longer than its timeout, 9s\n"
                    "Attempt 2 failed after 1.0 s: Exited with code 2\n"
                    "It failed: Exited with code 2; a fallback made that good");
}

static void
test_under_way (Fixture       *self,
                gconstpointer  data)
{
  RunnelStepRecord *step = add_step (self, "a", RUNNEL_STATE_WAITING);

  step->reason = g_strdup ("frozen by ana");
  add_attempt (step, RUNNEL_STATE_RUNNING, 0, NULL);
  add_wait (step, 2, 0, "frozen by ana");
  assert_explained (self, step, "It waits: frozen by ana\n"
                                "Attempt 1 is under way\n"
                                "It waits");
}

static void
test_added (Fixture       *self,
            gconstpointer  data)
{
  RunnelStepRecord *leg = add_step (self, "a.1", RUNNEL_STATE_SUCCEEDED);
  RunnelStepRecord *undo = add_step (self, "a.1.undo", RUNNEL_STATE_PENDING);
  RunnelStepRecord *hook = add_step (self, "tell", RUNNEL_STATE_CANCELLED);

  leg->role = RUNNEL_ROLE_LEG;
  leg->parent = g_strdup ("a");
  leg->matrix = json_object_new ();
  json_object_set_string_member (leg->matrix, "os", "linux");
  undo->role = RUNNEL_ROLE_UNDO;
  undo->parent = g_strdup ("a.1");
  hook->role = RUNNEL_ROLE_HOOK;
  assert_explained (self, leg, "It is the leg of a with os=linux\nIt succeeded");
  assert_explained (self, undo, "It takes back what a.1 did\nIt is pending");
  assert_explained (self, hook, "It is a hook of the pipeline\nIt was cancelled");
}

static void
test_reused (Fixture       *self,
             gconstpointer  data)
{
  RunnelStepRecord *step = add_step (self, "a", RUNNEL_STATE_SUCCEEDED);

  step->reused = 17;
  step->reason = g_strdup ("reused from run 17 because no input changed");
  assert_explained (self, step, "It succeeded: reused from run 17 because no input changed");
}

#define add(path, func) g_test_add ("/history/explain/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("links", test_links);
  add ("condition", test_condition);
  add ("waits", test_waits);
  add ("under-way", test_under_way);
  add ("added", test_added);
  add ("reused", test_reused);
  return g_test_run ();
}
