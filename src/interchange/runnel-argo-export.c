/* runnel-argo-export.c: a pipeline as a Workflow of Argo, its template, or one that starts by the
 * clock SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"
#include "interchange/runnel-targets.h"

#include <string.h>

static const char *
get_kind (const RunnelArgoExport *self)
{
  g_autoptr(JsonArray) schedules = _runnel_argo_get_schedules (self->flow);
  const char *kept = runnel_kube_get_string (self->kept, "kind");

  if (g_strcmp0 (self->options->mode, "template") == 0)
    return "WorkflowTemplate";
  if (g_strcmp0 (self->options->mode, "cron") == 0)
    return "CronWorkflow";
  if (self->options->mode != NULL)
    return "Workflow";
  if (json_array_get_length (schedules) > 0)
    return "CronWorkflow";
  if (g_strcmp0 (kept, "WorkflowTemplate") == 0 || g_strcmp0 (kept, "ClusterWorkflowTemplate") == 0)
    return kept;
  return "Workflow";
}

void
_runnel_argo_comment_losses (RunnelArgoExport               *self,
                             const RunnelFlowStep *step)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_argo, self->flow, step, self->options);

  for (guint i = 0; i < losses->len; i++)
    {
      g_autofree char *line =
        g_strdup_printf ("runnel: %s", (char *) g_ptr_array_index (losses, i));

      runnel_yaml_writer_comment (self->writer, line);
    }
}

void
_runnel_argo_write_json (RunnelArgoExport     *self,
                         const char *key,
                         JsonNode   *value)
{
  if (key != NULL)
    runnel_yaml_writer_key (self->writer, key);
  runnel_yaml_writer_json (self->writer, value);
}

void
_runnel_argo_write_object (RunnelArgoExport     *self,
                           const char *key,
                           JsonObject *value)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), value);

  _runnel_argo_write_json (self, key, node);
}

static void
write_metadata (RunnelArgoExport     *self,
                const char *kind)
{
  g_autoptr(JsonObject) metadata = json_object_new ();
  JsonObject *annotations = runnel_kube_add_object (metadata, "annotations");
  g_autoptr(JsonObject) memory = runnel_kube_keep_pipeline (self->flow);
  g_autofree char *name = runnel_kube_make_name (runnel_kube_get_title (self->flow));
  g_autofree char *generated = g_strconcat (name, "-", NULL);

  if (self->flow->name != NULL)
    json_object_set_string_member (annotations, RUNNEL_ARGO_TITLE, self->flow->name);
  if (self->flow->description != NULL)
    json_object_set_string_member (annotations, RUNNEL_ARGO_DESCRIPTION, self->flow->description);
  if (json_object_get_size (memory) > 0)
    {
      g_autofree char *text = runnel_kube_to_annotation (memory);

      json_object_set_string_member (annotations, RUNNEL_KUBE_PIPELINE, text);
    }
  runnel_kube_merge (metadata, runnel_kube_get_object (self->kept, "metadata"));
  if (g_str_equal (kind, "Workflow") && !json_object_has_member (metadata, "name"))
    {
      if (!json_object_has_member (metadata, "generateName"))
        json_object_set_string_member (metadata, "generateName", generated);
    }
  else if (!json_object_has_member (metadata, "name"))
    {
      json_object_remove_member (metadata, "generateName");
      json_object_set_string_member (metadata, "name", name);
    }
  _runnel_argo_write_object (self, "metadata", metadata);
}

static void
write_main (RunnelArgoExport *self)
{
  JsonObject *kept = runnel_kube_get_object (self->kept, "main");

  _runnel_argo_open_template (self, RUNNEL_ARGO_MAIN, NULL);
  if (kept != NULL)
    {
      g_autoptr(GList) keys = json_object_get_members (kept);

      for (GList *l = keys; l != NULL; l = l->next)
        _runnel_argo_write_json (self, l->data, json_object_get_member (kept, l->data));
    }
  runnel_yaml_writer_key (self->writer, "dag");
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_key (self->writer, "failFast");
  runnel_yaml_writer_boolean (self->writer, FALSE);
  runnel_yaml_writer_key (self->writer, "tasks");
  runnel_yaml_writer_open_list (self->writer);
  for (guint i = 0; i < self->steps->len; i++)
    {
      RunnelArgoStep *step = g_ptr_array_index (self->steps, i);

      _runnel_argo_comment_losses (self, step->step);
      _runnel_argo_write_object (self, NULL, step->task);
    }
  if (self->has_verdict)
    {
      g_autoptr(JsonObject) task = _runnel_argo_make_verdict_task (self);

      _runnel_argo_write_object (self, NULL, task);
    }
  runnel_yaml_writer_close_list (self->writer);
  runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_templates (RunnelArgoExport *self)
{
  GPtrArray *lists[] = { self->steps, self->hooks };
  JsonArray *kept = runnel_kube_get_array (self->kept, "templates");

  runnel_yaml_writer_key (self->writer, "templates");
  runnel_yaml_writer_open_list (self->writer);
  if (self->flow->on_start->len > 0)
    _runnel_argo_write_started (self);
  write_main (self);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        RunnelArgoStep *step = g_ptr_array_index (lists[i], j);

        if (step->template != NULL)
          _runnel_argo_write_object (self, NULL, step->template);
      }
  if (self->has_verdict)
    _runnel_argo_write_verdict (self);
  if (_runnel_argo_has_end_hooks (self->flow))
    _runnel_argo_write_exit (self);
  for (guint i = 0; kept != NULL && i < json_array_get_length (kept); i++)
    _runnel_argo_write_json (self, NULL, json_array_get_element (kept, i));
  runnel_yaml_writer_close_list (self->writer);
}

static void
write_spec (RunnelArgoExport *self)
{
  g_autoptr(JsonObject) spec = _runnel_argo_make_spec (self->flow, self->kept);
  g_autoptr(GList) keys = json_object_get_members (spec);

  runnel_yaml_writer_open_map (self->writer);
  for (GList *l = keys; l != NULL; l = l->next)
    _runnel_argo_write_json (self, l->data, json_object_get_member (spec, l->data));
  write_templates (self);
  runnel_yaml_writer_close_map (self->writer);
}

static const char *
get_concurrency_policy (const RunnelFlow *flow)
{
  if (g_strcmp0 (flow->policy, "skip") == 0)
    return "Forbid";
  if (g_strcmp0 (flow->policy, "cancel-running") == 0)
    return "Replace";
  return "Allow";
}

static void
write_cron (RunnelArgoExport *self)
{
  g_autoptr(JsonArray) schedules = _runnel_argo_get_schedules (self->flow);
  g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), schedules);
  JsonObject *kept = runnel_kube_get_object (self->kept, "cron");
  const char *zone = NULL;

  for (guint i = 0;
       self->flow->triggers != NULL && i < json_array_get_length (self->flow->triggers); i++)
    {
      JsonNode *trigger = json_array_get_element (self->flow->triggers, i);

      if (zone == NULL && JSON_NODE_HOLDS_OBJECT (trigger))
        zone = runnel_kube_get_string (json_node_get_object (trigger), "timezone");
    }
  runnel_yaml_writer_open_map (self->writer);
  _runnel_argo_write_json (self, "schedules", node);
  runnel_yaml_writer_pair (self->writer, "timezone", zone);
  runnel_yaml_writer_pair (self->writer, "concurrencyPolicy", get_concurrency_policy (self->flow));
  if (kept != NULL)
    {
      g_autoptr(GList) keys = json_object_get_members (kept);

      for (GList *l = keys; l != NULL; l = l->next)
        _runnel_argo_write_json (self, l->data, json_object_get_member (kept, l->data));
    }
  runnel_yaml_writer_key (self->writer, "workflowSpec");
  write_spec (self);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_workflow (RunnelArgoExport *self)
{
  const char *kind = get_kind (self);

  runnel_yaml_writer_begin (self->writer);
  _runnel_argo_comment_losses (self, NULL);
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "apiVersion", RUNNEL_ARGO_API);
  runnel_yaml_writer_pair (self->writer, "kind", kind);
  write_metadata (self, kind);
  runnel_yaml_writer_key (self->writer, "spec");
  if (g_str_equal (kind, "CronWorkflow"))
    write_cron (self);
  else
    write_spec (self);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_limits (RunnelArgoExport *self)
{
  g_autoptr(JsonObject) map = json_object_new ();
  g_autofree char *name = _runnel_argo_make_limits (self->flow);
  JsonObject *data = _runnel_argo_make_sizes (self->flow);

  if (json_object_get_size (data) == 0)
    {
      json_object_unref (data);
      return;
    }
  json_object_set_string_member (map, "apiVersion", "v1");
  json_object_set_string_member (map, "kind", "ConfigMap");
  json_object_set_string_member (runnel_kube_add_object (map, "metadata"), "name", name);
  json_object_set_object_member (map, "data", data);
  runnel_yaml_writer_begin (self->writer);
  runnel_yaml_writer_comment (self->writer, "how many may run at once, of all runs together");
  _runnel_argo_write_object (self, NULL, map);
}

/* Other objects of the file that was imported. */
static void
write_documents (RunnelArgoExport *self)
{
  JsonArray *documents = runnel_kube_get_array (self->kept, "documents");

  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++)
    {
      runnel_yaml_writer_begin (self->writer);
      _runnel_argo_write_json (self, NULL, json_array_get_element (documents, i));
    }
}

