/* runnel-tekton-export.c: a pipeline as a Pipeline of Tekton and the PipelineRun that starts it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-targets.h"
#include "interchange/runnel-tekton-private.h"

#include <string.h>

/* What is needed while a file is written. */
typedef struct
{
  RunnelTektonWriter writer;
  RunnelYamlWriter *yaml;
  JsonObject *kept; /* of the pipeline, from a file of Tekton's; or NULL */
} Export;

/* Whether each leg of the step's matrix is a task of its own. */
gboolean
_runnel_tekton_is_unrolled (const RunnelTektonWriter *self,
                            const RunnelFlowStep     *step)
{
  return self->is_gated && step->legs != NULL && step->body == RUNNEL_FLOW_SHELL
         && step->legs->combinations->len > 0;
}

/* Returns: (transfer none): the name of the task of a step, or of one of its legs */
const char *
_runnel_tekton_get_name (const RunnelTektonWriter *self,
                         const RunnelFlowStep     *step,
                         int                       leg)
{
  g_autofree char *id =
    leg >= 0 ? g_strdup_printf ("%s\n%d", step->id, leg + 1) : g_strdup (step->id);

  return runnel_kube_names_get (self->names, id);
}

static void
comment_losses (Export               *self,
                const RunnelFlowStep *step)
{
  g_autoptr (GPtrArray) losses = runnel_target_list_losses (
    &runnel_target_tekton, self->writer.flow, step, self->writer.options);

  for (guint i = 0; i < losses->len; i++)
    {
      g_autofree char *line =
        g_strdup_printf ("runnel: %s", (char *) g_ptr_array_index (losses, i));

      runnel_yaml_writer_comment (self->yaml, line);
    }
}

static void
write_node (Export     *self,
            const char *key,
            JsonNode   *value)
{
  if (key != NULL)
    runnel_yaml_writer_key (self->yaml, key);
  runnel_yaml_writer_json (self->yaml, value);
}

static void
write_object (Export     *self,
              const char *key,
              JsonObject *value)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), value);

  write_node (self, key, node);
}

static void
write_task (Export               *self,
            const RunnelFlowStep *step,
            const char           *phase)
{
  const guint n_legs =
    _runnel_tekton_is_unrolled (&self->writer, step) ? step->legs->combinations->len : 0;

  comment_losses (self, step);
  for (guint i = 0; i < MAX (n_legs, 1); i++)
    {
      g_autoptr(JsonObject) task =
        _runnel_tekton_make_task (&self->writer, step, phase, n_legs > 0 ? (int) i : -1);

      write_object (self, NULL, task);
    }
}

/* Hooks at the start come before all else, one after another. */
static void
order_after_hooks (Export     *self,
                   JsonObject *task,
                   guint       n_before)
{
  GPtrArray *hooks = self->writer.flow->on_start;

  if (n_before == 0)
    return;
  json_array_add_string_element (
    runnel_kube_add_array (task, "runAfter"),
    _runnel_tekton_get_name (&self->writer, g_ptr_array_index (hooks, n_before - 1), -1));
}

static void
write_start_hooks (Export *self)
{
  GPtrArray *hooks = self->writer.flow->on_start;

  for (guint i = 0; i < hooks->len; i++)
    {
      g_autoptr(JsonObject) task =
        _runnel_tekton_make_task (&self->writer, g_ptr_array_index (hooks, i), "on-start", -1);

      order_after_hooks (self, task, i);
      comment_losses (self, g_ptr_array_index (hooks, i));
      write_object (self, NULL, task);
    }
}

static void
write_steps (Export *self)
{
  const RunnelFlow *flow = self->writer.flow;

  for (guint i = 0; i < flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      const guint n_legs =
        _runnel_tekton_is_unrolled (&self->writer, step) ? step->legs->combinations->len : 0;

      comment_losses (self, step);
      for (guint j = 0; j < MAX (n_legs, 1); j++)
        {
          g_autoptr(JsonObject) task =
            _runnel_tekton_make_task (&self->writer, step, NULL, n_legs > 0 ? (int) j : -1);

          if (step->needs->len == 0)
            order_after_hooks (self, task, flow->on_start->len);
          write_object (self, NULL, task);
        }
    }
}

static void
write_finally (Export *self)
{
  const RunnelFlow *flow = self->writer.flow;
  GPtrArray *lists[] = { flow->on_success, flow->on_failure, flow->on_finish };
  static const char *const phases[] = { "on-success", "on-failure", "on-finish" };
  guint n_hooks = flow->on_success->len + flow->on_failure->len + flow->on_finish->len;

  if (n_hooks == 0 && !self->writer.is_gated)
    return;
  runnel_yaml_writer_key (self->yaml, "finally");
  runnel_yaml_writer_open_list (self->yaml);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      write_task (self, g_ptr_array_index (lists[i], j), phases[i]);
  if (self->writer.is_gated)
    {
      g_autoptr(JsonObject) verdict = _runnel_tekton_make_verdict (&self->writer);

      runnel_yaml_writer_comment (
        self->yaml, "Runnel's rule of when a run has failed: a failure that was handled,\n"
                    "or tolerated, does not count, and any other does.");
      write_object (self, NULL, verdict);
    }
  runnel_yaml_writer_close_list (self->yaml);
}

