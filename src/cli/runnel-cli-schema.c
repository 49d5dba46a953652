/* runnel-cli-schema.c: runnel schema
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schema is made of the declarations by which pipelines are checked: the shapes of the
 * format and the fields of the kinds. JSON Schema, draft 2020-12.
 */
#include "config.h"

#include "cli/runnel-cli.h"
#include "expr/runnel-value.h"
#include "model/runnel-kind.h"
#include "model/runnel-shape.h"

#define DURATION_PATTERN "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?([0-9]+us)?$"
#define ID_PATTERN "^[A-Za-z_][A-Za-z0-9_-]{0,99}$"
#define EXPRESSION_PATTERN "\\$\\{\\{[\\s\\S]*\\}\\}"

static JsonObject *shape_to_schema (const RunnelShape *shape);

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
  JsonArray *values = json_array_new ();

  for (; *choices; choices++)
    json_array_add_string_element (values, *choices);
  json_object_set_array_member (schema, "enum", values);

  return schema;
}

static JsonObject *
new_number (const RunnelShape *shape,
            const char        *type)
{
  JsonObject *schema = new_type (type);

  if (shape->has_range)
    {
      json_object_set_member (schema, "minimum", runnel_value_new_number (shape->minimum));
      json_object_set_member (schema, "maximum", runnel_value_new_number (shape->maximum));
    }

  return schema;
}

static JsonObject *
new_array (const RunnelShape *values)
{
  JsonObject *schema = new_type ("array");

  if (values)
    json_object_set_object_member (schema, "items", shape_to_schema (values));

  return schema;
}

static JsonObject *
new_map (const RunnelShape *values)
{
  JsonObject *schema = new_type ("object");

  if (values)
    json_object_set_object_member (schema, "additionalProperties", shape_to_schema (values));

  return schema;
}

/* Unknown keys are kept by Runnel, so they are not forbidden here. */
static JsonObject *
new_object (const RunnelKey *keys)
{
  JsonObject *schema = new_type ("object");
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();

  for (; keys->name; keys++)
    {
      JsonObject *property = shape_to_schema (keys->shape);

      if (keys->description)
        json_object_set_string_member (property, "description", keys->description);
      json_object_set_object_member (properties, keys->name, property);
      if (keys->required)
        json_array_add_string_element (required, keys->name);
    }
  json_object_set_object_member (schema, "properties", properties);
  json_object_set_array_member (schema, "required", required);

  return schema;
}

static void
add_alternatives (const RunnelShape *shape,
                  JsonArray         *alternatives)
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
  if (shape->types & RUNNEL_SHAPE_INTEGER)
    json_array_add_object_element (alternatives, new_number (shape, "integer"));
  if (shape->types & RUNNEL_SHAPE_NUMBER)
    json_array_add_object_element (alternatives, new_number (shape, "number"));
  if (shape->types & RUNNEL_SHAPE_BOOLEAN)
    json_array_add_object_element (alternatives, new_type ("boolean"));
  if (shape->types & RUNNEL_SHAPE_OBJECT)
    json_array_add_object_element (alternatives, new_object (shape->keys));
  if (shape->types & RUNNEL_SHAPE_MAP)
    json_array_add_object_element (alternatives, new_map (shape->values));
  if (shape->types & RUNNEL_SHAPE_ARRAY)
    json_array_add_object_element (alternatives, new_array (shape->values));
}

/* The steps' shape is referred to, for it is extended by the fields of the kinds. */
static JsonObject *
shape_to_schema (const RunnelShape *shape)
{
  JsonObject *schema = json_object_new ();
  JsonArray *alternatives;

  if (shape == &runnel_step_shape)
    {
      json_object_set_string_member (schema, "$ref", "#/$defs/step");
      return schema;
    }
  if (shape->types & RUNNEL_SHAPE_ANY)
    return schema;

  alternatives = json_array_new ();
  add_alternatives (shape, alternatives);
  if (json_array_get_length (alternatives) == 1)
    {
      json_object_unref (schema);
      schema = json_object_ref (json_array_get_object_element (alternatives, 0));
      json_array_unref (alternatives);
    }
  else
    json_object_set_array_member (schema, "anyOf", alternatives);

  return schema;
}

