/* runnel-matrix.c: the combinations for which a step runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-matrix.h"
#include "expr/runnel-expr.h"
#include "expr/runnel-value.h"

/* The rules are those of GitHub Actions ("Running variations of jobs in a workflow"): the axes are
 * multiplied, what an entry of `exclude` matches is taken out, and then each entry of `include` is
 * added to every combination whose axes it does not contradict, or else is one of its own. */

G_DEFINE_QUARK (runnel-matrix-error-quark, runnel_matrix_error)

static const char *const reserved[] = {
  "include", "exclude", "max-parallel", "fail-fast", "limit", NULL
};

static gboolean
set_type_error (GError **error, const char *name, const char *wanted)
{
  g_set_error (error, RUNNEL_MATRIX_ERROR, RUNNEL_MATRIX_ERROR_TYPE, "matrix.%s must be %s", name,
               wanted);
  return FALSE;
}

static gboolean
set_limit_error (GError **error, guint64 n, guint limit)
{
  g_set_error (error, RUNNEL_MATRIX_ERROR, RUNNEL_MATRIX_ERROR_LIMIT,
               "the matrix has %" G_GUINT64_FORMAT " combinations, more than the %u allowed: give "
               "it fewer values, or a higher `limit`",
               n, limit);
  return FALSE;
}

static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_ref (value));
  return copy;
}

static gboolean
is_axis (const char *name)
{
  return !g_strv_contains (reserved, name);
}

/* The axes. */

/* The product of what there is so far with one more axis. */
static GPtrArray *
multiply (GPtrArray *combinations, const char *axis, JsonArray *values)
{
  GPtrArray *product =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < combinations->len; i++)
    {
      for (guint j = 0; j < json_array_get_length (values); j++)
        {
          JsonObject *combination = copy_object (g_ptr_array_index (combinations, i));

          json_object_set_member (combination, axis,
                                  json_node_ref (json_array_get_element (values, j)));
          g_ptr_array_add (product, combination);
        }
    }
  return product;
}

static gboolean
multiply_axes (RunnelMatrix *self, JsonObject *axes, guint limit, GError **error)
{
  gboolean has_axis = FALSE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_ptr_array_add (self->combinations, json_object_new ());
  json_object_iter_init_ordered (&iter, axes);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      GPtrArray *product;
      guint64 n;

      if (!is_axis (name))
        continue;
      if (!JSON_NODE_HOLDS_ARRAY (value))
        return set_type_error (error, name, "a list of values");
      n = (guint64) self->combinations->len * json_array_get_length (json_node_get_array (value));
      if (n > limit)
        return set_limit_error (error, n, limit);
      product = multiply (self->combinations, name, json_node_get_array (value));
      g_ptr_array_unref (self->combinations);
      self->combinations = product;
      has_axis = TRUE;
    }
  if (!has_axis)
    g_ptr_array_set_size (self->combinations, 0);
  return TRUE;
}

/* `exclude` and `include`. */

/* Returns: (nullable): the entries, none when the key is not there; NULL with @error set when they
 *   are no objects */
static JsonArray *
get_entries (JsonObject *matrix, const char *key, GError **error)
{
  JsonNode *node = json_object_get_member (matrix, key);
  JsonArray *entries;

  if (node == NULL)
    return json_array_new ();
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      set_type_error (error, key, "a list of objects");
      return NULL;
    }
  entries = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (entries, i)))
        {
          set_type_error (error, key, "a list of objects");
          return NULL;
        }
    }
  return json_array_ref (entries);
}

static gboolean
matches (JsonObject *combination, JsonObject *entry)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, entry);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *own = json_object_get_member (combination, name);

      if (own == NULL || !json_node_equal (own, value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
exclude (RunnelMatrix *self, JsonObject *matrix, GError **error)
{
  g_autoptr(JsonArray) entries = get_entries (matrix, "exclude", error);

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      for (guint j = self->combinations->len; j-- > 0;)
        {
          if (matches (g_ptr_array_index (self->combinations, j), entry))
            g_ptr_array_remove_index (self->combinations, j);
        }
    }
  return TRUE;
}

/* Whether an entry says nothing else about the axes than the combination does. */
static gboolean
agrees (JsonObject *combination, JsonObject *entry, JsonObject *axes)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, entry);
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (json_object_has_member (axes, name)
          && !json_node_equal (json_object_get_member (combination, name), value))
        return FALSE;
    }
  return TRUE;
}

