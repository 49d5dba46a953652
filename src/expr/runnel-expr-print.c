/* runnel-expr-print.c: the tree of an expression as text again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "expr/runnel-expr-print.h"
#include "expr/runnel-value.h"

static const char *const operators[] = {
  [RUNNEL_NODE_LESS] = "<",
  [RUNNEL_NODE_LESS_EQUAL] = "<=",
  [RUNNEL_NODE_GREATER] = ">",
  [RUNNEL_NODE_GREATER_EQUAL] = ">=",
  [RUNNEL_NODE_EQUAL] = "==",
  [RUNNEL_NODE_NOT_EQUAL] = "!=",
  [RUNNEL_NODE_AND] = "&&",
  [RUNNEL_NODE_OR] = "||",
};

static gboolean
is_binary (RunnelExprNode *node)
{
  return node->type >= RUNNEL_NODE_LESS;
}

static void
print_quoted (const char *text,
              GString    *out)
{
  g_string_append_c (out, '\'');
  for (const char *p = text; *p; p++)
    g_string_append (out, *p == '\'' ? "''" : (char[]) { *p, '\0' });
  g_string_append_c (out, '\'');
}

static void
print_value (JsonNode *value,
             GString  *out)
{
  g_autofree char *text = NULL;

  switch (runnel_value_get_type (value))
    {
    case RUNNEL_VALUE_NULL:
      g_string_append (out, "null");
      break;
    case RUNNEL_VALUE_STRING:
      print_quoted (json_node_get_string (value), out);
      break;
    case RUNNEL_VALUE_ARRAY:
    case RUNNEL_VALUE_OBJECT:
      text = json_to_string (value, FALSE);
      g_string_append (out, text);
      break;
    default:
      text = runnel_value_to_text (value);
      g_string_append (out, text);
      break;
    }
}

static void
print_call (RunnelExprNode *node,
            GString        *out)
{
  g_string_append_printf (out, "%s(", node->function->name);
  for (guint i = 0; i < runnel_expr_node_get_n_children (node); i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      runnel_expr_node_print (runnel_expr_node_get_child (node, i), out);
    }
  g_string_append_c (out, ')');
}

/* An operand of !, && and the like; parentheses where they could be needed. */
static void
print_operand (RunnelExprNode *node,
               GString        *out)
{
  g_string_append (out, is_binary (node) ? "(" : "");
  runnel_expr_node_print (node, out);
  g_string_append (out, is_binary (node) ? ")" : "");
}

static void
print_binary (RunnelExprNode *node,
              GString        *out)
{
  gboolean is_logical = node->type == RUNNEL_NODE_AND || node->type == RUNNEL_NODE_OR;

  for (guint i = 0; i < runnel_expr_node_get_n_children (node); i++)
    {
      RunnelExprNode *child = runnel_expr_node_get_child (node, i);

      if (i > 0)
        g_string_append_printf (out, " %s ", operators[node->type]);
      if (is_logical && child->type < RUNNEL_NODE_AND)
        runnel_expr_node_print (child, out);
      else
        print_operand (child, out);
    }
}

static void
print_index (RunnelExprNode *node,
             GString        *out)
{
  RunnelExprNode *key = runnel_expr_node_get_child (node, 1);

  print_operand (runnel_expr_node_get_child (node, 0), out);
  if (runnel_expr_node_is_name (key))
    {
      g_string_append_printf (out, ".%s", json_node_get_string (key->value));
      return;
    }
  g_string_append_c (out, '[');
  runnel_expr_node_print (key, out);
  g_string_append_c (out, ']');
}

/**
 * runnel_expr_node_is_name:
 * @self: the key of an index
 *
 * Returns: whether it is a literal name that can stand after a dot
 */
gboolean
runnel_expr_node_is_name (RunnelExprNode *self)
{
  const char *name;

  if (self->type != RUNNEL_NODE_LITERAL ||
      runnel_value_get_type (self->value) != RUNNEL_VALUE_STRING)
    return FALSE;

  name = json_node_get_string (self->value);

  return *name && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == strlen (name);
}

/**
 * runnel_expr_node_print:
 * @self: a node
 * @out: where its text is appended
 *
 * Writes an expression in its plainest form: `a['b']` becomes `a.b`.
 */
void
runnel_expr_node_print (RunnelExprNode *self,
                        GString        *out)
{
  switch (self->type)
    {
    case RUNNEL_NODE_LITERAL:
      print_value (self->value, out);
      break;
    case RUNNEL_NODE_CONTEXT:
      g_string_append (out, json_node_get_string (self->value));
      break;
    case RUNNEL_NODE_INDEX:
      print_index (self, out);
      break;
    case RUNNEL_NODE_FILTER:
      print_operand (runnel_expr_node_get_child (self, 0), out);
      g_string_append (out, ".*");
      break;
    case RUNNEL_NODE_CALL:
      print_call (self, out);
      break;
    case RUNNEL_NODE_NOT:
      g_string_append_c (out, '!');
      print_operand (runnel_expr_node_get_child (self, 0), out);
      break;
    default:
      print_binary (self, out);
      break;
    }
}

/**
 * runnel_expr_value_print:
 * @value: a value
 *
 * Returns: (transfer full): the value as an expression would spell it: `'text'`, `3`, `["a"]`
 */
char *
runnel_expr_value_print (JsonNode *value)
{
  GString *out = g_string_new (NULL);

  print_value (value, out);

  return g_string_free (out, FALSE);
}
