/* runnel-run.c: one run of a pipeline, from start to end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-output-file.h"
#include "engine/runnel-retry.h"
#include "engine/runnel-run-private.h"
#include "model/runnel-duration.h"
#include "util/runnel-format.h"

G_DEFINE_QUARK (runnel-run-error-quark, runnel_run_error)

static void start_attempt (RunnelRun *self, guint index);

static guint
get_index (RunnelRunStep *step)
{
  return step - step->run->steps;
}

static void
set_reason (RunnelRunStep *step, const char *reason)
{
  g_free (step->reason);
  step->reason = g_strdup (reason);
}

/* Jobs: only what uses the machine counts, not what waits. */

static void
hold_job (RunnelRunStep *step)
{
  if (step->holds_job || step->idle)
    return;
  step->holds_job = TRUE;
  step->run->n_jobs++;
}

static void
release_job (RunnelRunStep *step)
{
  if (!step->holds_job)
    return;
  step->holds_job = FALSE;
  step->run->n_jobs--;
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

  step->finished = self->clock->wall (self->clock);
  _runnel_run_add_to_context (self, get_index (step));
  _runnel_run_emit_step (self, get_index (step), RUNNEL_EVENT_STEP_FINISHED);
}

/* Whether the step's failure counts as success. A condition that is wrong tolerates nothing. */
static gboolean
is_tolerated (RunnelRunStep *step)
{
  guint index = get_index (step);
  JsonNode *member = _runnel_run_get_member (step->run, index, "continue-on-error");
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  gboolean value = FALSE;

  if (member == NULL || !JSON_NODE_HOLDS_VALUE (member))
    return FALSE;
  if (json_node_get_value_type (member) != G_TYPE_STRING)
    return runnel_value_is_true (member);
  if (_runnel_run_test_attempt (step->run, index, json_node_get_string (member), &value, &error))
    return value;
  reason = g_strdup_printf ("%s; continue-on-error: %s", step->reason ? step->reason : "it failed",
                            error->message);
  set_reason (step, reason);
  return FALSE;
}

/* Ends a step that the plan has in hand or in its queue. */
static void
conclude_step (RunnelRunStep *step, RunnelState state)
{
  step->state = state;
  step->tolerated = runnel_state_is_failure (state) && is_tolerated (step);
  tell_step_over (step);
  runnel_plan_finish (step->run->plan, get_index (step), state, step->tolerated);
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
queue_step (RunnelRunStep *step)
{
  step->state = RUNNEL_STATE_QUEUED;
  set_reason (step, NULL);
  _runnel_run_emit_step (step->run, get_index (step), RUNNEL_EVENT_STEP_QUEUED);
}

static void
enter (RunnelRun *self)
{
  self->depth++;
}

static void leave (RunnelRun *self);

static void
try_again (RunnelRunStep *step)
{
  queue_step (step);
  if (step->idle)
    start_attempt (step->run, get_index (step));
  else
    runnel_plan_put_back (step->run->plan, get_index (step));
}

static void
try_again_cb (gpointer user_data)
{
  RunnelRunStep *step = user_data;

  enter (step->run);
  step->timer = NULL;
  try_again (step);
  leave (step->run);
}

static const RunnelRetry *
get_retry (RunnelRunStep *step)
{
  RunnelStep *definition = runnel_pipeline_get_step (step->run->pipeline, get_index (step));

  return definition->retry != NULL ? definition->retry : step->run->defaults->retry;
}

/* `retry.if`, which may look at the attempt as steps.self. */
static gboolean
retry_condition_holds (RunnelRunStep *step)
{
  JsonNode *retry = _runnel_run_get_member (step->run, get_index (step), "retry");
  const char *condition = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  gboolean value = FALSE;

  if (retry != NULL && JSON_NODE_HOLDS_OBJECT (retry))
    condition = json_object_get_string_member_with_default (json_node_get_object (retry), "if", NULL);
  if (condition == NULL)
    return TRUE;
  if (_runnel_run_test_attempt (step->run, get_index (step), condition, &value, &error))
    return value;
  reason = g_strdup_printf ("%s; retry.if: %s", step->reason ? step->reason : "it failed",
                            error->message);
  set_reason (step, reason);
  return FALSE;
}

static gboolean
should_retry (RunnelRunStep *step)
{
  return !step->run->cancelling
         && runnel_retry_applies (get_retry (step), step->attempt, step->exit_code)
         && retry_condition_holds (step);
}

static void
retry_later (RunnelRunStep *step)
{
  RunnelRun *self = step->run;
  const RunnelRetry *retry = get_retry (step);
  gint64 delay = runnel_retry_get_delay (retry, step->attempt, self->seed + get_index (step));
  g_autofree char *duration = runnel_format_duration (delay);
  g_autofree char *reason = NULL;

  if (delay == 0)
    {
      try_again (step);
      return;
    }
  reason = g_strdup_printf ("retries in %s (attempt %u of %u)", duration, step->attempt + 1,
                            retry->max + 1);
  set_reason (step, reason);
  step->state = RUNNEL_STATE_WAITING;
  step->timer = self->clock->add_timer (self->clock, self->clock->now (self->clock) + delay,
                                        try_again_cb, step);
  _runnel_run_emit_step (self, get_index (step), RUNNEL_EVENT_STEP_WAITING);
}

/* The end of an attempt. */

/* Outputs from the executor and from $RUNNEL_OUTPUT; the latter win. */
static gboolean
collect_outputs (RunnelRunStep *step, const RunnelResult *result, GError **error)
{
  g_autoptr (JsonObject) written = NULL;
  g_autofree char *path = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_clear_pointer (&step->outputs, json_object_unref);
  if (result->outputs != NULL)
    step->outputs = json_object_ref (result->outputs);
  if (!result->output_file)
    return TRUE;

  path = g_strdup_printf ("%s/%s.%u.out", step->run->run_dir,
                          runnel_pipeline_get_step (step->run->pipeline, get_index (step))->id,
                          step->attempt);
  if (!runnel_output_file_read (path, &written, error))
    return FALSE;
  if (written == NULL)
    return TRUE;
  if (result->outputs != NULL)
    {
      json_object_iter_init_ordered (&iter, result->outputs);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          if (!json_object_has_member (written, name))
            json_object_set_member (written, name, json_node_ref (value));
        }
    }
  g_clear_pointer (&step->outputs, json_object_unref);
  step->outputs = g_steal_pointer (&written);
  return TRUE;
}

