/* runnel-gitlab-matrix.c: `parallel: matrix:` of GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * There each entry of a list gives the combinations of its own values. Combinations that only
 * `include` and `exclude` can say become an entry each.
 */
#include "config.h"

#include "interchange/runnel-gitlab-private.h"

#include "expr/runnel-expr.h"

#define MOST_LEGS 200 /* GitLab's own limit */

static JsonObject *
say_leg (JsonObject *leg)
{
  JsonObject *entry = json_object_new ();
  JsonObjectIter iter;
  const char *axis;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, leg);
  while (json_object_iter_next_ordered (&iter, &axis, &value))
    {
      g_autofree char *variable = _runnel_gitlab_get_axis (axis);
      g_autofree char *text = runnel_value_to_text (value);
      JsonArray *values = json_array_new ();

      json_array_add_string_element (values, text);
      json_object_set_array_member (entry, variable, values);
    }

  return entry;
}

static void
add_value (JsonObject *product,
           const char *variable,
           const char *value)
{
  JsonArray *known;

  if (!json_object_has_member (product, variable))
    json_object_set_array_member (product, variable, json_array_new ());
  known = json_object_get_array_member (product, variable);
  for (guint i = 0; i < json_array_get_length (known); i++)
    if (g_str_equal (json_array_get_string_element (known, i), value))
      return;

  json_array_add_string_element (known, value);
}

static void
add_values (JsonObject *product,
            JsonObject *entry)
{
  JsonObjectIter iter;
  const char *variable;
  JsonNode *values;

  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &variable, &values))
    add_value (product, variable, json_array_get_string_element (json_node_get_array (values), 0));
}

static guint
count_combinations (JsonObject *product)
{
  JsonObjectIter iter;
  const char *variable;
  JsonNode *values;
  guint n = 1;

  json_object_iter_init_ordered (&iter, product);
  while (json_object_iter_next_ordered (&iter, &variable, &values))
    n *= json_array_get_length (json_node_get_array (values));

  return n;
}

/* The values of each axis in the order in which they come, when the legs, no two of which are the
 * same, are all their combinations; or NULL. */
static JsonObject *
find_product (const RunnelMatrix *legs)
{
  g_autoptr (JsonObject) product = json_object_new ();

  for (guint i = 0; i < legs->combinations->len; i++)
    {
      g_autoptr (JsonObject) entry = say_leg (g_ptr_array_index (legs->combinations, i));

      add_values (product, entry);
      if (json_object_get_size (entry) != json_object_get_size (product))
        return NULL;
    }

  return count_combinations (product) == legs->combinations->len ? g_steal_pointer (&product)
                                                                 : NULL;
}

/**
 * _runnel_gitlab_say_matrix:
 * @legs: the combinations of a step
 *
 * Returns: (transfer full): the value of `parallel`
 */
JsonNode *
_runnel_gitlab_say_matrix (const RunnelMatrix *legs)
{
  JsonObject *parallel = json_object_new ();
  JsonArray *matrix = json_array_new ();
  JsonObject *product = find_product (legs);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (product != NULL)
    json_array_add_object_element (matrix, product);
  else
    for (guint i = 0; i < legs->combinations->len; i++)
      json_array_add_object_element (matrix, say_leg (g_ptr_array_index (legs->combinations, i)));
  json_object_set_array_member (parallel, "matrix", matrix);
  json_node_take_object (node, parallel);

  return node;
}

/* --- Read --- */

/* What an entry gives for one variable, always as a list; NULL when it is nothing that is known
 * beforehand. */
static JsonArray *
get_values (JsonNode *node)
{
  JsonArray *values;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (json_node_get_array (node), i)))
          return NULL;
      return json_array_ref (json_node_get_array (node));
    }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  values = json_array_new ();
  json_array_add_element (values, json_node_copy (node));

  return values;
}

/* Each leg so far with each value of one more variable. */
static GPtrArray *
multiply (GPtrArray  *legs,
          const char *variable,
          JsonArray  *values)
{
  GPtrArray *more = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < legs->len && more->len <= MOST_LEGS; i++)
    for (guint j = 0; j < json_array_get_length (values); j++)
      {
        JsonObject *leg = json_object_new ();
        JsonObjectIter iter;
        const char *key;
        JsonNode *value;

        json_object_iter_init_ordered (&iter, g_ptr_array_index (legs, i));
        while (json_object_iter_next_ordered (&iter, &key, &value))
          json_object_set_member (leg, key, json_node_copy (value));
        json_object_set_member (leg, variable, json_node_copy (json_array_get_element (values, j)));
        g_ptr_array_add (more, leg);
      }

  return more;
}