static void
add_members (JsonObject *combination, JsonObject *entry)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (combination, name, json_node_ref (value));
}

/* Combinations that `include` itself made are not looked at. */
static gboolean
include (RunnelMatrix *self, JsonObject *matrix, guint limit, GError **error)
{
  g_autoptr(JsonArray) entries = get_entries (matrix, "include", error);
  guint n_multiplied = self->combinations->len;

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      gboolean added = FALSE;

      for (guint j = 0; j < n_multiplied; j++)
        {
          JsonObject *combination = g_ptr_array_index (self->combinations, j);

          if (!agrees (combination, entry, matrix))
            continue;
          add_members (combination, entry);
          added = TRUE;
        }
      if (!added)
        g_ptr_array_add (self->combinations, copy_object (entry));
    }
  if (self->combinations->len > limit)
    return set_limit_error (error, self->combinations->len, limit);
  return TRUE;
}

/* A list, such as an earlier step has made, is a combination for each of its entries. */
static gboolean
take_list (RunnelMatrix *self, JsonArray *list, GError **error)
{
  guint n = json_array_get_length (list);

  if (n > RUNNEL_MATRIX_LIMIT)
    return set_limit_error (error, n, RUNNEL_MATRIX_LIMIT);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *entry = json_array_get_element (list, i);
      JsonObject *combination;

      if (JSON_NODE_HOLDS_OBJECT (entry))
        combination = copy_object (json_node_get_object (entry));
      else
        {
          combination = json_object_new ();
          json_object_set_member (combination, "item", json_node_ref (entry));
        }
      g_ptr_array_add (self->combinations, combination);
    }
  return TRUE;
}

/* Options. */

static gboolean
read_count (JsonObject *matrix, const char *key, guint otherwise, guint *ret_count, GError **error)
{
  JsonNode *node = json_object_get_member (matrix, key);
  double value;

  *ret_count = otherwise;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  value = runnel_value_to_number (node);
  if (!(value >= 1 && value <= G_MAXINT))
    return set_type_error (error, key, "a whole number from 1 on");
  *ret_count = value;
  return TRUE;
}

static gboolean
take_object (RunnelMatrix *self, JsonObject *matrix, GError **error)
{
  JsonNode *fail_fast = json_object_get_member (matrix, "fail-fast");
  guint limit;

  if (fail_fast != NULL)
    self->fail_fast = runnel_value_is_true (fail_fast);
  return read_count (matrix, "limit", RUNNEL_MATRIX_LIMIT, &limit, error)
         && read_count (matrix, "max-parallel", 0, &self->max_parallel, error)
         && multiply_axes (self, matrix, limit, error) && exclude (self, matrix, error)
         && include (self, matrix, limit, error);
}

/**
 * runnel_matrix_init:
 * @self: (out): the matrix; clear it with runnel_matrix_clear(), also after an error
 * @value: the value of a step's `matrix`, its expressions evaluated: an object of axes, or a list
 * @error: #RUNNEL_MATRIX_ERROR
 *
 * Returns: whether the combinations could be made; there may be none
 */
gboolean
runnel_matrix_init (RunnelMatrix *self, JsonNode *value, GError **error)
{
  *self = (RunnelMatrix){ .fail_fast = TRUE };
  self->combinations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  if (JSON_NODE_HOLDS_OBJECT (value))
    return take_object (self, json_node_get_object (value), error);
  if (JSON_NODE_HOLDS_ARRAY (value))
    return take_list (self, json_node_get_array (value), error);
  g_set_error_literal (error, RUNNEL_MATRIX_ERROR, RUNNEL_MATRIX_ERROR_TYPE,
                       "the matrix must be an object of axes or a list");
  return FALSE;
}

/**
 * runnel_matrix_clear:
 * @self: a matrix
 */
void
runnel_matrix_clear (RunnelMatrix *self)
{
  g_clear_pointer (&self->combinations, g_ptr_array_unref);
}

/**
 * runnel_matrix_to_text:
 * @combination: values by axis
 *
 * Returns: (transfer full): such as "os=linux, cc=gcc"
 */
char *
runnel_matrix_to_text (JsonObject *combination)
{
  GString *text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, combination);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *word = runnel_value_to_text (value);

      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? ", " : "", name, word);
    }
  return g_string_free (text, FALSE);
}
