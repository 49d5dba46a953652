/* runnel-argo-read-spec.c: what stands around the templates of a workflow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"

#include <string.h>

static JsonObject *
read_parameter (RunnelArgoReader *reader,
                JsonObject       *parameter)
{
  const char *name = runnel_kube_get_string (parameter, "name");
  JsonObject *ours = json_object_new ();
  JsonObject *known =
    runnel_kube_get_object (runnel_kube_get_object (reader->memory, "parameters"), name);
  JsonNode *value = json_object_get_member (parameter, "value");
  JsonNode *was = known != NULL ? json_object_get_member (known, "default") : NULL;
  const char *type = runnel_kube_get_string (known, "type");
  g_autofree char *text = NULL;
  g_autofree char *before = runnel_kube_to_text (was);

  if (value == NULL)
    value = json_object_get_member (parameter, "default");
  text = runnel_kube_to_text (value);
  if (type != NULL)
    json_object_set_string_member (ours, "type", type);
  else if (runnel_kube_get_array (parameter, "enum") != NULL)
    json_object_set_string_member (ours, "type", "choice");
  if (was != NULL && g_str_equal (text, before))
    json_object_set_member (ours, "default", json_node_copy (was));
  else if (value != NULL && (*text != '\0' || reader->memory == NULL))
    json_object_set_string_member (ours, "default", text);
  else if (value == NULL && !json_object_has_member (parameter, "valueFrom"))
    json_object_set_boolean_member (ours, "required", TRUE);
  if (runnel_kube_get_string (parameter, "description") != NULL)
    json_object_set_string_member (ours, "description",
                                   runnel_kube_get_string (parameter, "description"));
  if (g_strcmp0 (runnel_kube_get_string (ours, "type"), "choice") == 0)
    json_object_set_array_member (ours, "choices",
                                  json_array_ref (runnel_kube_add_array (parameter, "enum")));
  return ours;
}

/* Returns: (transfer full): what of the arguments is not a parameter of ours */
JsonObject *
_runnel_argo_read_parameters (RunnelArgoReader *reader,
                              JsonObject       *arguments)
{
  JsonArray *list = runnel_kube_get_array (arguments, "parameters");
  JsonObject *rest = json_object_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *parameter = _runnel_argo_get_node (json_array_get_element (list, i));
      const char *name = runnel_kube_get_string (parameter, "name");

      if (name == NULL || !_runnel_argo_is_name (name)
          || json_object_has_member (parameter, "valueFrom"))
        {
          json_array_add_element (runnel_kube_add_array (rest, "parameters"),
                                  json_node_copy (json_array_get_element (list, i)));
          continue;
        }
      json_object_set_boolean_member (reader->inputs, name, TRUE);
      json_object_set_object_member (runnel_kube_add_object (reader->pipeline, "parameters"), name,
                                     read_parameter (reader, parameter));
    }
  if (arguments != NULL && json_object_has_member (arguments, "artifacts"))
    json_object_set_member (rest, "artifacts",
                            json_node_copy (json_object_get_member (arguments, "artifacts")));
  return rest;
}

static void
read_synchronization (RunnelArgoReader *reader,
                      JsonObject       *kept)
{
  JsonObject *there = runnel_kube_get_object (kept, "synchronization");
  JsonArray *mutexes = runnel_kube_get_array (there, "mutexes");
  JsonObject *mutex = mutexes != NULL && json_array_get_length (mutexes) == 1
                        ? _runnel_argo_get_node (json_array_get_element (mutexes, 0))
                        : runnel_kube_get_object (there, "mutex");
  const char *name = runnel_kube_get_string (mutex, "name");
  const char *group = runnel_kube_get_string (reader->memory, "group");
  JsonObject *concurrency;
  static const char *const keys[] = { "group", "policy", "max" };

  if (reader->memory != NULL && (group != NULL || json_object_has_member (reader->memory, "policy")
                                 || json_object_has_member (reader->memory, "max")))
    {
      concurrency = runnel_kube_add_object (reader->pipeline, "concurrency");
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        if (json_object_has_member (reader->memory, keys[i]))
          json_object_set_member (
            concurrency, keys[i],
            json_node_copy (json_object_get_member (reader->memory, keys[i])));
      json_object_remove_member (kept, "synchronization");
    }
  else if (name != NULL && json_object_get_size (mutex) == 1 && strstr (name, "{{") == NULL)
    {
      json_object_set_string_member (runnel_kube_add_object (reader->pipeline, "concurrency"),
                                     "group", name);
      json_object_remove_member (kept, "synchronization");
    }
}

