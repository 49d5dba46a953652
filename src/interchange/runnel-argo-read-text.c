/* runnel-argo-read-text.c: texts and variables of a template, with the values that a task gives it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"

#include <string.h>

static JsonObject *
parse_annotation (JsonObject *template,
                  const char *key)
{
  JsonObject *metadata = runnel_kube_get_object (template, "metadata");

  return runnel_kube_parse_object (
    runnel_kube_get_string (runnel_kube_get_object (metadata, "annotations"), key));
}

void
_runnel_argo_call_init (RunnelArgoCall   *self,
                        RunnelArgoReader *reader,
                        JsonObject       *task)
{
  const char *name = runnel_kube_get_string (task, "template");

  *self = (RunnelArgoCall) { .task = task, .name = runnel_kube_get_string (task, "name") };
  self->template = name != NULL ? runnel_kube_get_object (reader->templates, name)
                                : runnel_kube_get_object (task, "inline");
  self->said = parse_annotation (self->template, RUNNEL_KUBE_SAID);
  self->memory = parse_annotation (self->template, RUNNEL_KUBE_STEP);
}

void
_runnel_argo_call_clear (RunnelArgoCall *self)
{
  g_clear_pointer (&self->said, json_object_unref);
  g_clear_pointer (&self->memory, json_object_unref);
}

static JsonObject *
find_parameter (JsonObject *owner,
                const char *key,
                const char *name)
{
  JsonArray *list = runnel_kube_get_array (runnel_kube_get_object (owner, key), "parameters");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *entry = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (entry)
          && g_strcmp0 (runnel_kube_get_string (json_node_get_object (entry), "name"), name) == 0)
        return json_node_get_object (entry);
    }
  return NULL;
}

/* The value that a task gives to an input of its template, or that it has by itself. */
static char *
get_input (RunnelArgoCall *call,
           const char     *name)
{
  JsonObject *given = find_parameter (call->task, "arguments", name);
  JsonObject *declared = find_parameter (call->template, "inputs", name);

  if (given != NULL && json_object_has_member (given, "value"))
    return runnel_kube_to_text (json_object_get_member (given, "value"));
  if (given == NULL && declared != NULL && json_object_has_member (declared, "value"))
    return runnel_kube_to_text (json_object_get_member (declared, "value"));
  if (given == NULL && declared != NULL && json_object_has_member (declared, "default"))
    return runnel_kube_to_text (json_object_get_member (declared, "default"));
  return NULL;
}

gboolean
_runnel_argo_is_name (const char *text)
{
  if (!g_ascii_isalpha (*text) && *text != '_')
    return FALSE;
  return text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")]
         == '\0';
}

/* One reference that stands where the task stands, as an expression of ours; or NULL. */
static char *
read_reference (RunnelArgoReader *reader,
                const char       *reference)
{
  g_auto(GStrv) parts = g_strsplit (reference, ".", -1);
  guint n_parts = g_strv_length (parts);

  if (n_parts >= 1 && g_str_equal (parts[0], "item") && n_parts <= 2)
    {
      if (n_parts == 2 && !_runnel_argo_is_name (parts[1]))
        return NULL;
      return g_strdup_printf ("${{ matrix.%s }}", n_parts == 1 ? "item" : parts[1]);
    }
  if (n_parts == 3 && g_str_equal (parts[1], "parameters")
      && g_str_equal (parts[0], reader->is_main ? "workflow" : "inputs")
      && json_object_has_member (reader->inputs, parts[2]))
    return g_strdup_printf ("${{ params.%s }}", parts[2]);
  if (n_parts == 5 && g_str_equal (parts[0], reader->has_steps ? "steps" : "tasks")
      && g_str_equal (parts[2], "outputs") && g_str_equal (parts[3], "parameters"))
    {
      g_autofree char *key = g_strdup_printf ("%s.%s", parts[1], parts[4]);
      const char *label = runnel_kube_get_string (reader->labels, parts[1]);

      if (label != NULL && json_object_has_member (reader->readable, key)
          && _runnel_argo_is_name (parts[4]))
        return g_strdup_printf ("${{ steps.%s.outputs.%s }}",
                                runnel_import_get_id (reader->import, label), parts[4]);
    }
  return NULL;
}

/* Puts the values of inputs in place of {{inputs.parameters.x}}; NULL if one has none. */
static char *
put_inputs (RunnelArgoCall *call,
            const char     *text)
{
  static const char start[] = "{{inputs.parameters.";
  GString *put = g_string_new (NULL);

  for (const char *c = text; *c != '\0';)
    {
      const char *end = g_str_has_prefix (c, start) ? strstr (c, "}}") : NULL;
      g_autofree char *name =
        end != NULL ? g_strndup (c + strlen (start), end - c - strlen (start)) : NULL;
      g_autofree char *value = name != NULL ? get_input (call, g_strstrip (name)) : NULL;

      if (end != NULL && value == NULL)
        {
          g_string_free (put, TRUE);
          return NULL;
        }
      g_string_append (put, end != NULL ? value : "");
      if (end == NULL)
        g_string_append_c (put, *c);
      c = end != NULL ? end + 2 : c + 1;
    }
  return g_string_free (put, FALSE);
}

