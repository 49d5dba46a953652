/* runnel-expr-parser.c: makes the tree of an expression
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Precedence, from the loosest: || && (== !=) (< <= > >=) ! and then ( ) [ ] . as GitHub
 * Actions has it.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "expr/runnel-expr-lexer.h"
#include "expr/runnel-expr-parser.h"
#include "expr/runnel-value.h"
#include "util/runnel-nearest.h"

/* The limits of GitHub Actions; they also bound the stack that parsing and evaluating need. */
#define MAX_LENGTH 21000
#define MAX_DEPTH 50

typedef struct
{
  RunnelExprLexer lexer;
  RunnelToken token;  /* the one being looked at */
  guint depth;        /* of parentheses, arguments and ! around it */
} Parser;

static const struct
{
  RunnelTokenType token;
  guint precedence;
  RunnelExprNodeType node;
} binary_operators[] = {
  { RUNNEL_TOKEN_OR, 1, RUNNEL_NODE_OR },
  { RUNNEL_TOKEN_AND, 2, RUNNEL_NODE_AND },
  { RUNNEL_TOKEN_EQUAL, 3, RUNNEL_NODE_EQUAL },
  { RUNNEL_TOKEN_NOT_EQUAL, 3, RUNNEL_NODE_NOT_EQUAL },
  { RUNNEL_TOKEN_LESS, 4, RUNNEL_NODE_LESS },
  { RUNNEL_TOKEN_LESS_EQUAL, 4, RUNNEL_NODE_LESS_EQUAL },
  { RUNNEL_TOKEN_GREATER, 4, RUNNEL_NODE_GREATER },
  { RUNNEL_TOKEN_GREATER_EQUAL, 4, RUNNEL_NODE_GREATER_EQUAL },
};

static const char *const contexts[] = {
  "params", "env", "secrets", "steps", "matrix", "run", "trigger", NULL
};

static const char *const keywords[] = { "true", "false", "null", NULL };

static RunnelExprNode *parse_expression (Parser *self, guint min_precedence, GError **error);
static RunnelExprNode *parse_unary (Parser *self, GError **error);

static gboolean
advance (Parser  *self,
         GError **error)
{
  return runnel_expr_lexer_next (&self->lexer, &self->token, error);
}

static char *
describe_token (Parser *self)
{
  if (self->token.type == RUNNEL_TOKEN_END)
    return g_strdup ("the end of the expression");

  return g_strdup_printf ("“%.*s”", (int) MIN (self->token.length, 40), self->token.start);
}

static void
set_expected_error (Parser      *self,
                    const char  *expected,
                    GError     **error)
{
  g_autofree char *found = describe_token (self);

  runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, self->lexer.text, self->token.start,
                         "expected %s, found %s", expected, found);
}

static gboolean
expect (Parser          *self,
        RunnelTokenType  type,
        const char      *expected,
        GError         **error)
{
  if (self->token.type == type)
    return advance (self, error);

  set_expected_error (self, expected, error);

  return FALSE;
}

static gboolean
check_depth (Parser      *self,
             guint        depth,
             const char  *at,
             GError     **error)
{
  if (depth <= MAX_DEPTH)
    return TRUE;

  runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, self->lexer.text, at,
                         "the expression is nested deeper than %d levels; compute a part of it in "
                         "a step and use its output", MAX_DEPTH);

  return FALSE;
}

static RunnelExprNode *
new_node (Parser             *self,
          RunnelExprNodeType  type)
{
  return runnel_expr_node_new (type, self->token.start - self->lexer.text);
}

static RunnelExprNode *
parse_number (Parser  *self,
              GError **error)
{
  g_autofree char *word = g_strndup (self->token.start, self->token.length);
  double number = runnel_number_from_text (word);
  RunnelExprNode *node;

  if (isnan (number))
    {
      runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, self->lexer.text, self->token.start,
                             "“%.40s” is not a number (a text is written in single quotes)", word);
      return NULL;
    }

  node = new_node (self, RUNNEL_NODE_LITERAL);
  node->value = runnel_value_new_number (number);

  return node;
}

static RunnelExprNode *
parse_string (Parser *self)
{
  RunnelExprNode *node = new_node (self, RUNNEL_NODE_LITERAL);
  GString *string = g_string_sized_new (self->token.length);
  const char *end = self->token.start + self->token.length - 1;

  for (const char *p = self->token.start + 1; p < end; p++)
    {
      g_string_append_c (string, *p);
      if (*p == '\'')
        p++;
    }
  node->value = runnel_value_new_string (string->str);
  g_string_free (string, TRUE);

  return node;
}

