/* runnel-run-step.c: one step of a run, through its attempts to its end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "engine/runnel-output-file.h"
#include "engine/runnel-retry.h"
#include "engine/runnel-run-dir.h"
#include "engine/runnel-run-private.h"
#include "model/runnel-duration.h"
#include "util/runnel-format.h"

static void
set_reason (RunnelRunStep *step, const char *reason)
{
  char *copy = g_strdup (reason);

  g_free (step->reason);
  step->reason = copy;
}

/* Jobs: only what uses the machine counts, not what waits. */

void
_runnel_run_step_hold_job (RunnelRunStep *step)
{
  if (step->holds_job || step->idle)
    return;
  step->holds_job = TRUE;
  step->run->n_jobs++;
}

void
_runnel_run_step_release_job (RunnelRunStep *step)
{
  if (!step->holds_job)
    return;
  step->holds_job = FALSE;
  step->run->n_jobs--;
}

static void
set_timer (RunnelRunStep *step, gint64 delay, RunnelTimerFunc func)
{
  RunnelClock *clock = step->run->clock;

  step->timer_at = clock->now (clock) + delay;
  step->timer = clock->add_timer (clock, step->timer_at, func, step);
}

static void
clear_timer (RunnelRunStep *step)
{
  if (step->timer != NULL)
    step->run->clock->cancel (step->run->clock, step->timer);
  step->timer = NULL;
}

/* The end of a step. */

static void
tell_step_over (RunnelRunStep *step)
{
  RunnelRun *self = step->run;

  step->finished = _runnel_run_get_time (self);
  _runnel_run_step_tell_breaker (step);
  _runnel_run_add_to_context (step);
  _runnel_run_emit_step (step, RUNNEL_EVENT_STEP_FINISHED);
}

/* Whether the step's failure counts as success. A condition that is wrong tolerates nothing. */
static gboolean
is_tolerated (RunnelRunStep *step)
{
  g_autoptr(JsonNode) member = _runnel_run_step_dup_member (step, "continue-on-error");
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;
  gboolean value = FALSE;

  if (member == NULL || !JSON_NODE_HOLDS_VALUE (member))
    return FALSE;
  if (json_node_get_value_type (member) != G_TYPE_STRING)
    return runnel_value_is_true (member);
  if (_runnel_run_step_test_attempt (step, json_node_get_string (member), &value, NULL, &error))
    return value;
  reason = g_strdup_printf ("%s; continue-on-error: %s", step->reason ? step->reason : "it failed",
                            error->message);
  set_reason (step, reason);
  return FALSE;
}

static void
tell_plan_over (RunnelRunStep *step)
{
  if (_runnel_run_step_is_in_lane (step))
    return;
  _runnel_run_step_leave_pools (step);
  if (_runnel_run_step_get_role (step) == RUNNEL_ROLE_LEG)
    _runnel_run_leg_over (step);
  else
    runnel_plan_finish (step->run->plan, _runnel_run_step_get_index (step), step->state,
                        step->tolerated);
}

/* Ends a step that the plan, or a lane, has in hand or in its queue. */
static void
conclude_step (RunnelRunStep *step, RunnelState state)
{
  gboolean in_lane = _runnel_run_step_is_in_lane (step);

  step->state = state;
  step->tolerated = !in_lane && runnel_state_is_failure (state) && is_tolerated (step);
  tell_step_over (step);
  tell_plan_over (step);
}

/*
 * _runnel_run_step_conclude:
 * @step: a step that the plan has in hand or in its queue
 * @state: how it ended
 * @reason: (nullable): and why
 */
void
_runnel_run_step_conclude (RunnelRunStep *step, RunnelState state, const char *reason)
{
  set_reason (step, reason);
  conclude_step (step, state);
}

/*
 * _runnel_run_step_conclude_as:
 * @step: a step that the plan has in hand
 * @state: how it ended
 * @tolerated: whether a failure counts as success, whatever its `continue-on-error` says
 * @reason: (nullable): and why
 */
