/* runnel-run-breaker.c: a step of a run and its breaker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

/*
 * _runnel_run_step_pass_breaker:
 * @step: a step before its first attempt
 * @ret_reason: (out) (transfer full): why it may not start, a sentence for people
 *
 * Returns: whether it may; also when it has no breaker, or nobody keeps any
 */
gboolean
_runnel_run_step_pass_breaker (RunnelRunStep *step,
                               char         **ret_reason)
{
  RunnelBreakers *breakers = step->run->breakers;
  RunnelBreakerRule rule;

  if (breakers == NULL || !runnel_breaker_rule_read (_runnel_run_step_get_definition (step), &rule))
    return TRUE;

  step->watched = runnel_breakers_admit (breakers, _runnel_run_step_get_id (step), &rule,
                                         ret_reason);

  return step->watched;
}

/*
 * _runnel_run_step_tell_breaker:
 * @step: a step that is over
 *
 * Lets its breaker know how the step ended, if it let the step through.
 */
void
_runnel_run_step_tell_breaker (RunnelRunStep *step)
{
  RunnelBreakerRule rule;

  if (!step->watched || !runnel_breaker_rule_read (_runnel_run_step_get_definition (step), &rule))
    return;

  step->watched = FALSE;
  runnel_breakers_record (step->run->breakers, _runnel_run_step_get_id (step), &rule, step->state);
}
