/* runnel-flow-asks.c: which features a pipeline and its steps ask for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-flow.h"

#include <string.h>

#include "interchange/runnel-dialect.h"

static gboolean
has_link (const RunnelFlowStep *step, RunnelOn on)
{
  for (guint i = 0; i < step->needs->len; i++)
    if (g_array_index (step->needs, RunnelFlowNeed, i).on == on)
      return TRUE;

  return FALSE;
}

static gboolean
joins (const RunnelFlowStep *step, RunnelJoin join)
{
  return step->needs->len > 1 && step->join == join;
}

static gboolean
is_computed (const char *text)
{
  return text != NULL && strstr (text, "${{") != NULL && !runnel_dialect_is_plain (text);
}

static gboolean
computes_variable (GArray *env)
{
  for (guint i = 0; i < env->len; i++)
    if (is_computed (g_array_index (env, RunnelFlowVariable, i).value))
      return TRUE;

  return FALSE;
}

static gboolean
computes (const RunnelFlowStep *step)
{
  return computes_variable (step->env) || is_computed (step->folder) || step->continues_if != NULL
         || step->timeout == RUNNEL_DURATION_EXPRESSION
         || (step->retry != NULL
             && (step->retry->delay == RUNNEL_DURATION_EXPRESSION
                 || step->retry->max_delay == RUNNEL_DURATION_EXPRESSION));
}

static gboolean
reads_secret (GArray *env)
{
  for (guint i = 0; i < env->len; i++)
    if (strstr (g_array_index (env, RunnelFlowVariable, i).value, "secrets.") != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
has_matrix_member (const RunnelFlowStep *step, const char *member)
{
  return step->matrix != NULL && JSON_NODE_HOLDS_OBJECT (step->matrix)
         && json_object_has_member (json_node_get_object (step->matrix), member);
}

static gboolean
asks_retry (const RunnelFlowStep *step, RunnelFeature feature)
{
  const RunnelRetry *retry = step->retry;

  if (retry == NULL || retry->max == 0)
    return FALSE;
  if (feature == RUNNEL_FEATURE_RETRY_DELAY)
    return retry->delay != 0 || retry->jitter > 0;
  if (feature == RUNNEL_FEATURE_RETRY_RULE)
    return retry->n_exit_codes > 0 || step->retry_condition != NULL;

  return TRUE;
}

static gboolean
asks_link (const RunnelFlowStep *step, RunnelFeature feature)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_ORDER:
      return has_link (step, RUNNEL_ON_SUCCESS);
    case RUNNEL_FEATURE_LINK_FAILURE:
      return has_link (step, RUNNEL_ON_FAILURE);
    case RUNNEL_FEATURE_LINK_FINISHED:
      return has_link (step, RUNNEL_ON_FINISHED);
    case RUNNEL_FEATURE_LINK_ALWAYS:
      return has_link (step, RUNNEL_ON_ALWAYS);
    case RUNNEL_FEATURE_JOIN_ANY:
      return joins (step, RUNNEL_JOIN_ANY);
    default:
      return joins (step, RUNNEL_JOIN_NONE_FAILED);
    }
}

static gboolean
asks_matrix (const RunnelFlowStep *step, RunnelFeature feature)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_MATRIX:
      return step->matrix != NULL;
    case RUNNEL_FEATURE_MATRIX_DYNAMIC:
      return step->matrix != NULL && step->legs == NULL;
    case RUNNEL_FEATURE_MATRIX_LIMIT:
      return has_matrix_member (step, "max-parallel");
    default:
      return step->matrix != NULL && (step->legs == NULL || step->legs->fail_fast);
    }
}

static gboolean
is_kind (const RunnelFlowStep *step, RunnelFeature feature)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_HTTP:
      return g_str_equal (step->kind, "http");
    case RUNNEL_FEATURE_WAIT:
      return g_str_equal (step->kind, "wait");
    case RUNNEL_FEATURE_APPROVAL:
      return step->body == RUNNEL_FLOW_APPROVAL;
    case RUNNEL_FEATURE_SUBPIPELINE:
      return step->body == RUNNEL_FLOW_PIPELINE;
    default:
      return step->body == RUNNEL_FLOW_FOREIGN;
    }
}

static gboolean
step_asks (const RunnelFlow *self, const RunnelFlowStep *step, RunnelFeature feature)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_ORDER:
    case RUNNEL_FEATURE_LINK_FAILURE:
    case RUNNEL_FEATURE_LINK_FINISHED:
    case RUNNEL_FEATURE_LINK_ALWAYS:
    case RUNNEL_FEATURE_JOIN_ANY:
    case RUNNEL_FEATURE_JOIN_NONE_FAILED:
      return asks_link (step, feature);
    case RUNNEL_FEATURE_CONDITION:
      return step->condition != NULL;
    case RUNNEL_FEATURE_EXPRESSION:
      return computes (step);
    case RUNNEL_FEATURE_DISABLED:
      return step->enabled != RUNNEL_ENABLED;
    case RUNNEL_FEATURE_ENV:
      return step->env->len > 0;
    case RUNNEL_FEATURE_FOLDER:
      return step->folder != NULL;
    case RUNNEL_FEATURE_SHELL:
      return step->body == RUNNEL_FLOW_SHELL && !g_str_equal (step->shell, "sh");
    case RUNNEL_FEATURE_SECRETS:
      return reads_secret (step->env);
    case RUNNEL_FEATURE_OUTPUTS:
      return step->outputs->len > 0;
    case RUNNEL_FEATURE_ARTIFACTS:
      return step->artifacts->len > 0;
    case RUNNEL_FEATURE_CACHE:
      return step->cache != NULL;
    case RUNNEL_FEATURE_TIMEOUT:
      return step->timeout != 0;
    case RUNNEL_FEATURE_RETRY:
    case RUNNEL_FEATURE_RETRY_DELAY:
    case RUNNEL_FEATURE_RETRY_RULE:
      return asks_retry (step, feature);
    case RUNNEL_FEATURE_CONTINUE:
      return step->continues || step->continues_if != NULL;
    case RUNNEL_FEATURE_MATRIX:
    case RUNNEL_FEATURE_MATRIX_DYNAMIC:
    case RUNNEL_FEATURE_MATRIX_LIMIT:
    case RUNNEL_FEATURE_MATRIX_FAIL_FAST:
      return asks_matrix (step, feature);
    case RUNNEL_FEATURE_POOL:
      return step->pool != NULL;
    case RUNNEL_FEATURE_PRIORITY:
      return step->priority != 0;
    case RUNNEL_FEATURE_BREAKER:
      return step->has_breaker;
    case RUNNEL_FEATURE_UNDO:
      return step->undo != NULL && self->rolls_back;
    case RUNNEL_FEATURE_HTTP:
    case RUNNEL_FEATURE_WAIT:
    case RUNNEL_FEATURE_APPROVAL:
    case RUNNEL_FEATURE_SUBPIPELINE:
    case RUNNEL_FEATURE_FOREIGN:
      return is_kind (step, feature);
    case RUNNEL_FEATURE_IMAGE:
      return step->image != NULL;
    default:
      return FALSE; /* of the pipeline */
    }
}

