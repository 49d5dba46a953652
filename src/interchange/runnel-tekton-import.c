/* runnel-tekton-import.c: pipelines from Pipelines and PipelineRuns of Tekton
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-tekton-read.h"

#include <glib/gi18n.h>
#include <string.h>

static JsonObject *
get_node_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_kind (JsonObject *document,
         const char *kind)
{
  const char *api = runnel_kube_get_string (document, "apiVersion");

  return api != NULL && g_str_has_prefix (api, "tekton.dev/")
         && g_strcmp0 (runnel_kube_get_string (document, "kind"), kind) == 0;
}

static JsonObject *
get_annotations (JsonObject *document)
{
  return runnel_kube_get_object (runnel_kube_get_object (document, "metadata"), "annotations");
}

static const char *
get_name (JsonObject *document)
{
  JsonObject *metadata = runnel_kube_get_object (document, "metadata");
  const char *name = runnel_kube_get_string (metadata, "name");

  return name != NULL ? name : runnel_kube_get_string (metadata, "generateName");
}

/* What the links of all tasks need to know of each. */
static void
look_at (RunnelTektonReader *reader,
         JsonArray          *tasks)
{
  for (guint i = 0; tasks != NULL && i < json_array_get_length (tasks); i++)
    {
      JsonObject *task = get_node_object (json_array_get_element (tasks, i));
      g_auto(RunnelTektonCall) call = { 0 };
      const char *id;
      JsonArray *results;

      if (runnel_kube_get_string (task, "name") == NULL)
        continue;
      _runnel_tekton_call_init (&call, reader, task);
      id = runnel_kube_get_string (call.memory, "id");
      if (runnel_kube_get_string (call.memory, "phase") == NULL)
        json_object_set_string_member (reader->labels, call.name, id != NULL ? id : call.name);
      results = runnel_kube_get_array (call.spec, "results");
      for (guint j = 0; call.memory != NULL && results != NULL
                        && j < json_array_get_length (results); j++)
        {
          JsonObject *result = get_node_object (json_array_get_element (results, j));
          g_autofree char *key =
            g_strdup_printf ("%s.%s", call.name, runnel_kube_get_string (result, "name"));

          json_object_set_boolean_member (reader->results, key, TRUE);
        }
    }
}

static JsonObject *
add_hook (RunnelTektonReader *reader,
          const char         *name,
          const char         *phase)
{
  JsonObject *hook = json_object_new ();

  json_object_set_string_member (hook, "id", runnel_import_get_id (reader->import, name));
  json_object_set_string_member (hook, "kind", "script");
  json_array_add_object_element (
    runnel_kube_add_array (runnel_kube_add_object (reader->pipeline, "hooks"), phase), hook);
  return hook;
}

static void
add_task (RunnelTektonReader *reader,
          JsonObject         *task,
          gboolean            is_final)
{
  g_auto(RunnelTektonCall) call = { 0 };
  const char *phase;
  const char *id;
  JsonObject *step;

  if (runnel_kube_get_string (task, "name") == NULL)
    return;
  _runnel_tekton_call_init (&call, reader, task);
  if (g_strcmp0 (runnel_kube_get_string (get_annotations (call.spec), RUNNEL_KUBE_ROLE), "verdict")
        == 0
      || (call.memory != NULL
          && json_object_get_int_member_with_default (call.memory, "leg", 0) > 0))
    return;
  phase = runnel_kube_get_string (call.memory, "phase");
  id = runnel_kube_get_string (call.memory, "id");
  if (phase == NULL && !is_final)
    {
      step = runnel_import_add_step (reader->import, id != NULL ? id : call.name, "script");
      _runnel_tekton_read_body (&call, step);
      _runnel_tekton_read_links (&call, step);
      return;
    }
  step = add_hook (reader, id != NULL ? id : call.name, phase != NULL ? phase : "on-finish");
  _runnel_tekton_read_body (&call, step);
  if (runnel_kube_get_string (call.memory, "if") != NULL)
    json_object_set_string_member (step, "if", runnel_kube_get_string (call.memory, "if"));
}

static void
add_tasks (RunnelTektonReader *reader,
           JsonArray          *tasks,
           gboolean            is_final)
{
  for (guint i = 0; tasks != NULL && i < json_array_get_length (tasks); i++)
    if (get_node_object (json_array_get_element (tasks, i)) != NULL)
      add_task (reader, get_node_object (json_array_get_element (tasks, i)), is_final);
}