/* true, false, null, NaN and Infinity; NULL for any other name. */
static JsonNode *
keyword_value (const char *name)
{
  if (g_str_equal (name, "true") || g_str_equal (name, "false"))
    return runnel_value_new_boolean (*name == 't');
  if (g_str_equal (name, "null"))
    return json_node_new (JSON_NODE_NULL);
  if (g_str_equal (name, "NaN"))
    return runnel_value_new_number (NAN);
  if (g_str_equal (name, "Infinity"))
    return runnel_value_new_number (INFINITY);

  return NULL;
}

static const char *
find_context (const char *name)
{
  for (gsize i = 0; contexts[i]; i++)
    if (g_ascii_strcasecmp (contexts[i], name) == 0)
      return contexts[i];

  return NULL;
}

static void
set_unknown_context_error (Parser      *self,
                           gsize        offset,
                           const char  *name,
                           GError     **error)
{
  g_autofree char *known = g_strjoinv (", ", (char **) contexts);
  const char *nearest = runnel_nearest (name, contexts);

  if (!nearest)
    nearest = runnel_nearest (name, keywords);
  if (!nearest && runnel_function_lookup (name))
    runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_UNKNOWN_NAME, self->lexer.text,
                           self->lexer.text + offset,
                           "%s is a function; write %s()", name, name);
  else if (nearest)
    runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_UNKNOWN_NAME, self->lexer.text,
                           self->lexer.text + offset,
                           "there is no “%.40s”; did you mean “%s”?", name, nearest);
  else
    runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_UNKNOWN_NAME, self->lexer.text,
                           self->lexer.text + offset,
                           "there is no “%.40s”; there are %s (a text is written in single "
                           "quotes)", name, known);
}

static RunnelExprNode *
parse_context (Parser      *self,
               gsize        offset,
               const char  *name,
               GError     **error)
{
  RunnelExprNode *node;
  JsonNode *value = keyword_value (name);
  const char *context = find_context (name);

  if (!value && !context)
    {
      set_unknown_context_error (self, offset, name, error);
      return NULL;
    }

  node = runnel_expr_node_new (value ? RUNNEL_NODE_LITERAL : RUNNEL_NODE_CONTEXT, offset);
  node->value = value ? value : runnel_value_new_string (context);

  return node;
}

static gboolean
parse_arguments (Parser          *self,
                 RunnelExprNode  *call,
                 GError         **error)
{
  if (self->token.type == RUNNEL_TOKEN_CLOSE)
    return advance (self, error);

  while (TRUE)
    {
      RunnelExprNode *argument = parse_expression (self, 0, error);

      if (!argument)
        return FALSE;
      runnel_expr_node_add_child (call, argument);
      if (self->token.type != RUNNEL_TOKEN_COMMA)
        break;
      if (!advance (self, error))
        return FALSE;
    }

  return expect (self, RUNNEL_TOKEN_CLOSE, "“,” or “)” after the argument", error);
}

static const RunnelFunction *
find_function (Parser      *self,
               gsize        offset,
               const char  *name,
               GError     **error)
{
  const RunnelFunction *function = runnel_function_lookup (name);
  const char *nearest;

  if (function)
    return function;

  nearest = runnel_function_nearest (name);
  runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_UNKNOWN_NAME, self->lexer.text,
                         self->lexer.text + offset, "there is no function “%.40s”%s%s%s", name,
                         nearest ? "; did you mean “" : "", nearest ? nearest : "",
                         nearest ? "”?" : "");

  return NULL;
}

static RunnelExprNode *
parse_call (Parser      *self,
            gsize        offset,
            const char  *name,
            GError     **error)
{
  const RunnelFunction *function = find_function (self, offset, name, error);
  g_autoptr(RunnelExprNode) node = NULL;
  guint n_arguments;

  if (!function || !advance (self, error))
    return NULL;

  node = runnel_expr_node_new (RUNNEL_NODE_CALL, offset);
  node->function = function;
  if (!parse_arguments (self, node, error))
    return NULL;

  n_arguments = runnel_expr_node_get_n_children (node);
  if (n_arguments < function->min_arguments || n_arguments > function->max_arguments)
    {
      runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_ARGUMENTS, self->lexer.text,
                             self->lexer.text + offset, "%s is called with %u argument%s",
                             function->usage, n_arguments, n_arguments == 1 ? "" : "s");
      return NULL;
    }

  return g_steal_pointer (&node);
}

