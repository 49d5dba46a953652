/* runnel-tekton-read-task.c: a task of a Tekton pipeline as a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A task that is one script or program, and whose values reach it by environment, becomes a step
 * that Runnel can run; any other is kept whole, as a step of kind foreign.
 */
#include "config.h"

#include "interchange/runnel-shell.h"
#include "interchange/runnel-tekton-read.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/runnel-duration.h"

static gboolean
read_script (RunnelTektonCall *self,
             const char       *script,
             JsonObject       *step)
{
  const char *prelude = "";
  g_autofree char *inner = NULL;
  g_autofree char *interpreter = NULL;
  g_autofree char *shell = NULL;
  g_autofree char *whole = NULL;
  const char *text = script;

  if (runnel_kube_unwrap (script, &inner, &interpreter))
    text = inner;
  else if (_runnel_tekton_has_reference (script) || strstr (script, "${{") != NULL)
    return FALSE;
  else if (g_str_has_prefix (script, "#!/usr/bin/env bash\nset -euo pipefail\n"))
    {
      interpreter = runnel_kube_get_interpreter ("bash");
      text = strchr (strchr (script, '\n') + 1, '\n') + 1;
    }
  else if (g_str_has_prefix (script, "#!"))
    {
      const char *end = strchr (script, '\n');

      interpreter =
        end != NULL ? g_strstrip (g_strndup (script + 2, end - script - 2)) : g_strdup ("");
      text = end != NULL ? end + 1 : "";
    }
  else
    {
      interpreter = g_strdup ("sh -e");
    }
  shell = runnel_kube_find_shell (interpreter, &prelude);
  if (shell == NULL && inner == NULL)
    return FALSE;
  whole = g_strconcat (prelude, text, NULL);
  runnel_shell_read_step (whole, shell != NULL ? shell : interpreter, step);
  return TRUE;
}

static gboolean
read_argv (RunnelTektonCall *self,
           JsonObject       *container,
           JsonObject       *step)
{
  JsonArray *lists[] = { runnel_kube_get_array (container, "command"),
                         runnel_kube_get_array (container, "args") };
  g_autoptr(JsonArray) argv = json_array_new ();

  if (lists[0] == NULL || json_array_get_length (lists[0]) == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; lists[i] != NULL && j < json_array_get_length (lists[i]); j++)
      {
        g_autofree char *word = runnel_kube_to_text (json_array_get_element (lists[i], j));
        g_autofree char *ours =
          strstr (word, "$$") == NULL ? _runnel_tekton_read_text (self, word, TRUE) : NULL;

        if (ours == NULL)
          return FALSE;
        json_array_add_string_element (argv, ours);
      }
  json_object_set_string_member (step, "kind", "command");
  json_object_set_array_member (runnel_kube_add_object (step, "with"), "argv",
                                g_steal_pointer (&argv));
  return TRUE;
}

static JsonObject *
copy_without (JsonObject        *object,
              const char *const *keys)
{
  JsonObject *copy = json_object_new ();
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (keys, l->data))
      json_object_set_member (copy, l->data,
                              json_node_copy (json_object_get_member (object, l->data)));
  return copy;
}

static gboolean
mentions_reference (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  return _runnel_tekton_has_reference (text);
}

static JsonObject *
get_kept (JsonObject *step,
          const char *key)
{
  return runnel_kube_add_object (
    runnel_kube_add_object (runnel_kube_add_object (step, "foreign"), "tekton"), key);
}

static void
read_results (RunnelTektonCall *self,
              JsonObject       *step)
{
  JsonArray *results = runnel_kube_get_array (self->spec, "results");

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      const char *name =
        JSON_NODE_HOLDS_OBJECT (json_array_get_element (results, i))
          ? runnel_kube_get_string (json_array_get_object_element (results, i), "name")
          : NULL;

      if (name != NULL && !g_str_equal (name, "outcome") && !g_str_equal (name, "after"))
        json_object_set_string_member (runnel_kube_add_object (step, "outputs"), name, "");
    }
}

