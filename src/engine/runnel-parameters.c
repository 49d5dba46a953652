/* runnel-parameters.c: the values of a pipeline's parameters, checked and completed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "engine/runnel-run-private.h"
#include "util/runnel-nearest.h"

static const RunnelParameter *
find_parameter (RunnelPipeline *pipeline, const char *name)
{
  guint n;
  const RunnelParameter *parameters = runnel_pipeline_get_parameters (pipeline, &n);

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (parameters[i].name, name))
        return &parameters[i];
    }
  return NULL;
}

static void
set_unknown_error (RunnelPipeline *pipeline, const char *name, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const RunnelParameter *parameters;
  const char *nearest;
  guint n;

  parameters = runnel_pipeline_get_parameters (pipeline, &n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, (gpointer) parameters[i].name);
  g_ptr_array_add (names, NULL);
  nearest = runnel_nearest (name, (const char *const *) names->pdata);

  if (nearest != NULL)
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS,
                 "The pipeline has no parameter \"%s\"; did you mean \"%s\"?", name, nearest);
  else if (n > 0)
    {
      g_autofree char *list = g_strjoinv (", ", (char **) names->pdata);

      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS,
                   "The pipeline has no parameter \"%s\"; it has: %s", name, list);
    }
  else
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS,
                 "The pipeline has no parameter \"%s\"; it declares none", name);
}

static JsonNode *
refuse (const RunnelParameter *parameter, const char *text, const char *expected, GError **error)
{
  g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS,
               "Parameter \"%s\" is \"%s\", but must be %s", parameter->name, text, expected);
  return NULL;
}

static JsonNode *
make_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
parse_number (const RunnelParameter *parameter, const char *text, GError **error)
{
  char *end = NULL;
  double number;
  gint64 integer;

  errno = 0;
  integer = g_ascii_strtoll (text, &end, 10);
  if (end != text && *end == '\0' && errno == 0)
    return json_node_init_int (json_node_alloc (), integer);

  number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (number))
    return refuse (parameter, text, "a number", error);
  return json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
parse_boolean (const RunnelParameter *parameter, const char *text, GError **error)
{
  static const char *const yes[] = { "true", "yes", "on", "1", NULL };
  static const char *const no[] = { "false", "no", "off", "0", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (g_strv_contains (yes, lower))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (g_strv_contains (no, lower))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  return refuse (parameter, text, "true or false", error);
}

static JsonNode *
parse_choice (const RunnelParameter *parameter, const char *text, GError **error)
{
  g_autofree char *list = NULL;
  g_autofree char *expected = NULL;

  if (parameter->choices != NULL && g_strv_contains (parameter->choices, text))
    return make_string (text);
  list = parameter->choices != NULL ? g_strjoinv (", ", (char **) parameter->choices)
                                    : g_strdup ("(none are declared)");
  expected = g_strdup_printf ("one of: %s", list);
  return refuse (parameter, text, expected, error);
}

static JsonNode *
parse_text (const RunnelParameter *parameter, const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS,
                   "Parameter \"%s\" is not UTF-8 text", parameter->name);
      return NULL;
    }
  switch (parameter->type)
    {
    case RUNNEL_PARAMETER_NUMBER:
      return parse_number (parameter, text, error);
    case RUNNEL_PARAMETER_BOOLEAN:
      return parse_boolean (parameter, text, error);
    case RUNNEL_PARAMETER_CHOICE:
      return parse_choice (parameter, text, error);
    case RUNNEL_PARAMETER_STRING:
    default:
      return make_string (text);
    }
}

/* A value given as JSON: one of another type counts by how it is written. */
static JsonNode *
convert_value (const RunnelParameter *parameter, JsonNode *value, GError **error)
{
  g_autofree char *text = runnel_value_to_text (value);

  if (JSON_NODE_HOLDS_OBJECT (value) || JSON_NODE_HOLDS_ARRAY (value))
    return refuse (parameter, text, "a single value", error);
  if (JSON_NODE_HOLDS_NULL (value))
    return refuse (parameter, "null", "a value", error);
  return parse_text (parameter, text, error);
}