/* Parameters; those that are no texts are kept for Tekton. */
static void
read_parameters (RunnelTektonReader *reader,
                 JsonObject         *spec,
                 JsonObject         *kept)
{
  JsonArray *list = runnel_kube_get_array (spec, "params");
  JsonObject *known = runnel_kube_get_object (reader->memory, "parameters");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *parameter = get_node_object (json_array_get_element (list, i));
      const char *name = runnel_kube_get_string (parameter, "name");
      const char *type = runnel_kube_get_string (parameter, "type");
      JsonNode *value = parameter != NULL ? json_object_get_member (parameter, "default") : NULL;
      JsonObject *was = name != NULL ? runnel_kube_get_object (known, name) : NULL;
      g_autofree char *text = runnel_kube_to_text (value);
      g_autofree char *before = NULL;
      JsonObject *ours;

      if (name == NULL || (type != NULL && !g_str_equal (type, "string"))
          || (!g_ascii_isalpha (*name) && *name != '_')
          || name[strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")]
               != '\0'
          || (value != NULL && !JSON_NODE_HOLDS_VALUE (value)))
        {
          json_array_add_element (runnel_kube_add_array (kept, "params"),
                                  json_node_copy (json_array_get_element (list, i)));
          continue;
        }
      ours = was != NULL ? json_object_ref (was) : json_object_new ();
      before = runnel_kube_to_text (was != NULL ? json_object_get_member (was, "default") : NULL);
      if (value != NULL && (was == NULL || !g_str_equal (text, before))
          && (*text != '\0' || reader->memory == NULL))
        json_object_set_string_member (ours, "default", text);
      else if (value == NULL)
        json_object_set_boolean_member (ours, "required", TRUE);
      if (runnel_kube_get_string (parameter, "description") != NULL)
        json_object_set_string_member (ours, "description",
                                       runnel_kube_get_string (parameter, "description"));
      json_object_set_boolean_member (reader->inputs, name, TRUE);
      json_object_set_object_member (runnel_kube_add_object (reader->pipeline, "parameters"), name,
                                     ours);
    }
}

static void
keep_object (JsonObject *pipeline,
             const char *key,
             JsonObject *kept)
{
  if (json_object_get_size (kept) > 0)
    runnel_import_keep (pipeline, "tekton", key, json_node_init_object (json_node_alloc (), kept));
}

/* The volume of our own export. */
static void
drop_artifacts (JsonObject *owner)
{
  JsonArray *list = runnel_kube_get_array (owner, "workspaces");

  for (guint i = list != NULL ? json_array_get_length (list) : 0; i > 0; i--)
    if (g_strcmp0 (
          runnel_kube_get_string (get_node_object (json_array_get_element (list, i - 1)), "name"),
          "artifacts")
        == 0)
      json_array_remove_element (list, i - 1);
  if (list != NULL && json_array_get_length (list) == 0)
    json_object_remove_member (owner, "workspaces");
}

static void
read_spec (RunnelTektonReader *reader,
           JsonObject         *spec,
           gboolean            is_ours)
{
  static const char *const known[] = { "tasks",       "finally",     "params",
                                       "displayName", "description", NULL };
  g_autoptr(JsonObject) kept = json_object_new ();
  g_autoptr(GList) keys = json_object_get_members (spec);
  static const char *const members[] = { "env", "secrets" };

  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      json_object_set_member (kept, l->data,
                              runnel_kube_copy (json_object_get_member (spec, l->data)));
  if (runnel_kube_get_string (spec, "description") != NULL)
    json_object_set_string_member (reader->pipeline, "description",
                                   runnel_kube_get_string (spec, "description"));
  for (guint i = 0; reader->memory != NULL && i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (reader->memory, members[i]))
      json_object_set_member (reader->pipeline, members[i],
                              json_node_copy (json_object_get_member (reader->memory, members[i])));
  read_parameters (reader, spec, kept);
  if (is_ours)
    drop_artifacts (kept);
  keep_object (reader->pipeline, "spec", kept);
  look_at (reader, runnel_kube_get_array (spec, "tasks"));
  add_tasks (reader, runnel_kube_get_array (spec, "tasks"), FALSE);
  add_tasks (reader, runnel_kube_get_array (spec, "finally"), TRUE);
}

