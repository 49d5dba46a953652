/* runnel-argo-body.c: what a template does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"
#include "interchange/runnel-shell.h"

#include <string.h>

#include "model/runnel-duration.h"

#define OUTPUT_FOLDER "/tmp/runnel/"

/* Each output is a file of its own, and "" as long as nobody wrote it. */
static void
add_outputs (RunnelArgoMaker     *self,
             GPtrArray *paths)
{
  const RunnelFlowStep *step = self->made->step;

  for (guint i = 0; i < step->outputs->len; i++)
    {
      const char *name = g_ptr_array_index (step->outputs, i);
      char *path = g_strconcat (OUTPUT_FOLDER "output-", name, NULL);
      JsonObject *entry = json_object_new ();
      JsonObject *from;

      json_object_set_string_member (entry, "name", name);
      from = runnel_kube_add_object (entry, "valueFrom");
      json_object_set_string_member (from, "path", path);
      json_object_set_string_member (from, "default", "");
      json_array_add_object_element (_runnel_argo_get_parameters (self->made->template, "outputs"),
                                     entry);
      g_ptr_array_add (paths, path);
    }
}

static void
add_command (JsonObject *script,
             const char *interpreter)
{
  g_auto(GStrv) words = g_strsplit (interpreter, " ", -1);
  JsonArray *command = runnel_kube_add_array (script, "command");

  for (guint i = 0; words[i] != NULL; i++)
    json_array_add_string_element (command, words[i]);
}

static const char *
get_image (const RunnelArgoMaker *self)
{
  return self->made->step->image != NULL ? self->made->step->image : self->options->default_image;
}

/* `text` is what the shell runs; a step that has outputs, or braces, is put between lines of ours.
 */
static void
add_source (RunnelArgoMaker      *self,
            JsonObject *script,
            const char *text,
            const char *shell)
{
  const RunnelFlowStep *step = self->made->step;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *interpreter = runnel_kube_get_interpreter (shell);
  g_autofree char *end = runnel_kube_say_artifacts (step);
  g_autofree char *wrapped = NULL;
  RunnelKubeWrap wrap = { text, interpreter, "{{", NULL, step->outputs, paths, end };

  add_outputs (self, paths);
  if (paths->len == 0 && *end == '\0' && strstr (text, "{{") == NULL)
    {
      add_command (script, interpreter);
      json_object_set_string_member (script, "source", text);
      return;
    }
  wrapped = runnel_kube_wrap (&wrap);
  add_command (script, "sh");
  json_object_set_string_member (script, "source", wrapped);
}

static void
add_mount (JsonObject *script)
{
  JsonObject *mount = json_object_new ();

  json_object_set_string_member (mount, "name", "artifacts");
  json_object_set_string_member (mount, "mountPath", RUNNEL_ARGO_ARTIFACTS);
  json_array_add_object_element (runnel_kube_add_array (script, "volumeMounts"), mount);
}

static void
add_script (RunnelArgoMaker *self)
{
  const RunnelFlowStep *step = self->made->step;
  gboolean is_inside = step->folder != NULL && *step->folder != '/';
  RunnelShellParts parts =
    is_inside ? RUNNEL_SHELL_FOLDER | RUNNEL_SHELL_INTERPRETER : RUNNEL_SHELL_BODY;
  g_autofree char *text = runnel_shell_say_step (step, parts);
  JsonArray *env = _runnel_argo_make_env (self);
  JsonObject *script = runnel_kube_add_object (self->made->template, "script");

  json_object_set_string_member (script, "image", get_image (self));
  if (step->image == NULL)
    json_object_set_boolean_member (self->step, "default-image", TRUE);
  if (step->folder != NULL && !is_inside)
    json_object_set_string_member (script, "workingDir", step->folder);
  if (json_array_get_length (env) > 0)
    json_object_set_array_member (script, "env", env);
  else
    json_array_unref (env);
  if (runnel_flow_asks (self->scope.flow, RUNNEL_FEATURE_ARTIFACTS))
    add_mount (script);
  add_source (self, script, text, is_inside ? "sh" : step->shell);
}

static void
add_suspend (RunnelArgoMaker      *self,
             const char *duration,
             gboolean    fails)
{
  JsonObject *suspend = runnel_kube_add_object (self->made->template, "suspend");
  gint64 span;
  g_autofree char *text = NULL;

  if (duration == NULL || !runnel_duration_parse (duration, &span, NULL))
    return;
  text = span % G_TIME_SPAN_SECOND == 0
           ? g_strdup_printf ("%" G_GINT64_FORMAT "s", span / G_TIME_SPAN_SECOND)
           : g_strdup_printf ("%" G_GINT64_FORMAT "ms", span / G_TIME_SPAN_MILLISECOND);
  if (fails)
    json_object_set_string_member (self->made->template, "timeout", text);
  else
    json_object_set_string_member (suspend, "duration", text);
}

