/* runnel-yaml-writer-json.c: writes in YAML what stands in JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-yaml-writer-private.h"
#include "model/runnel-json-write.h"

static void emit_json (RunnelYamlWriter *self,
                       JsonNode         *value);

/* To YAML 1.1 a number with an exponent but no point is a text. */
static void
emit_number (RunnelYamlWriter *self,
             double            number)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *exponent;

  runnel_json_write_number (text, number);
  exponent = strpbrk (text->str, "eE");
  if (exponent != NULL && strchr (text->str, '.') == NULL)
    g_string_insert (text, exponent - text->str, ".0");
  _runnel_yaml_writer_emit (self, text->str, YAML_PLAIN_SCALAR_STYLE);
}

static void
emit_value (RunnelYamlWriter *self,
            JsonNode         *value)
{
  GType type = json_node_get_value_type (value);

  if (type == G_TYPE_STRING)
    runnel_yaml_writer_string (self, json_node_get_string (value));
  else if (type == G_TYPE_BOOLEAN)
    runnel_yaml_writer_boolean (self, json_node_get_boolean (value));
  else if (type == G_TYPE_INT64)
    runnel_yaml_writer_integer (self, json_node_get_int (value));
  else
    emit_number (self, json_node_get_double (value));
}

/* The name of the only member, when it is a tag. */
static const char *
get_json_tag (JsonObject *object)
{
  JsonObjectIter iter;
  const char *key = NULL;

  if (json_object_get_size (object) != 1)
    return NULL;
  json_object_iter_init_ordered (&iter, object);
  json_object_iter_next_ordered (&iter, &key, NULL);

  return *key == '!' ? key : NULL;
}

static void
emit_members (RunnelYamlWriter *self,
              JsonObject       *object)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  runnel_yaml_writer_open_map (self);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      runnel_yaml_writer_key (self, key);
      emit_json (self, value);
    }
  runnel_yaml_writer_close_map (self);
}

static char *
expand_tag (const char *tag)
{
  if (g_str_has_prefix (tag, "!!"))
    return g_strconcat ("tag:yaml.org,2002:", tag + 2, NULL);
  if (g_str_has_prefix (tag, "!<") && g_str_has_suffix (tag, ">"))
    return g_strndup (tag + 2, strlen (tag) - 3);

  return g_strdup (tag);
}

/* A tagged list or mapping is short, and looks best on one line: !reference [job, script]. */
static void
emit_tagged (RunnelYamlWriter *self,
             const char       *tag,
             JsonNode         *value)
{
  if (g_str_equal (tag, "!"))
    {
      if (JSON_NODE_HOLDS_OBJECT (value))
        emit_members (self, json_node_get_object (value));
      else
        emit_json (self, value);
      return;
    }

  g_clear_pointer (&self->tag, g_free);
  self->tag = expand_tag (tag);
  self->flow++;
  emit_json (self, value);
  self->flow--;
}

static void
emit_elements (RunnelYamlWriter *self,
               JsonArray        *array)
{
  guint n = json_array_get_length (array);

  runnel_yaml_writer_open_list (self);
  for (guint i = 0; i < n; i++)
    emit_json (self, json_array_get_element (array, i));
  runnel_yaml_writer_close_list (self);
}

static void
emit_json (RunnelYamlWriter *self,
           JsonNode         *value)
{
  const char *tag;

  switch (json_node_get_node_type (value))
    {
    case JSON_NODE_OBJECT:
      tag = get_json_tag (json_node_get_object (value));
      if (tag != NULL)
        emit_tagged (self, tag, json_object_get_member (json_node_get_object (value), tag));
      else
        emit_members (self, json_node_get_object (value));
      break;
    case JSON_NODE_ARRAY:
      emit_elements (self, json_node_get_array (value));
      break;
    case JSON_NODE_VALUE:
      emit_value (self, value);
      break;
    default:
      runnel_yaml_writer_null (self);
      break;
    }
}

/**
 * runnel_yaml_writer_json:
 * @self: a writer
 * @value: a value as runnel_yaml_to_json() gives it
 *
 * Writes what was kept of another file.
 */
void
runnel_yaml_writer_json (RunnelYamlWriter *self,
                         JsonNode         *value)
{
  g_return_if_fail (self != NULL && value != NULL);

  emit_json (self, value);
}