void
_runnel_run_step_conclude_as (RunnelRunStep *step,
                              RunnelState state,
                              gboolean tolerated,
                              const char *reason)
{
  set_reason (step, reason);
  step->state = state;
  step->tolerated = tolerated;
  tell_step_over (step);
  tell_plan_over (step);
}

static void
fail_step (RunnelRunStep *step, const char *where, const GError *error)
{
  g_autofree char *reason = g_strconcat (where, error->message, NULL);

  set_reason (step, reason);
  conclude_step (step, RUNNEL_STATE_FAILED);
}

/* Retry. */

static void
try_again (RunnelRunStep *step)
{
  _runnel_run_step_queue (step, NULL);
  if (!_runnel_run_step_is_in_lane (step))
    _runnel_run_step_put_back (step);
  else if (!_runnel_run_is_paused (step->run))
    _runnel_run_step_start (step);
}

static void
try_again_cb (gpointer user_data)
{
  RunnelRunStep *step = user_data;

  _runnel_run_enter (step->run);
  step->timer = NULL;
  try_again (step);
  _runnel_run_leave (step->run);
}

/* Says after what the attempt failed of why it is not repeated. */
static void
add_to_reason (RunnelRunStep *step, const char *addition)
{
  g_autofree char *reason = g_strdup_printf ("%s; %s", step->reason ? step->reason : "it failed",
                                             addition);

  set_reason (step, reason);
}

/* `retry.if`, which may look at the attempt as steps.self. */
static gboolean
retry_condition_holds (RunnelRunStep *step)
{
  g_autoptr(JsonNode) retry = _runnel_run_step_dup_member (step, "retry");
  JsonNode *condition = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *account = NULL;
  g_autofree char *addition = NULL;
  gboolean value = FALSE;

  if (retry != NULL && JSON_NODE_HOLDS_OBJECT (retry))
    condition = json_object_get_member (json_node_get_object (retry), "if");
  if (condition == NULL || !JSON_NODE_HOLDS_VALUE (condition))
    return TRUE;
  if (json_node_get_value_type (condition) != G_TYPE_STRING)
    return runnel_value_is_true (condition);
  if (!_runnel_run_step_test_attempt (step, json_node_get_string (condition), &value, &account, &error))
    addition = g_strconcat ("retry.if: ", error->message, NULL);
  else if (!value)
    addition = g_strconcat ("not retried, for retry.if is false: ", account, NULL);
  if (addition != NULL)
    add_to_reason (step, addition);
  return value;
}

static gboolean
find_delay (RunnelRunStep *step, gint64 *ret_delay)
{
  g_autoptr(GError) error = NULL;

  if (_runnel_run_step_get_delay (step, ret_delay, &error))
    return TRUE;
  add_to_reason (step, error->message);
  return FALSE;
}

static gboolean
should_retry (RunnelRunStep *step, gint64 *ret_delay)
{
  return _runnel_run_step_get_stop (step) == NULL
         && runnel_retry_applies (_runnel_run_step_get_retry (step), step->attempt,
                                  step->exit_code)
         && retry_condition_holds (step) && find_delay (step, ret_delay);
}

/* Until its next attempt it has no need of what it takes of pools. */
static void
rest (RunnelRunStep *step)
{
  RunnelPlanItem item;

  if (_runnel_run_step_is_in_lane (step))
    return;
  _runnel_run_step_leave_pools (step);
  item = _runnel_run_step_get_item (step);
  runnel_plan_rest (step->run->plan, item.step, item.leg);
}

static void
retry_later (RunnelRunStep *step, gint64 delay)
{
  g_autofree char *duration = runnel_format_duration (delay);
  g_autofree char *reason = NULL;

  if (delay == 0)
    {
      try_again (step);
      return;
    }
  reason = g_strdup_printf ("retries in %s (attempt %u of %u)", duration, step->attempt + 1,
                            _runnel_run_step_get_retry (step)->max + 1);
  set_reason (step, reason);
  step->state = RUNNEL_STATE_WAITING;
  step->wait = RUNNEL_WAIT_RETRY;
  rest (step);
  set_timer (step, delay, try_again_cb);
  _runnel_run_emit_step (step, RUNNEL_EVENT_STEP_WAITING);
}

