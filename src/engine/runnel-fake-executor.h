/* runnel-fake-executor.h: an executor for tests: outcomes are told, time passes on a clock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-clock.h"
#include "engine/runnel-executor.h"

G_BEGIN_DECLS

/* How one attempt goes. Zero: it succeeds at once. */
typedef struct
{
  RunnelState state;      /* succeeded or failed; 0 = succeeded */
  int exit_code;
  gint64 duration;        /* microseconds; -1 = until it is cancelled or answered */
  gint64 reaction;        /* microseconds from a cancel to the end */
  gboolean ignores_cancel;/* reports `state` even when it was cancelled */
  gboolean refuses_freeze;
  const char *waits_for;  /* it waits with this reason, for an answer or until `duration` is over; or NULL */
  const char *reason;
  JsonObject *outputs;    /* (transfer none), or NULL */
  gboolean output_file;   /* the attempt's $RUNNEL_OUTPUT was written */
} RunnelFakeOutcome;

/* Decides how an attempt goes; `ret_outcome` is zero when called. */
typedef void (*RunnelFakeFunc) (const RunnelAttempt *attempt,
                                RunnelFakeOutcome   *ret_outcome,
                                gpointer             user_data);

/* Starts are told as "build.1", in order. */
RunnelExecutor    *runnel_fake_executor_new              (RunnelClock             *clock);
void               runnel_fake_executor_tell             (RunnelExecutor          *self,
                                                          const char              *step,
                                                          guint                    attempt,
                                                          const RunnelFakeOutcome *outcome);
void               runnel_fake_executor_set_func         (RunnelExecutor          *self,
                                                          RunnelFakeFunc           func,
                                                          gpointer                 user_data);
const char *const *runnel_fake_executor_get_starts       (RunnelExecutor          *self);
guint              runnel_fake_executor_get_max_parallel (RunnelExecutor          *self);

G_END_DECLS
