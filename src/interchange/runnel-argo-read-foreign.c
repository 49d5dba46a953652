/* runnel-argo-read-foreign.c: what is kept of a task as it stands there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"

#include <string.h>

JsonObject *
_runnel_argo_copy_without (JsonObject        *object,
                           const char *const *keys)
{
  JsonObject *copy = json_object_new ();
  g_autoptr(GList) members = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (keys, l->data))
      json_object_set_member (copy, l->data,
                              json_node_copy (json_object_get_member (object, l->data)));
  return copy;
}

/* In `steps` others are called steps.x, in a graph tasks.x, and what is a pipeline of its own has
 * its inputs as arguments of the workflow. */
static JsonObject *
turn_references (RunnelArgoReader *reader,
                 JsonObject       *object,
                 gboolean          is_task)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr(GRegex) steps = g_regex_new ("(\\{\\{=?\\s*)steps([.\\[])", 0, 0, NULL);
  g_autoptr(GRegex) inputs = g_regex_new ("(\\{\\{\\s*)inputs\\.parameters\\.", 0, 0, NULL);
  g_autofree char *turned = reader->has_steps && is_task
                              ? g_regex_replace (steps, text, -1, 0, "\\1tasks\\2", 0, NULL)
                              : g_strdup (text);
  g_autofree char *whole =
    is_task && !reader->is_main
      ? g_regex_replace (inputs, turned, -1, 0, "\\1workflow.parameters.", 0, NULL)
      : g_strdup (turned);

  return runnel_kube_parse_object (whole);
}

void
_runnel_argo_read_foreign (RunnelArgoReader *reader,
                           RunnelArgoCall   *call,
                           JsonObject       *step)
{
  static const char *const of_task[] = { "name", "template", "depends", "dependencies", NULL };
  static const char *const of_template[] = { "name", NULL };
  g_autoptr(JsonObject) task = _runnel_argo_copy_without (call->task, of_task);
  g_autoptr(JsonObject) template = NULL;
  JsonObject *with = json_object_new ();
  JsonObject *definition = runnel_kube_add_object (with, "definition");

  if (call->template == NULL && runnel_kube_get_string (call->task, "template") != NULL)
    json_object_set_string_member (task, "template",
                                   runnel_kube_get_string (call->task, "template"));
  json_object_set_object_member (definition, "task", turn_references (reader, task, TRUE));
  if (call->template != NULL && !json_object_has_member (call->task, "inline"))
    {
      template = _runnel_argo_copy_without (call->template, of_template);
      json_object_set_object_member (definition, "template",
                                     turn_references (reader, template, FALSE));
    }
  json_object_set_string_member (with, "system", "argo");
  json_object_set_string_member (step, "kind", "foreign");
  json_object_set_object_member (step, "with", with);
}

/* What is left of a template when the step has said its part. */
JsonObject *
_runnel_argo_get_rest (JsonObject *template)
{
  static const char *const said[] = { "name",        "container", "script",  "suspend", "metadata",
                                      "annotations", "inputs",    "outputs", NULL };
  JsonObject *rest = _runnel_argo_copy_without (template, said);
  JsonObject *metadata = runnel_kube_get_object (template, "metadata");
  g_autoptr(JsonObject) annotations = NULL;
  static const char *const ours[] = { RUNNEL_KUBE_STEP, RUNNEL_KUBE_SAID, RUNNEL_ARGO_DISPLAY_NAME,
                                      NULL };
  static const char *const in_metadata[] = { "annotations", NULL };
  const char *const keys[] = { "inputs", "outputs" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      static const char *const parameters[] = { "parameters", NULL };
      JsonObject *other =
        _runnel_argo_copy_without (runnel_kube_get_object (template, keys[i]), parameters);

      if (json_object_get_size (other) > 0)
        json_object_set_object_member (rest, keys[i], json_object_ref (other));
      json_object_unref (other);
    }
  annotations = _runnel_argo_copy_without (runnel_kube_get_object (metadata, "annotations"), ours);
  if (metadata != NULL)
    {
      JsonObject *other = _runnel_argo_copy_without (metadata, in_metadata);

      if (json_object_get_size (annotations) > 0)
        json_object_set_object_member (other, "annotations", g_steal_pointer (&annotations));
      if (json_object_get_size (other) > 0)
        json_object_set_object_member (rest, "metadata", json_object_ref (other));
      json_object_unref (other);
    }
  annotations = _runnel_argo_copy_without (runnel_kube_get_object (template, "annotations"), ours);
  if (json_object_get_size (annotations) > 0)
    json_object_set_object_member (rest, "annotations", g_steal_pointer (&annotations));
  return rest;
}

void
_runnel_argo_read_outputs (RunnelArgoCall *call,
                           JsonObject     *step,
                           JsonObject     *rest)
{
  JsonArray *list =
    runnel_kube_get_array (runnel_kube_get_object (call->template, "outputs"), "parameters");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *path =
        runnel_kube_get_string (runnel_kube_get_object (entry, "valueFrom"), "path");

      if (path != NULL && g_str_has_prefix (path, "/tmp/runnel/output-"))
        json_object_set_string_member (runnel_kube_add_object (step, "outputs"),
                                       path + strlen ("/tmp/runnel/output-"), "");
      else
        json_array_add_element (
          runnel_kube_add_array (runnel_kube_add_object (rest, "outputs"), "parameters"),
          json_node_copy (node));
    }
}
