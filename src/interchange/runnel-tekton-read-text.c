/* runnel-tekton-read-text.c: texts and variables of a task, with the values that the pipeline gives
 * it SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-tekton-read.h"

#include <string.h>

static JsonObject *
parse_annotation (JsonObject *spec,
                  const char *key)
{
  JsonObject *metadata = runnel_kube_get_object (spec, "metadata");

  return runnel_kube_parse_object (
    runnel_kube_get_string (runnel_kube_get_object (metadata, "annotations"), key));
}

void
_runnel_tekton_call_init (RunnelTektonCall   *self,
                          RunnelTektonReader *reader,
                          JsonObject         *task)
{
  JsonObject *ref = runnel_kube_get_object (task, "taskRef");
  const char *name = runnel_kube_get_string (ref, "name");
  JsonObject *named = name != NULL ? g_hash_table_lookup (reader->tasks, name) : NULL;

  *self = (RunnelTektonCall){ .reader = reader,
                              .task = task,
                              .name = runnel_kube_get_string (task, "name") };
  self->spec = runnel_kube_get_object (task, "taskSpec");
  if (self->spec == NULL && !json_object_has_member (task, "taskSpec"))
    self->spec = runnel_kube_get_object (named, "spec");
  self->said = parse_annotation (self->spec, RUNNEL_KUBE_SAID);
  self->memory = parse_annotation (self->spec, RUNNEL_KUBE_STEP);
}

void
_runnel_tekton_call_clear (RunnelTektonCall *self)
{
  g_clear_pointer (&self->said, json_object_unref);
  g_clear_pointer (&self->memory, json_object_unref);
}

static JsonObject *
find_named (JsonArray  *list,
            const char *name)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *entry = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (entry)
          && g_strcmp0 (runnel_kube_get_string (json_node_get_object (entry), "name"), name) == 0)
        return json_node_get_object (entry);
    }
  return NULL;
}

gboolean
_runnel_tekton_is_name (const char *text)
{
  return (g_ascii_isalpha (*text) || *text == '_')
         && text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")]
              == '\0';
}

/* Our own export calls them so. */
const char *
_runnel_tekton_get_axis (const char *name)
{
  return g_str_has_prefix (name, "matrix-") ? name + strlen ("matrix-") : name;
}

/* Whether the task has a matrix, and this is one of its parameters. */
static gboolean
is_axis (RunnelTektonCall *self,
         const char       *name)
{
  JsonObject *matrix = runnel_kube_get_object (self->task, "matrix");
  JsonArray *include = runnel_kube_get_array (matrix, "include");

  if (find_named (runnel_kube_get_array (matrix, "params"), name) != NULL)
    return TRUE;
  for (guint i = 0; include != NULL && i < json_array_get_length (include); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (include, i))
        && find_named (runnel_kube_get_array (json_array_get_object_element (include, i), "params"),
                       name)
             != NULL)
      return TRUE;
  return FALSE;
}

/* A parameter of the task: what it is given, or its own default. */
static char *
read_inner_parameter (RunnelTektonCall *self,
                      const char       *name)
{
  JsonObject *given = find_named (runnel_kube_get_array (self->task, "params"), name);
  JsonObject *declared = find_named (runnel_kube_get_array (self->spec, "params"), name);
  JsonNode *value = NULL;
  g_autofree char *text = NULL;

  if (is_axis (self, name))
    return g_strdup_printf ("${{ matrix.%s }}", _runnel_tekton_get_axis (name));
  if (given != NULL)
    value = json_object_get_member (given, "value");
  else if (declared != NULL && json_object_has_member (declared, "default"))
    value = json_object_get_member (declared, "default");
  else if (declared == NULL && json_object_has_member (self->reader->inputs, name))
    return g_strdup_printf ("${{ params.%s }}", name);
  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return NULL;
  text = runnel_kube_to_text (value);
  return _runnel_tekton_read_text (self, text, FALSE);
}

/* One reference as an expression or a text of ours; NULL if Runnel has no word for it. */
static char *
read_reference (RunnelTektonCall *self,
                const char       *reference,
                gboolean          is_inside)
{
  g_auto(GStrv) parts = g_strsplit (reference, ".", -1);
  const guint n_parts = g_strv_length (parts);
  const char *label;
  g_autofree char *key = NULL;

  if (n_parts == 2 && g_str_equal (parts[0], "params") && _runnel_tekton_is_name (parts[1]))
    {
      if (is_inside)
        return read_inner_parameter (self, parts[1]);
      return json_object_has_member (self->reader->inputs, parts[1])
               ? g_strdup_printf ("${{ params.%s }}", parts[1])
               : NULL;
    }
  if (n_parts != 4 || !g_str_equal (parts[0], "tasks") || !g_str_equal (parts[2], "results")
      || !_runnel_tekton_is_name (parts[3]))
    return NULL;
  label = runnel_kube_get_string (self->reader->labels, parts[1]);
  key = g_strdup_printf ("%s.%s", parts[1], parts[3]);
  if (label == NULL || !json_object_has_member (self->reader->results, key))
    return NULL;
  return g_strdup_printf ("${{ steps.%s.outputs.%s }}",
                          runnel_import_get_id (self->reader->import, label), parts[3]);
}

