/* runnel-argo-env.c: the environment of a template
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"

#include <string.h>

#include "engine/runnel-run.h"

JsonArray *
_runnel_argo_get_parameters (JsonObject *owner,
                             const char *key)
{
  return runnel_kube_add_array (runnel_kube_add_object (owner, key), "parameters");
}

static void
add_secret (JsonArray  *env,
            const char *variable,
            const char *secret)
{
  JsonObject *entry = json_object_new ();
  JsonObject *ref;

  json_object_set_string_member (entry, "name", variable);
  ref = runnel_kube_add_object (runnel_kube_add_object (entry, "valueFrom"), "secretKeyRef");
  json_object_set_string_member (ref, "name", RUNNEL_KUBE_SECRETS);
  json_object_set_string_member (ref, "key", secret);
  json_array_add_object_element (env, entry);
}

/* The whole of a text that is one secret: its name. */
static char *
find_secret (const char *text)
{
  g_autoptr(GRegex) regex =
    g_regex_new ("^\\$\\{\\{\\s*secrets\\.([A-Za-z_][A-Za-z0-9_-]*)\\s*\\}\\}$", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* A value that depends on other steps enters the template as an argument. */
static void
add_argument (RunnelArgoMaker      *self,
              JsonArray  *env,
              const char *name,
              const char *said)
{
  g_autofree char *inside = g_strdup_printf ("{{inputs.parameters.%s}}", name);

  runnel_kube_add_pair (_runnel_argo_get_parameters (self->made->task, "arguments"), name, said);
  runnel_kube_add_pair (_runnel_argo_get_parameters (self->made->template, "inputs"), name, NULL);
  runnel_kube_add_pair (env, name, inside);
}

static void
add_variable (RunnelArgoMaker                    *self,
              JsonArray                *env,
              const RunnelFlowVariable *variable)
{
  g_autofree char *secret = find_secret (variable->value);
  g_autofree char *said = NULL;
  g_autoptr(GPtrArray) spliced = g_ptr_array_new_with_free_func (g_free);

  if (secret != NULL)
    {
      add_secret (env, variable->name, secret);
      return;
    }
  self->scope.secrets = spliced;
  self->scope.in_task = strstr (variable->value, "${{") != NULL
                        && strstr (variable->value, "steps.") != NULL && !self->scope.in_hook;
  said = _runnel_argo_say_text (&self->scope, variable->value, NULL);
  for (guint i = 0; said != NULL && i < spliced->len; i++)
    {
      g_autofree char *name =
        runnel_parameters_get_variable ("RUNNEL_SECRET_", g_ptr_array_index (spliced, i));

      add_secret (env, name, g_ptr_array_index (spliced, i));
    }
  self->scope.secrets = NULL;
  if (said == NULL)
    return; /* told as a loss */
  if (strstr (variable->value, "${{") != NULL)
    runnel_kube_remember (self->said, said, runnel_kube_string_node (variable->value));
  if (self->scope.in_task)
    add_argument (self, env, variable->name, said);
  else
    runnel_kube_add_pair (env, variable->name, said);
  self->scope.in_task = FALSE;
}

/* The values of the leg, which came into the template as arguments. */
static void
add_axes (RunnelArgoMaker     *self,
          JsonArray *env)
{
  JsonArray *inputs =
    runnel_kube_get_array (runnel_kube_get_object (self->made->template, "inputs"), "parameters");

  for (guint i = 0; inputs != NULL && i < json_array_get_length (inputs); i++)
    {
      const char *name =
        json_object_get_string_member (json_array_get_object_element (inputs, i), "name");
      g_autofree char *variable = NULL;
      g_autofree char *value = g_strdup_printf ("{{inputs.parameters.%s}}", name);

      if (!g_str_has_prefix (name, "matrix-"))
        continue;
      variable = runnel_parameters_get_variable ("RUNNEL_MATRIX_", name + strlen ("matrix-"));
      runnel_kube_add_pair (env, variable, value);
    }
}

static gboolean
has_variable (const RunnelFlowStep *step,
              const char           *name)
{
  for (guint i = 0; i < step->env->len; i++)
    if (g_str_equal (g_array_index (step->env, RunnelFlowVariable, i).name, name))
      return TRUE;
  return FALSE;
}

JsonArray *
_runnel_argo_make_env (RunnelArgoMaker *self)
{
  const RunnelFlow *flow = self->scope.flow;
  JsonArray *env = json_array_new ();

  for (guint i = 0; i < flow->env->len; i++)
    if (!has_variable (self->made->step, g_array_index (flow->env, RunnelFlowVariable, i).name))
      add_variable (self, env, &g_array_index (flow->env, RunnelFlowVariable, i));
  for (guint i = 0; i < flow->n_parameters; i++)
    {
      g_autofree char *name =
        runnel_parameters_get_variable ("RUNNEL_PARAM_", flow->parameters[i].name);
      g_autofree char *value =
        g_strdup_printf ("{{workflow.parameters.%s}}", flow->parameters[i].name);

      runnel_kube_add_pair (env, name, value);
    }
  add_axes (self, env);
  if (runnel_flow_asks (flow, RUNNEL_FEATURE_ARTIFACTS))
    runnel_kube_add_pair (env, "RUNNEL_ARTIFACTS", RUNNEL_ARGO_ARTIFACTS);
  for (guint i = 0; i < self->made->step->env->len; i++)
    add_variable (self, env, &g_array_index (self->made->step->env, RunnelFlowVariable, i));
  return env;
}