static JsonObject *
make_parameter (const RunnelParameter *parameter)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "name", parameter->name);
  json_object_set_string_member (entry, "type", "string");
  if (parameter->description != NULL)
    json_object_set_string_member (entry, "description", parameter->description);
  if (!parameter->required)
    {
      g_autofree char *value = runnel_kube_to_text (parameter->default_value);

      json_object_set_string_member (entry, "default", value);
    }
  return entry;
}

static JsonArray *
make_parameters (const RunnelFlow *flow)
{
  JsonArray *parameters = json_array_new ();

  for (guint i = 0; i < flow->n_parameters; i++)
    json_array_add_object_element (parameters, make_parameter (&flow->parameters[i]));
  return parameters;
}

/* All of the specification but the tasks. */
static JsonObject *
make_spec (Export *self)
{
  const RunnelFlow *flow = self->writer.flow;
  JsonObject *spec = json_object_new ();
  JsonArray *parameters = make_parameters (flow);

  if (flow->name != NULL)
    json_object_set_string_member (spec, "displayName", flow->name);
  if (flow->description != NULL)
    json_object_set_string_member (spec, "description", flow->description);
  if (json_array_get_length (parameters) > 0)
    json_object_set_array_member (spec, "params", parameters);
  else
    json_array_unref (parameters);
  if (runnel_flow_asks (flow, RUNNEL_FEATURE_ARTIFACTS))
    {
      JsonObject *workspace = json_object_new ();

      json_object_set_string_member (workspace, "name", "artifacts");
      json_array_add_object_element (runnel_kube_add_array (spec, "workspaces"), workspace);
    }
  runnel_kube_merge (spec, runnel_kube_get_object (self->kept, "spec"));
  return spec;
}

static void
write_spec (Export     *self,
            const char *key)
{
  g_autoptr(JsonObject) spec = make_spec (self);
  g_autoptr(GList) keys = json_object_get_members (spec);

  runnel_yaml_writer_key (self->yaml, key);
  runnel_yaml_writer_open_map (self->yaml);
  for (GList *l = keys; l != NULL; l = l->next)
    write_node (self, l->data, json_object_get_member (spec, l->data));
  runnel_yaml_writer_key (self->yaml, "tasks");
  runnel_yaml_writer_open_list (self->yaml);
  write_start_hooks (self);
  write_steps (self);
  runnel_yaml_writer_close_list (self->yaml);
  write_finally (self);
  runnel_yaml_writer_close_map (self->yaml);
}

static void
write_metadata (Export     *self,
                const char *key,
                const char *role)
{
  const RunnelFlow *flow = self->writer.flow;
  g_autoptr(JsonObject) metadata = json_object_new ();
  g_autoptr(JsonObject) memory = runnel_kube_keep_pipeline (flow);
  g_autofree char *name = runnel_kube_make_name (runnel_kube_get_title (flow));
  g_autofree char *generated = g_strconcat (name, "-", NULL);
  JsonObject *annotations;

  json_object_set_string_member (metadata, key, g_str_equal (key, "name") ? name : generated);
  annotations = runnel_kube_add_object (metadata, "annotations");
  if (role != NULL)
    json_object_set_string_member (annotations, RUNNEL_KUBE_ROLE, role);
  if (json_object_get_size (memory) > 0 && (role == NULL || g_str_equal (role, "whole")))
    {
      g_autofree char *text = runnel_kube_to_annotation (memory);

      json_object_set_string_member (annotations, RUNNEL_KUBE_PIPELINE, text);
    }
  if (json_object_get_size (annotations) == 0)
    json_object_remove_member (metadata, "annotations");
  if (role == NULL || g_str_equal (role, "whole"))
    {
      JsonObject *kept = runnel_kube_get_object (self->kept, "metadata");

      if (kept != NULL
          && (json_object_has_member (kept, "name")
              || json_object_has_member (kept, "generateName")))
        json_object_remove_member (metadata, key);
      runnel_kube_merge (metadata, kept);
    }
  write_object (self, "metadata", metadata);
}

/* What a run has to be given besides the pipeline. */
static void
write_run_members (Export *self)
{
  const RunnelFlow *flow = self->writer.flow;
  g_autoptr(JsonObject) spec = json_object_new ();
  g_autoptr(GList) keys = NULL;

  for (guint i = 0; i < flow->n_parameters; i++)
    if (flow->parameters[i].required)
      runnel_kube_add_pair (runnel_kube_add_array (spec, "params"), flow->parameters[i].name, "");
  /* without it a run is ended after an hour */
  json_object_set_string_member (runnel_kube_add_object (spec, "timeouts"), "pipeline", "0");
  if (runnel_flow_asks (flow, RUNNEL_FEATURE_ARTIFACTS))
    json_object_set_member (
      spec, "workspaces",
      json_from_string (
        "[{\"name\": \"artifacts\", \"volumeClaimTemplate\": {\"spec\": {\"accessModes\": "
        "[\"ReadWriteOnce\"], \"resources\": {\"requests\": {\"storage\": \"1Gi\"}}}}}]",
        NULL));
  runnel_kube_merge (spec, runnel_kube_get_object (self->kept, "run"));
  keys = json_object_get_members (spec);
  for (GList *l = keys; l != NULL; l = l->next)
    write_node (self, l->data, json_object_get_member (spec, l->data));
}