/* The end of an attempt. */

/* What the step has written may be a secret, and is with its attempt now. */
static gboolean
read_output_file (RunnelRun *self, const char *path, JsonObject **ret_outputs, GError **error)
{
  gboolean ok = runnel_output_file_read (path, ret_outputs, error);

  if (self->mask != NULL && g_unlink (path) != 0)
    g_debug ("%s can't be removed: %s", path, g_strerror (errno));
  return ok;
}

/* Outputs from the executor and from $RUNNEL_OUTPUT; the latter win. */
static gboolean
collect_outputs (RunnelRunStep *step, const RunnelResult *result, GError **error)
{
  g_autoptr(JsonObject) written = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  g_clear_pointer (&step->outputs, json_object_unref);
  if (result->outputs != NULL)
    step->outputs = json_object_ref (result->outputs);
  if (!result->output_file)
    return TRUE;

  name = runnel_run_dir_output_name (_runnel_run_step_get_id (step), step->attempt);
  path = g_build_filename (step->run->run_dir, name, NULL);
  if (!read_output_file (step->run, path, &written, error))
    return FALSE;
  if (written == NULL)
    return TRUE;
  if (result->outputs != NULL)
    {
      json_object_iter_init_ordered (&iter, result->outputs);
      while (json_object_iter_next_ordered (&iter, &key, &value))
        {
          if (!json_object_has_member (written, key))
            json_object_set_member (written, key, json_node_ref (value));
        }
    }
  g_clear_pointer (&step->outputs, json_object_unref);
  step->outputs = g_steal_pointer (&written);
  return TRUE;
}

/* What the executor's result means, given why the attempt may have been ended. */
static RunnelState
judge_result (RunnelRunStep *step, const RunnelResult *result)
{
  if (step->timed_out)
    {
      g_autofree char *limit = runnel_duration_to_string (step->timeout);
      g_autofree char *reason = g_strdup_printf ("it took longer than its timeout, %s", limit);

      set_reason (step, reason);
      return RUNNEL_STATE_TIMED_OUT;
    }
  if (step->cancelled && result->state != RUNNEL_STATE_SUCCEEDED)
    {
      set_reason (step, _runnel_run_step_get_stop (step));
      return RUNNEL_STATE_CANCELLED;
    }
  set_reason (step, result->reason);
  if (result->state == RUNNEL_STATE_CANCELLED)
    set_reason (step, result->reason ? result->reason : "it was ended from outside");
  if (result->state == RUNNEL_STATE_SUCCEEDED || runnel_state_is_failure (result->state))
    return result->state;
  return RUNNEL_STATE_FAILED;
}

static void
tell_attempt_finished (RunnelRunStep *step, RunnelState state, const RunnelResult *result)
{
  RunnelEvent event = {
    .type = RUNNEL_EVENT_ATTEMPT_FINISHED,
    .step_index = _runnel_run_step_get_index (step),
    .step = _runnel_run_step_get_id (step),
    .attempt = step->attempt,
    .state = state,
    .reason = step->reason,
    .exit_code = result->exit_code,
    .term_signal = result->term_signal,
    .usage = result->usage,
    .outputs = step->outputs,
  };

  _runnel_run_emit (step->run, &event);
}

static RunnelState
end_attempt (RunnelRunStep *step, const RunnelResult *result)
{
  RunnelState state = judge_result (step, result);
  g_autoptr(GError) error = NULL;

  step->exit_code = result->exit_code;
  if (!collect_outputs (step, result, &error) && state == RUNNEL_STATE_SUCCEEDED)
    {
      g_autofree char *reason = g_strconcat ("its outputs can't be used: ", error->message, NULL);

      set_reason (step, reason);
      state = RUNNEL_STATE_FAILED;
    }
  tell_attempt_finished (step, state, result);
  return state;
}

/* The executor's callbacks. */

