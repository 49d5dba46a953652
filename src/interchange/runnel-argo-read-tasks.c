/* runnel-argo-read-tasks.c: the tasks of a graph, of steps and of hooks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"

/* The groups of `steps`; since v3 one that is no list holds one step. */
static JsonArray *
get_group (JsonArray *groups,
           guint      index)
{
  JsonNode *node = json_array_get_element (groups, index);
  JsonArray *alone;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_ref (json_node_get_array (node));
  alone = json_array_new ();
  json_array_add_element (alone, json_node_copy (node));
  return alone;
}

static void
for_each_of (RunnelArgoReader *reader,
             JsonArray        *tasks,
             JsonArray        *before,
             RunnelArgoTaskFunc          func,
             gpointer          user_data)
{
  for (guint i = 0; i < json_array_get_length (tasks); i++)
    {
      JsonObject *task = _runnel_argo_get_node (json_array_get_element (tasks, i));

      if (runnel_kube_get_string (task, "name") != NULL)
        func (reader, task, before, user_data);
    }
}

void
_runnel_argo_for_each_task (RunnelArgoReader *reader,
                            JsonObject       *template,
                            RunnelArgoTaskFunc          func,
                            gpointer          user_data)
{
  JsonArray *tasks = runnel_kube_get_array (runnel_kube_get_object (template, "dag"), "tasks");
  JsonArray *groups = runnel_kube_get_array (template, "steps");
  g_autoptr(JsonArray) before = NULL;

  if (tasks != NULL)
    for_each_of (reader, tasks, NULL, func, user_data);
  for (guint i = 0; groups != NULL && i < json_array_get_length (groups); i++)
    {
      JsonArray *group = get_group (groups, i);

      for_each_of (reader, group, before, func, user_data);
      g_clear_pointer (&before, json_array_unref);
      before = group;
    }
}

static void
keep_called (RunnelArgoReader *reader,
             JsonObject       *task,
             JsonArray        *before,
             gpointer          user_data)
{
  _runnel_argo_keep_template (reader, runnel_kube_get_string (task, "template"));
}

/**
 * _runnel_argo_keep_template:
 * @reader: the pipeline
 * @name: (nullable): the name of a template that something which is kept calls
 *
 * Keeps it, and what it calls itself, for the way back.
 */
void
_runnel_argo_keep_template (RunnelArgoReader *reader,
                            const char       *name)
{
  JsonObject *template = name != NULL ? runnel_kube_get_object (reader->templates, name) : NULL;
  JsonObject *kept;

  if (template == NULL || json_object_has_member (reader->kept, name))
    return;
  json_object_set_boolean_member (reader->kept, name, TRUE);
  kept = runnel_kube_add_object (runnel_kube_add_object (reader->pipeline, "foreign"), "argo");
  json_array_add_object_element (runnel_kube_add_array (kept, "templates"),
                                 json_object_ref (template));
  _runnel_argo_for_each_task (reader, template, keep_called, NULL);
}

/* What the links of all tasks need to know of each. */
static void
look_at (RunnelArgoReader *reader,
         JsonObject       *task,
         JsonArray        *before,
         gpointer          user_data)
{
  g_auto(RunnelArgoCall) call = { 0 };
  const char *id;
  JsonArray *outputs;

  _runnel_argo_call_init (&call, reader, task);
  id = runnel_kube_get_string (call.memory, "id");
  if (g_strcmp0 (_runnel_argo_get_role (call.template), "verdict") == 0)
    return;
  json_object_set_string_member (reader->labels, call.name, id != NULL ? id : call.name);
  if (json_object_has_member (task, "when") || json_object_has_member (task, "withParam"))
    json_object_set_boolean_member (reader->conditional, call.name, TRUE);
  outputs = runnel_kube_get_array (runnel_kube_get_object (call.template, "outputs"), "parameters");
  for (guint i = 0; outputs != NULL && i < json_array_get_length (outputs); i++)
    {
      JsonObject *output = _runnel_argo_get_node (json_array_get_element (outputs, i));
      const char *path =
        runnel_kube_get_string (runnel_kube_get_object (output, "valueFrom"), "path");
      g_autofree char *key = NULL;

      if (path == NULL || !g_str_has_prefix (path, "/tmp/runnel/output-"))
        continue;
      key = g_strdup_printf ("%s.%s", call.name, runnel_kube_get_string (output, "name"));
      json_object_set_boolean_member (reader->readable, key, TRUE);
    }
}

