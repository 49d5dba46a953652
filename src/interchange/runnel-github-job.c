/* runnel-github-job.c: a job of a workflow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-github-private.h"
#include "model/runnel-json-write.h"

/**
 * Writes a key with an expression, which is one as a whole.
 */
void
_runnel_github_write_expression (RunnelYamlWriter *writer, const char *key, const char *expression)
{
  g_autofree char *text = g_strdup_printf ("${{ %s }}", expression);

  runnel_yaml_writer_pair (writer, key, text);
}

/* Writes a key with a text in which nothing is an expression; nothing at all for NULL. */
void
_runnel_github_write_text (RunnelYamlWriter *writer, const char *key, const char *text)
{
  g_autofree char *escaped = text != NULL ? runnel_github_escape (text) : NULL;

  runnel_yaml_writer_pair (writer, key, escaped);
}

/* What stands in `foreign` of the step, or NULL. */
JsonNode *
_runnel_github_get_kept (const RunnelFlowStep *step, const char *key)
{
  JsonObject *kept = runnel_flow_get_foreign (step->foreign, RUNNEL_GITHUB);

  return kept != NULL ? json_object_get_member (kept, key) : NULL;
}

/* The text that a value is, or NULL: what was kept may have been edited to anything. */
const char *
_runnel_github_get_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* Adds those of the variables that can be said. */
void
_runnel_github_add_variables (const RunnelGithubSpeaker *speaker,
                              GArray *variables,
                              JsonObject *env)
{
  for (guint i = 0; i < variables->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (variables, RunnelFlowVariable, i);
      g_autofree char *said = runnel_github_say_text (speaker, variable->value, NULL);

      if (said != NULL)
        json_object_set_string_member (env, variable->name, said);
    }
}

/* Adds variables that were kept of an imported workflow, if there are any. */
void
_runnel_github_add_kept (JsonNode *kept, JsonObject *env)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (kept == NULL || !JSON_NODE_HOLDS_OBJECT (kept))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (kept));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (env, name, json_node_copy (value));
}

/* Writes `env`; nothing at all for an empty one. */
void
_runnel_github_write_env (RunnelYamlWriter *writer, JsonObject *env)
{
  g_autoptr(JsonNode) node = NULL;

  if (json_object_get_size (env) == 0)
    return;
  node = json_node_init_object (json_node_alloc (), env);
  runnel_yaml_writer_key (writer, "env");
  runnel_yaml_writer_json (writer, node);
}

/* Comments that tell a reader what this workflow does not do. */
void
_runnel_github_write_losses (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_github, self->flow, step, self->options);

  for (guint i = 0; i < losses->len; i++)
    {
      g_autofree char *line =
        g_strdup_printf ("runnel: %s", (const char *) g_ptr_array_index (losses, i));

      g_strdelimit (line, "\n", ' ');
      runnel_yaml_writer_comment (self->writer, line);
    }
}

/* A comment for the importer. */
void
_runnel_github_write_mark (RunnelGithubExport *self, JsonObject *mark)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GString) text = NULL;

  if (mark == NULL || json_object_get_size (mark) == 0)
    return;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, mark);
  text = g_string_new ("runnel: ");
  runnel_json_write_compact (text, node);
  runnel_yaml_writer_comment (self->writer, text->str);
}

/* A title is a text as it is, but for one that was imported with an expression in it. */
static void
write_name (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  JsonNode *kept = _runnel_github_get_kept (step, "name");

  if (g_strcmp0 (_runnel_github_get_text (kept), step->title) == 0)
    runnel_yaml_writer_pair (self->writer, "name", step->title);
  else if (!g_str_equal (step->title, step->id))
    _runnel_github_write_text (self->writer, "name", step->title);
}

/* Writes `needs`, if there are any. */
void
_runnel_github_write_needs (RunnelGithubExport *self, GPtrArray *needs)
{
  if (needs->len == 0)
    return;
  runnel_yaml_writer_key (self->writer, "needs");
  if (needs->len == 1)
    {
      runnel_yaml_writer_string (self->writer, g_ptr_array_index (needs, 0));
      return;
    }
  runnel_yaml_writer_open_list (self->writer);
  for (guint i = 0; i < needs->len; i++)
    runnel_yaml_writer_string (self->writer, g_ptr_array_index (needs, i));
  runnel_yaml_writer_close_list (self->writer);
}

/* The `if` that was imported is written as it was, as long as it still means what the step says. */
static void
write_condition (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  JsonNode *kept = _runnel_github_get_kept (job->step, "if");

  if (kept != NULL && job->condition == NULL)
    {
      runnel_yaml_writer_key (self->writer, "if");
      runnel_yaml_writer_json (self->writer, kept);
    }
  else if (job->condition != NULL)
    _runnel_github_write_expression (self->writer, "if", job->condition);
}

/* Writes a job with all that belongs to it. */
void
_runnel_github_write_job (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  _runnel_github_write_losses (self, job->step);
  _runnel_github_write_mark (self, job->mark);
  runnel_yaml_writer_key (self->writer, job->id);
  runnel_yaml_writer_open_map (self->writer);
  write_name (self, job->step);
  _runnel_github_write_needs (self, job->needs);
  write_condition (self, job);
  _runnel_github_write_body (self, job);
  runnel_yaml_writer_close_map (self->writer);
}