static JsonObject *
field_type_to_schema (const RunnelField *field)
{
  switch (field->type)
    {
    case RUNNEL_FIELD_NUMBER:
      return new_type ("number");
    case RUNNEL_FIELD_INTEGER:
      return new_type ("integer");
    case RUNNEL_FIELD_BOOLEAN:
      return new_type ("boolean");
    case RUNNEL_FIELD_CHOICE:
      return new_choice (field->choices);
    case RUNNEL_FIELD_DURATION:
      return new_pattern (DURATION_PATTERN);
    case RUNNEL_FIELD_STRINGS:
      return new_type ("array");
    case RUNNEL_FIELD_MAP:
      return new_type ("object");
    case RUNNEL_FIELD_ANY:
      return json_object_new ();
    case RUNNEL_FIELD_STRING:
    case RUNNEL_FIELD_FILE:
    default:
      return new_type ("string");
    }
}

/* A field may be given by an expression, unless its text goes to a shell. */
static JsonObject *
field_to_schema (const RunnelField *field)
{
  JsonObject *schema = json_object_new ();
  JsonArray *alternatives = json_array_new ();

  json_array_add_object_element (alternatives, field_type_to_schema (field));
  if (!(field->flags & RUNNEL_FIELD_NO_EXPRESSIONS))
    json_array_add_object_element (alternatives, new_pattern (EXPRESSION_PATTERN));
  json_object_set_string_member (schema, "title", field->label);
  json_object_set_string_member (schema, "description", field->description);
  json_object_set_array_member (schema, "anyOf", alternatives);
  if (field->default_value)
    json_object_set_member (schema, "default", json_from_string (field->default_value, NULL));

  return schema;
}

static JsonObject *
with_to_schema (const RunnelKind *kind)
{
  JsonObject *schema = new_type ("object");
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();

  for (const RunnelField *field = kind->fields; field->name; field++)
    {
      json_object_set_object_member (properties, field->name, field_to_schema (field));
      if (field->flags & RUNNEL_FIELD_REQUIRED)
        json_array_add_string_element (required, field->name);
    }
  json_object_set_string_member (schema, "description", kind->description);
  json_object_set_object_member (schema, "properties", properties);
  json_object_set_array_member (schema, "required", required);

  return schema;
}

/* If the step is of this kind, then its `with` has these fields. */
static JsonObject *
kind_to_condition (const RunnelKind *kind)
{
  JsonObject *condition = json_object_new ();
  JsonObject *if_schema = json_object_new ();
  JsonObject *if_properties = json_object_new ();
  JsonObject *constant = json_object_new ();
  JsonObject *then_schema = json_object_new ();
  JsonObject *then_properties = json_object_new ();

  json_object_set_string_member (constant, "const", kind->name);
  json_object_set_object_member (if_properties, "kind", constant);
  json_object_set_object_member (if_schema, "properties", if_properties);
  json_object_set_object_member (then_properties, "with", with_to_schema (kind));
  json_object_set_object_member (then_schema, "properties", then_properties);
  json_object_set_object_member (condition, "if", if_schema);
  json_object_set_object_member (condition, "then", then_schema);

  return condition;
}

static JsonObject *
step_to_schema (void)
{
  JsonObject *schema = new_object (runnel_step_shape.keys);
  JsonArray *conditions = json_array_new ();
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    json_array_add_object_element (conditions, kind_to_condition (kinds[i]));
  json_object_set_array_member (schema, "allOf", conditions);

  return schema;
}

static JsonNode *
pipeline_to_schema (void)
{
  JsonObject *schema = new_object (runnel_pipeline_shape.keys);
  JsonObject *definitions = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_object_member (definitions, "step", step_to_schema ());
  json_object_set_string_member (schema, "$schema",
                                 "https://json-schema.org/draft/2020-12/schema");
  json_object_set_string_member (schema, "title", "Runnel pipeline");
  json_object_set_object_member (schema, "$defs", definitions);
  json_node_take_object (node, schema);

  return node;
}

int
runnel_cli_schema (int      argc,
                   char   **argv,
                   GError **error)
{
  if (!runnel_cli_parse (&argc, &argv, NULL, "",
                         "Prints the JSON Schema of pipelines, for editors and checkers.", 0, 0,
                         error))
    return RUNNEL_EXIT_USAGE;

  runnel_cli_print_json (pipeline_to_schema ());

  return RUNNEL_EXIT_SUCCEEDED;
}
