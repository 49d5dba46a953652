/* flow-facts.h: what two pipelines must have in common to be the same after a round trip
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "interchange/runnel-target.h"

/* Tells whether a feature of a step was lost on the way out, so that nothing of it can come back.
 */
typedef struct
{
  const RunnelTarget *target;
  const RunnelFlow *flow;
  const RunnelExportOptions *options;
} FlowLosses;

static inline gboolean
flow_lost (const FlowLosses *losses, const RunnelFlowStep *step, RunnelFeature feature)
{
  return runnel_flow_step_asks (losses->flow, step, feature)
         && runnel_target_judge (losses->target, losses->flow, step, feature, losses->options)
                .fidelity
              == RUNNEL_FIDELITY_LOST;
}

static inline gboolean
flow_lost_links (const FlowLosses *losses, const RunnelFlowStep *step)
{
  for (RunnelFeature feature = RUNNEL_FEATURE_ORDER; feature <= RUNNEL_FEATURE_JOIN_NONE_FAILED;
       feature++)
    if (flow_lost (losses, step, feature))
      return TRUE;

  return FALSE;
}

static inline int
flow_compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* The variables, each on a line, sorted. */
static inline void
flow_add_env (GString *facts, GArray *env)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (env, RunnelFlowVariable, i);

      g_ptr_array_add (lines, g_strdup_printf ("  env %s=%s\n", variable->name, variable->value));
    }
  g_ptr_array_sort (lines, flow_compare_texts);
  for (guint i = 0; i < lines->len; i++)
    g_string_append (facts, g_ptr_array_index (lines, i));
}

static inline void
flow_add_links (GString *facts, const RunnelFlow *flow, const RunnelFlowStep *step)
{
  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);

      g_string_append_printf (facts, "  needs %s on %d\n",
                              runnel_flow_get_step (flow, need->step)->id, need->on);
    }
  if (step->needs->len > 1)
    g_string_append_printf (facts, "  join %d\n", step->join);
}

static inline void
flow_add_legs (GString *facts, const RunnelFlowStep *step)
{
  for (guint i = 0; step->legs != NULL && i < step->legs->combinations->len; i++)
    {
      g_autofree char *leg =
        runnel_matrix_to_text (g_ptr_array_index (step->legs->combinations, i));

      g_string_append_printf (facts, "  leg %s\n", leg);
    }
}

static inline void
flow_add_retry (GString *facts, const RunnelFlowStep *step)
{
  const RunnelRetry *retry = step->retry;

  if (retry == NULL || retry->max == 0)
    return;
  g_string_append_printf (
    facts, "  retry %u delay %" G_GINT64_FORMAT " %g %" G_GINT64_FORMAT " %s\n", retry->max,
    retry->delay, retry->delay != 0 ? retry->backoff : 1, retry->max_delay,
    step->retry_condition != NULL ? step->retry_condition : "");
  for (guint i = 0; i < retry->n_exit_codes; i++)
    g_string_append_printf (facts, "  retry on %d\n", retry->exit_codes[i]);
}

static inline void
flow_add_texts (GString *facts, const char *what, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (facts, "  %s %s\n", what, (const char *) g_ptr_array_index (texts, i));
}

static inline void
flow_add_body (GString *facts, const RunnelFlowStep *step)
{
  g_autoptr (JsonNode) with = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  g_string_append_printf (facts, "step %s “%s”: %s\n", step->id, step->title, step->kind);
  if (step->body == RUNNEL_FLOW_SHELL)
    {
      g_string_append_printf (facts, "  %s: %s", step->shell, step->text);
      return;
    }
  json_node_set_object (with, step->with);
  text = json_to_string (with, FALSE);
  g_string_append_printf (facts, "  %s\n", text);
}

/* `step` may be of a flow that came back; `original` is the same step of the flow that went out. */
static inline void
flow_add_step (GString *facts,
               const RunnelFlow *flow,
               const RunnelFlowStep *step,
               const FlowLosses *losses,
               const RunnelFlowStep *original)
{
  flow_add_body (facts, step);
  if (!flow_lost_links (losses, original))
    flow_add_links (facts, flow, step);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_ENV)
      && !flow_lost (losses, original, RUNNEL_FEATURE_EXPRESSION))
    flow_add_env (facts, step->env);
  if (step->condition != NULL && !flow_lost (losses, original, RUNNEL_FEATURE_CONDITION))
    g_string_append_printf (facts, "  if %s\n", step->condition);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_DISABLED))
    g_string_append_printf (facts, "  enabled %d\n", step->enabled);
  if (step->folder != NULL && !flow_lost (losses, original, RUNNEL_FEATURE_FOLDER))
    g_string_append_printf (facts, "  in %s\n", step->folder);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_TIMEOUT))
    g_string_append_printf (facts, "  timeout %" G_GINT64_FORMAT "\n", step->timeout);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_RETRY))
    flow_add_retry (facts, step);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_CONTINUE))
    g_string_append_printf (facts, "  continues %d\n", step->continues);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_MATRIX))
    flow_add_legs (facts, step);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_OUTPUTS))
    flow_add_texts (facts, "output", step->outputs);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_ARTIFACTS))
    flow_add_texts (facts, "artifact", step->artifacts);
  if (!flow_lost (losses, original, RUNNEL_FEATURE_IMAGE) && step->image != NULL)
    g_string_append_printf (facts, "  image %s\n", step->image);
}

/* A text that is the same for two flows when nothing was changed but what is lost; for failed tests
 * to show. */
static inline char *
flow_to_facts (const RunnelFlow *flow, const FlowLosses *losses)
{
  g_autoptr (GString) facts = g_string_new (NULL);

  g_string_append_printf (facts, "“%s” %s\n", flow->name,
                          flow->description != NULL ? flow->description : "");
  for (guint i = 0; i < flow->n_parameters && !flow_lost (losses, NULL, RUNNEL_FEATURE_PARAMETERS);
       i++)
    {
      const RunnelParameter *parameter = &flow->parameters[i];
      g_autofree char *value =
        parameter->default_value != NULL ? json_to_string (parameter->default_value, FALSE) : NULL;

      g_string_append_printf (facts, "parameter %s %d %s\n", parameter->name, parameter->type,
                              value);
    }
  if (!flow_lost (losses, NULL, RUNNEL_FEATURE_ENV))
    flow_add_env (facts, flow->env);
  if (!flow_lost (losses, NULL, RUNNEL_FEATURE_SECRETS))
    flow_add_texts (facts, "secret", flow->secrets);
  for (guint i = 0; i < flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      const RunnelFlowStep *original = runnel_flow_find_step (losses->flow, step->id);

      if (original == NULL)
        g_string_append_printf (facts, "new step %s\n", step->id);
      else
        flow_add_step (facts, flow, step, losses, original);
    }

  return g_string_free (g_steal_pointer (&facts), FALSE);
}
