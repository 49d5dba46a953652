/* runnel-argo-read-step.c: what a task of Argo does, as a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A template has inputs, and each task that calls it gives them values; a step has no such thing,
 * so it is made from both together. What can't be said so is kept whole, as a step of kind foreign.
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"
#include "interchange/runnel-shell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/runnel-duration.h"

static char *
join_words (JsonArray *words)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    {
      g_autofree char *word = runnel_kube_to_text (json_array_get_element (words, i));

      g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", word);
    }
  return g_string_free (joined, FALSE);
}

/* Lines that a shell runs, from a script template. */
static gboolean
read_lines (JsonObject *step,
            const char *text,
            const char *interpreter)
{
  const char *prelude;
  g_autofree char *inner = NULL;
  g_autofree char *inner_interpreter = NULL;
  g_autofree char *shell = NULL;
  g_autofree char *whole = NULL;

  if (g_str_equal (interpreter, "sh") && runnel_kube_unwrap (text, &inner, &inner_interpreter))
    {
      text = inner;
      interpreter = inner_interpreter;
    }
  else if (strstr (text, "{{") != NULL || strstr (text, "${{") != NULL)
    {
      return FALSE;
    }
  shell = runnel_kube_find_shell (interpreter, &prelude);
  if (shell == NULL && inner == NULL)
    return FALSE;
  whole = g_strconcat (prelude, text, NULL);
  runnel_shell_read_step (whole, shell != NULL ? shell : interpreter, step);
  return TRUE;
}

/* A program with its arguments, in which references may stand. */
static gboolean
read_argv (RunnelArgoReader *reader,
           RunnelArgoCall   *call,
           JsonObject       *container,
           JsonObject       *step)
{
  JsonArray *lists[] = { runnel_kube_get_array (container, "command"),
                         runnel_kube_get_array (container, "args") };
  g_autoptr(JsonArray) argv = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; lists[i] != NULL && j < json_array_get_length (lists[i]); j++)
      {
        g_autofree char *word = runnel_kube_to_text (json_array_get_element (lists[i], j));
        g_autofree char *plain = runnel_kube_unescape (word);
        g_autofree char *ours = plain != NULL ? _runnel_argo_read_text (reader, call, plain) : NULL;

        if (ours == NULL)
          return FALSE;
        json_array_add_string_element (argv, ours);
      }
  if (lists[0] == NULL || json_array_get_length (argv) == 0)
    return FALSE;
  json_object_set_string_member (step, "kind", "command");
  json_object_set_array_member (runnel_kube_add_object (step, "with"), "argv",
                                g_steal_pointer (&argv));
  return TRUE;
}

/* `sh -c TEXT`: the text is a script of its own. */
static gboolean
read_shell_call (JsonObject *container,
                 JsonObject *step)
{
  g_autofree char *command = join_words (runnel_kube_get_array (container, "command"));
  JsonArray *args = runnel_kube_get_array (container, "args");
  g_autofree char *text = NULL;
  g_autofree char *interpreter = NULL;

  if (!g_str_has_suffix (command, " -c") || args == NULL || json_array_get_length (args) != 1)
    return FALSE;
  text = runnel_kube_to_text (json_array_get_element (args, 0));
  if (strstr (text, "$$") != NULL || strstr (text, "$(") != NULL)
    return FALSE; /* Kubernetes would replace it, and a script is not replaced in */
  interpreter = g_strndup (command, strlen (command) - strlen (" -c"));
  return read_lines (step, text, interpreter);
}

static gboolean
mentions (JsonObject *object,
          const char *text)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *whole = json_to_string (node, FALSE);

  return strstr (whole, text) != NULL;
}

static const char *const consumed[] = { "image", "command", "args", "source", "env", "name", NULL };

/* A container or script; FALSE, with nothing changed but `step`, when it can't be said as lines or
 * arguments. */
static gboolean
read_container (RunnelArgoReader *reader,
                RunnelArgoCall   *call,
                JsonObject       *container,
                JsonObject       *step,
                JsonObject       *rest)
{
  g_autofree char *interpreter = join_words (runnel_kube_get_array (container, "command"));
  g_autoptr(JsonObject) kept = _runnel_argo_copy_without (container, consumed);
  const char *source = runnel_kube_get_string (container, "source");
  const char *folder = runnel_kube_get_string (container, "workingDir");
  g_autofree char *image = NULL;
  g_autoptr(JsonArray) env = NULL;

  if (mentions (kept, "{{"))
    return FALSE;
  if (runnel_kube_get_string (container, "image") != NULL)
    image = _runnel_argo_read_text (reader, call, runnel_kube_get_string (container, "image"));
  if (image == NULL || strstr (image, "${{") != NULL)
    return FALSE;
  env = _runnel_argo_read_env (reader, call, runnel_kube_get_array (container, "env"), step);
  if (json_array_get_length (env) > 0)
    json_object_set_array_member (kept, "env", json_array_ref (env));
  if (source != NULL
        ? !read_lines (step, source, interpreter)
        : !read_shell_call (container, step) && !read_argv (reader, call, container, step))
    return FALSE;
  if (folder != NULL)
    json_object_set_string_member (step, "working-directory", folder);
  json_object_remove_member (kept, "workingDir");
  if (call->memory == NULL || !json_object_has_member (call->memory, "default-image"))
    json_object_set_string_member (step, "image", image);
  if (json_object_get_size (kept) > 0)
    json_object_set_object_member (rest, "script", g_steal_pointer (&kept));
  return TRUE;
}