static RunnelExprNode *
parse_name (Parser  *self,
            GError **error)
{
  g_autofree char *name = g_strndup (self->token.start, self->token.length);
  gsize offset = self->token.start - self->lexer.text;

  if (!advance (self, error))
    return NULL;
  if (self->token.type == RUNNEL_TOKEN_OPEN)
    return parse_call (self, offset, name, error);

  return parse_context (self, offset, name, error);
}

static RunnelExprNode *
parse_parentheses (Parser  *self,
                   GError **error)
{
  g_autoptr(RunnelExprNode) node = NULL;

  if (!advance (self, error))
    return NULL;

  node = parse_expression (self, 0, error);
  if (!node || !expect (self, RUNNEL_TOKEN_CLOSE, "“)”", error))
    return NULL;

  return g_steal_pointer (&node);
}

static RunnelExprNode *
parse_primary (Parser  *self,
               GError **error)
{
  g_autoptr(RunnelExprNode) literal = NULL;

  switch (self->token.type)
    {
    case RUNNEL_TOKEN_NAME:
      return parse_name (self, error);
    case RUNNEL_TOKEN_OPEN:
      return parse_parentheses (self, error);
    case RUNNEL_TOKEN_NUMBER:
      literal = parse_number (self, error);
      break;
    case RUNNEL_TOKEN_STRING:
      literal = parse_string (self);
      break;
    default:
      set_expected_error (self, "a value", error);
      return NULL;
    }

  if (!literal || !advance (self, error))
    return NULL;

  return g_steal_pointer (&literal);
}

static RunnelExprNode *
new_name_literal (Parser *self)
{
  RunnelExprNode *node = new_node (self, RUNNEL_NODE_LITERAL);
  g_autofree char *name = g_strndup (self->token.start, self->token.length);

  node->value = runnel_value_new_string (name);

  return node;
}

/* What follows a dot: a name, or * for all members, which leaves `*ret_key` NULL. */
static gboolean
parse_member (Parser          *self,
              RunnelExprNode **ret_key,
              GError         **error)
{
  if (!advance (self, error))
    return FALSE;

  if (self->token.type == RUNNEL_TOKEN_NAME)
    *ret_key = new_name_literal (self);
  else if (self->token.type != RUNNEL_TOKEN_STAR)
    {
      set_expected_error (self, "a name or “*” after “.”", error);
      return FALSE;
    }

  return advance (self, error);
}

/* What stands between brackets: an expression, or * for all members. */
static gboolean
parse_brackets (Parser          *self,
                RunnelExprNode **ret_key,
                GError         **error)
{
  if (!advance (self, error))
    return FALSE;

  if (self->token.type == RUNNEL_TOKEN_STAR)
    {
      if (!advance (self, error))
        return FALSE;
    }
  else if (!(*ret_key = parse_expression (self, 0, error)))
    return FALSE;

  return expect (self, RUNNEL_TOKEN_CLOSE_INDEX, "“]”", error);
}

/* A value and all the members reached for in it. */
static RunnelExprNode *
parse_path (Parser  *self,
            GError **error)
{
  g_autoptr(RunnelExprNode) node = parse_primary (self, error);

  while (node && (self->token.type == RUNNEL_TOKEN_DOT ||
                  self->token.type == RUNNEL_TOKEN_OPEN_INDEX))
    {
      const char *at = self->token.start;
      gboolean is_dot = self->token.type == RUNNEL_TOKEN_DOT;
      g_autoptr(RunnelExprNode) key = NULL;
      RunnelExprNode *index;

      if (!(is_dot ? parse_member : parse_brackets) (self, &key, error))
        return NULL;

      index = runnel_expr_node_new (key ? RUNNEL_NODE_INDEX : RUNNEL_NODE_FILTER,
                                    at - self->lexer.text);
      runnel_expr_node_add_child (index, g_steal_pointer (&node));
      if (key)
        runnel_expr_node_add_child (index, g_steal_pointer (&key));
      node = index;
      if (!check_depth (self, node->depth, at, error))
        return NULL;
    }

  return g_steal_pointer (&node);
}

