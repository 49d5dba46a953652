/* runnel-github-import.c: a workflow of GitHub Actions as a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each job becomes a step. What Runnel has no words for is kept in `foreign`, from where an export
 * takes it again.
 */
#include "config.h"

#include "interchange/runnel-github-import.h"

#include <string.h>

#include "model/runnel-json-read.h"

#define MARK "# runnel: {"

JsonObject *
_runnel_github_get_object (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
_runnel_github_get_string (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return _runnel_github_get_text (node);
}

/* FALSE also for what is no boolean. */
gboolean
_runnel_github_get_boolean (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* Sets `error` to one that begins with the place of a node, and returns FALSE. */
gboolean
_runnel_github_fail (const RunnelYaml *node, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID, "line %u, column %u: %s",
               node->line, node->column, message);

  return FALSE;
}

/* Notes something of a job, at its place. */
void
_runnel_github_note (RunnelGithubReader *self, RunnelGithubFound *job, const char *format, ...)
{
  g_autofree char *message = NULL;
  const char *id = job->step != NULL ? _runnel_github_get_string (job->step, "id") : NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  runnel_import_note (self->import, job->node->line, job->node->column, id, "%s", message);
}

/* Marks: comments that an export writes for the way back. */

static JsonObject *
read_mark (const char *line)
{
  const char *start = strstr (line, MARK);
  g_autoptr(JsonNode) node = NULL;

  if (start == NULL || strspn (line, " ") != (gsize) (start - line))
    return NULL;
  start += strlen (MARK) - 1;
  node = runnel_json_read (start, strlen (start), RUNNEL_JSON_MAX_DEPTH, NULL, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/* The mark in the comments right above a line, which counts from 1. */
static JsonObject *
find_mark (RunnelGithubReader *self, guint line)
{
  for (guint i = line - 1; i-- > 0;)
    {
      const char *text = self->lines[i];
      JsonObject *mark;

      if (text[strspn (text, " ")] != '#')
        return NULL;
      mark = read_mark (text);
      if (mark != NULL)
        return mark;
    }

  return NULL;
}

/* Jobs. */

static void
clear_found (gpointer data)
{
  RunnelGithubFound *job = data;

  g_clear_pointer (&job->json, json_object_unref);
  g_clear_pointer (&job->mark, json_object_unref);
}

/* Outputs of a call have the names of the other workflow, which come from its jobs. */
static void
find_outputs (RunnelGithubReader *self, const RunnelGithubFound *job)
{
  JsonObject *with = job->mark != NULL ? _runnel_github_get_object (job->mark, "with") : NULL;
  JsonObject *outputs = _runnel_github_get_object (with, "outputs");
  JsonObjectIter iter;
  const char *name;

  if (outputs == NULL)
    return;
  json_object_iter_init (&iter, outputs);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      const char *text = _runnel_github_get_string (outputs, name);
      g_auto(GStrv) words = text != NULL ? g_strsplit_set (text, " .}", -1) : NULL;

      /* ${{ steps.JOB.outputs.NAME }} */
      if (words != NULL && g_strv_length (words) > 4 && g_str_equal (words[1], "steps"))
        g_hash_table_insert (self->names.outputs,
                             g_strdup_printf ("%s.%s-%s", job->name, words[2], words[4]),
                             g_strdup (name));
    }
}

/* Whether an export says of a job that it is no step. */
static gboolean
is_other (JsonObject *mark)
{
  static const char *const points[] = { "on-start", "on-success", "on-failure", "on-finish", NULL };
  const char *hook = _runnel_github_get_string (mark, "hook");

  return (hook != NULL && g_strv_contains (points, hook))
         || _runnel_github_get_string (mark, "undo") != NULL
         || _runnel_github_get_boolean (mark, "verdict");
}

static gboolean
find_jobs (RunnelGithubReader *self, RunnelYaml *jobs, GError **error)
{
  JsonObject *json = _runnel_github_get_object (self->workflow, "jobs");

  for (guint i = 0; i < runnel_yaml_get_size (jobs); i++)
    {
      RunnelYaml *key = runnel_yaml_get_key (jobs, i);
      RunnelGithubFound job = { runnel_yaml_get_text (key), runnel_yaml_get_value (jobs, i) };

      if (job.name == NULL || job.node->type != RUNNEL_YAML_MAPPING)
        return _runnel_github_fail (job.node, error, "a job is a mapping");
      if (!_runnel_github_check_job (job.node, error))
        return FALSE;
      job.json = json_object_ref (json_object_get_object_member (json, job.name));
      job.mark = find_mark (self, key->line);
      if (is_other (job.mark))
        g_hash_table_add (self->others, (gpointer) job.name);
      find_outputs (self, &job);
      g_array_append_val (self->jobs, job);
    }

  return TRUE;
}

static RunnelGithubFound *
find_step (RunnelGithubReader *self, const char *name)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      RunnelGithubFound *job = &g_array_index (self->jobs, RunnelGithubFound, i);

      if (g_strcmp0 (job->name, name) == 0)
        return job;
    }

  return NULL;
}

