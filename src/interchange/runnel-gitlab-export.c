/* runnel-gitlab-export.c: a pipeline as a file for GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-gitlab-private.h"
#include "interchange/runnel-targets.h"

static void
write_losses (RunnelYamlWriter          *writer,
              const RunnelFlow          *flow,
              const RunnelFlowStep      *step,
              const RunnelExportOptions *options)
{
  g_autoptr (GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_gitlab, flow, step, options);

  for (guint i = 0; i < losses->len; i++)
    {
      g_autofree char *line =
        g_strdup_printf ("runnel: %s", (const char *) g_ptr_array_index (losses, i));

      runnel_yaml_writer_comment (writer, line);
    }
}

static char *
get_default (const RunnelParameter *parameter)
{
  GType type;

  if (parameter->default_value == NULL)
    return NULL;
  type = json_node_get_value_type (parameter->default_value);
  if (type == G_TYPE_STRING)
    return json_node_dup_string (parameter->default_value);

  return json_to_string (parameter->default_value, FALSE);
}

static void
write_choices (RunnelYamlWriter  *writer,
               const char *const *choices)
{
  runnel_yaml_writer_key (writer, "options");
  runnel_yaml_writer_open_list (writer);
  for (guint i = 0; choices[i] != NULL; i++)
    runnel_yaml_writer_string (writer, choices[i]);
  runnel_yaml_writer_close_list (writer);
}

/* Asked for in the form with which a pipeline is run by hand. */
static void
write_parameter (RunnelYamlWriter      *writer,
                 const RunnelParameter *parameter)
{
  static const char *const booleans[] = { "true", "false", NULL };
  g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", parameter->name);
  g_autofree char *value = get_default (parameter);

  runnel_yaml_writer_key (writer, variable);
  runnel_yaml_writer_open_map (writer);
  runnel_yaml_writer_pair (writer, "value", value != NULL ? value : "");
  runnel_yaml_writer_pair (writer, "description",
                           parameter->description != NULL ? parameter->description
                                                          : parameter->name);
  if (parameter->type == RUNNEL_PARAMETER_CHOICE && parameter->choices != NULL)
    write_choices (writer, parameter->choices);
  else if (parameter->type == RUNNEL_PARAMETER_BOOLEAN && value != NULL)
    write_choices (writer, booleans);
  runnel_yaml_writer_close_map (writer);
}

static void
write_variables (RunnelYamlWriter *writer,
                 const RunnelFlow *flow,
                 JsonObject       *foreign)
{
  JsonNode *kept = foreign != NULL ? json_object_get_member (foreign, "variables") : NULL;

  if (flow->n_parameters + flow->env->len == 0 && kept == NULL)
    return;

  runnel_yaml_writer_key (writer, "variables");
  runnel_yaml_writer_open_map (writer);
  for (guint i = 0; i < flow->n_parameters; i++)
    write_parameter (writer, &flow->parameters[i]);
  for (guint i = 0; i < flow->env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (flow->env, RunnelFlowVariable, i);
      g_autofree char *value = _runnel_gitlab_say_text (flow, variable->value, NULL);

      runnel_yaml_writer_pair (writer, variable->name, value);
    }
  _runnel_gitlab_write_kept (writer, kept);
  runnel_yaml_writer_close_map (writer);
}

/**
 * _runnel_gitlab_write_kept:
 * @writer: a writer, inside of a mapping
 * @kept: (nullable): an object that an import has kept
 *
 * Writes its members into the mapping.
 */
void
_runnel_gitlab_write_kept (RunnelYamlWriter *writer,
                           JsonNode         *kept)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (kept == NULL || !JSON_NODE_HOLDS_OBJECT (kept))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (kept));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      runnel_yaml_writer_key (writer, key);
      runnel_yaml_writer_json (writer, value);
    }
}

/* What stands in the first document, or before the jobs, and is not made by us. */
static void
write_kept_keys (RunnelYamlWriter *writer,
                 JsonObject       *foreign,
                 gboolean          hidden)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (foreign == NULL)
    return;

  json_object_iter_init_ordered (&iter, foreign);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      if (g_str_equal (key, "spec") || g_str_equal (key, "variables") || (*key == '.') != hidden)
        continue;
      runnel_yaml_writer_key (writer, key);
      runnel_yaml_writer_json (writer, value);
    }
}

static void
write_header (RunnelYamlWriter *writer,
              JsonObject       *foreign)
{
  if (foreign == NULL || !json_object_has_member (foreign, "spec"))
    return;

  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_open_map (writer);
  runnel_yaml_writer_key (writer, "spec");
  runnel_yaml_writer_json (writer, json_object_get_member (foreign, "spec"));
  runnel_yaml_writer_close_map (writer);
}

static void
write_provenance (RunnelYamlWriter          *writer,
                  const RunnelFlow          *flow,
                  const RunnelExportOptions *options)
{
  g_autofree char *name = flow->file != NULL ? g_path_get_basename (flow->file) : NULL;
  g_autofree char *line = g_strdup_printf ("Made by “runnel export”%s%s.",
                                           name != NULL ? " from " : "", name != NULL ? name : "");

  runnel_yaml_writer_comment (writer, line);
  write_losses (writer, flow, NULL, options);
}

gboolean
_runnel_gitlab_export (const RunnelFlow          *flow,
                       const RunnelExportOptions *options,
                       GPtrArray                 *files,
                       GError                   **error)
{
  g_autoptr (RunnelYamlWriter) writer = runnel_yaml_writer_new ();
  g_autoptr (GPtrArray) guards = _runnel_gitlab_list_guards (flow);
  JsonObject *foreign = runnel_flow_get_foreign (flow->foreign, RUNNEL_GITLAB);
  g_autofree char *path = runnel_target_get_path (&runnel_target_gitlab, flow);

  write_provenance (writer, flow, options);
  write_header (writer, foreign);
  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_open_map (writer);
  write_kept_keys (writer, foreign, FALSE);
  write_variables (writer, flow, foreign);
  write_kept_keys (writer, foreign, TRUE);
  for (guint i = 0; i < flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);

      write_losses (writer, flow, step, options);
      _runnel_gitlab_write_job (writer, flow, step, guards);
    }
  _runnel_gitlab_write_metadata (writer, flow, guards);
  runnel_yaml_writer_close_map (writer);
  runnel_export_add_file (files, path, runnel_yaml_writer_finish (writer), 0644);

  return TRUE;
}