static gint64
get_timeout (RunnelRunStep *step)
{
  RunnelStep *definition = runnel_pipeline_get_step (step->run->pipeline, get_index (step));

  return definition->timeout > 0 ? definition->timeout : step->run->defaults->timeout;
}

/* What the executor's result means, given why the attempt may have been ended. */
static RunnelState
judge_result (RunnelRunStep *step, const RunnelResult *result)
{
  if (step->timed_out)
    {
      g_autofree char *limit = runnel_duration_to_string (get_timeout (step));
      g_autofree char *reason = g_strdup_printf ("it took longer than its timeout, %s", limit);

      set_reason (step, reason);
      return RUNNEL_STATE_TIMED_OUT;
    }
  if (step->cancelled && result->state != RUNNEL_STATE_SUCCEEDED)
    {
      set_reason (step, "the run was cancelled");
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
    .step_index = get_index (step),
    .step = runnel_pipeline_get_step (step->run->pipeline, get_index (step))->id,
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
  g_autoptr (GError) error = NULL;

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
  RunnelRunStep *step = &self->steps[index];
  RunnelEvent event = {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED,
    .step_index = index,
    .step = runnel_pipeline_get_step (self->pipeline, index)->id,
    .attempt = step->attempt,
    .state = RUNNEL_STATE_RUNNING,
    .pid = pid,
    .start_time = start_time,
    .exit_code = -1,
  };

  g_assert (!step->told);

  enter (self);
  step->told = TRUE;
  step->pid = pid;
  _runnel_run_emit (self, &event);
  leave (self);
}

static void
waiting_cb (gpointer user_data, guint index, const char *reason)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = &self->steps[index];

  enter (self);
  set_reason (step, reason);
  step->state = reason != NULL ? RUNNEL_STATE_WAITING : RUNNEL_STATE_RUNNING;
  if (reason != NULL)
    release_job (step);
  else
    hold_job (step);
  _runnel_run_emit_step (self, index, RUNNEL_EVENT_STEP_WAITING);
  leave (self);
}

static void
finished_cb (gpointer user_data, guint index, const RunnelResult *result)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = &self->steps[index];
  RunnelState state;

  g_assert (step->task != NULL);

  enter (self);
  if (!step->told)
    started_cb (self, index, 0, 0);
  step->task = NULL;
  self->n_tasks--;
  clear_timer (step);
  release_job (step);
  state = step->state = end_attempt (step, result);
  if (runnel_state_is_failure (state) && should_retry (step))
    retry_later (step);
  else
    conclude_step (step, state);
  leave (self);
}

