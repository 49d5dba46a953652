/* runnel-argo-roles.c: templates of a workflow that are there for others: the verdict, and what
 * runs hooks SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"

static void
write_role (RunnelArgoExport     *self,
            const char *role)
{
  runnel_yaml_writer_key (self->writer, "metadata");
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_key (self->writer, "annotations");
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, RUNNEL_KUBE_ROLE, role);
  runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_map (self->writer);
}

void
_runnel_argo_open_template (RunnelArgoExport     *self,
                            const char *name,
                            const char *role)
{
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "name", name);
  if (role != NULL)
    write_role (self, role);
}

/* The task that looks at all others and fails if the run has failed. */
JsonObject *
_runnel_argo_make_verdict_task (RunnelArgoExport *self)
{
  JsonObject *task = json_object_new ();
  g_autoptr(GString) depends = g_string_new (NULL);
  JsonArray *parameters;

  json_object_set_string_member (task, "name", RUNNEL_ARGO_VERDICT);
  json_object_set_string_member (task, "template", RUNNEL_ARGO_VERDICT);
  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      const char *name =
        runnel_kube_names_get (self->names, runnel_flow_get_step (self->flow, i)->id);

      g_string_append_printf (
        depends, "%s(%s.Succeeded || %s.Failed || %s.Errored || %s.Skipped || %s.Omitted)",
        i > 0 ? " && " : "", name, name, name, name, name);
    }
  json_object_set_string_member (task, "depends", depends->str);
  parameters = runnel_kube_add_array (runnel_kube_add_object (task, "arguments"), "parameters");
  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      const char *name =
        runnel_kube_names_get (self->names, runnel_flow_get_step (self->flow, i)->id);
      g_autofree char *key = g_strdup_printf ("S%u", i);
      g_autofree char *value = g_strdup_printf ("{{tasks.%s.status}}", name);

      runnel_kube_add_pair (parameters, key, value);
    }
  return task;
}

void
_runnel_argo_write_verdict (RunnelArgoExport *self)
{
  g_autofree char *text = runnel_kube_say_verdict (self->flow);
  g_autoptr(JsonObject) inputs = json_object_new ();
  g_autoptr(JsonObject) script = json_object_new ();
  JsonArray *env = json_array_new ();

  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("S%u", i);
      g_autofree char *value = g_strdup_printf ("{{inputs.parameters.S%u}}", i);

      runnel_kube_add_pair (runnel_kube_add_array (inputs, "parameters"), key, NULL);
      runnel_kube_add_pair (env, key, value);
    }
  json_object_set_string_member (script, "image", self->options->default_image);
  json_array_add_string_element (runnel_kube_add_array (script, "command"), "sh");
  json_object_set_array_member (script, "env", env);
  json_object_set_string_member (script, "source", text);
  runnel_yaml_writer_comment (
    self->writer, "Runnel's rule of when a run has failed: a failure that was handled,\n"
                  "or tolerated, does not count, and any other does.");
  _runnel_argo_open_template (self, RUNNEL_ARGO_VERDICT, "verdict");
  _runnel_argo_write_object (self, "inputs", inputs);
  _runnel_argo_write_object (self, "script", script);
  runnel_yaml_writer_close_map (self->writer);
}

static RunnelArgoStep *
find_hook (RunnelArgoExport               *self,
           const RunnelFlowStep *hook)
{
  for (guint i = 0; i < self->hooks->len; i++)
    {
      RunnelArgoStep *made = g_ptr_array_index (self->hooks, i);

      if (made->step == hook)
        return made;
    }
  return NULL;
}

/* Hooks one after another; one that fails does not keep the next from running. */
static void
write_hooks (RunnelArgoExport     *self,
             GPtrArray  *hooks,
             const char *when)
{
  for (guint i = 0; i < hooks->len; i++)
    {
      RunnelArgoStep *made = find_hook (self, g_ptr_array_index (hooks, i));
      g_autoptr(JsonObject) call = json_object_new ();
      JsonObject *going_on = json_object_new ();

      runnel_kube_merge (call, made->task);
      if (when != NULL && !json_object_has_member (call, "when"))
        json_object_set_string_member (call, "when", when);
      json_object_set_boolean_member (going_on, "failed", TRUE);
      json_object_set_boolean_member (going_on, "error", TRUE);
      json_object_set_object_member (call, "continueOn", going_on);
      runnel_yaml_writer_open_list (self->writer);
      _runnel_argo_comment_losses (self, made->step);
      _runnel_argo_write_object (self, NULL, call);
      runnel_yaml_writer_close_list (self->writer);
    }
}

void
_runnel_argo_write_started (RunnelArgoExport *self)
{
  _runnel_argo_open_template (self, RUNNEL_ARGO_STARTED, "start-hooks");
  runnel_yaml_writer_key (self->writer, "steps");
  runnel_yaml_writer_open_list (self->writer);
  write_hooks (self, self->flow->on_start, NULL);
  runnel_yaml_writer_open_list (self->writer);
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "name", RUNNEL_ARGO_MAIN);
  runnel_yaml_writer_pair (self->writer, "template", RUNNEL_ARGO_MAIN);
  runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_list (self->writer);
  runnel_yaml_writer_close_list (self->writer);
  runnel_yaml_writer_close_map (self->writer);
}

void
_runnel_argo_write_exit (RunnelArgoExport *self)
{
  _runnel_argo_open_template (self, RUNNEL_ARGO_EXIT, "end-hooks");
  runnel_yaml_writer_key (self->writer, "steps");
  runnel_yaml_writer_open_list (self->writer);
  write_hooks (self, self->flow->on_success, "{{workflow.status}} == Succeeded");
  write_hooks (self, self->flow->on_failure, "{{workflow.status}} != Succeeded");
  write_hooks (self, self->flow->on_finish, NULL);
  runnel_yaml_writer_close_list (self->writer);
  runnel_yaml_writer_close_map (self->writer);
}
