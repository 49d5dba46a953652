/* runnel-run-queued.c: a run that has to wait for others before it begins, or never begins
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

static void
set_reason (RunnelRun *self, const char *reason)
{
  g_free (self->reason);
  self->reason = g_strdup (reason);
}

/* What a reader would learn when the run starts, it learns now: it may never start. */
static void
tell_queued (RunnelRun *self, const char *reason)
{
  g_autoptr(JsonObject) details = NULL;

  if (self->state == RUNNEL_STATE_PENDING)
    details = _runnel_run_describe_start (self);
  set_reason (self, reason);
  self->state = RUNNEL_STATE_QUEUED;
  _runnel_run_emit_run (self, RUNNEL_EVENT_RUN_QUEUED, details);
}

static void
end_unstarted (RunnelRun *self, RunnelState state, const char *step_reason)
{
  for (guint i = 0; i < self->n_steps; i++)
    _runnel_run_step_settle (&self->steps[i], state, step_reason);
  self->phase = RUNNEL_RUN_PHASE_OVER;
  self->outcome = state;
  _runnel_run_end (self);
  _runnel_run_flush (self);
}

/*
 * _runnel_run_cancel_queued:
 * @self: a run that has not begun
 * @reason: (nullable): who cancelled it, and how
 */
void
_runnel_run_cancel_queued (RunnelRun *self, const char *reason)
{
  _runnel_run_enter (self);
  set_reason (self, reason);
  end_unstarted (self, RUNNEL_STATE_CANCELLED, "the run was cancelled");
  _runnel_run_leave (self);
}

/**
 * runnel_run_queue:
 * @self: a run that has not started
 * @place: which place it has, and behind whom: a sentence for people
 * @finished: (nullable): as in runnel_run_start(); called when the run is cancelled meanwhile
 * @user_data: for @finished
 *
 * Tells that the run has to wait for others. To be called again when the place has changed, until
 * runnel_run_start() or runnel_run_decline().
 */
void
runnel_run_queue (RunnelRun *self,
                  const char *place,
                  RunnelRunFinishedFunc finished,
                  gpointer user_data)
{
  g_return_if_fail (self->state == RUNNEL_STATE_PENDING || self->state == RUNNEL_STATE_QUEUED);

  _runnel_run_enter (self);
  self->finished_func = finished;
  self->finished_data = user_data;
  tell_queued (self, place);
  _runnel_run_flush (self);
  _runnel_run_leave (self);
}

/**
 * runnel_run_decline:
 * @self: a run that has not started
 * @outcome: how it ends: skipped or failed
 * @reason: why it does not begin, a sentence for people
 * @finished: (nullable): as in runnel_run_start()
 * @user_data: for @finished
 *
 * Ends the run without starting it. Its steps are skipped.
 */
void
runnel_run_decline (RunnelRun *self,
                    RunnelState outcome,
                    const char *reason,
                    RunnelRunFinishedFunc finished,
                    gpointer user_data)
{
  g_return_if_fail (self->state == RUNNEL_STATE_PENDING || self->state == RUNNEL_STATE_QUEUED);

  _runnel_run_enter (self);
  self->finished_func = finished;
  self->finished_data = user_data;
  if (self->state == RUNNEL_STATE_PENDING)
    tell_queued (self, NULL);
  set_reason (self, reason);
  end_unstarted (self, outcome, "the run did not begin");
  _runnel_run_leave (self);
}

/* Taking back what an earlier run did is never left out, and ends nobody's work: it waits. */
static gboolean
is_rollback (RunnelRun *self)
{
  JsonObject *trigger = json_node_get_object (self->trigger);

  return g_strcmp0 (json_object_get_string_member_with_default (trigger, "kind", NULL), "rollback")
         == 0;
}

static gboolean
evaluate_group (RunnelRun *self, RunnelConcurrency *concurrency, GError **error)
{
  g_autoptr(RunnelTemplate) template = runnel_template_new (concurrency->group, error);
  g_autoptr(JsonNode) value = NULL;
  RunnelRunScope scope;

  _runnel_run_scope_init (&scope, self, NULL);
  if (template != NULL)
    value = runnel_template_evaluate (template, &scope.scope, error);
  if (value == NULL)
    return FALSE;
  g_free (concurrency->group);
  concurrency->group = runnel_value_to_text (value);
  return TRUE;
}

/**
 * runnel_run_get_concurrency:
 * @self: a run
 * @ret_concurrency: (out): which runs it must not meet, its group evaluated; all zero when it may
 *   meet any
 * @error: a #RUNNEL_EXPR_ERROR
 *
 * Returns: whether that could be found out
 */
gboolean
runnel_run_get_concurrency (RunnelRun *self, RunnelConcurrency *ret_concurrency, GError **error)
{
  *ret_concurrency = (RunnelConcurrency) { NULL, };
  if (!runnel_concurrency_read (self->pipeline, self->file, ret_concurrency))
    return TRUE;
  if (is_rollback (self) && ret_concurrency->policy != RUNNEL_POLICY_PARALLEL)
    ret_concurrency->policy = RUNNEL_POLICY_QUEUE;
  return ret_concurrency->group == NULL || evaluate_group (self, ret_concurrency, error);
}

/**
 * runnel_run_get_state:
 *
 * Returns: the run's present state
 */
RunnelState
runnel_run_get_state (RunnelRun *self)
{
  return self->state;
}