static void
link_to_group (RunnelArgoReader *reader,
               JsonObject       *step,
               JsonArray        *before)
{
  g_autoptr(JsonObject) task = json_object_new ();
  JsonArray *names = runnel_kube_add_array (task, "dependencies");
  RunnelArgoCall call = { .task = task };

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    {
      const char *name =
        runnel_kube_get_string (_runnel_argo_get_node (json_array_get_element (before, i)), "name");

      if (name != NULL)
        json_array_add_string_element (names, name);
    }
  _runnel_argo_read_links (reader, &call, step);
}

static void
add_task (RunnelArgoReader *reader,
          JsonObject       *task,
          JsonArray        *before,
          gpointer          user_data)
{
  g_auto(RunnelArgoCall) call = { 0 };
  const char *label =
    runnel_kube_get_string (reader->labels, runnel_kube_get_string (task, "name"));
  JsonObject *step;

  if (label == NULL)
    return;
  _runnel_argo_call_init (&call, reader, task);
  step = runnel_import_add_step (reader->import, label, "script");
  _runnel_argo_read_body (reader, &call, step);
  if (reader->has_steps)
    link_to_group (reader, step, before);
  else
    _runnel_argo_read_links (reader, &call, step);
}

void
_runnel_argo_read_graph (RunnelArgoReader *reader,
                         JsonObject       *template)
{
  reader->has_steps = json_object_has_member (template, "steps");
  _runnel_argo_for_each_task (reader, template, look_at, NULL);
  _runnel_argo_for_each_task (reader, template, add_task, NULL);
}

/* A template that nothing calls is a step of its own. */
void
_runnel_argo_read_leaf (RunnelArgoReader *reader,
                        JsonObject       *template)
{
  const char *name = runnel_kube_get_string (template, "name");
  g_autoptr(JsonObject) task = json_object_new ();
  const char *label = name != NULL ? name : "main";

  json_object_set_string_member (task, "name", label);
  if (name != NULL)
    json_object_set_string_member (task, "template", label);
  else
    json_object_set_object_member (task, "inline", json_object_ref (template));
  look_at (reader, task, NULL, NULL);
  add_task (reader, task, NULL, NULL);
}

/* When a hook at the end runs; what says so is taken from `task`. */
static const char *
take_phase (JsonObject *task)
{
  const char *when = runnel_kube_get_string (task, "when");
  const char *phase = "on-finish";

  if (g_strcmp0 (when, "{{workflow.status}} == Succeeded") == 0)
    phase = "on-success";
  else if (g_strcmp0 (when, "{{workflow.status}} != Succeeded") == 0)
    phase = "on-failure";
  if (!g_str_equal (phase, "on-finish"))
    json_object_remove_member (task, "when");
  json_object_remove_member (task, "continueOn");

  return phase;
}

/* `user_data`: the phase, or NULL for those at the end, which tell it themselves. */
void
_runnel_argo_read_hook (RunnelArgoReader *reader,
                        JsonObject       *task,
                        JsonArray        *before,
                        gpointer          user_data)
{
  const char *phase = take_phase (task);
  g_auto(RunnelArgoCall) call = { 0 };
  JsonObject *hook;
  const char *id;

  phase = user_data != NULL ? user_data : phase;
  if (g_str_equal (phase, "on-start")
      && g_strcmp0 (runnel_kube_get_string (task, "template"), RUNNEL_ARGO_MAIN) == 0)
    return;
  _runnel_argo_call_init (&call, reader, task);
  id = runnel_kube_get_string (call.memory, "id");
  hook = json_object_new ();
  json_object_set_string_member (
    hook, "id", runnel_import_get_id (reader->import, id != NULL ? id : call.name));
  json_object_set_string_member (hook, "kind", "script");
  json_array_add_object_element (
    runnel_kube_add_array (runnel_kube_add_object (reader->pipeline, "hooks"), phase), hook);
  _runnel_argo_read_body (reader, &call, hook);
}

void
_runnel_argo_read_exit (RunnelArgoReader *reader,
                        const char       *name)
{
  JsonObject *template = name != NULL ? runnel_kube_get_object (reader->templates, name) : NULL;
  g_autoptr(JsonObject) task = NULL;
  gboolean had_steps = reader->has_steps;

  if (template == NULL)
    return;
  if (json_object_has_member (template, "steps"))
    {
      reader->has_steps = TRUE;
      _runnel_argo_for_each_task (reader, template, _runnel_argo_read_hook, NULL);
      reader->has_steps = had_steps;
      return;
    }
  task = json_object_new ();
  json_object_set_string_member (task, "name", name);
  json_object_set_string_member (task, "template", name);
  _runnel_argo_read_hook (reader, task, NULL, (gpointer) "on-finish");
}
