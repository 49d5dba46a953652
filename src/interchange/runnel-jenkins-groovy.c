/* runnel-jenkins-groovy.c: texts and expressions of Groovy, as Jenkins runs it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values come from functions that each exported file defines: param (name), output (step, name);
 * and same (a, b) compares texts without regard to case, as GitHub's language does, whose rules
 * ours are.
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"

#include <string.h>

static char *
fail (GError **error, const char *what)
{
  g_set_error (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE,
               "%s can't be said in a Jenkinsfile", what);
  return NULL;
}

static void
append_escaped (GString *out, const char *text, gboolean keep_lines)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n' && !keep_lines)
        g_string_append (out, "\\n");
      else if (*p == '\\' || (*p == '\'' && (!keep_lines || p[1] == '\'' || p[1] == '\0')))
        g_string_append_printf (out, "\\%c", *p);
      else if (*p == '\r')
        g_string_append (out, "\\r");
      else if ((guchar) *p < 0x20 && *p != '\n' && *p != '\t')
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
}

/* A text of Groovy in which `$` is nothing special. */
char *
_runnel_jenkins_quote (const char *text)
{
  g_autoptr(GString) out = g_string_new ("'");

  append_escaped (out, text, FALSE);

  return g_string_free (g_string_append_c (g_steal_pointer (&out), '\''), FALSE);
}

/* The same with its lines as lines. */
char *
_runnel_jenkins_quote_lines (const char *text)
{
  g_autoptr(GString) out = g_string_new ("'''");

  append_escaped (out, text, TRUE);

  return g_string_free (g_string_append (g_steal_pointer (&out), "'''"), FALSE);
}

static char *
say_literal (JsonNode *value, gpointer user_data, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return _runnel_jenkins_quote (json_node_get_string (value));
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("null");

  return runnel_value_to_text (value);
}

static gboolean
is_switch (const RunnelFlow *flow, const char *name)
{
  for (guint i = 0; i < flow->n_parameters; i++)
    if (g_str_equal (flow->parameters[i].name, name))
      return flow->parameters[i].type == RUNNEL_PARAMETER_BOOLEAN;

  return FALSE;
}

static char *
say_leg_value (RunnelJenkinsPlace *place, const char *axis, GError **error)
{
  JsonNode *value = place->leg != NULL ? json_object_get_member (place->leg, axis) : NULL;

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return fail (error, "a value of the matrix that is no text or number");

  return say_literal (value, NULL, error);
}

static char *
say_reference (const char *const *path, gpointer user_data, GError **error)
{
  RunnelJenkinsPlace *place = user_data;
  guint length = g_strv_length ((char **) path);
  g_autofree char *second = length > 1 ? _runnel_jenkins_quote (path[1]) : NULL;

  if (length == 2 && g_ascii_strcasecmp (path[0], "params") == 0)
    return g_strdup_printf (
      is_switch (place->flow, path[1]) ? "(param(%s) == 'true')" : "param(%s)", second);
  if (length == 2 && g_ascii_strcasecmp (path[0], "matrix") == 0)
    return say_leg_value (place, path[1], error);
  if (length == 4 && g_ascii_strcasecmp (path[0], "steps") == 0
      && g_ascii_strcasecmp (path[2], "outputs") == 0)
    {
      g_autofree char *name = _runnel_jenkins_quote (path[3]);

      return g_strdup_printf ("output(%s, %s)", second, name);
    }

  if (length == 2 && g_ascii_strcasecmp (path[0], "env") == 0
      && g_regex_match_simple ("^[A-Za-z_][A-Za-z0-9_]*$", path[1], G_REGEX_DOLLAR_ENDONLY, 0))
    return g_strdup_printf ("\"${env.%s}\"",
                            path[1]); /* as it stands, `environment` takes no property */

  return fail (error, path[0]);
}

static gboolean
is_literal_of (RunnelExprNode *node, GType type)
{
  return node->type == RUNNEL_NODE_LITERAL && JSON_NODE_HOLDS_VALUE (node->value)
         && json_node_get_value_type (node->value) == type;
}

