/* runnel-gitlab-import-job.c: a step from a job of GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-reader.h"
#include "interchange/runnel-shell.h"

JsonNode *
_runnel_gitlab_get (RunnelGitlabReader *self,
                    const char         *key)
{
  JsonNode *node = json_object_get_member (self->job, key);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

const char *
_runnel_gitlab_get_node_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

void
_runnel_gitlab_keep (RunnelGitlabReader *self,
                     const char         *key,
                     JsonNode           *value)
{
  runnel_import_keep (self->step, RUNNEL_GITLAB, key, json_node_copy (value));
}

/* Keeps what changes how the job runs, and says so. */
void
_runnel_gitlab_keep_and_note (RunnelGitlabReader *self,
                              const char         *key,
                              JsonNode           *value)
{
  _runnel_gitlab_keep (self, key, value);
  runnel_import_note (self->file->import, self->line, 1,
                      json_object_get_string_member (self->step, "id"),
                      "“%s” is kept for GitLab, but has no effect in Runnel", key);
}

JsonObject *
_runnel_gitlab_get_own (JsonObject *object,
                        const char *key)
{
  if (!json_object_has_member (object, key))
    json_object_set_object_member (object, key, json_object_new ());

  return json_object_get_object_member (object, key);
}

/* --- Lines --- */

/* Adds the lines of `script` or `before_script`; FALSE when some are not known. */
static gboolean
add_lines (GString  *lines,
           JsonNode *value,
           guint     depth)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (value))
    {
      g_autofree char *text = _runnel_gitlab_dup_scalar (value);

      g_string_append (lines, text);
      if (!g_str_has_suffix (text, "\n"))
        g_string_append_c (lines, '\n');
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_ARRAY (value) || depth == 0)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
    if (!add_lines (lines, json_array_get_element (json_node_get_array (value), i), depth - 1))
      return FALSE;

  return TRUE;
}

/* A line of ours that hands an output of a job before to the step's environment. */
static gboolean
read_export (RunnelGitlabReader *self,
             const char         *line)
{
  g_autoptr (GRegex) regex = g_regex_new ("^export (\\w+)=\"\\$\\{(\\w+)\\}\"$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *name = NULL;
  g_autofree char *output = NULL;
  g_autofree char *value = NULL;
  const char *source;

  if (!g_regex_match (regex, line, 0, &match))
    return FALSE;

  name = g_match_info_fetch (match, 1);
  output = g_match_info_fetch (match, 2);
  source = _runnel_gitlab_find_output (self->file, self->job, output);
  if (source == NULL)
    return FALSE;

  value = g_strdup_printf ("${{ steps.%s.outputs.%s }}",
                           runnel_import_get_id (self->file->import, source), output);
  json_object_set_string_member (_runnel_gitlab_get_own (self->step, "env"), name, value);

  return TRUE;
}

/* Whether all of `before_script` was such lines. */
static gboolean
read_exports (RunnelGitlabReader *self,
              JsonNode           *before)
{
  JsonArray *lines;

  if (before == NULL || !JSON_NODE_HOLDS_ARRAY (before))
    return FALSE;

  lines = json_node_get_array (before);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      const char *line = _runnel_gitlab_get_node_text (json_array_get_element (lines, i));

      if (line == NULL || !read_export (self, line))
        return FALSE;
    }

  return json_array_get_length (lines) > 0;
}

static JsonNode *
get_default (RunnelGitlabReader *self,
             const char         *key)
{
  JsonObject *defaults = _runnel_gitlab_get_object (self->file->config, "default");
  JsonNode *inherit = _runnel_gitlab_get (self, "inherit");
  JsonNode *node;

  if (inherit != NULL && JSON_NODE_HOLDS_OBJECT (inherit)
      && json_object_has_member (json_node_get_object (inherit), "default"))
    return NULL;

  node = defaults != NULL ? json_object_get_member (defaults, key) : NULL;
  if (node == NULL && g_str_equal (key, "before_script"))
    node = json_object_get_member (self->file->config, key);

  return node;
}

JsonNode *
_runnel_gitlab_get_or_default (RunnelGitlabReader *self,
                               const char         *key)
{
  return json_object_has_member (self->job, key) ? _runnel_gitlab_get (self, key)
                                                 : get_default (self, key);
}