/* What Tekton would replace. */
static gboolean
is_reference (const char *text)
{
  static const char *const roots[] = { "params",  "tasks",       "context",  "workspaces",
                                       "results", "steps",       "step",     "inputs",
                                       "outputs", "credentials", "artifacts" };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (g_str_has_prefix (text + 2, roots[i]) && strchr (".[", text[2 + strlen (roots[i])]) != NULL
        && text[2 + strlen (roots[i])] != '\0')
      return TRUE;
  return FALSE;
}

gboolean
_runnel_tekton_has_reference (const char *text)
{
  for (const char *c = strstr (text, "$("); c != NULL; c = strstr (c + 2, "$("))
    if (is_reference (c))
      return TRUE;
  return FALSE;
}

/* A text of the pipeline, or from inside of the task, as a text of ours; NULL if that can't be. */
char *
_runnel_tekton_read_text (RunnelTektonCall *self,
                          const char       *text,
                          gboolean          is_inside)
{
  g_autoptr(GString) said = g_string_new (NULL);
  JsonNode *known = runnel_kube_recall (self->said, text);

  if (known != NULL && JSON_NODE_HOLDS_VALUE (known))
    return json_node_dup_string (known);
  if (strstr (text, "${{") != NULL)
    return NULL;
  for (const char *c = text; *c != '\0';)
    {
      const char *end = g_str_has_prefix (c, "$(") && is_reference (c) ? strchr (c, ')') : NULL;
      g_autofree char *inside = end != NULL ? g_strndup (c + 2, end - c - 2) : NULL;
      g_autofree char *ours = inside != NULL ? read_reference (self, inside, is_inside) : NULL;

      if (g_str_has_prefix (c, "$(") && is_reference (c) && ours == NULL)
        return NULL;
      g_string_append (said, ours != NULL ? ours : "");
      if (ours == NULL)
        g_string_append_c (said, *c);
      c = ours != NULL ? end + 1 : c + 1;
    }
  return g_string_free (g_steal_pointer (&said), FALSE);
}

static gboolean
is_ours (const char *name)
{
  static const char *const prefixes[] = { "RUNNEL_PARAM_",   "RUNNEL_MATRIX_", "RUNNEL_SECRET_",
                                          "RUNNEL_OUTCOME_", "RUNNEL_AFTER_",  "RUNNEL_OUTPUT_",
                                          "RUNNEL_ARTIFACTS" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]))
      return TRUE;
  return FALSE;
}

static char *
read_value (RunnelTektonCall *self,
            JsonObject       *entry)
{
  JsonObject *ref =
    runnel_kube_get_object (runnel_kube_get_object (entry, "valueFrom"), "secretKeyRef");
  const char *key = runnel_kube_get_string (ref, "key");
  g_autofree char *value = NULL;
  g_autofree char *plain = NULL;
  JsonNode *known;

  if (key != NULL && _runnel_tekton_is_name (key)
      && g_strcmp0 (runnel_kube_get_string (ref, "name"), RUNNEL_KUBE_SECRETS) == 0)
    return g_strdup_printf ("${{ secrets.%s }}", key);
  if (json_object_has_member (entry, "valueFrom"))
    return NULL;
  value = runnel_kube_to_text (json_object_get_member (entry, "value"));
  known = runnel_kube_recall (self->said, value);
  if (known != NULL && JSON_NODE_HOLDS_VALUE (known))
    return json_node_dup_string (known);
  if (!_runnel_tekton_has_reference (value))
    plain = runnel_kube_unescape (value);
  else
    plain = g_strdup (value);
  return plain != NULL ? _runnel_tekton_read_text (self, plain, TRUE) : NULL;
}

gboolean
_runnel_tekton_read_env (RunnelTektonCall *self,
                         JsonArray        *env,
                         JsonObject       *step,
                         JsonArray        *rest)
{
  JsonObject *outer = runnel_kube_get_object (self->reader->memory, "env");

  for (guint i = 0; env != NULL && i < json_array_get_length (env); i++)
    {
      JsonNode *node = json_array_get_element (env, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = runnel_kube_get_string (entry, "name");
      g_autofree char *value = NULL;

      if (name == NULL || is_ours (name))
        continue;
      value = read_value (self, entry);
      if (value != NULL && g_strcmp0 (runnel_kube_get_string (outer, name), value) == 0)
        continue;
      if (value != NULL)
        json_object_set_string_member (runnel_kube_add_object (step, "env"), name, value);
      else if (json_object_has_member (entry, "valueFrom"))
        json_array_add_element (rest, json_node_copy (node));
      else
        return FALSE;
    }
  return TRUE;
}
