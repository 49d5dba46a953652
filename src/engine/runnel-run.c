/* runnel-run.c: one run of a pipeline, from start to end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-run-private.h"

G_DEFINE_QUARK (runnel-run-error-quark, runnel_run_error)

/* What the plan decided. */

static void
accept_changes (RunnelRun *self)
{
  RunnelPlanChange change;

  while (runnel_plan_take_change (self->plan, &change))
    {
      RunnelRunStep *step = &self->steps[change.step];

      if (_runnel_run_step_is_preset (step))
        _runnel_run_step_take_over (step);
      else if (change.state == RUNNEL_STATE_QUEUED)
        _runnel_run_step_make_ready (step);
      else if (change.state == RUNNEL_STATE_CANCELLED)
        _runnel_run_step_settle (step, change.state, "the run was cancelled");
      else
        _runnel_run_step_settle (step, change.state, change.reason);
      g_free (change.reason);
    }
}

static void
tell_delays (RunnelRun *self)
{
  RunnelPlanItem item;
  char *reason;

  while (runnel_plan_take_delay (self->plan, &item, &reason))
    {
      _runnel_run_step_delay (_runnel_run_get_item (self, &item), reason);
      g_free (reason);
    }
}

/*
 * _runnel_run_dispatch:
 * @self: a run whose steps are not over
 *
 * Starts the steps that may start.
 */
void
_runnel_run_dispatch (RunnelRun *self)
{
  RunnelPlanItem item;

  accept_changes (self);
  while (!_runnel_run_is_paused (self)
         && runnel_plan_next (self->plan, self->n_jobs < self->jobs, &item))
    {
      _runnel_run_step_start (_runnel_run_get_item (self, &item));
      accept_changes (self);
    }
  tell_delays (self);
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

/*
 * _runnel_run_end:
 * @self: a run of which every phase is over
 *
 * The caller hears of it from the clock, so that it may free the run, and never hears of it
 * before runnel_run_start() has returned.
 */
void
_runnel_run_end (RunnelRun *self)
{
  JsonObject *details = _runnel_run_describe_end (self);
  char *reason = _runnel_run_explain_end (self, details);

  g_free (self->reason);
  self->reason = reason;
  self->state = self->outcome;
  self->finished = _runnel_run_get_time (self);
  _runnel_run_emit_run (self, RUNNEL_EVENT_RUN_FINISHED, details);
  g_clear_pointer (&details, json_object_unref);
  self->finished_timer = self->clock->add_timer (self->clock, self->clock->now (self->clock),
                                                 tell_finished_cb, self);
}

/* Making a run. */

static RunnelStep *
read_defaults (RunnelPipeline *pipeline)
{
  JsonNode *node = runnel_pipeline_get_member (pipeline, "defaults");
  g_autoptr(JsonObject) defaults = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    defaults = json_node_dup_object (node);
  else
    defaults = json_object_new ();
  return runnel_step_new (defaults, "defaults", NULL);
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
  self->jobs = runnel_run_choose_jobs (self->pipeline, options->jobs);
  self->seed = options->seed;
  self->is_rehearsal = options->is_rehearsal;
  self->selection = options->selection;
  self->undos = options->undos != NULL ? g_ptr_array_ref (options->undos) : NULL;
  self->grace = options->grace;
  self->breakers = options->breakers;
  self->keeper = options->keeper;
  self->may_reuse = !options->no_cache;
  self->container = g_strdup (options->container);
  self->trace = options->trace ? runnel_trace_context_ref (options->trace) : NULL;
  self->secret_values = options->secrets;
  self->mask = options->secrets ? runnel_secrets_get_mask (options->secrets) : NULL;
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
  self->added = g_ptr_array_new ();
  for (guint i = 0; i < self->n_steps; i++)
    _runnel_run_step_init (&self->steps[i], self);
}

static gboolean
make_plan (RunnelRun *self, GError **error)
{
  g_autoptr(GError) local_error = NULL;

  self->plan = runnel_plan_new_preset (
    self->pipeline, self->selection != NULL ? runnel_selection_get_presets (self->selection) : NULL,
    &local_error);
  if (self->plan == NULL)
    g_set_error_literal (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID, local_error->message);
  return self->plan != NULL;
}

static gboolean
make_contexts (RunnelRun *self, const RunnelRunOptions *options, GError **error)
{
  JsonObject *parameters = _runnel_parameters_complete (self->pipeline, options->parameters, error);
  g_autoptr(GError) local_error = NULL;

  if (parameters == NULL)
    return FALSE;
  self->params = json_node_init_object (json_node_alloc (), parameters);
  json_object_unref (parameters);
  _runnel_run_init_contexts (self, options->trigger);
  _runnel_run_init_labels (self, options->labels);
  self->origin = g_strdup (options->origin);
  self->fingerprint = options->fingerprint != NULL ? json_object_ref (options->fingerprint) : NULL;
  if (_runnel_run_init_environment (self, &local_error))
    return TRUE;
  g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
               "The environment of the pipeline can't be made: %s", local_error->message);
  return FALSE;
}

/*
 * _runnel_run_enter:
 * @self: a run
 *
 * Every way into the run from outside begins here and ends with _runnel_run_leave().
 */
void
_runnel_run_enter (RunnelRun *self)
{
  self->depth++;
}

