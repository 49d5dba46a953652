/* runnel-state.h: the states of runs and steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stored as numbers in the history: append only. */
typedef enum
{
  RUNNEL_STATE_PENDING,     /* what it needs is not over yet */
  RUNNEL_STATE_QUEUED,      /* may start as soon as there is a free place */
  RUNNEL_STATE_WAITING,     /* for a person, a time or a pool; the reason says which */
  RUNNEL_STATE_RUNNING,
  RUNNEL_STATE_SUCCEEDED,
  RUNNEL_STATE_FAILED,
  RUNNEL_STATE_TIMED_OUT,
  RUNNEL_STATE_SKIPPED,
  RUNNEL_STATE_CANCELLED,
  RUNNEL_STATE_INTERRUPTED, /* its process died without a word */
  RUNNEL_N_STATES
} RunnelState;

const char *runnel_state_to_string   (RunnelState  self);
gboolean    runnel_state_from_string (const char  *text,
                                      RunnelState *ret_state);
gboolean    runnel_state_is_terminal (RunnelState  self);
gboolean    runnel_state_is_failure  (RunnelState  self); /* failed, timed-out, interrupted */

G_END_DECLS
