/* runnel-flow-json.c: reads JSON of which nobody promised a type
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-flow-private.h"

#include "expr/runnel-expr.h"

const char *
_runnel_flow_keep (RunnelFlowReader *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

JsonObject *
_runnel_flow_dup_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

const char *
_runnel_flow_get_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

void
_runnel_flow_add_variables (RunnelFlowReader *self, GArray *variables, JsonNode *node)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = runnel_value_to_text (value);
      RunnelFlowVariable variable = { _runnel_flow_keep (self, name),
                                      _runnel_flow_keep (self, text) };

      g_array_append_val (variables, variable);
    }
}

GPtrArray *
_runnel_flow_read_strings (RunnelFlowReader *self, JsonNode *node)
{
  GPtrArray *texts = g_ptr_array_new ();
  JsonArray *array =
    node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = _runnel_flow_get_string (json_array_get_element (array, i));

      if (text != NULL)
        g_ptr_array_add (texts, (gpointer) _runnel_flow_keep (self, text));
    }

  return texts;
}