/* Metadata that an export would not make itself. */
static void
read_metadata (RunnelTektonReader *reader,
               JsonObject         *document,
               const char         *title)
{
  g_autofree char *name = runnel_kube_make_name (title);
  g_autofree char *generated = g_strconcat (name, "-", NULL);
  JsonNode *node = json_object_get_member (document, "metadata");
  g_autoptr (JsonNode) copy =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? runnel_kube_copy (node) : NULL;
  JsonObject *metadata = get_node_object (copy);
  JsonObject *annotations = runnel_kube_get_object (metadata, "annotations");

  if (metadata == NULL)
    return;
  if (annotations != NULL)
    {
      json_object_remove_member (annotations, RUNNEL_KUBE_PIPELINE);
      json_object_remove_member (annotations, RUNNEL_KUBE_ROLE);
      if (json_object_get_size (annotations) == 0)
        json_object_remove_member (metadata, "annotations");
    }
  if (g_strcmp0 (runnel_kube_get_string (metadata, "name"), name) == 0)
    json_object_remove_member (metadata, "name");
  if (g_strcmp0 (runnel_kube_get_string (metadata, "generateName"), generated) == 0)
    json_object_remove_member (metadata, "generateName");
  keep_object (reader->pipeline, "metadata", metadata);
}

/* What a PipelineRun says besides its pipeline. */
static void
read_run (RunnelTektonReader *reader,
          JsonObject         *document,
          gboolean            is_ours)
{
  JsonNode *node = json_object_get_member (document, "spec");
  g_autoptr(JsonNode) copy = runnel_kube_copy (node);
  JsonObject *spec = json_node_get_object (copy);
  JsonObject *timeouts;

  json_object_remove_member (spec, "pipelineSpec");
  if (is_ours)
    {
      timeouts = runnel_kube_get_object (spec, "timeouts");
      if (timeouts != NULL && g_strcmp0 (runnel_kube_get_string (timeouts, "pipeline"), "0") == 0)
        json_object_remove_member (spec, "timeouts");
      json_object_remove_member (spec, "params");
      drop_artifacts (spec);
    }
  else
    {
      runnel_import_keep (reader->pipeline, "tekton", "kind",
                          runnel_kube_string_node ("PipelineRun"));
    }
  keep_object (reader->pipeline, "run", spec);
}

static void
read_pipeline (RunnelImport *import,
               JsonObject   *document,
               GHashTable   *tasks,
               guint         line)
{
  RunnelTektonReader reader = { .import = import, .tasks = tasks, .line = line };
  JsonObject *spec = runnel_kube_get_object (document, "spec");
  JsonObject *inner =
    is_kind (document, "PipelineRun") ? runnel_kube_get_object (spec, "pipelineSpec") : spec;
  JsonObject *annotations = get_annotations (document);
  const char *title = runnel_kube_get_string (inner, "displayName");
  g_autofree char *stem = NULL;
  gboolean is_ours;

  if (title == NULL)
    title = get_name (document) != NULL ? get_name (document) : "pipeline";
  stem = runnel_kube_make_name (get_name (document) != NULL ? get_name (document) : title);
  reader.memory =
    runnel_kube_parse_object (runnel_kube_get_string (annotations, RUNNEL_KUBE_PIPELINE));
  is_ours = reader.memory != NULL
            || g_strcmp0 (runnel_kube_get_string (annotations, RUNNEL_KUBE_ROLE), "whole") == 0;
  reader.inputs = json_object_new ();
  reader.labels = json_object_new ();
  reader.results = json_object_new ();
  reader.pipeline = runnel_import_add_pipeline (import, stem, title);
  read_metadata (&reader, document, title);
  if (inner != spec)
    read_run (&reader, document, is_ours);
  read_spec (&reader, inner, TRUE);
  g_clear_pointer (&reader.memory, json_object_unref);
  json_object_unref (reader.inputs);
  json_object_unref (reader.labels);
  json_object_unref (reader.results);
}

