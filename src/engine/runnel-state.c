/* runnel-state.c: the states of runs and steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-state.h"

static const char *const names[RUNNEL_N_STATES] = {
  [RUNNEL_STATE_PENDING] = "pending",
  [RUNNEL_STATE_QUEUED] = "queued",
  [RUNNEL_STATE_WAITING] = "waiting",
  [RUNNEL_STATE_RUNNING] = "running",
  [RUNNEL_STATE_SUCCEEDED] = "succeeded",
  [RUNNEL_STATE_FAILED] = "failed",
  [RUNNEL_STATE_TIMED_OUT] = "timed-out",
  [RUNNEL_STATE_SKIPPED] = "skipped",
  [RUNNEL_STATE_CANCELLED] = "cancelled",
  [RUNNEL_STATE_INTERRUPTED] = "interrupted",
};

/**
 * runnel_state_to_string:
 * @self: a state
 *
 * Returns: (transfer none): the state's name in files, in events and on the command line
 */
const char *
runnel_state_to_string (RunnelState self)
{
  g_return_val_if_fail ((guint) self < RUNNEL_N_STATES, "unknown");

  return names[self];
}

/**
 * runnel_state_from_string:
 * @text: (nullable): a state's name
 * @ret_state: (out): the state; untouched when there is none of this name
 *
 * Returns: whether @text names a state
 */
gboolean
runnel_state_from_string (const char *text, RunnelState *ret_state)
{
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    {
      if (g_strcmp0 (text, names[i]) == 0)
        {
          *ret_state = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * runnel_state_is_terminal:
 * @self: a state
 *
 * Returns: whether a step or run in this state stays in it
 */
gboolean
runnel_state_is_terminal (RunnelState self)
{
  return self >= RUNNEL_STATE_SUCCEEDED && self < RUNNEL_N_STATES;
}

/**
 * runnel_state_is_failure:
 * @self: a state
 *
 * Returns: whether it is one of the ways to fail: failed, timed-out or interrupted
 */
gboolean
runnel_state_is_failure (RunnelState self)
{
  return self == RUNNEL_STATE_FAILED || self == RUNNEL_STATE_TIMED_OUT
         || self == RUNNEL_STATE_INTERRUPTED;
}
