/* runnel-argo-spec.c: what stands around the templates of a workflow that is written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"

#include <string.h>

/* The ConfigMap that holds the sizes of pools, of groups and of legs. */
char *
_runnel_argo_make_limits (const RunnelFlow *flow)
{
  g_autofree char *name = runnel_kube_make_name (runnel_kube_get_title (flow));

  return g_strdup_printf ("%s-limits", name);
}

/* Cron lines of the triggers; other triggers are told as a loss. */
JsonArray *
_runnel_argo_get_schedules (const RunnelFlow *flow)
{
  JsonArray *schedules = json_array_new ();

  for (guint i = 0; flow->triggers != NULL && i < json_array_get_length (flow->triggers); i++)
    {
      JsonNode *trigger = json_array_get_element (flow->triggers, i);
      const char *cron = JSON_NODE_HOLDS_OBJECT (trigger)
                           ? runnel_kube_get_string (json_node_get_object (trigger), "cron")
                           : NULL;

      if (cron != NULL)
        json_array_add_string_element (schedules, cron);
    }
  return schedules;
}

static void
add_parameter (JsonArray             *parameters,
               const RunnelParameter *parameter)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "name", parameter->name);
  if (parameter->description != NULL)
    json_object_set_string_member (entry, "description", parameter->description);
  if (parameter->default_value != NULL || !parameter->required)
    {
      g_autofree char *value = runnel_kube_to_text (parameter->default_value);

      json_object_set_string_member (entry, "value", value);
    }
  if (parameter->type == RUNNEL_PARAMETER_BOOLEAN || parameter->choices != NULL)
    {
      JsonArray *choices = runnel_kube_add_array (entry, "enum");

      for (guint i = 0; parameter->choices != NULL && parameter->choices[i] != NULL; i++)
        json_array_add_string_element (choices, parameter->choices[i]);
      if (parameter->choices == NULL)
        {
          json_array_add_string_element (choices, "true");
          json_array_add_string_element (choices, "false");
        }
    }
  json_array_add_object_element (parameters, entry);
}

static JsonArray *
make_parameters (const RunnelFlow *flow)
{
  JsonArray *parameters = json_array_new ();

  for (guint i = 0; i < flow->n_parameters; i++)
    add_parameter (parameters, &flow->parameters[i]);
  return parameters;
}

/* A group of one run at a time is a mutex, a larger one a semaphore. */
static JsonObject *
make_synchronization (const RunnelFlow *flow)
{
  g_autofree char *name =
    runnel_kube_make_name (flow->group != NULL ? flow->group : runnel_kube_get_title (flow));
  g_autofree char *limits = _runnel_argo_make_limits (flow);
  JsonObject *synchronization;
  JsonObject *entry;

  if (!runnel_flow_asks (flow, RUNNEL_FEATURE_GROUP)
      || (flow->max == 0 && g_strcmp0 (flow->policy, "parallel") == 0))
    return NULL;
  synchronization = json_object_new ();
  entry = json_object_new ();
  if (flow->max <= 1)
    {
      json_object_set_string_member (entry, "name", name);
      json_array_add_object_element (runnel_kube_add_array (synchronization, "mutexes"), entry);
      return synchronization;
    }
  json_object_set_string_member (runnel_kube_add_object (entry, "configMapKeyRef"), "name", limits);
  json_object_set_string_member (runnel_kube_add_object (entry, "configMapKeyRef"), "key", "group");
  json_array_add_object_element (runnel_kube_add_array (synchronization, "semaphores"), entry);
  return synchronization;
}

/* What holds the artifacts of all steps. */
static JsonNode *
make_volume (void)
{
  return json_from_string (
    "[{\"metadata\": {\"name\": \"artifacts\"}, \"spec\": {\"accessModes\": "
    "[\"ReadWriteMany\"], \"resources\": {\"requests\": {\"storage\": \"1Gi\"}}}}]",
    NULL);
}

gboolean
_runnel_argo_has_end_hooks (const RunnelFlow *flow)
{
  return flow->on_success->len + flow->on_failure->len + flow->on_finish->len > 0;
}

JsonObject *
_runnel_argo_make_spec (const RunnelFlow *flow,
                        JsonObject       *kept)
{
  JsonObject *spec = json_object_new ();
  JsonArray *parameters = make_parameters (flow);
  JsonObject *synchronization = make_synchronization (flow);

  json_object_set_string_member (spec, "entrypoint",
                                 flow->on_start->len > 0 ? RUNNEL_ARGO_STARTED : RUNNEL_ARGO_MAIN);
  if (_runnel_argo_has_end_hooks (flow))
    json_object_set_string_member (spec, "onExit", RUNNEL_ARGO_EXIT);
  if (flow->jobs > 0)
    json_object_set_int_member (spec, "parallelism", flow->jobs);
  if (synchronization != NULL)
    json_object_set_object_member (spec, "synchronization", synchronization);
  if (json_array_get_length (parameters) > 0)
    json_object_set_array_member (runnel_kube_add_object (spec, "arguments"), "parameters",
                                  parameters);
  else
    json_array_unref (parameters);
  if (runnel_flow_asks (flow, RUNNEL_FEATURE_ARTIFACTS))
    json_object_set_member (spec, "volumeClaimTemplates", make_volume ());
  runnel_kube_merge (spec, runnel_kube_get_object (kept, "spec"));
  return spec;
}

/* The sizes of all semaphores. */
JsonObject *
_runnel_argo_make_sizes (const RunnelFlow *flow)
{
  JsonObject *data = json_object_new ();

  if (flow->max > 1)
    {
      g_autofree char *max = g_strdup_printf ("%u", flow->max);

      json_object_set_string_member (data, "group", max);
    }
  for (guint i = 0; i < flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      JsonNode *slots = step->pool != NULL && flow->pools != NULL
                          ? json_object_get_member (flow->pools, step->pool) : NULL;
      g_autofree char *size = slots != NULL ? runnel_kube_to_text (slots) : g_strdup ("1");
      g_autofree char *key = g_strdup_printf ("legs-%s", step->id);
      g_autofree char *legs =
        step->legs != NULL ? g_strdup_printf ("%u", step->legs->max_parallel) : NULL;

      if (step->pool != NULL)
        json_object_set_string_member (data, step->pool, size);
      if (legs != NULL && step->legs->max_parallel > 0)
        json_object_set_string_member (data, key, legs);
    }
  return data;
}