/* A text of a template as a text of ours; NULL if there is something in it that Runnel has no word
 * for. */
char *
_runnel_argo_read_text (RunnelArgoReader *reader,
                        RunnelArgoCall   *call,
                        const char       *text)
{
  g_autofree char *put = strstr (text, "${{") == NULL ? put_inputs (call, text) : NULL;
  g_autoptr(GString) said = g_string_new (NULL);
  JsonNode *known = put != NULL ? runnel_kube_recall (call->said, put) : NULL;

  if (known != NULL && JSON_NODE_HOLDS_VALUE (known))
    return json_node_dup_string (known);
  if (put == NULL || strstr (put, "${{") != NULL)
    return NULL;
  for (const char *c = put; *c != '\0';)
    {
      const char *end = g_str_has_prefix (c, "{{") ? strstr (c, "}}") : NULL;
      g_autofree char *inside = end != NULL ? g_strndup (c + 2, end - c - 2) : NULL;
      g_autofree char *ours = inside != NULL ? read_reference (reader, g_strstrip (inside)) : NULL;

      if (g_str_has_prefix (c, "{{") && ours == NULL)
        return NULL;
      g_string_append (said, ours != NULL ? ours : "");
      if (ours == NULL)
        g_string_append_c (said, *c);
      c = ours != NULL ? end + 2 : c + 1;
    }
  return g_string_free (g_steal_pointer (&said), FALSE);
}

static gboolean
is_ours (const char *name)
{
  return g_str_has_prefix (name, "RUNNEL_PARAM_") || g_str_has_prefix (name, "RUNNEL_MATRIX_")
         || g_str_has_prefix (name, "RUNNEL_SECRET_") || g_str_equal (name, "RUNNEL_ARTIFACTS");
}

static gboolean
is_of_pipeline (RunnelArgoReader *reader,
                const char       *name,
                const char       *value)
{
  JsonObject *env = runnel_kube_get_object (reader->memory, "env");

  return g_strcmp0 (runnel_kube_get_string (env, name), value) == 0;
}

static void
add_secret (RunnelArgoReader *reader,
            const char       *name)
{
  JsonArray *secrets = runnel_kube_add_array (reader->pipeline, "secrets");

  for (guint i = 0; i < json_array_get_length (secrets); i++)
    if (g_str_equal (json_array_get_string_element (secrets, i), name))
      return;
  json_array_add_string_element (secrets, name);
}

/* The value of one entry as a text of ours, or NULL. */
static char *
read_value (RunnelArgoReader *reader,
            RunnelArgoCall   *call,
            JsonObject       *entry)
{
  JsonObject *ref =
    runnel_kube_get_object (runnel_kube_get_object (entry, "valueFrom"), "secretKeyRef");
  const char *key = runnel_kube_get_string (ref, "key");
  g_autofree char *value = NULL;
  g_autofree char *plain = NULL;
  JsonNode *known;

  if (ref != NULL && g_strcmp0 (runnel_kube_get_string (ref, "name"), RUNNEL_KUBE_SECRETS) == 0
      && key != NULL && _runnel_argo_is_name (key))
    {
      add_secret (reader, key);
      return g_strdup_printf ("${{ secrets.%s }}", key);
    }
  if (json_object_has_member (entry, "valueFrom"))
    return NULL;
  value = runnel_kube_to_text (json_object_get_member (entry, "value"));
  known = runnel_kube_recall (call->said, value);
  if (known != NULL && JSON_NODE_HOLDS_VALUE (known))
    return json_node_dup_string (known);
  plain = runnel_kube_unescape (value);
  return plain != NULL ? _runnel_argo_read_text (reader, call, plain) : NULL;
}

/* Returns: entries that stay as they are */
JsonArray *
_runnel_argo_read_env (RunnelArgoReader *reader,
                       RunnelArgoCall   *call,
                       JsonArray        *env,
                       JsonObject       *step)
{
  JsonArray *rest = json_array_new ();

  for (guint i = 0; env != NULL && i < json_array_get_length (env); i++)
    {
      JsonNode *node = json_array_get_element (env, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = runnel_kube_get_string (entry, "name");
      g_autofree char *value = NULL;

      if (name == NULL || is_ours (name))
        continue;
      value = read_value (reader, call, entry);
      if (value == NULL)
        json_array_add_element (rest, json_node_copy (node));
      else if (!is_of_pipeline (reader, name, value))
        json_object_set_string_member (runnel_kube_add_object (step, "env"), name, value);
    }
  return rest;
}