static gboolean
pipeline_asks (const RunnelFlow *self, RunnelFeature feature)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_PARAMETERS:
      return self->n_parameters > 0;
    case RUNNEL_FEATURE_ENV:
      return self->env->len > 0;
    case RUNNEL_FEATURE_EXPRESSION:
      return computes_variable (self->env);
    case RUNNEL_FEATURE_SECRETS:
      return self->secrets->len > 0;
    case RUNNEL_FEATURE_HOOKS:
      return self->on_start->len + self->on_success->len + self->on_failure->len
               + self->on_finish->len
             > 0;
    case RUNNEL_FEATURE_JOBS:
      return self->jobs > 0;
    case RUNNEL_FEATURE_GROUP:
      return self->group != NULL || self->policy != NULL || self->max > 0;
    case RUNNEL_FEATURE_TRIGGERS:
      return self->triggers != NULL && json_array_get_length (self->triggers) > 0;
    default:
      return FALSE; /* of a step */
    }
}

/**
 * runnel_flow_step_asks:
 * @self: a flow
 * @step: (nullable): a step, hook or undo of it, or %NULL for the pipeline itself
 * @feature: a feature
 *
 * Returns: whether the system that runs it must know of @feature; links of a step are those into it
 */
gboolean
runnel_flow_step_asks (const RunnelFlow *self, const RunnelFlowStep *step, RunnelFeature feature)
{
  g_return_val_if_fail (self != NULL && feature < RUNNEL_N_FEATURES, FALSE);

  return step != NULL ? step_asks (self, step, feature) : pipeline_asks (self, feature);
}

/**
 * runnel_flow_asks:
 * @self: a flow
 * @feature: a feature
 *
 * Returns: whether the pipeline, or any step of it, asks for @feature
 */
gboolean
runnel_flow_asks (const RunnelFlow *self, RunnelFeature feature)
{
  g_return_val_if_fail (self != NULL && feature < RUNNEL_N_FEATURES, FALSE);

  for (guint i = 0; i < self->steps->len; i++)
    if (step_asks (self, runnel_flow_get_step (self, i), feature))
      return TRUE;

  return pipeline_asks (self, feature);
}