static void
make_steps (RunnelArgoExport *self)
{
  GPtrArray *hooks[] = { self->flow->on_start, self->flow->on_success, self->flow->on_failure,
                         self->flow->on_finish };

  JsonArray *kept = runnel_kube_get_array (self->kept, "templates");

  /* names that others have */
  for (guint i = 0; kept != NULL && i < json_array_get_length (kept); i++)
    {
      const char *name = runnel_kube_get_string (json_array_get_object_element (kept, i), "name");
      g_autofree char *taken = g_strconcat (name != NULL ? name : "", "\n", NULL);

      runnel_kube_names_get (self->names, taken);
    }
  runnel_kube_names_get (self->names, RUNNEL_ARGO_MAIN "\n");
  runnel_kube_names_get (self->names, RUNNEL_ARGO_STARTED "\n");
  runnel_kube_names_get (self->names, RUNNEL_ARGO_EXIT "\n");
  runnel_kube_names_get (self->names, RUNNEL_ARGO_VERDICT "\n");
  for (guint i = 0; i < self->flow->steps->len; i++)
    g_ptr_array_add (self->steps,
                     _runnel_argo_step_new (self->flow, runnel_flow_get_step (self->flow, i),
                                            self->options, self->names, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (hooks); i++)
    for (guint j = 0; j < hooks[i]->len; j++)
      g_ptr_array_add (self->hooks,
                       _runnel_argo_step_new (self->flow, g_ptr_array_index (hooks[i], j),
                                              self->options, self->names, TRUE));
}

/* A pipeline that consists of objects which are no workflows is these objects. */
static gboolean
is_all_documents (const RunnelFlow *flow)
{
  for (guint i = 0; i < flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      JsonObject *definition = runnel_kube_get_object (step->with, "definition");

      if (step->body != RUNNEL_FLOW_FOREIGN || definition == NULL
          || !json_object_has_member (definition, "document"))
        return FALSE;
    }
  return flow->steps->len > 0;
}

static void
write_all_documents (RunnelArgoExport *self)
{
  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      JsonObject *definition =
        runnel_kube_get_object (runnel_flow_get_step (self->flow, i)->with, "definition");

      runnel_yaml_writer_begin (self->writer);
      _runnel_argo_write_json (self, NULL, json_object_get_member (definition, "document"));
    }
}

