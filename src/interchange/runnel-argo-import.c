/* runnel-argo-import.c: pipelines from Workflows, WorkflowTemplates and CronWorkflows of Argo
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each template that is a graph, or consists of steps, becomes a pipeline; the one at the
 * entrypoint is the first.
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"

#include <glib/gi18n.h>
#include <string.h>

JsonObject *
_runnel_argo_get_node (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
_runnel_argo_is_graph (JsonObject *template)
{
  return template != NULL && (runnel_kube_get_object (template, "dag") != NULL
                              || runnel_kube_get_array (template, "steps") != NULL);
}

const char *
_runnel_argo_get_role (JsonObject *template)
{
  JsonObject *metadata = runnel_kube_get_object (template, "metadata");

  return runnel_kube_get_string (runnel_kube_get_object (metadata, "annotations"),
                                 RUNNEL_KUBE_ROLE);
}


static void
begin (RunnelArgoReader *reader)
{
  g_clear_pointer (&reader->inputs, json_object_unref);
  g_clear_pointer (&reader->labels, json_object_unref);
  g_clear_pointer (&reader->conditional, json_object_unref);
  g_clear_pointer (&reader->readable, json_object_unref);
  g_clear_pointer (&reader->kept, json_object_unref);
  reader->inputs = json_object_new ();
  reader->labels = json_object_new ();
  reader->conditional = json_object_new ();
  reader->readable = json_object_new ();
  reader->kept = json_object_new ();
}

/* The workflow around its templates. */

/* Singular forms that v4 has no longer become lists. */
static void
renew_synchronization (JsonObject *owner)
{
  static const char *const keys[][2] = { { "mutex", "mutexes" }, { "semaphore", "semaphores" } };
  JsonObject *there = runnel_kube_get_object (owner, "synchronization");

  for (guint i = 0; there != NULL && i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (there, keys[i][0]))
      {
        json_array_add_element (runnel_kube_add_array (there, keys[i][1]),
                                json_node_copy (json_object_get_member (there, keys[i][0])));
        json_object_remove_member (there, keys[i][0]);
      }
}

static void
note_calls (RunnelArgoReader *reader,
            JsonObject       *task,
            JsonArray        *before,
            gpointer          user_data)
{
  const char *name = runnel_kube_get_string (task, "template");

  if (name != NULL)
    g_hash_table_add (user_data, (gpointer) name);
}

/* The templates by name, and which of them others call. */
static GHashTable *
read_templates (RunnelArgoReader *reader)
{
  JsonArray *list = runnel_kube_get_array (reader->spec, "templates");
  GHashTable *called = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *template = _runnel_argo_get_node (json_array_get_element (list, i));

      if (template == NULL)
        continue;
      renew_synchronization (template);
      if (runnel_kube_get_string (template, "name") != NULL)
        json_object_set_object_member (reader->templates, runnel_kube_get_string (template, "name"),
                                       json_object_ref (template));
      _runnel_argo_for_each_task (reader, template, note_calls, called);
    }
  return called;
}

/* The template at the entrypoint, or what comes closest where none is named. */
static JsonObject *
find_entry (RunnelArgoReader *reader)
{
  const char *name = runnel_kube_get_string (reader->spec, "entrypoint");
  JsonObject *entry = name != NULL ? runnel_kube_get_object (reader->templates, name) : NULL;
  JsonArray *list = runnel_kube_get_array (reader->spec, "templates");

  for (guint i = 0; entry == NULL && list != NULL && i < json_array_get_length (list); i++)
    if (_runnel_argo_is_graph (_runnel_argo_get_node (json_array_get_element (list, i))))
      entry = _runnel_argo_get_node (json_array_get_element (list, i));
  return entry;
}

/* Kept of the template of a graph: all but its name and tasks. */
static void
keep_main (RunnelArgoReader *reader,
           JsonObject       *template)
{
  static const char *const known[] = { "name", "dag", "steps", "inputs", NULL };
  g_autoptr(GList) keys = json_object_get_members (template);

  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      json_object_set_member (
        runnel_kube_add_object (
          runnel_kube_add_object (runnel_kube_add_object (reader->pipeline, "foreign"), "argo"),
          "main"),
        l->data, json_node_copy (json_object_get_member (template, l->data)));
}