/* The only step of the task; FALSE if there is more in it than Runnel can say. */
static gboolean
read_container (RunnelTektonCall *self,
                JsonObject       *container,
                JsonObject       *step)
{
  static const char *const known[] = { "name", "image", "script",     "command",
                                       "args", "env",   "workingDir", NULL };
  const char *script = runnel_kube_get_string (container, "script");
  const char *folder = runnel_kube_get_string (container, "workingDir");
  const char *image = runnel_kube_get_string (container, "image");
  g_autoptr(JsonObject) rest = copy_without (container, known);
  g_autoptr(JsonArray) env_rest = json_array_new ();
  g_autofree char *image_text = image != NULL ? _runnel_tekton_read_text (self, image, TRUE) : NULL;

  if (self->memory != NULL)
    json_object_remove_member (rest, "onError");
  if (image_text == NULL || strstr (image_text, "${{") != NULL || mentions_reference (rest)
      || json_object_has_member (rest, "ref") || json_object_has_member (rest, "onError")
      || (folder != NULL && _runnel_tekton_has_reference (folder))
      || !_runnel_tekton_read_env (self, runnel_kube_get_array (container, "env"), step, env_rest))
    return FALSE;
  if (script != NULL ? !read_script (self, script, step) : !read_argv (self, container, step))
    return FALSE;
  if (self->memory == NULL || !json_object_has_member (self->memory, "default-image"))
    json_object_set_string_member (step, "image", image_text);
  if (folder != NULL)
    json_object_set_string_member (step, "working-directory", folder);
  if (json_array_get_length (env_rest) > 0)
    json_object_set_array_member (rest, "env", json_array_ref (env_rest));
  if (json_object_get_size (rest) > 0)
    runnel_kube_merge (get_kept (step, "step"), rest);
  if (g_strcmp0 (runnel_kube_get_string (container, "name"), "run") != 0)
    json_object_set_string_member (get_kept (step, "step"), "name",
                                   runnel_kube_get_string (container, "name") != NULL
                                     ? runnel_kube_get_string (container, "name") : "run");
  return TRUE;
}

static gboolean
read_axes (JsonArray  *params,
           JsonObject *matrix)
{
  for (guint i = 0; params != NULL && i < json_array_get_length (params); i++)
    {
      JsonObject *param = json_array_get_object_element (params, i);
      const char *name = runnel_kube_get_string (param, "name");
      JsonArray *values = runnel_kube_get_array (param, "value");

      if (name == NULL || !_runnel_tekton_is_name (name) || values == NULL)
        return FALSE;
      json_object_set_array_member (matrix, _runnel_tekton_get_axis (name),
                                    json_array_ref (values));
    }
  return TRUE;
}

static gboolean
read_include (JsonArray  *include,
              JsonObject *matrix)
{
  for (guint i = 0; include != NULL && i < json_array_get_length (include); i++)
    {
      JsonArray *params =
        runnel_kube_get_array (json_array_get_object_element (include, i), "params");
      JsonObject *entry = json_object_new ();

      json_array_add_object_element (runnel_kube_add_array (matrix, "include"), entry);
      for (guint j = 0; params != NULL && j < json_array_get_length (params); j++)
        {
          JsonObject *param = json_array_get_object_element (params, j);
          const char *name = runnel_kube_get_string (param, "name");

          if (name == NULL || !_runnel_tekton_is_name (name)
              || !json_object_has_member (param, "value"))
            return FALSE;
          json_object_set_member (entry, _runnel_tekton_get_axis (name),
                                  json_node_copy (json_object_get_member (param, "value")));
        }
    }
  return TRUE;
}

static gboolean
read_matrix (RunnelTektonCall *self,
             JsonObject       *step)
{
  JsonNode *node = json_object_get_member (self->task, "matrix");
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;
  JsonNode *known = runnel_kube_recall (self->said, text);
  g_autoptr(JsonObject) matrix = NULL;

  if (self->memory != NULL && json_object_has_member (self->memory, "matrix"))
    known = json_object_get_member (self->memory, "matrix");
  if (known != NULL)
    {
      json_object_set_member (step, "matrix", json_node_copy (known));
      return TRUE;
    }
  if (node == NULL)
    return TRUE;
  matrix = json_object_new ();
  if (!JSON_NODE_HOLDS_OBJECT (node) || _runnel_tekton_has_reference (text)
      || !read_axes (runnel_kube_get_array (json_node_get_object (node), "params"), matrix)
      || !read_include (runnel_kube_get_array (json_node_get_object (node), "include"), matrix))
    return FALSE;
  json_object_set_boolean_member (matrix, "fail-fast", FALSE);
  json_object_set_object_member (step, "matrix", json_object_ref (matrix));
  return TRUE;
}