static void
add_hook (RunnelGithubReader *self, RunnelGithubFound *job)
{
  const char *point = _runnel_github_get_string (job->mark, "hook");
  JsonObject *hooks = _runnel_github_get_object (self->pipeline, "hooks");

  if (hooks == NULL)
    {
      hooks = json_object_new ();
      json_object_set_object_member (self->pipeline, "hooks", hooks);
    }
  if (!json_object_has_member (hooks, point))
    json_object_set_array_member (hooks, point, json_array_new ());
  json_array_add_object_element (json_object_get_array_member (hooks, point),
                                 json_object_ref (job->step));
}

/* A hook or an undo: what its job does, with nothing of when. */
static void
read_other (RunnelGithubReader *self, RunnelGithubFound *job)
{
  const char *undone = _runnel_github_get_string (job->mark, "undo");
  const char *title = _runnel_github_get_string (job->json, "name");
  RunnelGithubFound *step = undone != NULL ? find_step (self, undone) : NULL;
  g_autoptr(JsonObject) made = json_object_new ();

  if (json_object_has_member (job->mark, "verdict"))
    return;
  job->step = made;
  if (undone == NULL)
    {
      json_object_set_string_member (made, "id", job->name);
      runnel_import_set_string (made, "name", title);
      runnel_import_set_string (made, "if", _runnel_github_get_string (job->mark, "if"));
    }
  json_object_set_string_member (made, "kind", "script");
  _runnel_github_read_body (self, job);
  if (step != NULL && step->step != NULL)
    {
      json_object_set_object_member (step->step, "undo", json_object_ref (made));
    }
  else if (undone == NULL)
    add_hook (self, job);
  job->step = NULL;
}

static gboolean
read_jobs (RunnelGithubReader *self, GError **error)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      RunnelGithubFound *job = &g_array_index (self->jobs, RunnelGithubFound, i);

      if (!g_hash_table_contains (self->others, job->name)
          && !_runnel_github_read_job (self, job, error))
        return FALSE;
    }
  for (guint i = 0; i < self->jobs->len; i++)
    {
      RunnelGithubFound *job = &g_array_index (self->jobs, RunnelGithubFound, i);

      if (g_hash_table_contains (self->others, job->name))
        read_other (self, job);
    }

  return TRUE;
}

/* The file. */

static char *
make_stem (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';

  return g_steal_pointer (&base);
}