/* The lines that run in one shell; NULL when the job is none that runs lines. */
static char *
make_lines (RunnelGitlabReader *self,
            JsonNode           *before)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  if (_runnel_gitlab_get (self, "script") == NULL || _runnel_gitlab_get (self, "trigger") != NULL)
    return NULL;
  if (!add_lines (lines, before, 10) || !add_lines (lines, _runnel_gitlab_get (self, "script"), 10))
    return NULL;

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* --- Steps --- */

static void
set_outputs (RunnelGitlabReader *self)
{
  JsonObject *outputs = _runnel_gitlab_get_object (self->said, "outputs");

  if (outputs != NULL)
    json_object_set_object_member (self->step, "outputs", json_object_ref (outputs));
}

/* A job that only waits for a person. */
static gboolean
is_approval (RunnelGitlabReader *self)
{
  JsonNode *script = _runnel_gitlab_get (self, "script");
  JsonArray *lines =
    script != NULL && JSON_NODE_HOLDS_ARRAY (script) ? json_node_get_array (script) : NULL;

  return _runnel_gitlab_get (self, "manual_confirmation") != NULL && lines != NULL
         && json_array_get_length (lines) == 1
         && g_strcmp0 (_runnel_gitlab_get_node_text (json_array_get_element (lines, 0)), "true")
              == 0;
}

static void
set_approval (RunnelGitlabReader *self)
{
  json_object_set_string_member (self->step, "kind", "approval");
  runnel_import_set_string (
    _runnel_gitlab_get_own (self->step, "with"), "prompt",
    _runnel_gitlab_get_node_text (_runnel_gitlab_get (self, "manual_confirmation")));
}

/* What runs no lines, or lines that are not known, stays what it is. */
static void
set_foreign (RunnelGitlabReader *self)
{
  JsonObject *with = _runnel_gitlab_get_own (self->step, "with");

  json_object_set_string_member (self->step, "kind", "foreign");
  json_object_set_string_member (with, "system", RUNNEL_GITLAB);
  json_object_set_object_member (
    with, "definition",
    json_object_ref (_runnel_gitlab_get_object (self->file->config, self->name)));
}

static void
read_script (RunnelGitlabReader *self,
             const char         *lines)
{
  if (is_approval (self))
    set_approval (self);
  else
    runnel_shell_read_step (lines, NULL, self->step);

  _runnel_gitlab_read_rules (self);
  _runnel_gitlab_read_image (self);
  _runnel_gitlab_read_artifacts (self);
  _runnel_gitlab_read_retry (self);
  _runnel_gitlab_read_timeout (self);
  _runnel_gitlab_read_allow_failure (self);
  _runnel_gitlab_read_resource_group (self);
  set_outputs (self);
  _runnel_gitlab_keep_rest (self);
}

/**
 * _runnel_gitlab_read_job:
 * @self: a file that was read
 * @name: a job of it
 * @job: the job, resolved
 * @before: (element-type utf8): the jobs that it waits for when it does not say so itself
 *
 * Adds the step.
 */
void
_runnel_gitlab_read_job (RunnelGitlabImport *self,
                         const char         *name,
                         JsonObject         *job,
                         GPtrArray          *before)
{
  RunnelGitlabReader reader = {
    .file = self,
    .name = name,
    .line = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, name)),
    .job = job,
    .said = _runnel_gitlab_get_object (_runnel_gitlab_get_object (self->metadata, "steps"), name),
  };
  g_autofree char *lines = NULL;
  JsonNode *before_script;

  reader.step = runnel_import_add_step (self->import, name, "script");
  runnel_import_set_string (reader.step, "name", _runnel_gitlab_get_text (reader.said, "name"));
  _runnel_gitlab_read_when (&reader);
  _runnel_gitlab_read_links (&reader, before);
  _runnel_gitlab_read_parallel (&reader);
  _runnel_gitlab_read_variables (&reader);
  before_script = _runnel_gitlab_get_or_default (&reader, "before_script");
  lines = make_lines (&reader, read_exports (&reader, before_script) ? NULL : before_script);
  if (lines != NULL)
    read_script (&reader, lines);
  else
    set_foreign (&reader);
}