/* An object that has no pipeline in it is a step itself. */
static void
add_document (RunnelImport *import,
              JsonObject   *document)
{
  const char *kind = runnel_kube_get_string (document, "kind");
  const char *name = get_name (document);
  g_autofree char *label = g_strdup_printf ("%s %s", kind, name != NULL ? name : "");
  JsonObject *step;
  JsonObject *with;

  step = runnel_import_add_step (import, label, "foreign");
  with = runnel_kube_add_object (step, "with");
  json_object_set_string_member (with, "system", "tekton");
  json_object_set_object_member (runnel_kube_add_object (with, "definition"), "document",
                                 json_object_ref (document));
}

static gboolean
has_pipeline (JsonObject *document)
{
  JsonObject *spec = runnel_kube_get_object (document, "spec");

  if (is_kind (document, "Pipeline"))
    return runnel_kube_get_array (spec, "tasks") != NULL;
  return is_kind (document, "PipelineRun") && runnel_kube_get_object (spec, "pipelineSpec") != NULL
         && runnel_kube_get_array (runnel_kube_get_object (spec, "pipelineSpec"), "tasks") != NULL;
}

static gboolean
is_our_run (JsonObject *document)
{
  return is_kind (document, "PipelineRun")
         && g_strcmp0 (runnel_kube_get_string (get_annotations (document), RUNNEL_KUBE_ROLE), "run")
              == 0;
}

/* The objects of the file, with the lines in which they begin. */
static GPtrArray *
read_documents (RunnelYamlStream *stream,
                const char       *path,
                GArray           *lines,
                GError          **error)
{
  g_autoptr (GPtrArray) documents =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < stream->documents->len; i++)
    {
      RunnelYaml *root = g_ptr_array_index (stream->documents, i);
      g_autoptr(JsonNode) node = runnel_yaml_to_json (root);

      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      if (!JSON_NODE_HOLDS_OBJECT (node)
          || runnel_yaml_get_text (runnel_yaml_get (root, "kind")) == NULL)
        {
          g_set_error (
            error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
            _ ("%s: line %u, column %u: this is no object of Kubernetes, for it has no “kind”"),
            path, root->line, root->column);
          return NULL;
        }
      g_ptr_array_add (documents, json_node_dup_object (node));
      g_array_append_val (lines, root->line);
    }
  if (documents->len == 0)
    {
      g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
                   _("%s: line 1, column 1: the file is empty"), path);
      return NULL;
    }
  return g_steal_pointer (&documents);
}

static void
read_all (RunnelImport *import,
          GPtrArray    *documents,
          GArray       *lines)
{
  g_autoptr(GHashTable) tasks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < documents->len; i++)
    {
      JsonObject *document = g_ptr_array_index (documents, i);

      if (is_kind (document, "Task") && get_name (document) != NULL)
        g_hash_table_insert (tasks, (gpointer) get_name (document), document);
    }
  for (guint i = 0; i < documents->len; i++)
    {
      JsonObject *document = g_ptr_array_index (documents, i);

      if (has_pipeline (document))
        read_pipeline (import, document, tasks, g_array_index (lines, guint, i));
      else if (!is_our_run (document))
        g_ptr_array_add (others, document);
    }
  if (others->len == 0)
    return;
  /* beside pipelines, the rest is a pipeline of objects that no engine but theirs runs */
  runnel_import_add_pipeline (import, "objects", "Objects");
  for (guint i = 0; i < others->len; i++)
    add_document (import, g_ptr_array_index (others, i));
}

gboolean
_runnel_tekton_import (RunnelImport *import,
                       const char   *path,
                       const char   *text,
                       gsize         length,
                       GError      **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(RunnelYamlStream) stream = runnel_yaml_read (text, length, &problem);
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GPtrArray) documents = NULL;

  if (stream == NULL)
    {
      g_set_error (error, RUNNEL_IMPORT_ERROR,
                   g_error_matches (problem, RUNNEL_YAML_ERROR, RUNNEL_YAML_ERROR_TOO_LARGE)
                     ? RUNNEL_IMPORT_ERROR_TOO_LARGE : RUNNEL_IMPORT_ERROR_SYNTAX,
                   "%s: %s", path, problem->message);
      return FALSE;
    }
  documents = read_documents (stream, path, lines, error);
  if (documents == NULL)
    return FALSE;
  read_all (import, documents, lines);
  return TRUE;
}
