/* runnel-dialect.c: expressions written in the language of another system
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-dialect.h"

#include <string.h>

typedef struct
{
  const RunnelDialect *dialect;
  gpointer user_data;
} Speaker;

G_DEFINE_QUARK (runnel-dialect-error-quark, runnel_dialect_error)

static char *say (Speaker *self, RunnelExprNode *node, GError **error);

static char *
fail (GError **error, const char *what)
{
  g_set_error (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE,
               "%s can't be said there", what);
  return NULL;
}

/* Collects the names of `a.b['c'][0]`; FALSE when one is only known while running. */
static gboolean
collect_path (RunnelExprNode *node, GPtrArray *path)
{
  RunnelExprNode *key;

  if (node->type == RUNNEL_NODE_CONTEXT)
    {
      g_ptr_array_add (path, g_strdup (json_node_get_string (node->value)));
      return TRUE;
    }
  if (node->type != RUNNEL_NODE_INDEX || !collect_path (runnel_expr_node_get_child (node, 0), path))
    return FALSE;

  key = runnel_expr_node_get_child (node, 1);
  if (key->type != RUNNEL_NODE_LITERAL)
    return FALSE;
  g_ptr_array_add (path, runnel_value_to_text (key->value));

  return TRUE;
}

static char *
say_reference (Speaker *self, RunnelExprNode *node, GError **error)
{
  g_autoptr(GPtrArray) path = g_ptr_array_new_with_free_func (g_free);

  if (!collect_path (node, path))
    return fail (error, "a member whose name is computed");
  if (self->dialect->reference == NULL)
    return fail (error, "a reference");

  g_ptr_array_add (path, NULL);

  return self->dialect->reference ((const char *const *) path->pdata, self->user_data, error);
}

/* The operands of an operation or a call, NULL-terminated. */
static char **
say_children (Speaker *self, RunnelExprNode *node, GError **error)
{
  guint n_children = runnel_expr_node_get_n_children (node);
  g_auto(GStrv) said = g_new0 (char *, n_children + 1);

  for (guint i = 0; i < n_children; i++)
    {
      said[i] = say (self, runnel_expr_node_get_child (node, i), error);
      if (said[i] == NULL)
        return NULL;
    }

  return g_steal_pointer (&said);
}

static char *
say_call (Speaker *self, RunnelExprNode *node, GError **error)
{
  g_autofree char *name = g_ascii_strdown (node->function->name, -1);
  g_auto(GStrv) arguments = NULL;

  if (self->dialect->call == NULL)
    return fail (error, "a function");
  arguments = say_children (self, node, error);
  if (arguments == NULL)
    return NULL;

  return self->dialect->call (name, (const char *const *) arguments,
                              runnel_expr_node_get_n_children (node), self->user_data, error);
}

static char *
say_operation (Speaker *self, RunnelExprNode *node, GError **error)
{
  g_auto(GStrv) operands = NULL;

  if (self->dialect->operation == NULL)
    return fail (error, "an operator");
  operands = say_children (self, node, error);
  if (operands == NULL)
    return NULL;

  return self->dialect->operation (node->type, (const char *const *) operands,
                                   (RunnelExprNode **) node->children->pdata, node->children->len,
                                   self->user_data, error);
}

static char *
say (Speaker *self, RunnelExprNode *node, GError **error)
{
  switch (node->type)
    {
    case RUNNEL_NODE_LITERAL:
      return self->dialect->literal != NULL
               ? self->dialect->literal (node->value, self->user_data, error)
               : fail (error, "a value");

    case RUNNEL_NODE_CONTEXT:
    case RUNNEL_NODE_INDEX:
      return say_reference (self, node, error);

    case RUNNEL_NODE_FILTER:
      return fail (error, "a member of all items (“.*”)");

    case RUNNEL_NODE_CALL:
      return say_call (self, node, error);

    default:
      return say_operation (self, node, error);
    }
}

static RunnelTemplate *
parse (RunnelTemplate *(*parse_text) (const char *text, GError **error),
       const char *text,
       GError **error)
{
  g_autoptr(GError) problem = NULL;
  RunnelTemplate *parsed = parse_text (text, &problem);

  if (parsed == NULL)
    g_set_error_literal (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_SYNTAX,
                         problem->message);

  return parsed;
}

