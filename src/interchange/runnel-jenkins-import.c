/* runnel-jenkins-import.c: a declarative Jenkinsfile as a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"

#include "interchange/runnel-jenkins-private.h"

#include <string.h>

/* Tells of a statement, with its place. */
void
_runnel_jenkins_tell (RunnelJenkinsImport *self,
                      const RunnelJenkinsNode *node,
                      JsonObject *step,
                      const char *message)
{
  runnel_import_note (self->import, node->line, node->column,
                      step != NULL ? json_object_get_string_member (step, "id") : NULL, "%s",
                      message);
}

/* Keeps a statement as it is, behind what was kept of the same section. */
void
_runnel_jenkins_keep (RunnelJenkinsImport *self,
                      JsonObject *object,
                      const char *section,
                      const RunnelJenkinsNode *node)
{
  g_autofree char *source = _runnel_jenkins_get_source (self->file, node->first, node->last);
  JsonObject *foreign = json_object_has_member (object, "foreign")
                          ? json_object_get_object_member (object, "foreign")
                          : NULL;
  JsonObject *own = runnel_flow_get_foreign (foreign, RUNNEL_JENKINS);
  const char *before =
    own != NULL ? json_object_get_string_member_with_default (own, section, NULL) : NULL;
  g_autofree char *all =
    before != NULL ? g_strconcat (before, "\n", source, NULL) : g_strdup (source);
  JsonNode *value = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (value, all);
  runnel_import_keep (object, RUNNEL_JENKINS, section, value);
}

/* Implements `detect` of RunnelTarget. */
guint
_runnel_jenkins_detect (const char *path, const char *text, gsize length)
{
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : g_strdup ("");
  g_autofree char *lower = g_ascii_strdown (base, -1);
  const char *pipeline = g_strstr_len (text, (gssize) length, "pipeline");

  if (g_str_has_prefix (lower, "jenkinsfile") || g_str_has_suffix (lower, ".jenkinsfile"))
    return 95;
  if (pipeline == NULL || g_strstr_len (text, (gssize) length, "stages {") == NULL)
    return 0;

  return g_str_has_suffix (lower, ".groovy") ? 90 : 60;
}

/* Cuts `part` out of `text`. */
static void
cut (GString *text, const char *part)
{
  const char *found = strstr (text->str, part);

  if (found != NULL)
    g_string_erase (text, found - text->str, (gssize) strlen (part));
}

/* What stands before and behind the pipeline and is not ours: functions, libraries. */
static void
keep_around (RunnelJenkinsImport *self, const RunnelJenkinsNode *pipeline)
{
  gsize start = _runnel_jenkins_get_token (self->file, pipeline->first)->start;
  gsize end = _runnel_jenkins_get_token (self->file, pipeline->last - 1)->end;
  g_autofree char *valid = g_utf8_make_valid (self->file->text, (gssize) start);
  g_autofree char *after =
    g_utf8_make_valid (self->file->text + end, (gssize) (self->file->length - end));
  g_autoptr(GString) before = g_string_new (valid);
  g_autoptr(GRegex) comments = NULL;
  g_autofree char *rest = NULL;
  JsonNode *value;

  cut (before, _runnel_jenkins_get_functions ());
  cut (before, _runnel_jenkins_get_engine ());
  g_string_append (before, after);
  comments = g_regex_new ("^// (runnel: |Made by Runnel from ).*\n?", G_REGEX_MULTILINE, 0, NULL);
  rest = g_regex_replace_literal (comments, before->str, -1, 0, "", 0, NULL);
  if (rest == NULL || *g_strstrip (rest) == '\0')
    return;

  value = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (value, rest);
  runnel_import_keep (self->root, RUNNEL_JENKINS, "functions", value);
}

static void
read_title (RunnelJenkinsImport *self, const RunnelJenkinsNode *pipeline)
{
  const char *mark = self->ours ? _runnel_jenkins_get_mark (pipeline, "pipeline") : NULL;
  g_autoptr(JsonNode) node = mark != NULL ? json_from_string (mark, NULL) : NULL;
  JsonObject *object =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return;
  runnel_import_set_string (self->root, "name",
                            json_object_get_string_member_with_default (object, "name", NULL));
  runnel_import_set_string (
    self->root, "description",
    json_object_get_string_member_with_default (object, "description", NULL));
}

static gboolean
read_pipeline (RunnelJenkinsImport *self, const RunnelJenkinsNode *pipeline, GError **error)
{
  const RunnelJenkinsNode *stages = _runnel_jenkins_find (pipeline->children, "stages");
  gboolean is_graph =
    self->ours
    && g_strstr_len (self->file->text, (gssize) self->file->length, _runnel_jenkins_get_engine ())
         != NULL;

  if (stages == NULL || stages->children == NULL)
    return _runnel_jenkins_fail (error, pipeline->line, pipeline->column,
                                 "this pipeline has no stages");

  read_title (self, pipeline);
  keep_around (self, pipeline);
  _runnel_jenkins_read_head (self, pipeline);
  if (!(is_graph && _runnel_jenkins_read_graph (self, stages))
      && !_runnel_jenkins_read_stages (self, stages, error))
    return FALSE;
  _runnel_jenkins_read_post (self, pipeline);

  return TRUE;
}

/* Implements `import` of RunnelTarget. */
gboolean
_runnel_jenkins_import (RunnelImport *import,
                        const char *path,
                        const char *text,
                        gsize length,
                        GError **error)
{
  g_autoptr(RunnelJenkinsFile) file = _runnel_jenkins_file_new (text, length, error);
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RunnelJenkinsImport self = { .import = import, .file = file, .taken = taken, .secrets = secrets };
  const RunnelJenkinsNode *pipeline;

  if (file == NULL)
    return FALSE;
  pipeline = _runnel_jenkins_find (file->nodes, "pipeline");
  if (pipeline == NULL || pipeline->children == NULL)
    return _runnel_jenkins_fail (
      error, 1, 1, "there is no pipeline { ... } here; only declarative Jenkinsfiles can be read");

  self.ours = g_strstr_len (text, (gssize) length, _runnel_jenkins_get_functions ()) != NULL;
  self.root = runnel_import_add_pipeline (import, "jenkins", NULL);

  return read_pipeline (&self, pipeline, error);
}
