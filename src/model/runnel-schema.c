/* runnel-schema.c: the file format as a JSON Schema
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON Schema draft 2020-12, https://json-schema.org/draft/2020-12. It is made
 * from the tables that reading and validation follow and from the kinds that
 * are registered, so it says what they say.
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"
#include "model/runnel-schema.h"
#include "model/runnel-shape.h"

#define ID_PATTERN         "^[A-Za-z_][A-Za-z0-9_-]{0,99}$"
#define DURATION_PATTERN   "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?([0-9]+us)?$"
#define EXPRESSION_PATTERN "\\$\\{\\{"

static JsonObject *make_schema (const RunnelShape *shape);

static JsonObject *
new_type (const char *type)
{
  JsonObject *schema = json_object_new ();

  json_object_set_string_member (schema, "type", type);

  return schema;
}

static JsonObject *
new_pattern (const char *pattern)
{
  JsonObject *schema = new_type ("string");

  json_object_set_string_member (schema, "pattern", pattern);

  return schema;
}

static JsonObject *
new_choice (const char *const *choices)
{
  JsonObject *schema = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; choices[i] != NULL; i++)
    json_array_add_string_element (array, choices[i]);
  json_object_set_array_member (schema, "enum", array);

  return schema;
}

static JsonObject *
new_number (const RunnelShape *shape,
            const char        *type)
{
  JsonObject *schema = new_type (type);

  if (shape->has_range && shape->minimum == shape->maximum)
    json_object_set_int_member (schema, "const", shape->minimum);
  else if (shape->has_range)
    {
      json_object_set_int_member (schema, "minimum", shape->minimum);
      json_object_set_int_member (schema, "maximum", shape->maximum);
    }

  return schema;
}

/* --- Objects and arrays --- */

static JsonObject *
make_properties (const RunnelKey *keys)
{
  JsonObject *properties = json_object_new ();

  for (const RunnelKey *key = keys; key->name != NULL; key++)
    {
      JsonObject *schema = make_schema (key->shape);

      json_object_set_string_member (schema, "description", key->description);
      json_object_set_object_member (properties, key->name, schema);
    }

  return properties;
}

static void
add_required (JsonObject      *schema,
              const RunnelKey *keys)
{
  g_autoptr(JsonArray) required = json_array_new ();

  for (const RunnelKey *key = keys; key->name != NULL; key++)
    if (key->required)
      json_array_add_string_element (required, key->name);

  if (json_array_get_length (required) > 0)
    json_object_set_array_member (schema, "required", json_array_ref (required));
}

/* Unknown keys are kept and have no effect, which editors had better tell; so the schema is stricter than Runnel. */
static JsonObject *
new_object (const RunnelShape *shape)
{
  JsonObject *schema = new_type ("object");

  if (shape->keys != NULL)
    {
      json_object_set_object_member (schema, "properties", make_properties (shape->keys));
      add_required (schema, shape->keys);
    }
  if (shape->types & RUNNEL_SHAPE_MAP)
    json_object_set_object_member (schema, "additionalProperties", make_schema (shape->values));
  else
    json_object_set_boolean_member (schema, "additionalProperties", FALSE);

  return schema;
}

static JsonObject *
new_array (const RunnelShape *shape)
{
  JsonObject *schema = new_type ("array");

  json_object_set_object_member (schema, "items", make_schema (shape->values));

  return schema;
}

/* --- Shapes --- */

static void
add_alternatives (JsonArray         *alternatives,
                  const RunnelShape *shape)
{
  if (shape->types & RUNNEL_SHAPE_STRING)
    json_array_add_object_element (alternatives, new_type ("string"));
  if (shape->types & RUNNEL_SHAPE_ID)
    json_array_add_object_element (alternatives, new_pattern (ID_PATTERN));
  if (shape->types & RUNNEL_SHAPE_DURATION)
    json_array_add_object_element (alternatives, new_pattern (DURATION_PATTERN));
  if (shape->types & RUNNEL_SHAPE_CHOICE)
    json_array_add_object_element (alternatives, new_choice (shape->choices));
  if (shape->types & RUNNEL_SHAPE_EXPRESSION)
    json_array_add_object_element (alternatives, new_pattern (EXPRESSION_PATTERN));
  if (shape->types & RUNNEL_SHAPE_NUMBER)
    json_array_add_object_element (alternatives, new_number (shape, "number"));
  else if (shape->types & RUNNEL_SHAPE_INTEGER)
    json_array_add_object_element (alternatives, new_number (shape, "integer"));
  if (shape->types & RUNNEL_SHAPE_BOOLEAN)
    json_array_add_object_element (alternatives, new_type ("boolean"));
  if (shape->types & (RUNNEL_SHAPE_OBJECT | RUNNEL_SHAPE_MAP))
    json_array_add_object_element (alternatives, new_object (shape));
  if (shape->types & RUNNEL_SHAPE_ARRAY)
    json_array_add_object_element (alternatives, new_array (shape));
}

static JsonObject *
new_reference (const char *definition)
{
  g_autofree char *pointer = g_strconcat ("#/$defs/", definition, NULL);
  JsonObject *schema = json_object_new ();

  json_object_set_string_member (schema, "$ref", pointer);

  return schema;
}