/* Returns NULL without an error for a parameter that has no value and needs none. */
static JsonNode *
find_value (const RunnelParameter *parameter, JsonObject *given, GError **error)
{
  JsonNode *value = given != NULL ? json_object_get_member (given, parameter->name) : NULL;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    value = parameter->default_value;
  if (value != NULL && !JSON_NODE_HOLDS_NULL (value))
    return convert_value (parameter, value, error);
  if (parameter->required)
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS,
                 "Parameter \"%s\" is required: give it as %s=VALUE", parameter->name,
                 parameter->name);
  return NULL;
}

static gboolean
check_names (RunnelPipeline *pipeline, JsonObject *given, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  if (given == NULL)
    return TRUE;
  json_object_iter_init (&iter, given);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (find_parameter (pipeline, name) == NULL)
        {
          set_unknown_error (pipeline, name, error);
          return FALSE;
        }
    }
  return TRUE;
}

/*
 * _runnel_parameters_complete:
 * @pipeline: what declares the parameters
 * @given: (nullable): values by name
 * @error: #RUNNEL_RUN_ERROR_PARAMETERS
 *
 * Returns: (transfer full) (nullable): a value of the declared type for every parameter: the
 *   given one, else the default, else null
 */
JsonObject *
_runnel_parameters_complete (RunnelPipeline *pipeline, JsonObject *given, GError **error)
{
  g_autoptr(JsonObject) complete = json_object_new ();
  const RunnelParameter *parameters;
  guint n;

  if (!check_names (pipeline, given, error))
    return NULL;
  parameters = runnel_pipeline_get_parameters (pipeline, &n);
  for (guint i = 0; i < n; i++)
    {
      GError *local_error = NULL;
      JsonNode *value = find_value (&parameters[i], given, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      if (value != NULL)
        json_object_set_member (complete, parameters[i].name, value);
      else
        json_object_set_null_member (complete, parameters[i].name);
    }
  return g_steal_pointer (&complete);
}

/**
 * runnel_parameters_get_variable:
 * @prefix: what its kind of values has in common, such as "RUNNEL_PARAM_"
 * @name: of a parameter, or of an axis
 *
 * Returns: (transfer full): the environment variable that has its value
 */
char *
runnel_parameters_get_variable (const char *prefix, const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  g_strdelimit (upper, "-", '_');
  return g_strconcat (prefix, upper, NULL);
}

/**
 * runnel_parameters_from_strings:
 * @pipeline: what declares the parameters
 * @assignments: (nullable): "name=value" as typed on a command line, NULL-terminated
 * @error: #RUNNEL_RUN_ERROR_PARAMETERS: not an assignment, no such parameter, or not of its type
 *
 * Booleans may be written true, yes, on, 1 or false, no, off, 0. Of two values for a name the
 * last counts.
 *
 * Returns: (transfer full) (nullable): the values by name, each of the declared type
 */
JsonObject *
runnel_parameters_from_strings (RunnelPipeline *pipeline,
                                const char *const *assignments,
                                GError **error)
{
  g_autoptr(JsonObject) values = json_object_new ();

  for (guint i = 0; assignments != NULL && assignments[i] != NULL; i++)
    {
      const char *equals = strchr (assignments[i], '=');
      g_autofree char *name = NULL;
      const RunnelParameter *parameter;
      JsonNode *value;

      if (equals == NULL || equals == assignments[i])
        {
          g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS,
                       "\"%s\" gives no parameter a value: write NAME=VALUE", assignments[i]);
          return NULL;
        }
      name = g_strndup (assignments[i], equals - assignments[i]);
      parameter = find_parameter (pipeline, name);
      if (parameter == NULL)
        {
          set_unknown_error (pipeline, name, error);
          return NULL;
        }
      value = parse_text (parameter, equals + 1, error);
      if (value == NULL)
        return NULL;
      json_object_set_member (values, name, value);
    }
  return g_steal_pointer (&values);
}