static void
read_main (RunnelArgoReader *reader,
           JsonObject       *entry,
           GHashTable       *called)
{
  JsonArray *list = runnel_kube_get_array (reader->spec, "templates");
  const char *on_exit = runnel_kube_get_string (reader->spec, "onExit");

  if (g_strcmp0 (_runnel_argo_get_role (entry), "start-hooks") == 0)
    {
      _runnel_argo_for_each_task (reader, entry, _runnel_argo_read_hook, (gpointer) "on-start");
      entry = runnel_kube_get_object (reader->templates, RUNNEL_ARGO_MAIN);
    }
  if (_runnel_argo_is_graph (entry))
    {
      _runnel_argo_read_graph (reader, entry);
      keep_main (reader, entry);
    }
  else if (entry != NULL)
    {
      _runnel_argo_read_leaf (reader, entry);
    }
  /* a collection of templates for others */
  for (guint i = 0; entry == NULL && list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *template = _runnel_argo_get_node (json_array_get_element (list, i));
      const char *name = runnel_kube_get_string (template, "name");

      if (template != NULL && (name == NULL || !g_hash_table_contains (called, name)))
        _runnel_argo_read_leaf (reader, template);
    }
  _runnel_argo_read_exit (reader, on_exit);
}

static void
read_other_graphs (RunnelArgoReader *reader,
                   JsonObject       *entry)
{
  JsonArray *list = runnel_kube_get_array (reader->spec, "templates");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *template = _runnel_argo_get_node (json_array_get_element (list, i));
      const char *name = runnel_kube_get_string (template, "name");
      g_autofree char *stem = NULL;
      g_autofree char *part = NULL;

      if (!_runnel_argo_is_graph (template) || template == entry || name == NULL
          || _runnel_argo_get_role (template) != NULL
          || (g_strcmp0 (_runnel_argo_get_role (entry), "start-hooks") == 0
              && g_str_equal (name, RUNNEL_ARGO_MAIN))
          || g_strcmp0 (runnel_kube_get_string (reader->spec, "onExit"), name) == 0)
        continue;
      part = runnel_kube_make_name (name);
      stem = g_strdup_printf ("%s-%s", reader->stem, part);
      begin (reader);
      reader->is_main = FALSE;
      reader->pipeline = runnel_import_add_pipeline (reader->import, stem, name);
      json_object_unref (
        _runnel_argo_read_parameters (reader, runnel_kube_get_object (template, "inputs")));
      _runnel_argo_read_graph (reader, template);
      keep_main (reader, template);
    }
}

static gboolean
is_workflow (JsonObject *document)
{
  const char *kind = runnel_kube_get_string (document, "kind");
  const char *api = runnel_kube_get_string (document, "apiVersion");

  return kind != NULL && api != NULL && g_str_has_prefix (api, "argoproj.io/")
         && (g_str_has_suffix (kind, "Workflow") || g_str_has_suffix (kind, "WorkflowTemplate"));
}

/* An object that has no steps in it is one itself. */
static void
add_document (RunnelImport *import,
              JsonObject   *document)
{
  const char *kind = runnel_kube_get_string (document, "kind");
  g_autofree char *title = _runnel_argo_get_title (document);
  g_autofree char *name = g_strdup_printf ("%s %s", kind != NULL ? kind : "object", title);
  JsonObject *step = runnel_import_add_step (import, name, "foreign");
  JsonObject *with = runnel_kube_add_object (step, "with");

  json_object_set_string_member (with, "system", "argo");
  json_object_set_object_member (runnel_kube_add_object (with, "definition"), "document",
                                 json_object_ref (document));
}

static JsonObject *
find_limits (GPtrArray  *documents,
             const char *name)
{
  for (guint i = 0; i < documents->len; i++)
    {
      JsonObject *document = g_ptr_array_index (documents, i);

      if (g_strcmp0 (runnel_kube_get_string (document, "kind"), "ConfigMap") == 0
          && g_strcmp0 (
               runnel_kube_get_string (runnel_kube_get_object (document, "metadata"), "name"), name)
               == 0)
        return document;
    }
  return NULL;
}

/* Objects beside the workflows go with the first of these. */
static void
keep_documents (RunnelArgoReader *reader,
                GPtrArray        *documents)
{
  for (guint i = 0; i < documents->len; i++)
    {
      JsonObject *document = g_ptr_array_index (documents, i);

      if (!is_workflow (document) && document != reader->limits)
        json_array_add_object_element (
          runnel_kube_add_array (
            runnel_kube_add_object (runnel_kube_add_object (reader->pipeline, "foreign"), "argo"),
            "documents"),
          json_object_ref (document));
    }
}