static void
started_cb (gpointer user_data, guint index, gint64 pid, gint64 start_time)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = _runnel_run_get_step (self, index);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED,
    .step_index = index,
    .step = _runnel_run_step_get_id (step),
    .attempt = step->attempt,
    .state = RUNNEL_STATE_RUNNING,
    .pid = pid,
    .start_time = start_time,
    .exit_code = -1,
    .cause = step->attempt == 1 && step->files != NULL ? step->files->cause : NULL,
  };

  g_assert (!step->told);

  _runnel_run_enter (self);
  step->told = TRUE;
  step->pid = pid;
  _runnel_run_emit (self, &event);
  _runnel_run_leave (self);
}

static void
wait_for (RunnelRunStep *step, RunnelWaitKind kind, const char *reason)
{
  RunnelState state = reason != NULL ? RUNNEL_STATE_WAITING : RUNNEL_STATE_RUNNING;

  if (_runnel_run_step_wait_frozen (step, state, kind, reason))
    return;
  set_reason (step, reason);
  step->wait = kind;
  step->state = state;
  _runnel_run_emit_step (step, RUNNEL_EVENT_STEP_WAITING);
}

static void
waiting_cb (gpointer user_data, guint index, RunnelWaitKind kind, const char *reason)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = _runnel_run_get_step (self, index);

  _runnel_run_enter (self);
  if (reason != NULL)
    _runnel_run_step_release_job (step);
  else
    _runnel_run_step_hold_job (step);
  wait_for (step, kind, reason);
  _runnel_run_leave (self);
}

static void
finished_cb (gpointer user_data, guint index, const RunnelResult *result)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = _runnel_run_get_step (self, index);
  RunnelState state;
  gint64 delay;

  g_assert (step->task != NULL);

  _runnel_run_enter (self);
  if (!step->told)
    started_cb (self, index, 0, 0);
  step->task = NULL;
  self->n_tasks--;
  clear_timer (step);
  _runnel_run_step_forget_freeze (step);
  _runnel_run_step_release_job (step);
  state = step->state = end_attempt (step, result);
  if (runnel_state_is_failure (state) && should_retry (step, &delay))
    retry_later (step, delay);
  else if (state != RUNNEL_STATE_SUCCEEDED || !_runnel_run_step_keep (step))
    conclude_step (step, state);
  _runnel_run_leave (self);
}

const RunnelExecutorCallbacks _runnel_run_executor_callbacks = {
  .started = started_cb,
  .waiting = waiting_cb,
  .finished = finished_cb,
};

/* The start of an attempt. */

static void
timed_out_cb (gpointer user_data)
{
  RunnelRunStep *step = user_data;
  RunnelRun *self = step->run;

  _runnel_run_enter (self);
  step->timer = NULL;
  step->timed_out = TRUE;
  self->executor->cancel (self->executor, step->task);
  _runnel_run_leave (self);
}

static void
hand_over (RunnelRunStep *step, const RunnelAttempt *attempt)
{
  RunnelRun *self = step->run;

  _runnel_run_step_hold_job (step);
  self->n_tasks++;
  if (_runnel_run_step_get_role (step) == RUNNEL_ROLE_LEG)
    _runnel_run_leg_started (step);
  step->task = self->executor->start (self->executor, attempt);
  if (step->timeout > 0)
    _runnel_run_step_set_timeout (step, step->timeout);
}

/*
 * _runnel_run_step_set_timeout:
 * @step: a step with an attempt under way
 * @time: the microseconds that it has left
 */
void
_runnel_run_step_set_timeout (RunnelRunStep *step, gint64 time)
{
  set_timer (step, time, timed_out_cb);
}

/*
 * _runnel_run_step_stop_timeout:
 * @step: a step with an attempt under way
 *
 * Returns: the microseconds that it has left, or -1 if it has no timeout
 */
gint64
_runnel_run_step_stop_timeout (RunnelRunStep *step)
{
  if (step->timer == NULL)
    return -1;
  clear_timer (step);
  return step->timer_at - step->run->clock->now (step->run->clock);
}

/* A step whose breaker is open, or that can't have its pool, fails at once, so that its failure
 * links fire. */