static void
add_approval (RunnelArgoMaker *self)
{
  JsonObject *with = self->made->step->with;
  gboolean goes_on = g_strcmp0 (runnel_kube_get_string (with, "on-timeout"), "approve") == 0;

  add_suspend (self, runnel_kube_get_string (with, "timeout"), !goes_on);
  runnel_kube_keep_step (self->step, self->made->step);
}

/* Another pipeline is a workflow of its own, made from the template that its export is. */
static void
add_subpipeline (RunnelArgoMaker *self)
{
  JsonObject *with = self->made->step->with;
  JsonObject *values = runnel_kube_get_object (with, "parameters");
  g_autofree char *base = g_path_get_basename (runnel_kube_get_string (with, "file") != NULL
                                                 ? runnel_kube_get_string (with, "file")
                                                 : "pipeline");
  g_autofree char *name = NULL;
  g_autoptr(GString) manifest = g_string_new (NULL);
  g_autoptr(GList) keys = values != NULL ? json_object_get_members (values) : NULL;
  JsonObject *resource = runnel_kube_add_object (self->made->template, "resource");

  if (strchr (base, '.') != NULL)
    *strchr (base, '.') = '\0';
  name = runnel_kube_make_name (base);
  g_string_append_printf (manifest,
                          "apiVersion: " RUNNEL_ARGO_API "\nkind: Workflow\nmetadata:\n"
                          "  generateName: %s-\nspec:\n  workflowTemplateRef:\n    name: %s\n",
                          name, name);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      g_autofree char *value = runnel_kube_to_text (json_object_get_member (values, l->data));
      g_autofree char *said = NULL;
      g_autofree char *argument = g_strdup_printf ("with-%s", (char *) l->data);

      self->scope.in_task = TRUE;
      said = _runnel_argo_say_text (&self->scope, value, NULL);
      self->scope.in_task = FALSE;
      if (said == NULL)
        continue;
      runnel_kube_add_pair (_runnel_argo_get_parameters (self->made->task, "arguments"), argument,
                            said);
      runnel_kube_add_pair (_runnel_argo_get_parameters (self->made->template, "inputs"), argument,
                            NULL);
      g_string_append_printf (
        manifest, "%s    - name: %s\n      value: {{=toJson(inputs.parameters['%s'])}}\n",
        l == keys ? "  arguments:\n    parameters:\n" : "", (char *) l->data, argument);
    }
  json_object_set_string_member (resource, "action", "create");
  json_object_set_string_member (resource, "successCondition", "status.phase == Succeeded");
  json_object_set_string_member (resource, "failureCondition", "status.phase in (Failed, Error)");
  json_object_set_string_member (resource, "manifest", manifest->str);
  runnel_kube_keep_step (self->step, self->made->step);
}

/* In place of what can't be said stands what fails and says so, never a silent success. */
static void
add_placeholder (RunnelArgoMaker *self)
{
  JsonObject *script = runnel_kube_add_object (self->made->template, "script");

  json_object_set_string_member (script, "image", get_image (self));
  add_command (script, "sh");
  json_object_set_string_member (
    script, "source", "echo \"This step could not be expressed on Argo Workflows.\" >&2\nexit 1\n");
  runnel_kube_keep_step (self->step, self->made->step);
}

static gboolean
is_plain_wait (const RunnelFlowStep *step)
{
  return g_str_equal (step->kind, "wait") && step->body == RUNNEL_FLOW_SHELL && step->timeout == 0
         && step->retry == NULL && step->env->len == 0 && step->outputs->len == 0
         && step->artifacts->len == 0 && step->folder == NULL && step->image == NULL;
}

static gboolean
add_foreign (RunnelArgoMaker *self)
{
  JsonObject *with = self->made->step->with;
  JsonObject *definition = runnel_kube_get_object (with, "definition");

  if (g_strcmp0 (runnel_kube_get_string (with, "system"), "argo") != 0 || definition == NULL)
    return FALSE;
  runnel_kube_merge (self->made->task, runnel_kube_get_object (definition, "task"));
  if (json_object_has_member (definition, "template"))
    {
      runnel_kube_merge (self->made->template, runnel_kube_get_object (definition, "template"));
    }
  else /* it calls a template of another object, or has its own inside */
    {
      json_object_remove_member (self->made->task, "template");
      g_clear_pointer (&self->made->template, json_object_unref);
    }
  return TRUE;
}

void
_runnel_argo_add_body (RunnelArgoMaker *self)
{
  const RunnelFlowStep *step = self->made->step;

  if (is_plain_wait (step))
    add_suspend (self, runnel_kube_get_string (step->with, "for"), FALSE);
  else if (step->body == RUNNEL_FLOW_SHELL)
    add_script (self);
  else if (step->body == RUNNEL_FLOW_APPROVAL)
    add_approval (self);
  else if (step->body == RUNNEL_FLOW_PIPELINE)
    add_subpipeline (self);
  else if (step->body != RUNNEL_FLOW_FOREIGN || !add_foreign (self))
    add_placeholder (self);
}
