/* runnel-gitlab-metadata.c: what a file for GitLab CI says to Runnel alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hidden job may hold anything. Ours has the titles, types and descriptions that GitLab has no
 * place for; nothing in it changes what the jobs do.
 */
#include "config.h"

#include "interchange/runnel-gitlab-private.h"

/**
 * _runnel_gitlab_get_text:
 * @object: (nullable): an object
 * @key: a key
 *
 * Returns: (transfer none) (nullable): its text; %NULL when it has none, or no text
 */
const char *
_runnel_gitlab_get_text (JsonObject *object,
                         const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * _runnel_gitlab_get_object:
 * @object: (nullable): an object
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the object in it; %NULL when it has none
 */
JsonObject *
_runnel_gitlab_get_object (JsonObject *object,
                           const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * _runnel_gitlab_is_reserved:
 * @key: a key of a file
 *
 * Returns: whether it is a keyword of GitLab and so no name of a job
 */
gboolean
_runnel_gitlab_is_reserved (const char *key)
{
  static const char *const words[] = {
    "after_script", "before_script", "cache",  "default", "image",     "include",  "pages:deploy",
    "services",     "spec",          "stages", "types",   "variables", "workflow", NULL,
  };

  return g_strv_contains (words, key);
}

/* --- Written --- */

static const char *
get_type (RunnelParameterType type)
{
  static const char *const types[] = { "string", "number", "boolean", "choice" };

  return types[type];
}

static void
set_parameter (JsonObject            *parameters,
               const RunnelParameter *parameter)
{
  JsonObject *said = json_object_new ();

  if (parameter->type != RUNNEL_PARAMETER_STRING)
    json_object_set_string_member (said, "type", get_type (parameter->type));
  if (parameter->default_value != NULL)
    json_object_set_member (said, "default", json_node_copy (parameter->default_value));
  if (parameter->required)
    json_object_set_boolean_member (said, "required", TRUE);
  if (parameter->description != NULL)
    json_object_set_string_member (said, "description", parameter->description);
  if (parameter->choices != NULL)
    {
      JsonArray *choices = json_array_new ();

      for (guint i = 0; parameter->choices[i] != NULL; i++)
        json_array_add_string_element (choices, parameter->choices[i]);
      json_object_set_array_member (said, "choices", choices);
    }
  json_object_set_object_member (parameters, parameter->name, said);
}

/* The outputs with their descriptions, which are empty where there are none. */
static JsonObject *
describe_outputs (const RunnelFlowStep *step)
{
  JsonObject *outputs = json_object_new ();

  for (guint i = 0; i < step->outputs->len; i++)
    {
      const char *name = g_ptr_array_index (step->outputs, i);
      const char *description = _runnel_gitlab_get_text (step->promises, name);

      json_object_set_string_member (outputs, name, description != NULL ? description : "");
    }

  return outputs;
}

static JsonArray *
list_texts (GPtrArray *texts)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (list, g_ptr_array_index (texts, i));

  return list;
}

/* What `when` doesn't tell of the links, for there is no such outcome, or because it is “never”; or
 * NULL. */
static const char *
get_outcome (const RunnelFlow     *flow,
             const RunnelFlowStep *step,
             GPtrArray            *guards)
{
  RunnelGitlabStart start = _runnel_gitlab_get_start (flow, step);

  if (step->needs->len == 0)
    return NULL;
  if (start.finished)
    return "finished";
  if (!_runnel_gitlab_never_runs (guards) || g_str_equal (start.when, "on_success"))
    return NULL;

  return g_str_equal (start.when, "on_failure") ? "failure" : start.when;
}

/* The jobs that are needed for their outputs alone. */
static JsonArray *
list_sources (const RunnelFlow     *flow,
              const RunnelFlowStep *step)
{
  g_autoptr(GPtrArray) sources = _runnel_gitlab_list_sources (flow, step);
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < sources->len; i++)
    json_array_add_string_element (names, _runnel_gitlab_get_job_name (g_ptr_array_index (sources, i)));

  return names;
}

static JsonObject *
make_step (const RunnelFlow     *flow,
           const RunnelFlowStep *step,
           GPtrArray            *guards)
{
  const char *outcome = get_outcome (flow, step, guards);
  g_autoptr(JsonArray) sources = list_sources (flow, step);
  JsonObject *said = json_object_new ();

  if (!g_str_equal (step->title, _runnel_gitlab_get_job_name (step)))
    json_object_set_string_member (said, "name", step->title);
  if (outcome != NULL)
    json_object_set_string_member (said, "on", outcome);
  if (step->enabled == RUNNEL_DISABLED)
    json_object_set_boolean_member (said, "disabled", TRUE);
  if (json_array_get_length (sources) > 0)
    json_object_set_array_member (said, "reads", json_array_ref (sources));
  if (step->outputs->len > 0)
    json_object_set_object_member (said, "outputs", describe_outputs (step));
  if (step->legs != NULL && step->matrix != NULL)
    json_object_set_member (said, "matrix", json_node_copy (step->matrix));

  return said;
}

static JsonObject *
make_steps (const RunnelFlow *flow,
            GPtrArray        *guards)
{
  JsonObject *steps = json_object_new ();

  for (guint i = 0; i < flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      JsonObject *said = make_step (flow, step, g_ptr_array_index (guards, i));

      if (json_object_get_size (said) > 0)
        json_object_set_object_member (steps, _runnel_gitlab_get_job_name (step), said);
      else
        json_object_unref (said);
    }

  return steps;
}

static void
set_object (JsonObject *metadata,
            const char *key,
            JsonObject *value)
{
  if (json_object_get_size (value) > 0)
    json_object_set_object_member (metadata, key, value);
  else
    json_object_unref (value);
}

/**
 * _runnel_gitlab_write_metadata:
 * @writer: a writer, inside of the mapping of jobs
 * @flow: a pipeline
 * @guards: (element-type GPtrArray): the guards of its steps
 *
 * Writes the hidden job, when there is anything to say in it.
 */
void
_runnel_gitlab_write_metadata (RunnelYamlWriter *writer,
                               const RunnelFlow *flow,
                               GPtrArray        *guards)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *metadata = json_object_new ();
  JsonObject *parameters = json_object_new ();

  json_node_take_object (node, metadata);
  if (flow->name != NULL)
    json_object_set_string_member (metadata, "name", flow->name);
  if (flow->description != NULL)
    json_object_set_string_member (metadata, "description", flow->description);
  for (guint i = 0; i < flow->n_parameters; i++)
    set_parameter (parameters, &flow->parameters[i]);
  set_object (metadata, "parameters", parameters);
  if (flow->secrets->len > 0)
    json_object_set_array_member (metadata, "secrets", list_texts (flow->secrets));
  set_object (metadata, "steps", make_steps (flow, guards));

  if (json_object_get_size (metadata) == 0)
    return;
  runnel_yaml_writer_key (writer, RUNNEL_GITLAB_METADATA);
  runnel_yaml_writer_json (writer, node);
}