static gboolean
check_workflow (const RunnelYaml *root, GError **error)
{
  RunnelYaml *jobs = runnel_yaml_get (root, "jobs");

  if (root->type != RUNNEL_YAML_MAPPING || runnel_yaml_get_size (root) == 0)
    return _runnel_github_fail (root, error, "a workflow is a mapping with “on” and “jobs”");
  if (runnel_yaml_get (root, "on") == NULL)
    return _runnel_github_fail (root, error, "the workflow has no “on”: what starts it");
  if (jobs == NULL)
    return _runnel_github_fail (root, error, "the workflow has no “jobs”");
  if (jobs->type != RUNNEL_YAML_MAPPING || runnel_yaml_get_size (jobs) == 0)
    return _runnel_github_fail (jobs, error, "“jobs” is a mapping with at least one job");

  return _runnel_github_check_on (runnel_yaml_get (root, "on"), error);
}

static gboolean
read_workflow (RunnelImport *import,
               const char *path,
               const char *text,
               RunnelYaml *root,
               GError **error)
{
  g_autofree char *stem = make_stem (path);
  g_autoptr(JsonNode) json = runnel_yaml_to_json (root);
  g_autoptr(JsonObject) mark = NULL;
  RunnelGithubReader self = { .import = import, .workflow = json_node_get_object (json) };
  gboolean is_read;

  self.lines = g_strsplit (text, "\n", -1);
  self.is_ours = g_str_has_prefix (text, "# " RUNNEL_GITHUB_TITLE);
  self.jobs = g_array_new (FALSE, TRUE, sizeof (RunnelGithubFound));
  g_array_set_clear_func (self.jobs, clear_found);
  self.others = g_hash_table_new (g_str_hash, g_str_equal);
  self.names.secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.names.outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.names.used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.pipeline =
    runnel_import_add_pipeline (import, stem, _runnel_github_get_string (self.workflow, "name"));

  mark = find_mark (&self, runnel_yaml_get_key (root, 0)->line);
  _runnel_github_read_head (&self, mark);
  is_read = find_jobs (&self, runnel_yaml_get (root, "jobs"), error) && read_jobs (&self, error);
  _runnel_github_declare_secrets (&self);

  g_hash_table_unref (self.names.used);
  g_hash_table_unref (self.names.outputs);
  g_hash_table_unref (self.names.secrets);
  g_hash_table_unref (self.others);
  g_array_unref (self.jobs);
  g_strfreev (self.lines);

  return is_read;
}

gboolean
_runnel_github_import (RunnelImport *import,
                       const char *path,
                       const char *text,
                       gsize length,
                       GError **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(RunnelYamlStream) stream = runnel_yaml_read (text, length, &problem);
  g_autofree char *copy = NULL;
  RunnelYaml *root;

  if (stream == NULL)
    {
      g_set_error_literal (error, RUNNEL_IMPORT_ERROR,
                           g_error_matches (problem, RUNNEL_YAML_ERROR, RUNNEL_YAML_ERROR_TOO_LARGE)
                             ? RUNNEL_IMPORT_ERROR_TOO_LARGE
                             : RUNNEL_IMPORT_ERROR_SYNTAX,
                           problem->message);
      return FALSE;
    }
  root = g_ptr_array_index (stream->documents, 0);
  if (!check_workflow (root, error))
    return FALSE;
  copy = g_strndup (text, length);

  return read_workflow (import, path, copy, root, error);
}

/* Whether a line of the text begins with a word. */
static gboolean
has_line (const char *text, gsize length, const char *start)
{
  g_autofree char *within = g_strconcat ("\n", start, NULL);

  return (length >= strlen (start) && strncmp (text, start, strlen (start)) == 0)
         || g_strstr_len (text, length, within) != NULL;
}

guint
_runnel_github_detect (const char *path, const char *text, gsize length)
{
  gboolean has_jobs = has_line (text, length, "jobs:");
  gboolean has_on = has_line (text, length, "on:") || has_line (text, length, "\"on\":")
                    || has_line (text, length, "'on':");

  if (!has_jobs || (!g_str_has_suffix (path, ".yml") && !g_str_has_suffix (path, ".yaml")))
    return 0;
  if (strstr (path, ".github/workflows/") != NULL)
    return 95;
  if (has_on)
    return 80;

  return g_strstr_len (text, length, "runs-on:") != NULL ? 60 : 0;
}