static void
read_workflow (RunnelImport *import,
               JsonObject   *document,
               GPtrArray    *documents,
               guint         line)
{
  RunnelArgoReader reader = { .import = import, .line = line };
  g_autofree char *title = _runnel_argo_get_title (document);
  g_autofree char *stem = runnel_kube_make_name (title);
  g_autoptr(GHashTable) called = NULL;
  JsonObject *metadata = runnel_kube_get_object (document, "metadata");
  const char *kind = runnel_kube_get_string (document, "kind");
  JsonObject *entry;
  JsonArray *secrets;

  reader.templates = json_object_new ();
  reader.stem = stem;
  reader.is_main = TRUE;
  reader.limits_name = g_strdup_printf ("%s-limits", stem);
  reader.limits = find_limits (documents, reader.limits_name);
  reader.memory = runnel_kube_parse_object (runnel_kube_get_string (
    runnel_kube_get_object (metadata, "annotations"), RUNNEL_KUBE_PIPELINE));
  begin (&reader);
  reader.pipeline = runnel_import_add_pipeline (import, stem, title);
  if (runnel_import_get_n_pipelines (import) == 1)
    keep_documents (&reader, documents);
  reader.spec = runnel_kube_get_object (document, "spec");
  if (g_str_equal (kind, "CronWorkflow"))
    {
      _runnel_argo_read_cron (&reader, reader.spec != NULL ? reader.spec : reader.templates);
      reader.spec = runnel_kube_get_object (reader.spec, "workflowSpec");
    }
  if (reader.spec == NULL || json_object_has_member (reader.spec, "workflowTemplateRef"))
    {
      add_document (import, document);
    }
  else
    {
      called = read_templates (&reader);
      renew_synchronization (reader.spec);
      _runnel_argo_read_metadata (&reader, document, title);
      if (g_str_has_suffix (kind, "WorkflowTemplate"))
        runnel_import_keep (reader.pipeline, "argo", "kind", runnel_kube_string_node (kind));
      secrets = runnel_kube_get_array (reader.memory, "secrets");
      if (secrets != NULL)
        json_object_set_array_member (reader.pipeline, "secrets", json_array_ref (secrets));
      if (runnel_kube_get_object (reader.memory, "env") != NULL)
        json_object_set_member (reader.pipeline, "env",
                                json_node_copy (json_object_get_member (reader.memory, "env")));
      _runnel_argo_read_spec (&reader, reader.spec);
      _runnel_argo_read_pools (&reader);
      entry = find_entry (&reader);
      read_main (&reader, entry, called);
      read_other_graphs (&reader, entry);
    }
  g_clear_pointer (&reader.memory, json_object_unref);
  g_clear_pointer (&reader.inputs, json_object_unref);
  g_clear_pointer (&reader.labels, json_object_unref);
  g_clear_pointer (&reader.conditional, json_object_unref);
  g_clear_pointer (&reader.readable, json_object_unref);
  g_clear_pointer (&reader.kept, json_object_unref);
  json_object_unref (reader.templates);
  g_free (reader.limits_name);
}

static gboolean
has_workflow (GPtrArray *documents)
{
  for (guint i = 0; i < documents->len; i++)
    if (is_workflow (g_ptr_array_index (documents, i)))
      return TRUE;
  return FALSE;
}

gboolean
_runnel_argo_import (RunnelImport *import,
                     const char   *path,
                     const char   *text,
                     gsize         length,
                     GError      **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(RunnelYamlStream) stream = runnel_yaml_read (text, length, &problem);
  g_autoptr(GPtrArray) documents =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));

  if (stream == NULL)
    {
      g_set_error (error, RUNNEL_IMPORT_ERROR,
                   g_error_matches (problem, RUNNEL_YAML_ERROR, RUNNEL_YAML_ERROR_TOO_LARGE)
                     ? RUNNEL_IMPORT_ERROR_TOO_LARGE : RUNNEL_IMPORT_ERROR_SYNTAX,
                   "%s: %s", path, problem->message);
      return FALSE;
    }
  for (guint i = 0; i < stream->documents->len; i++)
    {
      RunnelYaml *root = g_ptr_array_index (stream->documents, i);
      g_autoptr(JsonNode) node = runnel_yaml_to_json (root);

      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      if (!JSON_NODE_HOLDS_OBJECT (node) || runnel_yaml_get (root, "kind") == NULL)
        {
          g_set_error (
            error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
            _ ("%s: line %u, column %u: this is no object of Kubernetes, for it has no “kind”"),
            path, root->line, root->column);
          return FALSE;
        }
      g_ptr_array_add (documents, json_node_dup_object (node));
      g_array_append_val (lines, root->line);
    }
  if (documents->len == 0)
    {
      g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
                   _ ("%s: line 1, column 1: the file is empty"), path);
      return FALSE;
    }
  if (!has_workflow (documents))
    runnel_import_add_pipeline (import, "objects", NULL);
  for (guint i = 0; i < documents->len; i++)
    {
      if (is_workflow (g_ptr_array_index (documents, i)))
        read_workflow (import, g_ptr_array_index (documents, i), documents,
                       g_array_index (lines, guint, i));
      else if (!has_workflow (documents))
        add_document (import, g_ptr_array_index (documents, i));
    }
  return TRUE;
}