static gboolean
add_legs (JsonArray  *include,
          JsonObject *entry)
{
  g_autoptr (GPtrArray) legs = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  JsonObjectIter iter;
  const char *variable;
  JsonNode *node;

  g_ptr_array_add (legs, json_object_new ());
  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &variable, &node))
    {
      g_autoptr (JsonArray) values = get_values (node);
      GPtrArray *more;

      if (values == NULL)
        return FALSE;
      more = multiply (legs, variable, values);
      g_ptr_array_unref (legs);
      legs = more;
    }
  if (json_array_get_length (include) + legs->len > MOST_LEGS)
    return FALSE;

  for (guint i = 0; i < legs->len; i++)
    json_array_add_object_element (include, json_object_ref (g_ptr_array_index (legs, i)));

  return TRUE;
}

/* One entry has the form of our matrix already. */
static JsonObject *
read_entry (JsonObject *entry)
{
  g_autoptr (JsonObject) matrix = json_object_new ();
  JsonObjectIter iter;
  const char *variable;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &variable, &node))
    {
      JsonArray *values = get_values (node);

      if (values == NULL)
        return NULL;
      json_object_set_array_member (matrix, variable, values);
    }

  return g_steal_pointer (&matrix);
}

static JsonObject *
read_entries (JsonArray *entries)
{
  g_autoptr (JsonObject) matrix = json_object_new ();
  JsonArray *include = json_array_new ();

  json_object_set_array_member (matrix, "include", include);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonNode *entry = json_array_get_element (entries, i);

      if (!JSON_NODE_HOLDS_OBJECT (entry) || !add_legs (include, json_node_get_object (entry)))
        return NULL;
    }

  return g_steal_pointer (&matrix);
}

static JsonObject *
read_count (gint64 n)
{
  JsonObject *matrix = json_object_new ();
  JsonArray *values = json_array_new ();

  for (gint64 i = 1; i <= CLAMP (n, 1, MOST_LEGS); i++)
    json_array_add_int_element (values, i);
  json_object_set_array_member (matrix, "CI_NODE_INDEX", values);

  return matrix;
}

/**
 * _runnel_gitlab_read_matrix:
 * @parallel: the value of `parallel`
 *
 * Returns: (transfer full) (nullable): the `matrix` of a step, with variables as axes; %NULL when
 * its values are not known beforehand
 */
JsonNode *
_runnel_gitlab_read_matrix (JsonNode *parallel)
{
  JsonNode *list = JSON_NODE_HOLDS_OBJECT (parallel)
                     ? json_object_get_member (json_node_get_object (parallel), "matrix")
                     : NULL;
  JsonObject *matrix = NULL;
  JsonNode *node;

  if (JSON_NODE_HOLDS_VALUE (parallel) && json_node_get_value_type (parallel) == G_TYPE_INT64)
    matrix = read_count (json_node_get_int (parallel));
  else if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    {
      JsonArray *entries = json_node_get_array (list);
      JsonNode *first =
        json_array_get_length (entries) == 1 ? json_array_get_element (entries, 0) : NULL;

      if (first != NULL && JSON_NODE_HOLDS_OBJECT (first))
        matrix = read_entry (json_node_get_object (first));
      else
        matrix = read_entries (entries);
    }
  if (matrix == NULL)
    return NULL;

  json_object_set_boolean_member (matrix, "fail-fast", FALSE);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, matrix);

  return node;
}

/**
 * _runnel_gitlab_is_leg_value:
 * @name: a variable of a step
 * @text: its value
 *
 * Returns: whether it is there only because GitLab gives the values of a matrix under that name
 * itself
 */
gboolean
_runnel_gitlab_is_leg_value (const char *name,
                             const char *text)
{
  g_autofree char *reference = g_strdup_printf ("${{ matrix.%s }}", name);

  return g_str_equal (text, reference) || g_str_equal (name, "CI_NODE_TOTAL");
}