static char *
say_comparison (const char *operator,
                const char * const * operands,
                RunnelExprNode **nodes,
                GError **error)
{
  gboolean is_equality = strchr ("=!", *operator) != NULL;

  for (guint i = 0; i < 2; i++)
    {
      if (is_literal_of (nodes[i], G_TYPE_INT64) || is_literal_of (nodes[i], G_TYPE_DOUBLE))
        return g_strdup_printf ("(%s as BigDecimal) %s (%s as BigDecimal)", operands[0], operator,
                                operands[1]);
      if (is_literal_of (nodes[i], G_TYPE_BOOLEAN) && is_equality)
        return g_strdup_printf ("%s %s %s", operands[0], operator, operands[1]);
    }
  if (!is_equality)
    return fail (error, "an order of texts");

  return g_strdup_printf ("%ssame(%s, %s)", *operator== '!' ? "!" : "", operands[0], operands[1]);
}

/* && and || of Groovy give true or false, ours give one of the operands: so it is a call of a
 * function of the file. */
static char *
say_choice (const char *function, const char *const *operands, guint n_operands)
{
  char *said = g_strdup (operands[0]);

  for (guint i = 1; i < n_operands; i++)
    {
      g_autofree char *before = said;

      said = g_strdup_printf ("%s(%s, %s)", function, before, operands[i]);
    }

  return said;
}

static char *
say_operation (RunnelExprNodeType type,
               const char *const *operands,
               RunnelExprNode **nodes,
               guint n_operands,
               gpointer user_data,
               GError **error)
{
  const RunnelJenkinsPlace *place = user_data;
  g_autofree char *joined = NULL;

  if (place->is_text && (type == RUNNEL_NODE_AND || type == RUNNEL_NODE_OR))
    return say_choice (type == RUNNEL_NODE_AND ? "both" : "either", operands, n_operands);

  switch (type)
    {
    case RUNNEL_NODE_NOT:
      return g_strdup_printf ("!(%s)", operands[0]);
    case RUNNEL_NODE_EQUAL:
      return say_comparison ("==", operands, nodes, error);
    case RUNNEL_NODE_NOT_EQUAL:
      return say_comparison ("!=", operands, nodes, error);
    case RUNNEL_NODE_LESS:
      return say_comparison ("<", operands, nodes, error);
    case RUNNEL_NODE_LESS_EQUAL:
      return say_comparison ("<=", operands, nodes, error);
    case RUNNEL_NODE_GREATER:
      return say_comparison (">", operands, nodes, error);
    case RUNNEL_NODE_GREATER_EQUAL:
      return say_comparison (">=", operands, nodes, error);
    case RUNNEL_NODE_AND:
      joined = g_strjoinv (" && ", (char **) operands);
      return g_strdup_printf ("(%s)", joined);
    default:
      joined = g_strjoinv (" || ", (char **) operands);
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
    return g_strdup ("true"); /* the links have seen to it */
  if (g_str_equal (function, "contains"))
    return g_strdup_printf ("%s.toLowerCase().contains(%s.toLowerCase())", arguments[0],
                            arguments[1]);
  if (g_str_equal (function, "startswith") || g_str_equal (function, "endswith"))
    return g_strdup_printf ("%s.toLowerCase().%s(%s.toLowerCase())", arguments[0],
                            *function == 's' ? "startsWith" : "endsWith", arguments[1]);

  return fail (error, function);
}

/* Parts of a text are joined by `+`: Declarative takes that for a value of `environment`. */
static char *
splice (const char *expression, gpointer user_data)
{
  return g_strdup_printf (" + %s", expression);
}

static char *
escape (const char *text, gpointer user_data)
{
  g_autofree char *quoted = _runnel_jenkins_quote (text);

  return g_strdup_printf (" + %s", quoted);
}

const RunnelDialect _runnel_jenkins_groovy = {
  .reference = say_reference,
  .literal = say_literal,
  .operation = say_operation,
  .call = say_call,
  .splice = splice,
  .escape = escape,
};

/* `text` as an expression of Groovy that gives a text; NULL when it can't be said. */
char *
_runnel_jenkins_say_text (const RunnelFlow *flow, JsonObject *leg, const char *text)
{
  RunnelJenkinsPlace place = { flow, leg, TRUE };
  g_autofree char *parts = runnel_dialect_say_text (&_runnel_jenkins_groovy, text, &place, NULL);

  if (parts == NULL)
    return NULL;
  if (*parts == '\0')
    return g_strdup ("''");

  return g_strdup (parts + strlen (" + "));
}
