/* runnel-github-export.c: a pipeline as a workflow of GitHub Actions, a job for each step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"

#define MAX_BYTES                                                                                  \
  (500 * 1024) /* of a file; https://docs.github.com/en/actions/reference/limits                   \
                */

static void
add_param (const RunnelParameter *parameter, gboolean has_events, JsonObject *env)
{
  g_autofree char *upper = runnel_github_secret_name (parameter->name);
  g_autofree char *name = g_strdup_printf ("RUNNEL_PARAM_%s", upper);
  g_autofree char *value = NULL;

  if (has_events && parameter->default_value != NULL)
    {
      g_autofree char *text = runnel_value_to_text (parameter->default_value);
      g_autoptr(GString) quoted = g_string_new (text);

      g_string_replace (quoted, "'", "''", 0);
      value = g_strdup_printf ("${{ toJSON(inputs.%s) == 'null' && '%s' || inputs.%s }}",
                               parameter->name, quoted->str, parameter->name);
    }
  else
    value = g_strdup_printf ("${{ inputs.%s }}", parameter->name);
  json_object_set_string_member (env, name, value);
}

static gboolean
mentions_parameters (const RunnelFlow *flow)
{
  for (guint i = 0; i < flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);

      if (step->text != NULL && strstr (step->text, "RUNNEL_PARAM_") != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
write_env (RunnelGithubExport *self)
{
  const RunnelFlow *flow = self->flow;
  RunnelGithubSpeaker speaker = { flow, NULL, NULL, RUNNEL_GITHUB_IN_WORKFLOW, FALSE };
  g_autoptr(JsonObject) env = json_object_new ();
  gboolean has_params =
    flow->n_parameters > 0 && (self->kept == NULL || mentions_parameters (flow));
  gboolean has_events = (flow->triggers != NULL && json_array_get_length (flow->triggers) > 0)
                        || (self->kept != NULL && json_object_has_member (self->kept, "on"));

  _runnel_github_add_variables (&speaker, flow->env, env);
  for (guint i = 0; has_params && i < flow->n_parameters; i++)
    add_param (&flow->parameters[i], has_events, env);
  if (self->kept != NULL)
    _runnel_github_add_kept (json_object_get_member (self->kept, "env"), env);
  _runnel_github_write_env (self->writer, env);
}

/* Keys of a workflow that Runnel knows nothing of. */
static void
write_kept (RunnelGithubExport *self)
{
  static const char *const written[] = { "on", "env", "concurrency", NULL };
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (self->kept == NULL)
    return;
  json_object_iter_init_ordered (&iter, self->kept);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!g_strv_contains (written, name))
      {
        runnel_yaml_writer_key (self->writer, name);
        runnel_yaml_writer_json (self->writer, value);
      }
}

/* What the importer finds nowhere else. */
static void
write_pipeline_mark (RunnelGithubExport *self)
{
  const RunnelFlow *flow = self->flow;
  g_autoptr(JsonObject) mark = json_object_new ();
  g_autoptr(JsonObject) secrets = json_object_new ();

  runnel_import_set_string (mark, "description", flow->description);
  for (guint i = 0; i < flow->secrets->len; i++)
    {
      const char *secret = g_ptr_array_index (flow->secrets, i);
      g_autofree char *name = runnel_github_secret_name (secret);

      if (!g_str_equal (name, secret))
        json_object_set_string_member (secrets, name, secret);
    }
  if (json_object_get_size (secrets) > 0)
    json_object_set_object_member (mark, "secrets", json_object_ref (secrets));
  if (flow->policy != NULL && !g_str_equal (flow->policy, "cancel-running"))
    runnel_import_set_string (mark, "policy", flow->policy);
  if (flow->rolls_back)
    runnel_import_set_string (mark, "on-failure", "rollback");
  _runnel_github_write_mark (self, mark);
}

static void
write_head (RunnelGithubExport *self)
{
  g_autofree char *from =
    g_strdup_printf ("%s from %s; change that and export again.", RUNNEL_GITHUB_TITLE,
                     self->flow->file != NULL ? self->flow->file : "a pipeline");

  runnel_yaml_writer_comment (self->writer, from);
  _runnel_github_write_losses (self, NULL);
  write_pipeline_mark (self);
  if (self->kept == NULL || !json_object_has_member (self->kept, "name"))
    _runnel_github_write_text (self->writer, "name", self->flow->name);
  _runnel_github_write_on (self);
  write_kept (self);
  _runnel_github_write_group (self);
  write_env (self);
}

/* What nobody could use is no export. */
static gboolean
check_size (const char *text, GError **error)
{
  gsize length = strlen (text);

  if (length <= MAX_BYTES)
    return TRUE;
  g_set_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS,
               "the workflow has %" G_GSIZE_FORMAT
               " bytes, and GitHub takes %d at most: let a step "
               "of kind “pipeline” do a part of it",
               length, MAX_BYTES);
  return FALSE;
}

gboolean
_runnel_github_export (const RunnelFlow *flow,
                       const RunnelExportOptions *options,
                       GPtrArray *files,
                       GError **error)
{
  g_autoptr(RunnelYamlWriter) writer = runnel_yaml_writer_new ();
  g_autoptr(GArray) facts = _runnel_github_find_facts (flow);
  g_autofree char *path = runnel_target_get_path (&runnel_target_github, flow);
  g_autofree char *text = NULL;
  RunnelGithubExport self = {
    .flow = flow,
    .options = options,
    .writer = writer,
    .facts = facts,
    .kept = runnel_flow_get_foreign (flow->foreign, RUNNEL_GITHUB),
    .whole = g_strcmp0 (options->mode, "one-job") == 0,
  };

  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_open_map (writer);
  write_head (&self);
  runnel_yaml_writer_key (writer, "jobs");
  runnel_yaml_writer_open_map (writer);
  if (self.whole)
    _runnel_github_write_whole (&self);
  else
    _runnel_github_write_jobs (&self);
  runnel_yaml_writer_close_map (writer);
  runnel_yaml_writer_close_map (writer);
  text = runnel_yaml_writer_finish (writer);
  if (!check_size (text, error))
    return FALSE;
  runnel_export_add_file (files, path, g_steal_pointer (&text), 0644);

  return TRUE;
}