static void
read_limits (RunnelTektonCall *self,
             JsonObject       *step)
{
  const char *timeout = runnel_kube_get_string (self->task, "timeout");
  g_autofree char *retries = runnel_kube_to_text (json_object_get_member (self->task, "retries"));
  JsonNode *known = runnel_kube_recall (self->said, timeout);
  gint64 span;

  if (known != NULL)
    json_object_set_member (step, "timeout", json_node_copy (known));
  else if (timeout != NULL && runnel_duration_parse (timeout, &span, NULL) && span > 0)
    {
      g_autofree char *plain = runnel_duration_to_string (span);

      json_object_set_string_member (step, "timeout", plain);
    }
  if (*retries != '\0' && *retries != '0' && retries[strspn (retries, "0123456789")] == '\0')
    json_object_set_int_member (step, "retry", g_ascii_strtoll (retries, NULL, 10));
}

static void
read_foreign (RunnelTektonCall *self,
              JsonObject       *step)
{
  static const char *const links[] = { "name", "runAfter", NULL };
  JsonObject *with = json_object_new ();
  JsonObject *task = copy_without (self->task, links);

  if (self->spec != NULL && json_object_has_member (task, "taskRef"))
    {
      json_object_remove_member (task, "taskRef");
      json_object_set_object_member (task, "taskSpec", json_object_ref (self->spec));
    }
  json_object_set_string_member (with, "system", "tekton");
  json_object_set_object_member (runnel_kube_add_object (with, "definition"), "task", task);
  json_object_set_string_member (step, "kind", "foreign");
  json_object_set_object_member (step, "with", with);
}

static gboolean
is_simple (RunnelTektonCall *self)
{
  static const char *const keys[] = { "params",     "results",     "steps",      "metadata",
                                      "workspaces", "description", "displayName" };
  static const char *const of_task[] = { "name",    "displayName", "description", "params",
                                         "matrix",  "runAfter",    "when",        "retries",
                                         "timeout", "taskSpec",    "taskRef",     "workspaces" };
  JsonArray *steps = runnel_kube_get_array (self->spec, "steps");
  g_autoptr(GList) members = self->spec != NULL ? json_object_get_members (self->spec) : NULL;
  g_autoptr(GList) members_of_task = json_object_get_members (self->task);

  if (steps == NULL || json_array_get_length (steps) != 1
      || !JSON_NODE_HOLDS_OBJECT (json_array_get_element (steps, 0)))
    return FALSE;
  /* results of others are written by other means than lines in $RUNNEL_OUTPUT, and so are
   * workspaces */
  if (self->memory == NULL
      && (json_object_has_member (self->spec, "results")
          || json_object_has_member (self->spec, "workspaces")))
    return FALSE;
  for (GList *l = members; l != NULL; l = l->next)
    {
      gboolean is_known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        is_known = is_known || g_str_equal (l->data, keys[i]);
      if (!is_known)
        return FALSE;
    }
  for (GList *l = members_of_task; l != NULL; l = l->next)
    {
      gboolean is_known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (of_task); i++)
        is_known = is_known || g_str_equal (l->data, of_task[i]);
      if (!is_known)
        return FALSE;
    }
  return TRUE;
}

/**
 * _runnel_tekton_read_body:
 * @self: a task
 * @step: a step or a hook, to be filled in with all but its links
 */
void
_runnel_tekton_read_body (RunnelTektonCall *self,
                          JsonObject       *step)
{
  const char *title = runnel_kube_get_string (self->task, "displayName");

  if (title != NULL)
    json_object_set_string_member (step, "name", title);
  if (runnel_kube_recall_step (self->memory, step))
    {
      read_matrix (self, step);
      return;
    }
  if (_runnel_tekton_has_conditions_of_ours (self) && is_simple (self) && read_matrix (self, step)
      && read_container (
        self, json_array_get_object_element (runnel_kube_get_array (self->spec, "steps"), 0), step))
    {
      read_limits (self, step);
      read_results (self, step);
      if (self->memory != NULL && json_object_has_member (self->memory, "env"))
        runnel_kube_merge (runnel_kube_add_object (step, "env"),
                           runnel_kube_get_object (self->memory, "env"));
      return;
    }
  json_object_remove_member (step, "matrix");
  json_object_remove_member (step, "env");
  json_object_remove_member (step, "foreign");
  read_foreign (self, step);
}