static void
read_suspend (RunnelArgoCall *call,
              JsonObject     *step)
{
  JsonObject *suspend = runnel_kube_get_object (call->template, "suspend");
  g_autofree char *text = runnel_kube_to_text (json_object_get_member (suspend, "duration"));
  g_autofree char *prompt = NULL;
  gint64 span;

  if (text[0] != '\0' && text[strspn (text, "0123456789")] == '\0')
    {
      g_autofree char *seconds = g_steal_pointer (&text);

      text = g_strconcat (seconds, "s", NULL);
    }
  if (text[0] != '\0' && runnel_duration_parse (text, &span, NULL))
    {
      g_autofree char *plain = runnel_duration_to_string (span);

      json_object_set_string_member (step, "kind", "wait");
      json_object_set_string_member (runnel_kube_add_object (step, "with"), "for", plain);
      return;
    }
  prompt = g_strdup_printf (_("Go on after “%s”?"), call->name);
  json_object_set_string_member (step, "kind", "approval");
  json_object_set_string_member (runnel_kube_add_object (step, "with"), "prompt", prompt);
}

static void
read_call_of_graph (RunnelArgoReader *reader,
                    RunnelArgoCall   *call,
                    JsonObject       *step)
{
  JsonObject *with = runnel_kube_add_object (step, "with");
  JsonArray *given =
    runnel_kube_get_array (runnel_kube_get_object (call->task, "arguments"), "parameters");
  const char *name = runnel_kube_get_string (call->task, "template");
  g_autofree char *stem = runnel_kube_make_name (name != NULL ? name : call->name);
  g_autofree char *file = g_strdup_printf ("%s-%s.runnel.json", reader->stem, stem);

  json_object_set_string_member (step, "kind", "pipeline");
  json_object_set_string_member (with, "file", file);
  for (guint i = 0; given != NULL && i < json_array_get_length (given); i++)
    {
      JsonNode *node = json_array_get_element (given, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *value =
        runnel_kube_to_text (entry != NULL ? json_object_get_member (entry, "value") : NULL);
      g_autofree char *ours = _runnel_argo_read_text (reader, call, value);

      if (runnel_kube_get_string (entry, "name") == NULL)
        continue;
      if (ours == NULL)
        {
          runnel_import_note (
            reader->import, reader->line, 1, runnel_kube_get_string (step, "id"),
            _ ("The argument “%s” is given as it stands: Runnel has no word for “%s”"),
            runnel_kube_get_string (entry, "name"), value);
          ours = strstr (value, "${{") == NULL ? g_strdup (value) : g_strdup ("");
        }
      json_object_set_string_member (runnel_kube_add_object (with, "parameters"),
                                     runnel_kube_get_string (entry, "name"), ours);
    }
}

static gboolean
read_lines_of (RunnelArgoReader *reader,
               RunnelArgoCall   *call,
               JsonObject       *step,
               JsonObject       *rest)
{
  JsonObject *container = runnel_kube_get_object (call->template, "script");

  if (container == NULL)
    container = runnel_kube_get_object (call->template, "container");
  if (container == NULL || mentions (rest, "{{inputs.parameters") || mentions (rest, "{{=")
      || mentions (call->task, "\"arguments\":{\"artifacts\""))
    return FALSE;
  return read_container (reader, call, container, step, rest);
}

/**
 * _runnel_argo_read_body:
 * @reader: the pipeline
 * @call: a task with what it calls
 * @step: a step, or a hook, to be filled in with all but its links
 */
void
_runnel_argo_read_body (RunnelArgoReader *reader,
                        RunnelArgoCall   *call,
                        JsonObject       *step)
{
  JsonObject *template = call->template;
  g_autoptr(JsonObject) rest =
    template != NULL ? _runnel_argo_get_rest (template) : json_object_new ();
  const char *title = runnel_kube_get_string (runnel_kube_get_object (template, "annotations"),
                                              RUNNEL_ARGO_DISPLAY_NAME);
  gboolean has_matrix = _runnel_argo_read_matrix (reader, call, step);

  if (title != NULL)
    json_object_set_string_member (step, "name", title);
  if (call->memory != NULL && runnel_kube_get_string (call->memory, "kind") != NULL)
    {
      runnel_kube_recall_step (call->memory, step);
    }
  else if (has_matrix && _runnel_argo_is_graph (template))
    {
      read_call_of_graph (reader, call, step);
    }
  else if (has_matrix && template != NULL && json_object_has_member (template, "suspend")
           && !json_object_has_member (template, "outputs"))
    {
      read_suspend (call, step);
    }
  else if (!has_matrix || template == NULL || !read_lines_of (reader, call, step, rest))
    {
      json_object_remove_member (step, "matrix");
      json_object_remove_member (step, "env");
      if (_runnel_argo_is_graph (template))
        _runnel_argo_keep_template (reader, runnel_kube_get_string (call->task, "template"));
      _runnel_argo_read_foreign (reader, call, step);
      return;
    }
  if (call->memory != NULL && json_object_has_member (call->memory, "env"))
    runnel_kube_merge (runnel_kube_add_object (step, "env"),
                       runnel_kube_get_object (call->memory, "env"));
  _runnel_argo_read_outputs (call, step, rest);
  _runnel_argo_read_condition (reader, call, step);
  _runnel_argo_read_template (reader, call, step, rest);
}
