/* runnel-github-matrix.c: `strategy` of a job
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"

typedef char *(*Translate) (const char *text, gpointer user_data, GError **error);

static JsonNode *
translate_json (JsonNode *value, Translate translate, gpointer user_data, GError **error);

static JsonNode *
translate_array (JsonArray *array, Translate translate, gpointer user_data, GError **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *copy = json_array_new ();

  json_node_take_array (node, copy);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item =
        translate_json (json_array_get_element (array, i), translate, user_data, error);

      if (item == NULL)
        return NULL;
      json_array_add_element (copy, item);
    }

  return g_steal_pointer (&node);
}

static JsonNode *
translate_object (JsonObject *object, Translate translate, gpointer user_data, GError **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_node_take_object (node, copy);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      JsonNode *member = translate_json (value, translate, user_data, error);

      if (member == NULL)
        return NULL;
      json_object_set_member (copy, key, member);
    }

  return g_steal_pointer (&node);
}

/* A copy of a value with all texts in it, at any depth, in the words of the other side. */
static JsonNode *
translate_json (JsonNode *value, Translate translate, gpointer user_data, GError **error)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_ARRAY (value))
    return translate_array (json_node_get_array (value), translate, user_data, error);
  if (JSON_NODE_HOLDS_OBJECT (value))
    return translate_object (json_node_get_object (value), translate, user_data, error);
  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
    return json_node_copy (value);

  text = translate (json_node_get_string (value), user_data, error);

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static char *
say_cb (const char *text, gpointer user_data, GError **error)
{
  return runnel_github_say_text (user_data, text, error);
}

static char *
read_cb (const char *text, gpointer user_data, GError **error)
{
  return runnel_github_read_text (text, user_data, error);
}

/* Returns (transfer full) `value` with GitHub's expressions in the place of Runnel's, or NULL with
 * `error` set. */
JsonNode *
_runnel_github_say_json (const RunnelGithubSpeaker *speaker, JsonNode *value, GError **error)
{
  return translate_json (value, say_cb, (gpointer) speaker, error);
}

/* The other way round. */
JsonNode *
_runnel_github_read_json (JsonNode *value, const RunnelGithubNames *names, GError **error)
{
  return translate_json (value, read_cb, (gpointer) names, error);
}

static gboolean
is_axis (const char *name)
{
  static const char *const others[] = { "include",   "exclude", "max-parallel",
                                        "fail-fast", "limit",   NULL };

  return !g_strv_contains (others, name);
}

static void
add_axis (GPtrArray *axes, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (axes, name, g_str_equal, NULL))
    g_ptr_array_add (axes, g_strdup (name));
}

/* Returns (transfer full) the names of the values that combinations have, as far as they are known
 * beforehand. */
GPtrArray *
_runnel_github_list_axes (JsonNode *matrix)
{
  GPtrArray *axes = g_ptr_array_new_with_free_func (g_free);
  JsonNode *include;
  JsonObjectIter iter;
  const char *name;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (matrix))
    return axes;

  object = json_node_get_object (matrix);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (is_axis (name))
      add_axis (axes, name);
  include = json_object_get_member (object, "include");
  for (guint i = 0; include != NULL && JSON_NODE_HOLDS_ARRAY (include)
                    && i < json_array_get_length (json_node_get_array (include));
       i++)
    {
      JsonNode *entry = json_array_get_element (json_node_get_array (include), i);

      if (!JSON_NODE_HOLDS_OBJECT (entry))
        continue;
      json_object_iter_init_ordered (&iter, json_node_get_object (entry));
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        add_axis (axes, name);
    }

  return axes;
}

/* `needs.X.outputs.Y != '[]'` for `${{ fromJSON(needs.X.outputs.Y) }}`: GitHub fails a job with an
 * empty matrix. */
static void
add_guard (JsonNode *value, GPtrArray *guards)
{
  static const char start[] = "${{ fromJSON(needs.";
  static const char end[] = ") }}";
  const char *text;
  gsize length;

  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
    return;
  text = json_node_get_string (value);
  length = strlen (text);
  if (!g_str_has_prefix (text, start) || !g_str_has_suffix (text, end)
      || strchr (text, '\'') != NULL)
    return;

  text += strlen (start) - strlen ("needs.");
  length = strlen (text) - strlen (end);
  g_ptr_array_add (guards, g_strdup_printf ("%.*s != '[]'", (int) length, text));
}

/* Adds what must hold for a matrix, in GitHub's words, to have a combination. */
void
_runnel_github_add_guards (JsonNode *matrix, GPtrArray *guards)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (matrix))
    {
      add_guard (matrix, guards);
      return;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (matrix));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (is_axis (name))
      add_guard (value, guards);
}

static void
write_axes (RunnelGithubExport *self, JsonObject *matrix)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  runnel_yaml_writer_open_map (self->writer);
  json_object_iter_init_ordered (&iter, matrix);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (is_axis (name) || g_str_equal (name, "include") || g_str_equal (name, "exclude"))
      {
        runnel_yaml_writer_key (self->writer, name);
        runnel_yaml_writer_json (self->writer, value);
      }
  runnel_yaml_writer_close_map (self->writer);
}

/* The limits of a matrix that is computed as a whole have no place in Runnel's file. */
static JsonObject *
get_limits (const RunnelFlowStep *step)
{
  JsonNode *kept = _runnel_github_get_kept (step, "strategy");

  if (JSON_NODE_HOLDS_OBJECT (step->matrix))
    return json_node_get_object (step->matrix);

  return kept != NULL && JSON_NODE_HOLDS_OBJECT (kept) ? json_node_get_object (kept) : NULL;
}

static void
write_limits (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  static const char *const keys[] = { "fail-fast", "max-parallel" };
  JsonObject *limits = get_limits (step);

  for (gsize i = 0; limits != NULL && i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (limits, keys[i]))
      {
        runnel_yaml_writer_key (self->writer, keys[i]);
        runnel_yaml_writer_json (self->writer, json_object_get_member (limits, keys[i]));
      }
}

/* Writes `strategy` with all that the step says of its matrix, or as it was imported; nothing when
 * it can't be said. */
void
_runnel_github_write_matrix (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  RunnelGithubSpeaker speaker = { self->flow, step, NULL, RUNNEL_GITHUB_IN_STEP, FALSE };
  JsonNode *kept = _runnel_github_get_kept (step, "strategy");
  g_autoptr(JsonNode) said =
    step->matrix != NULL ? _runnel_github_say_json (&speaker, step->matrix, NULL) : NULL;

  if (step->matrix == NULL && kept != NULL)
    {
      runnel_yaml_writer_key (self->writer, "strategy");
      runnel_yaml_writer_json (self->writer, kept);
    }
  if (said == NULL)
    return;

  runnel_yaml_writer_key (self->writer, "strategy");
  runnel_yaml_writer_open_map (self->writer);
  write_limits (self, step);
  runnel_yaml_writer_key (self->writer, "matrix");
  if (JSON_NODE_HOLDS_OBJECT (said))
    write_axes (self, json_node_get_object (said));
  else
    runnel_yaml_writer_json (self->writer, said);
  runnel_yaml_writer_close_map (self->writer);
}
