/* runnel-yaml-json.c: YAML as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "interchange/runnel-yaml.h"

/* What a plain scalar means, by the core schema of YAML 1.2, section 10.3.2. */

static gsize
count_of (const char *text,
          const char *characters)
{
  return strspn (text, characters);
}

/* Digits and nothing else, behind a prefix such as "0x". */
static gboolean
is_based (const char *text,
          const char *prefix,
          const char *digits)
{
  if (!g_str_has_prefix (text, prefix))
    return FALSE;
  text += strlen (prefix);

  return *text != '\0' && text[count_of (text, digits)] == '\0';
}

static gboolean
is_decimal (const char *text)
{
  if (*text == '+' || *text == '-')
    text++;

  return *text != '\0' && text[count_of (text, "0123456789")] == '\0';
}

static gboolean
is_float (const char *text)
{
  gsize whole;
  gsize fraction = 0;

  if (*text == '+' || *text == '-')
    text++;
  text += whole = count_of (text, "0123456789");
  if (*text == '.')
    {
      text++;
      text += fraction = count_of (text, "0123456789");
    }
  if (whole + fraction == 0)
    return FALSE;
  if (*text == '\0')
    return TRUE;

  return (*text == 'e' || *text == 'E') && is_decimal (text + 1);
}

/* A number that JSON holds without becoming another one. */
static JsonNode *
integer_to_json (const char *text,
                 int         base)
{
  JsonNode *node;
  gint64 value;

  errno = 0;
  value = g_ascii_strtoll (text, NULL, base);
  if (errno != 0)
    return NULL;

  node = json_node_alloc ();
  json_node_init_int (node, value);

  return node;
}

static JsonNode *
float_to_json (const char *text)
{
  double value = g_ascii_strtod (text, NULL);
  JsonNode *node;

  if (!isfinite (value))
    return NULL;

  node = json_node_alloc ();
  json_node_init_double (node, value);

  return node;
}

static JsonNode *
number_to_json (const char *text)
{
  if (is_decimal (text))
    return integer_to_json (text, 10);
  if (is_based (text, "0x", "0123456789abcdefABCDEF"))
    return integer_to_json (text + 2, 16);
  if (is_based (text, "0o", "01234567"))
    return integer_to_json (text + 2, 8);
  if (is_float (text))
    return float_to_json (text);

  return NULL;
}

static JsonNode *
string_to_json (const char *text)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_string (node, text);

  return node;
}

static JsonNode *
scalar_to_json (const RunnelYaml *self)
{
  JsonNode *node = NULL;
  gboolean truth;

  if (runnel_yaml_is_null (self))
    return json_node_new (JSON_NODE_NULL);
  if (runnel_yaml_get_boolean (self, &truth))
    {
      node = json_node_alloc ();
      json_node_init_boolean (node, truth);
    }
  else if (self->plain && self->tag == NULL)
    node = number_to_json (self->text);

  return node != NULL ? node : string_to_json (self->text);
}

static JsonNode *
wrap (const char *key,
      JsonNode   *value)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  json_object_set_member (json_node_get_object (node), key, value);

  return node;
}

static JsonNode *
mapping_to_json (const RunnelYaml *self)
{
  guint n = runnel_yaml_get_size (self);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  for (guint i = 0; i < n; i++)
    json_object_set_member (object, runnel_yaml_get_key (self, i)->text,
                            runnel_yaml_to_json (runnel_yaml_get_value (self, i)));

  /* Would look like a tag. */
  if (n == 1 && *runnel_yaml_get_key (self, 0)->text == '!')
    return wrap ("!", node);

  return node;
}

static JsonNode *
sequence_to_json (const RunnelYaml *self)
{
  guint n = runnel_yaml_get_size (self);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_sized_new (n);

  json_node_take_array (node, array);
  for (guint i = 0; i < n; i++)
    json_array_add_element (array, runnel_yaml_to_json (runnel_yaml_get_item (self, i)));

  return node;
}

/**
 * runnel_yaml_to_json:
 * @self: a node
 *
 * Says the same in JSON, for documents that keep a construct of another system. A tag becomes an object of one
 * member, {"!reference": ["job", "script"]}; a mapping whose only key looks like one is wrapped as {"!": mapping}. Numbers
 * that JSON can't hold, such as `.inf`, become texts.
 *
 * Returns: (transfer full): the value
 */
JsonNode *
runnel_yaml_to_json (const RunnelYaml *self)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->type == RUNNEL_YAML_SCALAR)
    node = scalar_to_json (self);
  else if (self->type == RUNNEL_YAML_SEQUENCE)
    node = sequence_to_json (self);
  else
    node = mapping_to_json (self);

  return self->tag != NULL ? wrap (self->tag, node) : node;
}
