/* runnel-airflow-jinja.c: expressions in Jinja, as Airflow renders them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts are compared without regard to case, as in GitHub's language, whose rules ours are.
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include <string.h>

static char *
fail (GError **error, const char *what)
{
  g_set_error (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE,
               "%s can't be said in Airflow's templates", what);
  return NULL;
}

static char *
quote (const char *text)
{
  g_auto(GStrv) backslashes = g_strsplit (text, "\\", -1);
  g_autofree char *doubled = g_strjoinv ("\\\\", backslashes);
  g_auto(GStrv) quotes = g_strsplit (doubled, "'", -1);
  g_autofree char *escaped = g_strjoinv ("\\'", quotes);

  return g_strdup_printf ("'%s'", escaped);
}

static char *
say_literal (JsonNode *value, gpointer user_data, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("none");
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return quote (json_node_get_string (value));
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? "true" : "false");

  return runnel_value_to_text (value);
}

/* A leg's own value, known beforehand. */
static char *
say_leg_value (JsonObject *leg, const char *axis, GError **error)
{
  JsonNode *value = leg != NULL ? json_object_get_member (leg, axis) : NULL;

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return fail (error, "a value of the matrix that is no text or number");

  return say_literal (value, NULL, error);
}

static char *
say_reference (const char *const *path, gpointer user_data, GError **error)
{
  guint length = g_strv_length ((char **) path);
  g_autofree char *second = length > 1 ? quote (path[1]) : NULL;

  if (length == 2 && g_ascii_strcasecmp (path[0], "params") == 0)
    return g_strdup_printf ("params[%s]", second);
  if (length == 2 && g_ascii_strcasecmp (path[0], "matrix") == 0)
    return say_leg_value (user_data, path[1], error);
  if (length == 2 && g_ascii_strcasecmp (path[0], "secrets") == 0)
    return g_strdup_printf ("var.value.get(%s)", second);
  if (length == 4 && g_ascii_strcasecmp (path[0], "steps") == 0
      && g_ascii_strcasecmp (path[2], "outputs") == 0)
    {
      g_autofree char *name = quote (path[3]);

      return g_strdup_printf ("(ti.xcom_pull(task_ids=%s) or {}).get(%s, '')", second, name);
    }

  return fail (error, path[0]);
}

static gboolean
is_literal_of (RunnelExprNode *node, GType type)
{
  return node->type == RUNNEL_NODE_LITERAL && JSON_NODE_HOLDS_VALUE (node->value)
         && json_node_get_value_type (node->value) == type;
}

static gboolean
is_number (RunnelExprNode *node)
{
  return is_literal_of (node, G_TYPE_INT64) || is_literal_of (node, G_TYPE_DOUBLE);
}

/* Compares as texts, or as numbers when one of the two is a number. */
static char *
say_comparison (const char *operator,
                const char * const * operands,
                RunnelExprNode **nodes,
                gboolean is_equality,
                GError **error)
{
  if (is_number (nodes[0]) || is_number (nodes[1]))
    return g_strdup_printf ("((%s) | float) %s ((%s) | float)", operands[0], operator, operands[1]);
  if (is_literal_of (nodes[0], G_TYPE_BOOLEAN) || is_literal_of (nodes[1], G_TYPE_BOOLEAN))
    return g_strdup_printf ("(%s) %s (%s)", operands[0], operator, operands[1]);
  if (!is_equality)
    return fail (error, "an order of texts");

  return g_strdup_printf ("((%s) | string | lower) %s ((%s) | string | lower)",
                          operands[0], operator, operands[1]);
}

static char *
say_operation (RunnelExprNodeType type,
               const char *const *operands,
               RunnelExprNode **nodes,
               guint n_operands,
               gpointer user_data,
               GError **error)
{
  g_autofree char *joined = NULL;

  switch (type)
    {
    case RUNNEL_NODE_NOT:
      return g_strdup_printf ("(not %s)", operands[0]);
    case RUNNEL_NODE_EQUAL:
      return say_comparison ("==", operands, nodes, TRUE, error);
    case RUNNEL_NODE_NOT_EQUAL:
      return say_comparison ("!=", operands, nodes, TRUE, error);
    case RUNNEL_NODE_LESS:
      return say_comparison ("<", operands, nodes, FALSE, error);
    case RUNNEL_NODE_LESS_EQUAL:
      return say_comparison ("<=", operands, nodes, FALSE, error);
    case RUNNEL_NODE_GREATER:
      return say_comparison (">", operands, nodes, FALSE, error);
    case RUNNEL_NODE_GREATER_EQUAL:
      return say_comparison (">=", operands, nodes, FALSE, error);
    case RUNNEL_NODE_AND:
      joined = g_strjoinv (" and ", (char **) operands);
      return g_strdup_printf ("(%s)", joined);
    default:
      joined = g_strjoinv (" or ", (char **) operands);
      return g_strdup_printf ("(%s)", joined);
    }
}

static char *
say_call (const char *function,
          const char *const *arguments,
          guint n_arguments,
          gpointer user_data,
          GError **error)
{
  if (g_str_equal (function, "success"))
    return g_strdup ("true"); /* the trigger rule has seen to it */
  if (g_str_equal (function, "contains"))
    return g_strdup_printf ("(((%s) | string | lower) in ((%s) | string | lower))", arguments[1],
                            arguments[0]);
  if (g_str_equal (function, "startswith") || g_str_equal (function, "endswith"))
    return g_strdup_printf ("((%s) | string | lower).%s((%s) | string | lower)", arguments[0],
                            function, arguments[1]);

  return fail (error, function);
}

static char *
splice (const char *expression, gpointer user_data)
{
  return g_strdup_printf ("{{ %s }}", expression);
}

/* What opens something in Jinja, each said as a text of Jinja. */
static char *
escape (const char *text, gpointer user_data)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '{' && p[1] != '\0' && strchr ("{%#", p[1]) != NULL)
        {
          g_string_append_printf (out, "{{ '{%c' }}", p[1]);
          p++;
        }
      else
        {
          g_string_append_c (out, *p);
        }
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

const RunnelDialect _runnel_airflow_jinja = {
  .reference = say_reference,
  .literal = say_literal,
  .operation = say_operation,
  .call = say_call,
  .splice = splice,
  .escape = escape,
};
