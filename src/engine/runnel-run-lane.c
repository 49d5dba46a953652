/* runnel-run-lane.c: steps of a run that go one after another, whatever the end of each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

/* Undos and hooks are not decided by the plan: they have no links. A lane only knows their order. */

static RunnelRunStep *
get_step (RunnelRunLane *self, guint position)
{
  return g_ptr_array_index (self->steps, position);
}

/*
 * _runnel_run_lane_init:
 * @self: (out): an empty lane
 */
void
_runnel_run_lane_init (RunnelRunLane *self)
{
  *self = (RunnelRunLane){ .steps = g_ptr_array_new () };
}

/*
 * _runnel_run_lane_clear:
 * @self: a lane without a step under way
 */
void
_runnel_run_lane_clear (RunnelRunLane *self)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
}

/*
 * _runnel_run_lane_reset:
 * @self: a lane that is over
 *
 * Makes it an empty one.
 */
void
_runnel_run_lane_reset (RunnelRunLane *self)
{
  g_ptr_array_set_size (self->steps, 0);
  self->position = 0;
  self->cancelled = FALSE;
}

/*
 * _runnel_run_lane_add:
 * @self: a lane
 * @step: (transfer none): a pending step that goes behind the others
 */
void
_runnel_run_lane_add (RunnelRunLane *self, RunnelRunStep *step)
{
  g_ptr_array_add (self->steps, step);
}

/*
 * _runnel_run_lane_advance:
 * @self: a lane
 *
 * Starts the next step when the one before is over, unless the run is paused.
 *
 * Returns: whether all are over
 */
gboolean
_runnel_run_lane_advance (RunnelRunLane *self)
{
  for (; self->position < self->steps->len; self->position++)
    {
      RunnelRunStep *step = get_step (self, self->position);

      if (step->state == RUNNEL_STATE_PENDING && !_runnel_run_is_paused (step->run))
        _runnel_run_step_make_ready (step);
      if (!runnel_state_is_terminal (step->state))
        return FALSE;
    }
  return TRUE;
}

/*
 * _runnel_run_lane_cancel:
 * @self: a lane
 *
 * Asks the step under way to end; those behind it are cancelled.
 */
void
_runnel_run_lane_cancel (RunnelRunLane *self)
{
  self->cancelled = TRUE;
  for (guint i = self->position; i < self->steps->len; i++)
    {
      RunnelRunStep *step = get_step (self, i);

      if (step->state == RUNNEL_STATE_PENDING)
        _runnel_run_step_settle (step, RUNNEL_STATE_CANCELLED, "the run was cancelled");
      else if (!runnel_state_is_terminal (step->state))
        _runnel_run_step_cancel (step);
    }
}