static RunnelExprNode *
parse_not (Parser  *self,
           GError **error)
{
  g_autoptr(RunnelExprNode) node = new_node (self, RUNNEL_NODE_NOT);
  RunnelExprNode *operand;

  if (!advance (self, error))
    return NULL;

  operand = parse_unary (self, error);
  if (!operand)
    return NULL;
  runnel_expr_node_add_child (node, operand);

  return g_steal_pointer (&node);
}

/* Every recursion of the parser passes here, so this is where its depth is limited. */
static RunnelExprNode *
parse_unary (Parser  *self,
             GError **error)
{
  RunnelExprNode *node;

  self->depth++;
  if (!check_depth (self, self->depth, self->token.start, error))
    return NULL;

  node = (self->token.type == RUNNEL_TOKEN_NOT ? parse_not : parse_path) (self, error);
  self->depth--;

  return node;
}

static gboolean
find_binary_operator (Parser             *self,
                      guint              *ret_precedence,
                      RunnelExprNodeType *ret_node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (binary_operators); i++)
    if (binary_operators[i].token == self->token.type)
      {
        *ret_precedence = binary_operators[i].precedence;
        *ret_node = binary_operators[i].node;
        return TRUE;
      }

  return FALSE;
}

/* `a && b && c` is one node with three children, so that a long list of conditions is not deep. */
static RunnelExprNode *
join_operands (RunnelExprNodeType  type,
               gsize               offset,
               RunnelExprNode     *left,
               RunnelExprNode     *right)
{
  RunnelExprNode *node = left;

  if (left->type != type || (type != RUNNEL_NODE_AND && type != RUNNEL_NODE_OR))
    {
      node = runnel_expr_node_new (type, offset);
      runnel_expr_node_add_child (node, left);
    }
  runnel_expr_node_add_child (node, right);

  return node;
}

/* Precedence climbing: takes operators that bind at least as tightly as `min_precedence`. */
static RunnelExprNode *
parse_expression (Parser  *self,
                  guint    min_precedence,
                  GError **error)
{
  g_autoptr(RunnelExprNode) left = parse_unary (self, error);
  RunnelExprNodeType type;
  guint precedence;

  while (left && find_binary_operator (self, &precedence, &type) && precedence >= min_precedence)
    {
      const char *at = self->token.start;
      RunnelExprNode *right;

      if (!advance (self, error))
        return NULL;
      right = parse_expression (self, precedence + 1, error);
      if (!right)
        return NULL;
      left = join_operands (type, at - self->lexer.text, g_steal_pointer (&left), right);
      if (!check_depth (self, left->depth, at, error))
        return NULL;
    }

  return g_steal_pointer (&left);
}

static gboolean
check_text (const char  *text,
            const char  *start,
            const char  *end,
            GError     **error)
{
  const char *invalid;

  if (!g_utf8_validate (start, end - start, &invalid))
    {
      g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_SYNTAX,
                   "the expression is not valid UTF-8 from byte %" G_GSIZE_FORMAT " on",
                   (gsize) (invalid - text));
      return FALSE;
    }
  if (end - start > MAX_LENGTH && g_utf8_pointer_to_offset (start, end) > MAX_LENGTH)
    {
      runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, text, start,
                             "the expression is longer than %d characters", MAX_LENGTH);
      return FALSE;
    }

  return TRUE;
}

/**
 * runnel_expr_parse:
 * @text: the whole text, for the places that errors name
 * @start: where the expression begins in @text
 * @end: where it ends
 * @error: return location for a %RUNNEL_EXPR_ERROR
 *
 * Returns: (transfer full): the tree, no deeper than 50 nodes, or %NULL with @error set
 */
RunnelExprNode *
runnel_expr_parse (const char  *text,
                   const char  *start,
                   const char  *end,
                   GError     **error)
{
  Parser self = { 0, };
  g_autoptr(RunnelExprNode) root = NULL;

  if (!check_text (text, start, end, error))
    return NULL;

  runnel_expr_lexer_init (&self.lexer, text, start, end);
  if (!advance (&self, error))
    return NULL;
  if (self.token.type == RUNNEL_TOKEN_END)
    {
      runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, text, start,
                             "the expression is empty");
      return NULL;
    }

  root = parse_expression (&self, 0, error);
  if (!root || !expect (&self, RUNNEL_TOKEN_END, "an operator or the end", error))
    return NULL;

  return g_steal_pointer (&root);
}
