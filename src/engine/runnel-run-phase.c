/* runnel-run-phase.c: the parts of a run, one after another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"
#include "model/runnel-hooks.h"

static void
add_hooks (RunnelRun *self, RunnelHookPoint point)
{
  g_autoptr(GPtrArray) hooks = runnel_hooks_get (self->pipeline, point);

  for (guint i = 0; i < hooks->len; i++)
    {
      RunnelStep *hook = g_ptr_array_index (hooks, i);

      _runnel_run_lane_add (&self->lane, _runnel_run_add_step (self, RUNNEL_ROLE_HOOK, hook->id,
                                                               NULL, hook, NULL));
    }
}

static void
add_end_hooks (RunnelRun *self)
{
  if (self->outcome == RUNNEL_STATE_SUCCEEDED)
    add_hooks (self, RUNNEL_HOOK_SUCCESS);
  else if (self->outcome == RUNNEL_STATE_FAILED)
    add_hooks (self, RUNNEL_HOOK_FAILURE);
  add_hooks (self, RUNNEL_HOOK_FINISH);
}

static void
enter_phase (RunnelRun *self, RunnelRunPhase phase)
{
  self->phase = phase;
  _runnel_run_lane_reset (&self->lane);
  switch (phase)
    {
    case RUNNEL_RUN_PHASE_START_HOOKS:
      if (self->undos == NULL)
        add_hooks (self, RUNNEL_HOOK_START);
      break;
    case RUNNEL_RUN_PHASE_STEPS:
      break;
    case RUNNEL_RUN_PHASE_ROLLBACK:
      self->outcome = runnel_plan_get_outcome (self->plan);
      _runnel_run_show_outcome (self);
      _runnel_run_begin_rollback (self);
      break;
    case RUNNEL_RUN_PHASE_END_HOOKS:
      if (self->undos == NULL)
        add_end_hooks (self);
      else
        self->outcome = _runnel_run_judge_rollback (self);
      break;
    case RUNNEL_RUN_PHASE_OVER:
      _runnel_run_skip_undos (self);
      _runnel_run_end (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
phase_is_over (RunnelRun *self)
{
  if (self->phase != RUNNEL_RUN_PHASE_STEPS)
    return _runnel_run_lane_advance (&self->lane);
  _runnel_run_dispatch (self);
  return runnel_plan_is_done (self->plan) && self->n_tasks == 0;
}

static void
cancel_steps (RunnelRun *self)
{
  if (self->steps_cancelled)
    return;
  self->steps_cancelled = TRUE;
  runnel_plan_cancel (self->plan);
  for (guint i = 0; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (!_runnel_run_step_is_in_lane (step))
        _runnel_run_step_cancel (step);
    }
}

/*
 * _runnel_run_begin:
 * @self: a run that starts
 */
void
_runnel_run_begin (RunnelRun *self)
{
  enter_phase (self, RUNNEL_RUN_PHASE_START_HOOKS);
}

/*
 * _runnel_run_go_on:
 * @self: a run that has begun
 *
 * Starts what may start, and goes to the next phase when the present one is over.
 */
void
_runnel_run_go_on (RunnelRun *self)
{
  while (self->phase != RUNNEL_RUN_PHASE_OVER && phase_is_over (self))
    enter_phase (self, self->phase + 1);
}

/*
 * _runnel_run_cancel_phase:
 * @self: a run that has begun
 *
 * Ends the present phase; before the steps are over, these, too.
 */
void
_runnel_run_cancel_phase (RunnelRun *self)
{
  if (self->phase != RUNNEL_RUN_PHASE_STEPS && !self->lane.cancelled)
    _runnel_run_lane_cancel (&self->lane);
  if (self->phase <= RUNNEL_RUN_PHASE_STEPS)
    cancel_steps (self);
}