static JsonObject *
make_schema (const RunnelShape *shape)
{
  g_autoptr(JsonArray) alternatives = json_array_new ();
  JsonObject *schema;

  if (shape == &runnel_step_shape)
    return new_reference ("step");
  if (shape == &runnel_undo_shape)
    return new_reference ("undo");
  if (shape == &runnel_hook_shape)
    return new_reference ("hook");
  if (shape->types & RUNNEL_SHAPE_ANY)
    return json_object_new ();

  add_alternatives (alternatives, shape);
  if (json_array_get_length (alternatives) == 1)
    return json_object_ref (json_array_get_object_element (alternatives, 0));

  schema = json_object_new ();
  json_object_set_array_member (schema, "anyOf", json_array_ref (alternatives));

  return schema;
}

/* --- Kinds --- */

static JsonObject *
make_field (const RunnelField *field)
{
  RunnelShape shape = runnel_shape_of_field (field);
  JsonObject *schema = make_schema (&shape);
  JsonNode *value;

  if (field->description != NULL)
    json_object_set_string_member (schema, "description", field->description);
  if (field->default_value != NULL)
    {
      value = runnel_json_read (field->default_value, strlen (field->default_value), RUNNEL_JSON_MAX_DEPTH, NULL, NULL);
      if (value != NULL)
        json_object_set_member (schema, "default", value);
    }
  if (field->flags & RUNNEL_FIELD_NO_EXPRESSIONS)
    json_object_set_object_member (schema, "not", new_pattern (EXPRESSION_PATTERN));

  return schema;
}

static JsonObject *
make_with (const RunnelKind *kind)
{
  JsonObject *schema = new_type ("object");
  JsonObject *properties = json_object_new ();
  g_autoptr(JsonArray) required = json_array_new ();

  for (const RunnelField *field = kind->fields; field->name != NULL; field++)
    {
      json_object_set_object_member (properties, field->name, make_field (field));
      if (field->flags & RUNNEL_FIELD_REQUIRED)
        json_array_add_string_element (required, field->name);
    }
  json_object_set_object_member (schema, "properties", properties);
  if (json_array_get_length (required) > 0)
    json_object_set_array_member (schema, "required", json_array_ref (required));
  json_object_set_boolean_member (schema, "additionalProperties", FALSE);

  return schema;
}

/* {"properties": {"kind": {"const": NAME}}} */
static JsonObject *
make_kind_test (const RunnelKind *kind)
{
  JsonObject *schema = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonObject *constant = json_object_new ();

  json_object_set_string_member (constant, "const", kind->name);
  json_object_set_object_member (properties, "kind", constant);
  json_object_set_object_member (schema, "properties", properties);

  return schema;
}

/* If a step is of this kind, its `with` has these fields. */
static JsonObject *
make_kind_rule (const RunnelKind *kind)
{
  g_autofree char *definition = g_strconcat ("with-", kind->name, NULL);
  JsonObject *rule = json_object_new ();
  JsonObject *then = json_object_new ();
  JsonObject *properties = json_object_new ();

  json_object_set_object_member (properties, "with", new_reference (definition));
  json_object_set_object_member (then, "properties", properties);
  json_object_set_object_member (rule, "if", make_kind_test (kind));
  json_object_set_object_member (rule, "then", then);

  return rule;
}

/* A step, a hook or the body of an undo: its own keys, and what its kind adds. */
static JsonObject *
make_body (const RunnelShape *shape)
{
  JsonObject *schema = new_object (shape);
  JsonObject *kind = json_object_get_object_member (json_object_get_object_member (schema, "properties"), "kind");
  JsonArray *names = json_array_new (), *rules = json_array_new ();
  const RunnelKind **kinds;
  guint n_kinds;

  kinds = runnel_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    {
      json_array_add_string_element (names, kinds[i]->name);
      json_array_add_object_element (rules, make_kind_rule (kinds[i]));
    }
  json_object_set_array_member (kind, "enum", names);
  json_object_set_array_member (schema, "allOf", rules);

  return schema;
}

static JsonObject *
make_definitions (void)
{
  JsonObject *definitions = json_object_new ();
  const RunnelKind **kinds;
  guint n_kinds;

  json_object_set_object_member (definitions, "step", make_body (&runnel_step_shape));
  json_object_set_object_member (definitions, "undo", make_body (&runnel_undo_shape));
  json_object_set_object_member (definitions, "hook", make_body (&runnel_hook_shape));

  kinds = runnel_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *definition = g_strconcat ("with-", kinds[i]->name, NULL);

      json_object_set_object_member (definitions, definition, make_with (kinds[i]));
    }

  return definitions;
}

/**
 * runnel_schema_to_text:
 *
 * Describes the file format with all registered kinds, for editors and other
 * programs.
 *
 * Returns: (transfer full): the text of the schema, with a final newline
 */
char *
runnel_schema_to_text (void)
{
  g_autoptr(JsonObject) schema = json_object_new ();
  g_autoptr(JsonObject) pipeline = new_object (&runnel_pipeline_shape);
  GString *text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_set_string_member (schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
  json_object_set_string_member (schema, "$id", "https://runnel.example/schema/runnel-1.schema.json");
  json_object_set_string_member (schema, "title", "Runnel pipeline");
  json_object_iter_init_ordered (&iter, pipeline);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    json_object_set_member (schema, key, json_node_ref (value));
  json_object_set_object_member (schema, "$defs", make_definitions ());

  runnel_json_write_block (text, schema, NULL, 0);
  g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}