/**
 * runnel_dialect_say_condition:
 * @self: a dialect
 * @condition: the condition of a step, with or without `${{ }}` around
 * @user_data: for the functions of @self
 * @error: return location for a %RUNNEL_DIALECT_ERROR
 *
 * Returns: (transfer full): the condition in the other language, without what marks an expression
 * there, or %NULL with @error set, which names the part that can't be said
 */
char *
runnel_dialect_say_condition (const RunnelDialect *self,
                              const char *condition,
                              gpointer user_data,
                              GError **error)
{
  g_autoptr(RunnelTemplate) parsed = NULL;
  Speaker speaker = { self, user_data };
  RunnelExprNode *root = NULL;
  const char *literal;

  g_return_val_if_fail (self != NULL && condition != NULL, NULL);

  parsed = parse (runnel_template_new_condition, condition, error);
  if (parsed == NULL)
    return NULL;
  if (runnel_template_get_n_parts (parsed) == 1)
    root = runnel_template_get_part (parsed, 0, &literal);
  if (root == NULL)
    return fail (error, "a condition that is no expression");

  return say (&speaker, root, error);
}

/**
 * runnel_dialect_say_text:
 * @self: a dialect
 * @text: a text with any number of `${{ }}` in it
 * @user_data: for the functions of @self
 * @error: return location for a %RUNNEL_DIALECT_ERROR
 *
 * Returns: (transfer full): the text as the other system takes it, or %NULL with @error set, which
 * names the part that can't be said
 */
char *
runnel_dialect_say_text (const RunnelDialect *self,
                         const char *text,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr(RunnelTemplate) parsed = NULL;
  g_autoptr(GString) said = g_string_new (NULL);
  Speaker speaker = { self, user_data };

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  parsed = parse (runnel_template_new, text, error);
  if (parsed == NULL)
    return NULL;

  for (guint i = 0; i < runnel_template_get_n_parts (parsed); i++)
    {
      const char *literal;
      RunnelExprNode *root = runnel_template_get_part (parsed, i, &literal);
      g_autofree char *part = NULL;
      g_autofree char *expression = NULL;

      if (root != NULL && (expression = say (&speaker, root, error)) == NULL)
        return NULL;
      if (expression != NULL)
        part = self->splice != NULL ? self->splice (expression, user_data) : g_strdup (expression);
      else
        part = self->escape != NULL ? self->escape (literal, user_data) : g_strdup (literal);
      g_string_append (said, part);
    }

  return g_string_free (g_steal_pointer (&said), FALSE);
}

/* Whether `path` is one of those that each system has a counterpart for. */
static gboolean
is_common (GPtrArray *path)
{
  const char *context = g_ptr_array_index (path, 0);

  if (g_ascii_strcasecmp (context, "steps") == 0)
    return path->len == 4 && g_ascii_strcasecmp (g_ptr_array_index (path, 2), "outputs") == 0;

  return path->len == 2
         && (g_ascii_strcasecmp (context, "params") == 0
             || g_ascii_strcasecmp (context, "matrix") == 0
             || g_ascii_strcasecmp (context, "secrets") == 0);
}

/**
 * runnel_dialect_is_plain:
 * @text: a text with any number of `${{ }}` in it
 *
 * Returns: whether all expressions in it are references to a parameter, an output, a value of the
 * matrix or a secret, which every system can say one way or other
 */
gboolean
runnel_dialect_is_plain (const char *text)
{
  g_autoptr(RunnelTemplate) parsed = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  parsed = runnel_template_new (text, NULL);
  for (guint i = 0; parsed != NULL && i < runnel_template_get_n_parts (parsed); i++)
    {
      const char *literal;
      RunnelExprNode *root = runnel_template_get_part (parsed, i, &literal);
      g_autoptr(GPtrArray) path = g_ptr_array_new_with_free_func (g_free);

      if (root != NULL && (!collect_path (root, path) || !is_common (path)))
        return FALSE;
    }

  return parsed != NULL;
}