static void
begin_document (Export     *self,
                const char *kind)
{
  runnel_yaml_writer_begin (self->yaml);
  if (!g_str_equal (kind, "PipelineRun") || g_strcmp0 (self->writer.options->mode, "run") == 0
      || g_strcmp0 (runnel_kube_get_string (self->kept, "kind"), "PipelineRun") == 0)
    comment_losses (self, NULL);
  runnel_yaml_writer_open_map (self->yaml);
  runnel_yaml_writer_pair (self->yaml, "apiVersion", RUNNEL_TEKTON_API);
  runnel_yaml_writer_pair (self->yaml, "kind", kind);
}

static void
write_whole_run (Export *self)
{
  begin_document (self, "PipelineRun");
  write_metadata (self, "generateName", "whole");
  runnel_yaml_writer_key (self->yaml, "spec");
  runnel_yaml_writer_open_map (self->yaml);
  write_run_members (self);
  write_spec (self, "pipelineSpec");
  runnel_yaml_writer_close_map (self->yaml);
  runnel_yaml_writer_close_map (self->yaml);
}

static void
write_pipeline (Export *self)
{
  begin_document (self, "Pipeline");
  write_metadata (self, "name", NULL);
  write_spec (self, "spec");
  runnel_yaml_writer_close_map (self->yaml);
}

static void
write_run (Export *self)
{
  g_autofree char *name = runnel_kube_make_name (runnel_kube_get_title (self->writer.flow));

  begin_document (self, "PipelineRun");
  write_metadata (self, "generateName", "run");
  runnel_yaml_writer_key (self->yaml, "spec");
  runnel_yaml_writer_open_map (self->yaml);
  runnel_yaml_writer_key (self->yaml, "pipelineRef");
  runnel_yaml_writer_open_map (self->yaml);
  runnel_yaml_writer_pair (self->yaml, "name", name);
  runnel_yaml_writer_close_map (self->yaml);
  write_run_members (self);
  runnel_yaml_writer_close_map (self->yaml);
  runnel_yaml_writer_close_map (self->yaml);
}

static void
write_documents (Export *self)
{
  JsonArray *documents = runnel_kube_get_array (self->kept, "documents");

  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++)
    {
      runnel_yaml_writer_begin (self->yaml);
      write_node (self, NULL, json_array_get_element (documents, i));
    }
}

static JsonNode *
get_document (const RunnelFlowStep *step)
{
  JsonObject *definition = runnel_kube_get_object (step->with, "definition");

  if (step->body != RUNNEL_FLOW_FOREIGN || definition == NULL
      || g_strcmp0 (runnel_kube_get_string (step->with, "system"), "tekton") != 0)
    return NULL;
  return json_object_get_member (definition, "document");
}

/* A pipeline that consists of objects which are no pipelines is these objects. */
static gboolean
write_all_documents (Export *self)
{
  GPtrArray *steps = self->writer.flow->steps;

  for (guint i = 0; i < steps->len; i++)
    if (get_document (g_ptr_array_index (steps, i)) == NULL)
      return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      runnel_yaml_writer_begin (self->yaml);
      write_node (self, NULL, get_document (g_ptr_array_index (steps, i)));
    }
  return steps->len > 0;
}

gboolean
_runnel_tekton_export (const RunnelFlow           *flow,
                       const RunnelExportOptions  *options,
                       GPtrArray                  *files,
                       GError                    **error)
{
  g_autoptr(RunnelKubeNames) names = runnel_kube_names_new (FALSE);
  g_autoptr(RunnelYamlWriter) yaml = runnel_yaml_writer_new ();
  g_autofree char *path = runnel_target_get_path (&runnel_target_tekton, flow);
  Export self = { { flow, options, names, !_runnel_tekton_is_plain (flow) }, yaml,
                  runnel_flow_get_foreign (flow->foreign, "tekton") };
  const char *kind = runnel_kube_get_string (self.kept, "kind");

  runnel_kube_names_get (names, "verdict\n");
  for (guint i = 0; i < flow->steps->len; i++)
    runnel_kube_names_get (names, runnel_flow_get_step (flow, i)->id);
  if (!write_all_documents (&self))
    {
      if (g_strcmp0 (options->mode, "run") == 0
          || (options->mode == NULL && g_strcmp0 (kind, "PipelineRun") == 0))
        {
          write_whole_run (&self);
        }
      else
        {
          write_pipeline (&self);
          if (self.kept == NULL)
            write_run (&self);
        }
      write_documents (&self);
    }
  runnel_export_add_file (files, path, runnel_yaml_writer_finish (g_steal_pointer (&yaml)), 0644);
  return TRUE;
}