static gboolean
pass_limits (RunnelRunStep *step)
{
  g_autofree char *reason = NULL;

  if (_runnel_run_step_pass_pools (step, &reason)
      && (step->attempt > 0 || _runnel_run_step_pass_breaker (step, &reason)))
    return TRUE;
  set_reason (step, reason);
  conclude_step (step, RUNNEL_STATE_FAILED);
  return FALSE;
}

/* The expressions of an undo find what it undoes as steps.self. */
static gboolean
prepare_attempt (RunnelRunStep *step, RunnelRunAttempt *ret_attempt, GError **error)
{
  gboolean shown = _runnel_run_step_get_role (step) == RUNNEL_ROLE_UNDO
                   && _runnel_run_show_self (step->added->parent);
  gboolean ok = _runnel_run_prepare_attempt (step, ret_attempt, error)
                && _runnel_run_step_get_timeout (step, &step->timeout, error);

  if (shown)
    _runnel_run_hide_self (step->run);
  return ok;
}

/*
 * _runnel_run_step_start:
 * @step: a step that the plan has in hand
 *
 * Starts its next attempt, or ends it if that can't be.
 */
void
_runnel_run_step_start (RunnelRunStep *step)
{
  RunnelRun *self = step->run;
  RunnelRunAttempt attempt;
  g_autoptr(GError) error = NULL;

  if (step->files == NULL && _runnel_run_step_look_up (step))
    return;
  if (!pass_limits (step))
    return;
  step->attempt++;
  step->told = FALSE;
  step->timed_out = FALSE;
  step->exit_code = -1;
  step->pid = 0;
  step->state = RUNNEL_STATE_RUNNING;
  if (step->started == 0)
    step->started = _runnel_run_get_time (self);
  if (prepare_attempt (step, &attempt, &error))
    {
      if (step->attempt == 1)
        _runnel_run_register_undo (step);
      _runnel_run_flush (self);
      hand_over (step, &attempt.attempt);
    }
  else
    {
      step->attempt--;
      fail_step (step, "it could not be started: ", error);
    }
  _runnel_run_attempt_clear (&attempt);
}

/*
 * _runnel_run_step_make_ready:
 * @step: a step whose links are satisfied
 *
 * Asks its condition and queues it or its legs, skips it, or fails it.
 */
void
_runnel_run_step_make_ready (RunnelRunStep *step)
{
  const char *condition = _runnel_run_step_get_definition (step)->condition;
  g_autoptr(GError) error = NULL;
  g_autofree char *account = NULL;
  g_autofree char *cause = NULL;
  gboolean value = TRUE;

  if (condition != NULL && !_runnel_run_step_test (step, condition, &value, &account, &error))
    {
      fail_step (step, "its `if` can't be evaluated: ", error);
      return;
    }
  if (!value)
    {
      g_autofree char *reason = g_strconcat ("its condition is false: ", account, NULL);

      set_reason (step, reason);
      conclude_step (step, RUNNEL_STATE_SKIPPED);
      return;
    }
  if (condition != NULL)
    cause = g_strconcat ("its condition is true: ", account, NULL);
  if (_runnel_run_step_has_matrix (step))
    {
      _runnel_run_step_expand (step, cause);
      return;
    }
  _runnel_run_step_queue (step, cause);
  if (_runnel_run_step_is_in_lane (step))
    _runnel_run_step_start (step);
}

/*
 * _runnel_run_step_queue:
 * @step: a step that may start as soon as there is a place for it
 * @cause: (nullable): why, where that is not plain from its links
 */
void
_runnel_run_step_queue (RunnelRunStep *step, const char *cause)
{
  RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_QUEUED,
    .step_index = _runnel_run_step_get_index (step),
    .step = _runnel_run_step_get_id (step),
    .attempt = step->attempt,
    .state = RUNNEL_STATE_QUEUED,
    .cause = cause,
    .exit_code = -1,
  };

  step->state = RUNNEL_STATE_QUEUED;
  set_reason (step, NULL);
  if (step->queued == 0)
    step->queued = _runnel_run_get_time (step->run);
  _runnel_run_emit (step->run, &event);
}

/*
 * _runnel_run_step_put_back:
 * @step: a step that the plan has in hand, and that is none of a lane
 *
 * Lets the plan start it again, when there is a place for it.
 */