static const RunnelExecutorCallbacks executor_callbacks = {
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

  enter (self);
  step->timer = NULL;
  step->timed_out = TRUE;
  self->executor->cancel (self->executor, step->task);
  leave (self);
}

static void
hand_over (RunnelRunStep *step, const RunnelAttempt *attempt)
{
  RunnelRun *self = step->run;
  gint64 timeout = get_timeout (step);

  hold_job (step);
  self->n_tasks++;
  step->task = self->executor->start (self->executor, attempt);
  if (timeout > 0)
    step->timer = self->clock->add_timer (self->clock, self->clock->now (self->clock) + timeout,
                                          timed_out_cb, step);
}

/* Starts a step that the plan has in hand. */
static void
start_attempt (RunnelRun *self, guint index)
{
  RunnelRunStep *step = &self->steps[index];
  RunnelRunAttempt attempt;
  g_autoptr (GError) error = NULL;

  step->attempt++;
  step->told = FALSE;
  step->timed_out = FALSE;
  step->exit_code = -1;
  step->pid = 0;
  step->state = RUNNEL_STATE_RUNNING;
  if (step->started == 0)
    step->started = self->clock->wall (self->clock);
  if (_runnel_run_prepare_attempt (self, index, &attempt, &error))
    {
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

/* What the plan decided. */

static void
accept_queued (RunnelRunStep *step)
{
  RunnelRun *self = step->run;
  const char *condition = runnel_pipeline_get_step (self->pipeline, get_index (step))->condition;
  g_autoptr (GError) error = NULL;
  gboolean value = TRUE;

  if (condition != NULL && !_runnel_run_test (self, get_index (step), condition, &value, &error))
    {
      fail_step (step, "its `if` can't be evaluated: ", error);
      return;
    }
  if (!value)
    {
      g_autofree char *reason = g_strconcat ("its condition is false: ", condition, NULL);

      set_reason (step, reason);
      conclude_step (step, RUNNEL_STATE_SKIPPED);
      return;
    }
  step->queued = self->clock->wall (self->clock);
  queue_step (step);
  if (step->idle)
    {
      runnel_plan_take (self->plan, get_index (step));
      start_attempt (self, get_index (step));
    }
}

static void
accept_changes (RunnelRun *self)
{
  RunnelPlanChange change;

  while (runnel_plan_take_change (self->plan, &change))
    {
      RunnelRunStep *step = &self->steps[change.step];

      if (change.state == RUNNEL_STATE_QUEUED)
        accept_queued (step);
      else
        {
          set_reason (step, change.state == RUNNEL_STATE_CANCELLED ? "the run was cancelled"
                                                                   : change.reason);
          step->state = change.state;
          tell_step_over (step);
        }
      g_free (change.reason);
    }
}

static void
dispatch (RunnelRun *self)
{
  guint index;

  accept_changes (self);
  while (self->n_jobs < self->jobs && runnel_plan_next (self->plan, &index))
    {
      start_attempt (self, index);
      accept_changes (self);
    }
}

/* The end of the run. */

static void
tell_finished_cb (gpointer user_data)
{
  RunnelRun *self = user_data;

  self->finished_timer = NULL;
  if (self->finished_func != NULL)
    self->finished_func (self, self->state, self->finished_data);
}

/* The caller hears of it from the clock, so that it may free the run, and never hears of it
 * before runnel_run_start() has returned. */
static void
end_run (RunnelRun *self)
{
  JsonObject *details = _runnel_run_describe_end (self);

  self->state = runnel_plan_get_outcome (self->plan);
  self->finished = self->clock->wall (self->clock);
  _runnel_run_emit_run (self, RUNNEL_EVENT_RUN_FINISHED, details);
  g_clear_pointer (&details, json_object_unref);
  self->finished_timer = self->clock->add_timer (self->clock, self->clock->now (self->clock),
                                                 tell_finished_cb, self);
}

/* Every way into the run from outside ends here: what follows is done once, by the outermost. */
static void
leave (RunnelRun *self)
{
  g_assert (self->depth > 0);

  if (self->depth == 1 && self->state == RUNNEL_STATE_RUNNING)
    {
      dispatch (self);
      if (runnel_plan_is_done (self->plan) && self->n_tasks == 0)
        end_run (self);
      _runnel_run_flush (self);
    }
  self->depth--;
}

/* Making a run. */

static guint
choose_jobs (RunnelPipeline *pipeline, const RunnelRunOptions *options)
{
  JsonNode *concurrency = runnel_pipeline_get_member (pipeline, "concurrency");
  gint64 jobs = options->jobs;

  if (jobs == 0 && concurrency != NULL && JSON_NODE_HOLDS_OBJECT (concurrency))
    jobs = json_object_get_int_member_with_default (json_node_get_object (concurrency), "jobs", 0);
  return jobs > 0 ? MIN (jobs, G_MAXINT) : g_get_num_processors ();
}

static RunnelStep *
read_defaults (RunnelPipeline *pipeline)
{
  JsonNode *defaults = runnel_pipeline_get_member (pipeline, "defaults");
  g_autoptr (JsonObject) empty = json_object_new ();

  return runnel_step_new (defaults && JSON_NODE_HOLDS_OBJECT (defaults) ? json_node_get_object (defaults) : empty,
                          "defaults", NULL);
}

static char *
choose_name (RunnelPipeline *pipeline, const char *file)
{
  const char *name = runnel_pipeline_get_name (pipeline);
  char *base;

  if ((name != NULL && *name != '\0') || file == NULL)
    return g_strdup (name ? name : "");
  base = g_path_get_basename (file);
  if (g_str_has_suffix (base, RUNNEL_FILE_SUFFIX))
    base[strlen (base) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';
  return base;
}

static void
copy_options (RunnelRun *self, const RunnelRunOptions *options)
{
  self->id = options->id;
  self->jobs = choose_jobs (self->pipeline, options);
  self->seed = options->seed;
  self->grace = options->grace;
  self->name = choose_name (self->pipeline, options->file);
  self->file = g_strdup (options->file ? options->file : "");
  self->base_dir = options->file ? g_path_get_dirname (options->file) : g_get_current_dir ();
  self->run_dir = g_strdup (options->run_dir ? options->run_dir : "");
}

static void
init_steps (RunnelRun *self)
{
  self->n_steps = runnel_pipeline_get_n_steps (self->pipeline);
  self->steps = g_new0 (RunnelRunStep, self->n_steps);
  for (guint i = 0; i < self->n_steps; i++)
    {
      const RunnelKind *kind = runnel_kind_lookup (runnel_pipeline_get_step (self->pipeline, i)->kind);

      self->steps[i].run = self;
      self->steps[i].exit_code = -1;
      self->steps[i].idle = kind != NULL && kind->idle;
    }
}

static gboolean
make_plan (RunnelRun *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  self->plan = runnel_plan_new (self->pipeline, &local_error);
  if (self->plan == NULL)
    g_set_error_literal (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID, local_error->message);
  return self->plan != NULL;
}

static gboolean
make_contexts (RunnelRun *self, const RunnelRunOptions *options, GError **error)
{
  JsonObject *parameters = _runnel_parameters_complete (self->pipeline, options->parameters, error);
  g_autoptr (GError) local_error = NULL;

  if (parameters == NULL)
    return FALSE;
  self->params = json_node_init_object (json_node_alloc (), parameters);
  json_object_unref (parameters);
  _runnel_run_init_contexts (self, options->trigger);
  if (_runnel_run_init_environment (self, &local_error))
    return TRUE;
  g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
               "The environment of the pipeline can't be made: %s", local_error->message);
  return FALSE;
}

/**
 * runnel_run_new:
 * @pipeline: the pipeline; must not change while the run lives
 * @options: how to run it; copied
 * @executor: (transfer none): carries out the attempts; must outlive the run
 * @clock: (transfer none): must outlive the run
 * @error: #RUNNEL_RUN_ERROR: PARAMETERS, or INVALID for a pipeline that can't be planned or
 *   whose `env` can't be evaluated
 *
 * Returns: (transfer full) (nullable): a run that has not started yet
 */
RunnelRun *
runnel_run_new (RunnelPipeline *pipeline,
                const RunnelRunOptions *options,
                RunnelExecutor *executor,
                RunnelClock *clock,
                GError **error)
{
  g_autoptr (RunnelRun) self = g_new0 (RunnelRun, 1);

  self->pipeline = g_object_ref (pipeline);
  self->executor = executor;
  self->clock = clock;
  self->sinks = g_ptr_array_new ();
  copy_options (self, options);
  self->defaults = read_defaults (pipeline);
  init_steps (self);
  if (!make_plan (self, error) || !make_contexts (self, options, error))
    return NULL;
  executor->callbacks = &executor_callbacks;
  executor->user_data = self;
  return g_steal_pointer (&self);
}

/**
 * runnel_run_free:
 * @self: (transfer full): a run that has not started or is over; also from its finished function
 */
void
runnel_run_free (RunnelRun *self)
{
  g_return_if_fail (self->n_tasks == 0);

  for (guint i = 0; i < self->n_steps; i++)
    {
      clear_timer (&self->steps[i]);
      g_clear_pointer (&self->steps[i].outputs, json_object_unref);
      g_free (self->steps[i].reason);
    }
  if (self->finished_timer != NULL)
    self->clock->cancel (self->clock, self->finished_timer);
  _runnel_run_clear_contexts (self);
  g_clear_pointer (&self->environment, runnel_environment_free);
  g_clear_pointer (&self->plan, runnel_plan_free);
  g_clear_pointer (&self->defaults, runnel_step_unref);
  g_ptr_array_unref (self->sinks);
  g_object_unref (self->pipeline);
  g_free (self->steps);
  g_free (self->name);
  g_free (self->file);
  g_free (self->base_dir);
  g_free (self->run_dir);
  g_free (self->reason);
  g_free (self);
}

/**
 * runnel_run_add_sink:
 * @self: a run
 * @sink: (transfer none): hears every event from now on; must outlive the run
 */
void
runnel_run_add_sink (RunnelRun *self, RunnelEventSink *sink)
{
  g_ptr_array_add (self->sinks, sink);
}

/**
 * runnel_run_start:
 * @self: a run that has not started
 * @finished: (nullable): called once, from the clock, when the last attempt is over and
 *   run-finished is out; may free the run
 * @user_data: for @finished
 */
void
runnel_run_start (RunnelRun *self, RunnelRunFinishedFunc finished, gpointer user_data)
{
  g_autoptr (JsonObject) details = NULL;

  g_return_if_fail (self->state == RUNNEL_STATE_PENDING);

  enter (self);
  self->finished_func = finished;
  self->finished_data = user_data;
  self->state = RUNNEL_STATE_RUNNING;
  self->started = self->clock->wall (self->clock);
  details = _runnel_run_describe_start (self);
  _runnel_run_emit_run (self, RUNNEL_EVENT_RUN_STARTED, details);
  leave (self);
}

static void
cancel_step (RunnelRunStep *step)
{
  if (step->task != NULL && step->timed_out)
    return;
  if (step->task != NULL)
    {
      step->cancelled = TRUE;
      step->run->executor->cancel (step->run->executor, step->task);
    }
  else if (step->timer != NULL)
    {
      clear_timer (step);
      set_reason (step, "the run was cancelled");
      conclude_step (step, RUNNEL_STATE_CANCELLED);
    }
}

/**
 * runnel_run_cancel:
 * @self: a run; nothing happens unless it is running
 * @reason: (nullable): a sentence for people: who cancelled it, and how
 *
 * Nothing starts any more, attempts under way are ended, all other steps become cancelled. The
 * run is over when the last attempt is; then it is cancelled.
 */
void
runnel_run_cancel (RunnelRun *self, const char *reason)
{
  if (self->state != RUNNEL_STATE_RUNNING || self->cancelling)
    return;

  enter (self);
  self->cancelling = TRUE;
  self->reason = g_strdup (reason);
  _runnel_run_emit_run (self, RUNNEL_EVENT_RUN_CANCELLING, NULL);
  runnel_plan_cancel (self->plan);
  for (guint i = 0; i < self->n_steps; i++)
    cancel_step (&self->steps[i]);
  leave (self);
}

/**
 * runnel_run_answer:
 * @self: a run
 * @step: id of a step that waits for a person
 * @approved: what the person said
 * @who: the person
 * @comment: (nullable): and why
 * @error: #RUNNEL_RUN_ERROR_NO_STEP if there is no such step, or it does not wait for an answer
 *
 * Returns: whether the answer was taken
 */
gboolean
runnel_run_answer (RunnelRun *self,
                   const char *step,
                   gboolean approved,
                   const char *who,
                   const char *comment,
                   GError **error)
{
  RunnelTask *task;
  gboolean taken;
  guint index;

  if (!runnel_pipeline_find_step (self->pipeline, step, &index))
    {
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                   "The pipeline has no step \"%s\"", step);
      return FALSE;
    }
  enter (self);
  task = self->steps[index].task;
  taken = task != NULL && self->executor->answer (self->executor, task, approved, who, comment);
  if (!taken)
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                 "Step \"%s\" does not wait for an answer: it is %s", step,
                 runnel_state_to_string (self->steps[index].state));
  leave (self);
  return taken;
}