/* The volume of our own export. */
static void
drop_volume (JsonObject *kept)
{
  JsonArray *claims = runnel_kube_get_array (kept, "volumeClaimTemplates");
  JsonObject *metadata = NULL;

  if (claims != NULL && json_array_get_length (claims) == 1)
    metadata = runnel_kube_get_object (_runnel_argo_get_node (json_array_get_element (claims, 0)),
                                       "metadata");
  if (g_strcmp0 (runnel_kube_get_string (metadata, "name"), "artifacts") == 0)
    json_object_remove_member (kept, "volumeClaimTemplates");
}

void
_runnel_argo_read_spec (RunnelArgoReader *reader,
                        JsonObject       *spec)
{
  static const char *const known[] = { "entrypoint", "onExit", "templates", "arguments", NULL };
  g_autoptr(JsonObject) kept = json_object_new ();
  g_autoptr(JsonObject) arguments =
    _runnel_argo_read_parameters (reader, runnel_kube_get_object (spec, "arguments"));
  g_autofree char *jobs = runnel_kube_to_text (json_object_get_member (spec, "parallelism"));
  g_autoptr(GList) keys = json_object_get_members (spec);
  JsonObject *hooks = runnel_kube_get_object (spec, "hooks");
  g_autoptr(GList) hook_names = hooks != NULL ? json_object_get_members (hooks) : NULL;

  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      json_object_set_member (kept, l->data,
                              json_node_copy (json_object_get_member (spec, l->data)));
  for (GList *l = hook_names; l != NULL; l = l->next)
    _runnel_argo_keep_template (
      reader, runnel_kube_get_string (runnel_kube_get_object (hooks, l->data), "template"));
  if (*jobs != '\0' && jobs[strspn (jobs, "0123456789")] == '\0')
    {
      json_object_set_int_member (runnel_kube_add_object (reader->pipeline, "concurrency"), "jobs",
                                  g_ascii_strtoll (jobs, NULL, 10));
      json_object_remove_member (kept, "parallelism");
    }
  read_synchronization (reader, kept);
  drop_volume (kept);
  if (json_object_get_size (arguments) > 0)
    json_object_set_object_member (kept, "arguments", json_object_ref (arguments));
  if (json_object_get_size (kept) > 0)
    {
      g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), kept);

      runnel_import_keep (reader->pipeline, "argo", "spec", json_node_copy (node));
    }
}

void
_runnel_argo_read_metadata (RunnelArgoReader *reader,
                            JsonObject       *document,
                            const char       *title)
{
  static const char *const ours[] = { RUNNEL_ARGO_TITLE, RUNNEL_ARGO_DESCRIPTION,
                                      RUNNEL_KUBE_PIPELINE };
  g_autoptr(JsonNode) node = NULL;
  JsonObject *metadata = runnel_kube_get_object (document, "metadata");
  JsonObject *annotations;
  g_autofree char *name = runnel_kube_make_name (title);
  g_autofree char *generated = g_strconcat (name, "-", NULL);

  if (metadata == NULL)
    return;
  node = json_node_copy (json_object_get_member (document, "metadata"));
  metadata = json_node_get_object (node);
  annotations = runnel_kube_get_object (metadata, "annotations");
  if (runnel_kube_get_string (annotations, RUNNEL_ARGO_DESCRIPTION) != NULL)
    json_object_set_string_member (reader->pipeline, "description",
                                   runnel_kube_get_string (annotations, RUNNEL_ARGO_DESCRIPTION));
  for (guint i = 0; annotations != NULL && i < G_N_ELEMENTS (ours); i++)
    json_object_remove_member (annotations, ours[i]);
  if (annotations != NULL && json_object_get_size (annotations) == 0)
    json_object_remove_member (metadata, "annotations");
  if (g_strcmp0 (runnel_kube_get_string (metadata, "generateName"), generated) == 0)
    json_object_remove_member (metadata, "generateName");
  if (g_strcmp0 (runnel_kube_get_string (metadata, "name"), name) == 0
      && g_strcmp0 (runnel_kube_get_string (document, "kind"), "Workflow") != 0)
    json_object_remove_member (metadata, "name");
  if (json_object_get_size (metadata) > 0)
    runnel_import_keep (reader->pipeline, "argo", "metadata", g_steal_pointer (&node));
}

