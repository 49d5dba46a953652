/* runnel-jenkins-import-when.c: `when` as a condition, and `matrix` as one of Runnel
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"
#include "model/runnel-shape.h"

#include <string.h>

static char *read_test (RunnelJenkinsImport *self, const RunnelJenkinsNode *node);

/* All tests of a block, joined; NULL when one can't be said (transfer full). */
static char *
join_tests (RunnelJenkinsImport *self, GPtrArray *nodes, const char *operator)
{
  g_autoptr(GString) out = g_string_new (NULL);
  guint count = 0;

  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RunnelJenkinsNode *node = g_ptr_array_index (nodes, i);
      g_autofree char *test = NULL;

      if (node->name != NULL && g_str_has_prefix (node->name, "before"))
        continue; /* when it is decided: nothing is prepared before it here */
      test = read_test (self, node);
      if (test == NULL)
        return NULL;
      g_string_append_printf (out, count++ > 0 ? " %s (%s)" : "%.0s(%s)", operator, test);
    }
  if (count == 0)
    return NULL;
  if (count == 1)
    return g_strndup (out->str + 1, out->len - 2);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
quote (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "'", -1);

  return g_strjoinv ("''", parts);
}

/* environment name: 'X', value: 'v' and equals expected: 'a', actual: b. */
static char *
read_environment (RunnelJenkinsImport *self, const RunnelJenkinsNode *node)
{
  const char *name = _runnel_jenkins_get_text (node, "name");
  const char *value = _runnel_jenkins_get_text (node, "value");
  const char *context = NULL;
  g_autofree char *quoted = NULL;

  if (name == NULL || value == NULL || node->values->len != 2)
    return NULL;
  if (self->names.env != NULL && json_object_has_member (self->names.env, name))
    context = "env";
  else if (self->names.parameters != NULL && json_object_has_member (self->names.parameters, name))
    context = "params";
  if (context == NULL)
    return NULL;
  quoted = quote (value);

  return g_strdup_printf ("%s.%s == '%s'", context, name, quoted);
}

static char *
read_equals (RunnelJenkinsImport *self, const RunnelJenkinsNode *node)
{
  const RunnelJenkinsValue *expected = _runnel_jenkins_get_value (node, "expected");
  const RunnelJenkinsValue *actual = _runnel_jenkins_get_value (node, "actual");
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (expected == NULL || actual == NULL)
    return NULL;
  left = _runnel_jenkins_read_condition (self->file, actual->first, actual->last, &self->names);
  right =
    _runnel_jenkins_read_condition (self->file, expected->first, expected->last, &self->names);

  return left != NULL && right != NULL ? g_strdup_printf ("(%s) == (%s)", left, right) : NULL;
}

static char *
read_test (RunnelJenkinsImport *self, const RunnelJenkinsNode *node)
{
  const char *name = node->name != NULL ? node->name : "";
  g_autofree char *inside = NULL;

  if (g_str_equal (name, "expression") && node->children != NULL)
    return _runnel_jenkins_read_condition (self->file, node->block_first, node->block_last,
                                           &self->names);
  if (g_str_equal (name, "environment"))
    return read_environment (self, node);
  if (g_str_equal (name, "equals"))
    return read_equals (self, node);
  if (g_str_equal (name, "allOf"))
    return join_tests (self, node->children, "&&");
  if (g_str_equal (name, "anyOf"))
    return join_tests (self, node->children, "||");
  if (g_str_equal (name, "not"))
    {
      inside = join_tests (self, node->children, "&&");
      return inside != NULL ? g_strdup_printf ("!(%s)", inside) : NULL;
    }

  return NULL; /* branch, tag, changeset, ...: what only Jenkins knows */
}

/* Returns: (transfer full) (nullable): the condition; %NULL = it can't be said */
char *
_runnel_jenkins_read_when (RunnelJenkinsImport *self, const RunnelJenkinsNode *when)
{
  return join_tests (self, when->children, "&&");
}

/* Matrices. */

static JsonArray *
read_axis_values (const RunnelJenkinsNode *axis, const char *name)
{
  const RunnelJenkinsNode *values = _runnel_jenkins_find (axis->children, name);
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; values != NULL && i < values->values->len; i++)
    {
      const RunnelJenkinsValue *value = g_ptr_array_index (values->values, i);

      if (value->text == NULL)
        return NULL;
      json_array_add_string_element (array, value->text);
    }

  return json_array_get_length (array) > 0 ? g_steal_pointer (&array) : NULL;
}