void
_runnel_run_step_put_back (RunnelRunStep *step)
{
  RunnelPlanItem item = _runnel_run_step_get_item (step);

  _runnel_run_step_leave_pools (step);
  if (item.leg > 0)
    runnel_plan_put_back_leg (step->run->plan, item.step, item.leg);
  else
    runnel_plan_put_back (step->run->plan, item.step);
}

/*
 * _runnel_run_step_delay:
 * @step: a step that could start, were there slots of its pool
 * @reason: who has them
 */
void
_runnel_run_step_delay (RunnelRunStep *step, const char *reason)
{
  gboolean waits = step->state == RUNNEL_STATE_QUEUED || step->state == RUNNEL_STATE_WAITING;

  if (!waits || g_strcmp0 (step->reason, reason) == 0)
    return;
  step->state = RUNNEL_STATE_WAITING;
  step->wait = RUNNEL_WAIT_POOL;
  set_reason (step, reason);
  _runnel_run_emit_step (step, RUNNEL_EVENT_STEP_WAITING);
}

/*
 * _runnel_run_step_settle:
 * @step: a step that is over without an attempt
 * @state: how, as the plan decided
 * @reason: (nullable): and why
 */
void
_runnel_run_step_settle (RunnelRunStep *step, RunnelState state, const char *reason)
{
  set_reason (step, reason);
  step->state = state;
  tell_step_over (step);
}

/* The plan cancels what it has in its queue by itself, but it does not know legs one by one, nor
 * what is in a lane. */
static gboolean
is_queued_elsewhere (RunnelRunStep *step)
{
  if (_runnel_run_step_get_role (step) == RUNNEL_ROLE_LEG)
    return !runnel_state_is_terminal (step->state);
  return step->state == RUNNEL_STATE_QUEUED && _runnel_run_step_is_in_lane (step);
}

/*
 * _runnel_run_step_get_stop:
 *
 * Returns: (transfer none) (nullable): why the step is to end before it is done
 */
const char *
_runnel_run_step_get_stop (RunnelRunStep *step)
{
  gboolean in_lane = _runnel_run_step_is_in_lane (step);

  /* A lane goes on in a cancelled run, until it is cancelled itself. */
  if (in_lane ? step->run->lane.cancelled : step->run->cancelling)
    return "the run was cancelled";
  return _runnel_run_step_get_role (step) == RUNNEL_ROLE_LEG ? _runnel_run_leg_get_stop (step)
                                                             : NULL;
}

/*
 * _runnel_run_step_start_queued:
 * @step: a queued step of a run that goes on
 *
 * Starts it if it is in a lane; all others the plan starts.
 */
void
_runnel_run_step_start_queued (RunnelRunStep *step)
{
  if (_runnel_run_step_is_in_lane (step))
    _runnel_run_step_start (step);
}

/*
 * _runnel_run_step_cancel:
 * @step: a step that is to end before it is done
 *
 * Asks the attempt under way to end, and ends the wait for the next one.
 */
void
_runnel_run_step_cancel (RunnelRunStep *step)
{
  _runnel_run_step_forget_freeze (step);
  if (step->task != NULL && step->timed_out)
    return;
  if (step->task != NULL)
    {
      step->cancelled = TRUE;
      step->run->executor->cancel (step->run->executor, step->task);
    }
  else if (step->files != NULL && step->files->busy)
    step->run->keeper->cancel (step->run->keeper, step->files->keeping);
  else if (step->timer != NULL || is_queued_elsewhere (step))
    {
      clear_timer (step);
      set_reason (step, _runnel_run_step_get_stop (step));
      conclude_step (step, RUNNEL_STATE_CANCELLED);
    }
}

/*
 * _runnel_run_step_clear:
 * @step: a step without an attempt under way
 */
void
_runnel_run_step_clear (RunnelRunStep *step)
{
  clear_timer (step);
  _runnel_run_step_forget_freeze (step);
  _runnel_run_step_clear_files (step);
  g_clear_pointer (&step->outputs, json_object_unref);
  g_clear_pointer (&step->reason, g_free);
}