gboolean
_runnel_argo_export (const RunnelFlow           *flow,
                     const RunnelExportOptions  *options,
                     GPtrArray                  *files,
                     GError                    **error)
{
  g_autoptr(RunnelKubeNames) names = runnel_kube_names_new (TRUE);
  g_autoptr(RunnelYamlWriter) writer = runnel_yaml_writer_new ();
  g_autoptr(GPtrArray) steps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _runnel_argo_step_free);
  g_autoptr(GPtrArray) hooks =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _runnel_argo_step_free);
  g_autofree char *name = runnel_kube_make_name (runnel_kube_get_title (flow));
  g_autofree char *path = g_strconcat (name, ".yaml", NULL);
  RunnelArgoExport self = { .flow = flow,
                  .options = options,
                  .names = names,
                  .writer = writer,
                  .steps = steps,
                  .hooks = hooks };

  self.kept = runnel_flow_get_foreign (flow->foreign, "argo");
  self.has_verdict = runnel_kube_needs_verdict (flow);
  if (is_all_documents (flow))
    {
      write_all_documents (&self);
    }
  else
    {
      make_steps (&self);
      write_workflow (&self);
      write_limits (&self);
      write_documents (&self);
    }
  runnel_export_add_file (files, path, runnel_yaml_writer_finish (g_steal_pointer (&writer)), 0644);
  return TRUE;
}