/*
 * _runnel_run_leave:
 * @self: a run
 *
 * What follows from what happened is done once, by the outermost caller.
 */
void
_runnel_run_leave (RunnelRun *self)
{
  g_assert (self->depth > 0);

  if (self->depth == 1 && self->state == RUNNEL_STATE_RUNNING)
    {
      _runnel_run_go_on (self);
      _runnel_run_flush (self);
    }
  self->depth--;
}

/**
 * runnel_run_choose_jobs:
 * @jobs: what the person asks for, 0 = nothing
 *
 * Returns: how many steps of @pipeline run at once, at least 1
 */
guint
runnel_run_choose_jobs (RunnelPipeline *pipeline, guint jobs)
{
  JsonNode *concurrency = runnel_pipeline_get_member (pipeline, "concurrency");
  gint64 chosen = jobs;

  if (jobs == 0 && concurrency != NULL && JSON_NODE_HOLDS_OBJECT (concurrency))
    chosen = json_object_get_int_member_with_default (json_node_get_object (concurrency), "jobs",
                                                      0);
  return chosen > 0 ? MIN (chosen, G_MAXINT) : g_get_num_processors ();
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
  g_autoptr(RunnelRun) self = g_new0 (RunnelRun, 1);

  self->pipeline = g_object_ref (pipeline);
  self->executor = executor;
  self->clock = clock;
  self->sinks = g_ptr_array_new ();
  _runnel_run_lane_init (&self->lane);
  copy_options (self, options);
  self->defaults = read_defaults (pipeline);
  init_steps (self);
  if (!make_plan (self, error) || !make_contexts (self, options, error))
    return NULL;
  _runnel_run_init_pools (self, options->pools);
  executor->callbacks = &_runnel_run_executor_callbacks;
  executor->user_data = self;
  if (self->keeper != NULL)
    {
      self->keeper->callbacks = &_runnel_run_keeper_callbacks;
      self->keeper->user_data = self;
    }
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
    _runnel_run_step_clear (&self->steps[i]);
  _runnel_run_lane_clear (&self->lane);
  g_clear_pointer (&self->undos, g_ptr_array_unref);
  g_clear_pointer (&self->trace, runnel_trace_context_unref);
  _runnel_run_clear_added (self);
  if (self->finished_timer != NULL)
    self->clock->cancel (self->clock, self->finished_timer);
  _runnel_run_clear_contexts (self);
  g_clear_pointer (&self->environment, runnel_environment_free);
  _runnel_run_clear_pools (self);
  g_clear_pointer (&self->matrices, g_hash_table_unref);
  g_clear_pointer (&self->plan, runnel_plan_free);
  g_clear_pointer (&self->defaults, runnel_step_unref);
  g_ptr_array_unref (self->sinks);
  g_object_unref (self->pipeline);
  g_free (self->steps);
  g_free (self->name);
  g_free (self->file);
  g_free (self->base_dir);
  g_free (self->run_dir);
  g_free (self->container);
  g_free (self->reason);
  g_free (self->pause_reason);
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
  g_autoptr(JsonObject) details = NULL;

  g_return_if_fail (self->state == RUNNEL_STATE_PENDING || self->state == RUNNEL_STATE_QUEUED);

  _runnel_run_enter (self);
  self->finished_func = finished;
  self->finished_data = user_data;
  g_clear_pointer (&self->reason, g_free);
  self->state = RUNNEL_STATE_RUNNING;
  self->started = _runnel_run_get_time (self);
  details = _runnel_run_describe_start (self);
  _runnel_run_emit_run (self, RUNNEL_EVENT_RUN_STARTED, details);
  _runnel_run_begin (self);
  _runnel_run_leave (self);
}

/**
 * runnel_run_cancel:
 * @self: a run; nothing happens unless it is running or in a queue
 * @reason: (nullable): a sentence for people: who cancelled it, and how
 *
 * Ends the phase that is under way. Of the steps, nothing starts any more, attempts are ended and
 * all other steps become cancelled; then come the hooks at the end, and the run is cancelled. A
 * rollback or hooks that are under way are ended in the same way, by a first or by a later call;
 * then it is already decided how the run ends.
 */
void
runnel_run_cancel (RunnelRun *self, const char *reason)
{
  if (self->state == RUNNEL_STATE_QUEUED)
    _runnel_run_cancel_queued (self, reason);
  if (self->state != RUNNEL_STATE_RUNNING)
    return;

  _runnel_run_enter (self);
  if (!self->cancelling)
    {
      self->cancelling = TRUE;
      self->reason = g_strdup (reason);
      _runnel_run_emit_run (self, RUNNEL_EVENT_RUN_CANCELLING, NULL);
    }
  _runnel_run_cancel_phase (self);
  _runnel_run_leave (self);
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
  RunnelRunStep *waiting = _runnel_run_find_step (self, step);
  RunnelTask *task;
  gboolean taken;

  if (waiting == NULL)
    {
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                   "The run has no step \"%s\"", step);
      return FALSE;
    }
  _runnel_run_enter (self);
  task = waiting->task;
  taken = task != NULL && self->executor->answer (self->executor, task, approved, who, comment);
  if (!taken)
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                 "Step \"%s\" does not wait for an answer: it is %s", step,
                 runnel_state_to_string (waiting->state));
  _runnel_run_leave (self);
  return taken;
}