static const char *
get_axis_name (const RunnelJenkinsNode *axis)
{
  const RunnelJenkinsNode *name =
    axis->children != NULL ? _runnel_jenkins_find (axis->children, "name") : NULL;
  const char *text = name != NULL ? _runnel_jenkins_get_text (name, NULL) : NULL;

  return text != NULL && runnel_id_is_valid (text) ? text : NULL;
}

static gboolean
contains (JsonArray *array, const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_str_equal (json_array_get_string_element (array, i), text))
      return TRUE;

  return FALSE;
}

/* What an axis of an `exclude` leaves out: `values`, or all of the axis but `notValues`. */
static JsonArray *
read_excluded_values (const RunnelJenkinsNode *axis, JsonObject *matrix, const char *name)
{
  JsonArray *values = read_axis_values (axis, "values");
  g_autoptr(JsonArray) others = values == NULL ? read_axis_values (axis, "notValues") : NULL;
  JsonArray *all;

  if (values != NULL || others == NULL || !json_object_has_member (matrix, name))
    return values;
  all = json_object_get_array_member (matrix, name);
  values = json_array_new ();
  for (guint i = 0; i < json_array_get_length (all); i++)
    if (!contains (others, json_array_get_string_element (all, i)))
      json_array_add_string_element (values, json_array_get_string_element (all, i));

  return values;
}

/* Combinations of an `exclude`, each with one value for an axis, as `exclude` of Runnel has them.
 */
#define MAX_EXCLUDED 10000

static gboolean
add_excluded (JsonObject *matrix, const RunnelJenkinsNode *exclude, GPtrArray *excluded)
{
  g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  g_ptr_array_add (made, json_object_new ());
  for (guint i = 0; exclude->children != NULL && i < exclude->children->len; i++)
    {
      const RunnelJenkinsNode *axis = g_ptr_array_index (exclude->children, i);
      const char *name = get_axis_name (axis);
      g_autoptr(JsonArray) values =
        name != NULL ? read_excluded_values (axis, matrix, name) : NULL;
      GPtrArray *longer;

      if (values == NULL || made->len * json_array_get_length (values) > MAX_EXCLUDED)
        return FALSE;
      longer = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      for (guint j = 0; j < made->len; j++)
        for (guint k = 0; k < json_array_get_length (values); k++)
          {
            JsonObject *combination = json_object_new ();
            GList *names = json_object_get_members (g_ptr_array_index (made, j));

            for (GList *l = names; l != NULL; l = l->next)
              json_object_set_string_member (
                combination, l->data,
                json_object_get_string_member (g_ptr_array_index (made, j), l->data));
            g_list_free (names);
            json_object_set_string_member (combination, name,
                                           json_array_get_string_element (values, k));
            g_ptr_array_add (longer, combination);
          }
      g_ptr_array_unref (made);
      made = longer;
    }
  g_ptr_array_extend_and_steal (excluded, g_steal_pointer (&made));

  return TRUE;
}

static gboolean
set_excludes (JsonObject *matrix, const RunnelJenkinsNode *excludes)
{
  g_autoptr(GPtrArray) excluded =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  JsonArray *array;

  for (guint i = 0; excludes->children != NULL && i < excludes->children->len; i++)
    if (!add_excluded (matrix, g_ptr_array_index (excludes->children, i), excluded)
        || excluded->len > MAX_EXCLUDED)
      return FALSE;

  array = json_array_new ();
  for (guint i = 0; i < excluded->len; i++)
    json_array_add_object_element (array, json_object_ref (g_ptr_array_index (excluded, i)));
  json_object_set_array_member (matrix, "exclude", array);

  return TRUE;
}

/* Returns: (transfer full) (nullable): the matrix of Runnel; %NULL = its values are to be computed
 */
JsonNode *
_runnel_jenkins_read_matrix (const RunnelJenkinsNode *matrix)
{
  const RunnelJenkinsNode *axes = _runnel_jenkins_find (matrix->children, "axes");
  const RunnelJenkinsNode *excludes = _runnel_jenkins_find (matrix->children, "excludes");
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *node;

  for (guint i = 0; axes != NULL && axes->children != NULL && i < axes->children->len; i++)
    {
      const RunnelJenkinsNode *axis = g_ptr_array_index (axes->children, i);
      const char *name = get_axis_name (axis);
      JsonArray *values = name != NULL ? read_axis_values (axis, "values") : NULL;

      if (values == NULL)
        return NULL;
      json_object_set_array_member (object, name, values);
    }
  if (json_object_get_size (object) == 0 || (excludes != NULL && !set_excludes (object, excludes)))
    return NULL;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);

  return node;
}
