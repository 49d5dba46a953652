/* runnel-run-hold.c: a run that is paused, and steps of it that are frozen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

/* A step that is frozen, and what it was before. Its place among the jobs stays taken: what a
 * frozen process holds, it still holds. */
struct _RunnelRunFreeze
{
  gboolean by_person; /* by its own name, and not with the whole run */
  RunnelState state;  /* running or waiting */
  char *reason;
  RunnelWaitKind wait;
  gint64 time_left;   /* of its timeout, -1 = none */
};

static void
freeze_free (RunnelRunFreeze *freeze)
{
  g_free (freeze->reason);
  g_free (freeze);
}

/* A run that is being cancelled goes on to its end. */
static gboolean
is_paused (RunnelRun *self)
{
  return !self->cancelling && (self->paused || self->hold != RUNNEL_HOLD_NONE);
}

/* The attempt under way, as far as its step and its run are to be held back. */
static gboolean
hold_attempt (RunnelRunStep *step, gboolean frozen, GError **error)
{
  RunnelRun *self = step->run;
  RunnelHold hold = is_paused (self) ? RUNNEL_HOLD_STARTS : RUNNEL_HOLD_NONE;

  return self->executor->hold (self->executor, step->task, frozen ? RUNNEL_HOLD_ALL : hold, error);
}

static gboolean
freeze_step (RunnelRunStep *step, const char *reason, gboolean by_person, GError **error)
{
  RunnelRunFreeze *freeze;

  if (!hold_attempt (step, TRUE, error))
    return FALSE;
  freeze = step->freeze = g_new0 (RunnelRunFreeze, 1);
  freeze->by_person = by_person;
  freeze->state = step->state;
  freeze->reason = step->reason;
  freeze->wait = step->wait;
  freeze->time_left = _runnel_run_step_stop_timeout (step);
  step->state = RUNNEL_STATE_WAITING;
  step->reason = g_strdup (reason);
  step->wait = RUNNEL_WAIT_HOLD;
  _runnel_run_emit_step (step, RUNNEL_EVENT_STEP_WAITING);
  return TRUE;
}

static void
thaw_step (RunnelRunStep *step)
{
  RunnelRunFreeze *freeze = step->freeze;

  /* It can't refuse, unless it is about to end. */
  hold_attempt (step, FALSE, NULL);
  if (freeze->time_left >= 0)
    _runnel_run_step_set_timeout (step, freeze->time_left);
  _runnel_run_step_forget_freeze (step);
  _runnel_run_emit_step (step, RUNNEL_EVENT_STEP_WAITING);
}

/* What the plan does not start by itself: steps that only wait, undos and hooks. */
static void
start_queued_steps (RunnelRun *self)
{
  for (guint i = 0; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (step->state == RUNNEL_STATE_QUEUED)
        _runnel_run_step_start_queued (step);
    }
}

static void
hold_attempts (RunnelRun *self)
{
  for (guint i = 0; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (step->task != NULL && step->freeze == NULL && !step->cancelled)
        hold_attempt (step, FALSE, NULL);
    }
}

/* Tells that the run is paused or goes on, if that is new. Attempts that are runs themselves are
 * told, too. */
static void
update_pause (RunnelRun *self, gboolean was_paused, const char *reason)
{
  RunnelEvent event = { .state = self->state, .reason = reason, .exit_code = -1 };

  if (is_paused (self) == was_paused)
    return;
  event.type = was_paused ? RUNNEL_EVENT_RUN_RESUMED : RUNNEL_EVENT_RUN_PAUSED;
  g_free (self->pause_reason);
  self->pause_reason = was_paused ? NULL : g_strdup (reason);
  _runnel_run_emit (self, &event);
  hold_attempts (self);
  if (was_paused)
    start_queued_steps (self);
}

