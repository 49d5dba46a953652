/* runnel-airflow-read-legs.c: mapped tasks of Airflow as a matrix
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include <string.h>

#include "engine/runnel-matrix.h"

#define PREFIX "RUNNEL_MATRIX_"

/* The environments of the legs, or NULL when the task is mapped over something else. */
static JsonArray *
get_environments (JsonObject *task)
{
  JsonObject *arguments = json_object_get_object_member (task, "arguments");
  JsonNode *expand = json_object_get_member (arguments, "$expand");
  JsonNode *env = NULL;

  if (JSON_NODE_HOLDS_OBJECT (expand) && json_object_get_size (json_node_get_object (expand)) == 1)
    env = json_object_get_member (json_node_get_object (expand), "env");
  if (env == NULL || !JSON_NODE_HOLDS_ARRAY (env))
    return NULL;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (env)); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (json_node_get_array (env), i)))
      return NULL;

  return json_node_get_array (env);
}

/* The values of one leg by axis; an axis has the name of its variable, in lower case. */
static JsonObject *
read_leg (JsonObject *environment)
{
  JsonObject *leg = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, environment);
  while (json_object_iter_next (&iter, &name, &value))
    if (g_str_has_prefix (name, PREFIX))
      {
        g_autofree char *axis = g_ascii_strdown (name + strlen (PREFIX), -1);

        json_object_set_member (leg, axis, json_node_copy (value));
      }

  return leg;
}

static gboolean
has_value (JsonArray *values, JsonNode *value)
{
  for (guint i = 0; i < json_array_get_length (values); i++)
    if (json_node_equal (json_array_get_element (values, i), value))
      return TRUE;

  return FALSE;
}

/* Each axis with its values in the order in which they come. */
static JsonObject *
collect_axes (JsonArray *legs)
{
  JsonObject *axes = json_object_new ();

  for (guint i = 0; i < json_array_get_length (legs); i++)
    {
      JsonObjectIter iter;
      const char *axis;
      JsonNode *value;

      json_object_iter_init (&iter, json_array_get_object_element (legs, i));
      while (json_object_iter_next (&iter, &axis, &value))
        {
          if (!json_object_has_member (axes, axis))
            json_object_set_array_member (axes, axis, json_array_new ());
          if (!has_value (json_object_get_array_member (axes, axis), value))
            json_array_add_element (json_object_get_array_member (axes, axis),
                                    json_node_copy (value));
        }
    }

  return axes;
}

/* Whether the axes give just these legs, in this order. */
static gboolean
gives_legs (JsonObject *axes, JsonArray *legs)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), axes);
  g_auto(RunnelMatrix) matrix = { 0 };
  guint n_legs = json_array_get_length (legs);

  if (!runnel_matrix_init (&matrix, node, NULL) || matrix.combinations->len != n_legs)
    return FALSE;
  for (guint i = 0; i < n_legs; i++)
    {
      g_autoptr(JsonNode) given =
        json_node_init_object (json_node_alloc (), g_ptr_array_index (matrix.combinations, i));

      if (!json_node_equal (given, json_array_get_element (legs, i)))
        return FALSE;
    }

  return TRUE;
}

static void
add_limits (JsonObject *matrix, JsonObject *arguments)
{
  gint64 most = json_object_get_int_member_with_default (arguments, "max_active_tis_per_dagrun", 0);

  if (most > 0)
    json_object_set_int_member (matrix, "max-parallel", most);
  json_object_set_boolean_member (matrix, "fail-fast", FALSE);
}

/* Puts the variables that all legs have alike into `env` of the step. */
static void
add_common_env (JsonObject *step, JsonArray *environments, JsonObject *of_all_tasks)
{
  JsonObject *first = json_array_get_object_element (environments, 0);
  JsonObject *env = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, first);
  while (json_object_iter_next (&iter, &name, &value))
    if (!g_str_has_prefix (name, "RUNNEL_")
        && (of_all_tasks == NULL || !json_object_has_member (of_all_tasks, name)))
      json_object_set_member (env, name, _runnel_airflow_read_value (value));
  if (json_object_get_size (env) > 0)
    json_object_set_object_member (step, "env", json_object_ref (env));
  json_object_unref (env);
}

/* The matrix that an exported file tells of, as long as it still gives so many legs; (transfer
 * full) (nullable). */
static JsonObject *
read_mark (JsonObject *arguments, guint n_legs)
{
  const char *mark = json_object_get_string_member_with_default (arguments, "doc_md", "");
  g_autoptr(JsonNode) node = NULL;
  g_auto(RunnelMatrix) matrix = { 0 };

  if (!g_str_has_prefix (mark, RUNNEL_AIRFLOW_MATRIX))
    return NULL;
  node = json_from_string (mark + strlen (RUNNEL_AIRFLOW_MATRIX), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || !runnel_matrix_init (&matrix, node, NULL)
      || matrix.combinations->len != n_legs)
    return NULL;

  return json_node_dup_object (node);
}

/* Sets `matrix` of a step whose task is mapped over environments; keeps any other mapping as it is.
 */
void
_runnel_airflow_read_legs (RunnelImport *import,
                           JsonObject *step,
                           JsonObject *task,
                           JsonObject *of_all_tasks)
{
  JsonObject *arguments = json_object_get_object_member (task, "arguments");
  JsonArray *environments = get_environments (task);
  g_autoptr(JsonArray) legs = NULL;
  JsonObject *matrix;

  if (environments == NULL || json_array_get_length (environments) == 0)
    {
      runnel_import_keep (step, runnel_target_airflow.name, "expand",
                          json_node_copy (json_object_get_member (arguments, "$expand")));
      runnel_import_note (import, json_object_get_int_member (task, "line"), 1,
                          json_object_get_string_member (step, "id"),
                          "the task is mapped over values that are kept as they are written");
      return;
    }

  legs = json_array_new ();
  for (guint i = 0; i < json_array_get_length (environments); i++)
    json_array_add_object_element (legs,
                                   read_leg (json_array_get_object_element (environments, i)));
  matrix = read_mark (arguments, json_array_get_length (legs));
  if (matrix != NULL)
    {
      json_object_set_object_member (step, "matrix", matrix);
      add_common_env (step, environments, of_all_tasks);
      return;
    }
  matrix = collect_axes (legs);
  if (!gives_legs (matrix, legs))
    {
      json_object_unref (matrix);
      matrix = json_object_new ();
      json_object_set_array_member (matrix, "include", json_array_ref (legs));
    }
  add_limits (matrix, arguments);
  json_object_set_object_member (step, "matrix", matrix);
  add_common_env (step, environments, of_all_tasks);
}