char *
_runnel_argo_get_title (JsonObject *document)
{
  JsonObject *metadata = runnel_kube_get_object (document, "metadata");
  const char *title =
    runnel_kube_get_string (runnel_kube_get_object (metadata, "annotations"), RUNNEL_ARGO_TITLE);
  const char *name = runnel_kube_get_string (metadata, "name");
  g_autofree char *generated = g_strdup (runnel_kube_get_string (metadata, "generateName"));

  if (title != NULL || name != NULL)
    return g_strdup (title != NULL ? title : name);
  if (generated == NULL || *generated == '\0')
    return g_strdup ("workflow");
  if (g_str_has_suffix (generated, "-"))
    generated[strlen (generated) - 1] = '\0';
  return g_steal_pointer (&generated);
}

static void
add_trigger (RunnelArgoReader *reader,
             const char       *cron,
             const char       *zone)
{
  JsonObject *trigger = json_object_new ();

  json_object_set_string_member (trigger, "kind", "schedule");
  json_object_set_string_member (trigger, "cron", cron);
  if (zone != NULL)
    json_object_set_string_member (trigger, "timezone", zone);
  json_array_add_object_element (runnel_kube_add_array (reader->pipeline, "triggers"), trigger);
}

/* The clock of a CronWorkflow; `schedule` is of v3. */
void
_runnel_argo_read_cron (RunnelArgoReader *reader,
                        JsonObject       *spec)
{
  static const char *const known[] = { "schedules",    "schedule",          "timezone",
                                       "workflowSpec", "concurrencyPolicy", NULL };
  JsonArray *schedules = runnel_kube_get_array (spec, "schedules");
  const char *zone = runnel_kube_get_string (spec, "timezone");
  const char *policy = runnel_kube_get_string (spec, "concurrencyPolicy");
  g_autoptr(GList) keys = json_object_get_members (spec);
  JsonObject *concurrency;

  if (runnel_kube_get_string (spec, "schedule") != NULL)
    add_trigger (reader, runnel_kube_get_string (spec, "schedule"), zone);
  for (guint i = 0; schedules != NULL && i < json_array_get_length (schedules); i++)
    {
      g_autofree char *cron = runnel_kube_to_text (json_array_get_element (schedules, i));

      add_trigger (reader, cron, zone);
    }
  if (g_strcmp0 (policy, "Forbid") == 0 || g_strcmp0 (policy, "Replace") == 0)
    {
      concurrency = runnel_kube_add_object (reader->pipeline, "concurrency");
      json_object_set_string_member (concurrency, "policy",
                                     g_str_equal (policy, "Forbid") ? "skip" : "cancel-running");
    }
  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      json_object_set_member (
        runnel_kube_add_object (
          runnel_kube_add_object (runnel_kube_add_object (reader->pipeline, "foreign"), "argo"),
          "cron"),
        l->data, json_node_copy (json_object_get_member (spec, l->data)));
}

/* The pools of the steps, by the sizes of the semaphores. */
void
_runnel_argo_read_pools (RunnelArgoReader *reader)
{
  JsonObject *sizes = runnel_kube_get_object (reader->limits, "data");
  g_autoptr(GList) keys = sizes != NULL ? json_object_get_members (sizes) : NULL;

  for (GList *l = keys; l != NULL; l = l->next)
    {
      g_autofree char *size = runnel_kube_to_text (json_object_get_member (sizes, l->data));

      if (!g_str_has_prefix (l->data, "legs-") && !g_str_equal (l->data, "group"))
        json_object_set_int_member (runnel_kube_add_object (reader->pipeline, "pools"), l->data,
                                    g_ascii_strtoll (size, NULL, 10));
    }
}