static void
freeze_all (RunnelRun *self, const char *reason)
{
  for (guint i = 0; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      /* One that can't be frozen goes on; nothing comes after it. */
      if (step->task != NULL && step->freeze == NULL && !step->cancelled && !step->timed_out)
        freeze_step (step, reason, FALSE, NULL);
    }
}

static void
thaw_all (RunnelRun *self)
{
  for (guint i = 0; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (step->freeze != NULL && !step->freeze->by_person)
        thaw_step (step);
    }
}

static gboolean
check_running (RunnelRun *self, GError **error)
{
  const char *problem = NULL;

  if (self->state != RUNNEL_STATE_RUNNING)
    problem = "The run is not under way";
  else if (self->cancelling)
    problem = "The run is being cancelled";
  if (problem != NULL)
    g_set_error_literal (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID, problem);
  return problem == NULL;
}

static void
set_paused (RunnelRun *self, gboolean paused, const char *who)
{
  gboolean was_paused = is_paused (self);
  g_autofree char *reason = g_strdup_printf (paused ? "paused by %s" : "resumed by %s", who);

  _runnel_run_enter (self);
  self->paused = paused;
  update_pause (self, was_paused, reason);
  _runnel_run_leave (self);
}

static RunnelRunStep *
find_attempt (RunnelRun *self, const char *id, GError **error)
{
  RunnelRunStep *step = _runnel_run_find_step (self, id);

  if (step == NULL)
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                 "The run has no step \"%s\"", id);
  else if (step->task == NULL)
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                 "Step \"%s\" is not under way: it is %s", id,
                 runnel_state_to_string (step->state));
  return step != NULL && step->task != NULL ? step : NULL;
}

/* A freeze with the whole run becomes one of its own, which outlasts that. */
static gboolean
freeze_by_person (RunnelRunStep *step, const char *who, GError **error)
{
  g_autofree char *reason = g_strdup_printf (RUNNEL_REASON_FROZEN "by %s", who);
  g_autoptr(GError) problem = NULL;

  if (step->freeze != NULL)
    {
      step->freeze->by_person = TRUE;
      return TRUE;
    }
  if (freeze_step (step, reason, TRUE, &problem))
    return TRUE;
  g_set_error_literal (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID, problem->message);
  return FALSE;
}

/*
 * _runnel_run_is_paused:
 *
 * Returns: whether nothing may start at present
 */
gboolean
_runnel_run_is_paused (RunnelRun *self)
{
  return is_paused (self);
}

/*
 * _runnel_run_step_wait_frozen:
 * @step: a step of which the executor tells something while it is frozen
 * @state: what it is when it goes on
 * @wait: for what it then waits
 * @reason: (nullable): the same in words
 *
 * Returns: whether it is frozen, so that nobody is to be told before it goes on
 */
gboolean
_runnel_run_step_wait_frozen (RunnelRunStep *step,
                              RunnelState state,
                              RunnelWaitKind wait,
                              const char *reason)
{
  if (step->freeze == NULL)
    return FALSE;
  step->freeze->state = state;
  step->freeze->wait = wait;
  g_free (step->freeze->reason);
  step->freeze->reason = g_strdup (reason);
  return TRUE;
}

/*
 * _runnel_run_step_forget_freeze:
 * @step: a step that goes on, or ends; nothing happens unless it was frozen
 *
 * It is again what it was before.
 */
void
_runnel_run_step_forget_freeze (RunnelRunStep *step)
{
  if (step->freeze == NULL)
    return;
  step->state = step->freeze->state;
  step->wait = step->freeze->wait;
  g_free (step->reason);
  step->reason = g_steal_pointer (&step->freeze->reason);
  g_clear_pointer (&step->freeze, freeze_free);
}

/**
 * runnel_run_pause:
 * @self: a run
 * @who: the person who wants it
 * @error: #RUNNEL_RUN_ERROR_INVALID if it is not under way, or is being cancelled
 *
 * Nothing starts any more until the run is resumed; attempts under way go on. It may be paused
 * already.
 *
 * Returns: whether it is paused
 */
