/* runnel-kube-pipeline.c: a pipeline as it stands in an annotation
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-kube.h"

#include <string.h>

static JsonObject *
parameter_to_json (const RunnelParameter *parameter)
{
  static const char *const types[] = { "string", "number", "boolean", "choice" };
  JsonObject *object = json_object_new ();

  if (parameter->type != RUNNEL_PARAMETER_STRING)
    json_object_set_string_member (object, "type", types[parameter->type]);
  if (parameter->default_value != NULL)
    json_object_set_member (object, "default", json_node_copy (parameter->default_value));
  if (parameter->required)
    json_object_set_boolean_member (object, "required", TRUE);
  for (guint i = 0; parameter->choices != NULL && parameter->choices[i] != NULL; i++)
    json_array_add_string_element (runnel_kube_add_array (object, "choices"),
                                   parameter->choices[i]);
  return object;
}

/**
 * runnel_kube_keep_pipeline:
 * @flow: a pipeline
 *
 * Returns: (transfer full): what of it has no place of its own in the objects of Kubernetes
 */
JsonObject *
runnel_kube_keep_pipeline (const RunnelFlow *flow)
{
  JsonObject *memory = json_object_new ();

  for (guint i = 0; i < flow->env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (flow->env, RunnelFlowVariable, i);

      json_object_set_string_member (runnel_kube_add_object (memory, "env"), variable->name,
                                     variable->value);
    }
  for (guint i = 0; i < flow->n_parameters; i++)
    {
      JsonObject *object = parameter_to_json (&flow->parameters[i]);

      if (json_object_get_size (object) > 0)
        json_object_set_object_member (runnel_kube_add_object (memory, "parameters"),
                                       flow->parameters[i].name, object);
      else
        json_object_unref (object);
    }
  for (guint i = 0; i < flow->secrets->len; i++)
    json_array_add_string_element (runnel_kube_add_array (memory, "secrets"),
                                   g_ptr_array_index (flow->secrets, i));
  if (flow->group != NULL)
    json_object_set_string_member (memory, "group", flow->group);
  if (flow->policy != NULL)
    json_object_set_string_member (memory, "policy", flow->policy);
  if (flow->max > 0)
    json_object_set_int_member (memory, "max", flow->max);
  return memory;
}

/**
 * runnel_kube_can_say_artifacts:
 * @step: a step
 *
 * Returns: whether the shell finds the same files by its patterns, and none of them twice
 */
gboolean
runnel_kube_can_say_artifacts (const RunnelFlowStep *step)
{
  for (guint i = 0; i < step->artifacts->len; i++)
    {
      const char *pattern = g_ptr_array_index (step->artifacts, i);

      if (strstr (pattern, "**") != NULL || strpbrk (pattern, "!$ ;&|<>()'\"`\\") != NULL)
        return FALSE;
    }
  return step->matrix == NULL;
}
