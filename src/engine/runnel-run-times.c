/* runnel-run-times.c: timeouts and delays of a step, which may be expressions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-retry.h"
#include "engine/runnel-run-private.h"
#include "model/runnel-duration.h"

/* What is null or empty is as if it were not given. */
static gboolean
evaluate (RunnelRunStep *step, JsonNode *value, const char *name, gint64 *ret_time, GError **error)
{
  g_autoptr(JsonNode) expanded = NULL;
  g_autofree char *text = NULL;
  RunnelRunScope scope;

  *ret_time = 0;
  _runnel_run_scope_init (&scope, step->run, step);
  expanded = runnel_template_expand (value, &scope.scope, error);
  if (expanded != NULL)
    text = runnel_value_to_text (expanded);
  if (text != NULL && (*text == '\0' || runnel_duration_parse (text, ret_time, error)))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
evaluate_retry (RunnelRunStep *step,
                const char *key,
                const char *name,
                gint64 *ret_time,
                GError **error)
{
  g_autoptr(JsonNode) retry = _runnel_run_step_dup_member (step, "retry");

  return evaluate (step, json_object_get_member (json_node_get_object (retry), key), name,
                   ret_time, error);
}

/* A copy of how it is retried, with numbers in place of expressions. */
static gboolean
evaluate_delays (RunnelRunStep *step, RunnelRetry *retry, GError **error)
{
  if (retry->delay == RUNNEL_DURATION_EXPRESSION
      && !evaluate_retry (step, "delay", "retry.delay", &retry->delay, error))
    return FALSE;
  return retry->max_delay != RUNNEL_DURATION_EXPRESSION
         || evaluate_retry (step, "max-delay", "retry.max-delay", &retry->max_delay, error);
}

/*
 * _runnel_run_step_get_timeout:
 * @step: a step of which an attempt is about to start
 * @ret_timeout: (out): microseconds, 0 = none
 * @error: #RUNNEL_EXPR_ERROR, or that of runnel_duration_parse(); the message names the key
 */
gboolean
_runnel_run_step_get_timeout (RunnelRunStep *step, gint64 *ret_timeout, GError **error)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);
  g_autoptr(JsonNode) value = NULL;

  *ret_timeout = definition->timeout != 0 ? definition->timeout : step->run->defaults->timeout;
  if (*ret_timeout != RUNNEL_DURATION_EXPRESSION)
    return TRUE;
  value = _runnel_run_step_dup_member (step, "timeout");
  return evaluate (step, value, "timeout", ret_timeout, error);
}

/*
 * _runnel_run_step_get_retry:
 *
 * Returns: (transfer none) (nullable): how the step, or else `defaults`, wants it retried
 */
const RunnelRetry *
_runnel_run_step_get_retry (RunnelRunStep *step)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);

  return definition->retry != NULL ? definition->retry : step->run->defaults->retry;
}

/*
 * _runnel_run_step_get_delay:
 * @step: a step whose last attempt is to be repeated; expressions find it as `steps.self`
 * @ret_delay: (out): microseconds
 * @error: as of _runnel_run_step_get_timeout()
 */
gboolean
_runnel_run_step_get_delay (RunnelRunStep *step, gint64 *ret_delay, GError **error)
{
  RunnelRetry retry = *_runnel_run_step_get_retry (step);
  gboolean shown = _runnel_run_show_self (step);
  gboolean ok = evaluate_delays (step, &retry, error);

  if (shown)
    _runnel_run_hide_self (step->run);
  *ret_delay = ok ? runnel_retry_get_delay (&retry, step->attempt,
                                            step->run->seed + _runnel_run_step_get_index (step))
                  : 0;
  return ok;
}