gboolean
runnel_run_pause (RunnelRun *self, const char *who, GError **error)
{
  if (!check_running (self, error))
    return FALSE;
  set_paused (self, TRUE, who);
  return TRUE;
}

/**
 * runnel_run_resume:
 * @self: a run
 * @who: the person who wants it
 * @error: #RUNNEL_RUN_ERROR_INVALID if it is not under way, is being cancelled, or is held by what
 *   is around it
 *
 * Returns: whether the run goes on
 */
gboolean
runnel_run_resume (RunnelRun *self, const char *who, GError **error)
{
  if (!check_running (self, error))
    return FALSE;
  set_paused (self, FALSE, who);
  if (!is_paused (self))
    return TRUE;
  g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID, "The run is still %s",
               self->pause_reason);
  return FALSE;
}

/**
 * runnel_run_hold:
 * @self: a run; nothing happens unless it is running
 * @hold: how far it is held back from outside: by its terminal, or by the run that it is a step of
 * @who: who holds it back, after "with": "its terminal"
 *
 * Is independent of what persons have paused and frozen by name, which stays so.
 */
void
runnel_run_hold (RunnelRun *self, RunnelHold hold, const char *who)
{
  gboolean was_paused = is_paused (self);
  g_autofree char *frozen = g_strdup_printf (RUNNEL_REASON_FROZEN "with %s", who);
  g_autofree char *paused = g_strdup_printf (hold == RUNNEL_HOLD_NONE ? "resumed with %s"
                                                                      : "paused with %s", who);

  if (self->state != RUNNEL_STATE_RUNNING || self->cancelling || hold == self->hold)
    return;
  _runnel_run_enter (self);
  self->hold = hold;
  if (hold == RUNNEL_HOLD_ALL)
    freeze_all (self, frozen);
  else
    thaw_all (self);
  update_pause (self, was_paused, paused);
  _runnel_run_leave (self);
}

/**
 * runnel_run_freeze:
 * @self: a run
 * @id: a step with an attempt under way; may be frozen already
 * @who: the person who wants it
 * @error: #RUNNEL_RUN_ERROR_NO_STEP if there is no such step or it is not under way,
 *   #RUNNEL_RUN_ERROR_INVALID if it can't be frozen
 *
 * Stops all processes of the attempt, and the time that it has left. It waits until it is thawed,
 * and can be cancelled.
 *
 * Returns: whether it is frozen
 */
gboolean
runnel_run_freeze (RunnelRun *self, const char *id, const char *who, GError **error)
{
  RunnelRunStep *step;
  gboolean done;

  if (!check_running (self, error))
    return FALSE;
  step = find_attempt (self, id, error);
  if (step == NULL)
    return FALSE;
  _runnel_run_enter (self);
  done = freeze_by_person (step, who, error);
  _runnel_run_leave (self);
  return done;
}

/**
 * runnel_run_thaw:
 * @self: a run
 * @id: a step that is frozen
 * @error: #RUNNEL_RUN_ERROR_NO_STEP if it is not, #RUNNEL_RUN_ERROR_INVALID if its whole run is
 *
 * Returns: whether it goes on
 */
gboolean
runnel_run_thaw (RunnelRun *self, const char *id, GError **error)
{
  RunnelRunStep *step = find_attempt (self, id, error);

  if (step == NULL)
    return FALSE;
  if (step->freeze == NULL)
    {
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                   "Step \"%s\" is not frozen: it is %s", id, runnel_state_to_string (step->state));
      return FALSE;
    }
  if (self->hold == RUNNEL_HOLD_ALL)
    {
      step->freeze->by_person = FALSE;
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
                   "The whole run is still %s", self->pause_reason);
      return FALSE;
    }
  _runnel_run_enter (self);
  thaw_step (step);
  _runnel_run_leave (self);
  return TRUE;
}
