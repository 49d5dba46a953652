/* runnel-template.c: texts with expressions in them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "expr/runnel-expr-lexer.h"
#include "expr/runnel-expr-private.h"
#include "expr/runnel-value.h"

#define OPEN "${{"
#define CLOSE "}}"

/* What the expressions of one text may expand to, together. */
#define MAX_TEXT (10 * 1024 * 1024)

/* A stretch of text as it stands, or an expression. */
typedef struct
{
  char *literal;     /* or NULL */
  RunnelExpr *expr;  /* or NULL */
} Part;

struct _RunnelTemplate
{
  GArray *parts; /* of Part */
};

static void
part_clear (Part *part)
{
  g_clear_pointer (&part->literal, g_free);
  g_clear_pointer (&part->expr, runnel_expr_free);
}

static RunnelTemplate *
template_new (void)
{
  RunnelTemplate *self = g_new0 (RunnelTemplate, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, (GDestroyNotify) part_clear);

  return self;
}

static void
add_literal (RunnelTemplate *self,
             const char     *start,
             const char     *end)
{
  Part part = { NULL, NULL };

  if (start == end)
    return;

  part.literal = g_strndup (start, end - start);
  g_array_append_val (self->parts, part);
}

static gboolean
add_expr (RunnelTemplate  *self,
          GRefString      *text,
          const char      *start,
          const char      *end,
          GError         **error)
{
  Part part = { NULL, NULL };

  part.expr = runnel_expr_new_within (text, start, end, error);
  if (!part.expr)
    return FALSE;

  g_array_append_val (self->parts, part);

  return TRUE;
}

/* The }} that ends an expression; one inside quotes does not. */
static const char *
find_close (const char *cursor)
{
  gboolean in_string = FALSE;

  for (; *cursor; cursor++)
    {
      if (*cursor == '\'')
        in_string = !in_string;
      else if (!in_string && g_str_has_prefix (cursor, CLOSE))
        return cursor;
    }

  return NULL;
}

static gboolean
add_parts (RunnelTemplate  *self,
           GRefString      *text,
           GError         **error)
{
  const char *cursor = text;
  const char *open;

  while ((open = strstr (cursor, OPEN)))
    {
      const char *start = open + strlen (OPEN);
      const char *close = find_close (start);

      if (!close)
        {
          runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, text, open,
                                 "this “${{” is never closed by “}}” (inside quotes it does not "
                                 "count)");
          return FALSE;
        }
      add_literal (self, cursor, open);
      if (!add_expr (self, text, start, close, error))
        return FALSE;
      cursor = close + strlen (CLOSE);
    }
  add_literal (self, cursor, cursor + strlen (cursor));

  return TRUE;
}

static gboolean
check_utf8 (const char  *text,
            GError     **error)
{
  const char *invalid;

  if (g_utf8_validate (text, -1, &invalid))
    return TRUE;

  g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_SYNTAX,
               "the text is not valid UTF-8 from byte %" G_GSIZE_FORMAT " on",
               (gsize) (invalid - text));

  return FALSE;
}

/**
 * runnel_template_new:
 * @text: a text with any number of `${{ }}` in it
 * @error: return location for a %RUNNEL_EXPR_ERROR, whose message names the place in @text
 *
 * Compiles a text. To write `${{` itself, write `${{ '${{' }}`.
 *
 * Returns: (transfer full): the template, or %NULL with @error set
 */
RunnelTemplate *
runnel_template_new (const char  *text,
                     GError     **error)
{
  g_autoptr(RunnelTemplate) self = NULL;
  GRefString *shared;
  gboolean done;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_utf8 (text, error))
    return NULL;

  self = template_new ();
  shared = g_ref_string_new (text);
  done = add_parts (self, shared, error);
  g_ref_string_release (shared);

  return done ? g_steal_pointer (&self) : NULL;
}

static RunnelTemplate *
new_bare_condition (const char  *text,
                    GError     **error)
{
  RunnelTemplate *self;
  Part part = { NULL, NULL };

  part.expr = runnel_expr_new (text, error);
  if (!part.expr)
    return NULL;

  self = template_new ();
  g_array_append_val (self->parts, part);

  return self;
}

/**
 * runnel_template_new_condition:
 * @text: the condition of an `if`: one expression, with or without `${{ }}` around it
 * @error: return location for a %RUNNEL_EXPR_ERROR
 *
 * Compiles a condition. Text beside the `${{ }}` is refused: `a == b && ${{ c }}` would be a
 * text that is not empty and hence always true, a trap of GitHub Actions.
 *
 * Returns: (transfer full): the template, or %NULL with @error set
 */
RunnelTemplate *
runnel_template_new_condition (const char  *text,
                               GError     **error)
{
  g_autoptr(RunnelTemplate) self = NULL;
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  if (!strstr (stripped, OPEN))
    return new_bare_condition (stripped, error);

  self = runnel_template_new (stripped, error);
  if (self && self->parts->len != 1)
    {
      runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, stripped, stripped,
                             "a condition is one expression; write all of it inside ${{ }}, or "
                             "leave ${{ }} out");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
runnel_template_free (RunnelTemplate *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->parts, g_array_unref);
  g_free (self);
}

/**
 * runnel_template_is_literal:
 * @self: a template
 *
 * Returns: whether there is no expression in it
 */
gboolean
runnel_template_is_literal (RunnelTemplate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->parts->len == 0 ||
         (self->parts->len == 1 && g_array_index (self->parts, Part, 0).literal);
}

static gboolean
append_part (GString                *text,
             Part                   *part,
             const RunnelExprScope  *scope,
             GError                **error)
{
  g_autoptr(JsonNode) value = NULL;
  g_autofree char *value_text = NULL;

  if (part->literal)
    {
      g_string_append (text, part->literal);
      return TRUE;
    }

  value = runnel_expr_evaluate (part->expr, scope, error);
  if (!value)
    return FALSE;

  value_text = runnel_value_to_text (value);
  if (text->len + strlen (value_text) > MAX_TEXT)
    {
      g_set_error_literal (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE,
                           "the text would grow beyond 10 MB; pass large data in files");
      return FALSE;
    }
  g_string_append (text, value_text);

  return TRUE;
}

static JsonNode *
evaluate_text (RunnelTemplate         *self,
               const RunnelExprScope  *scope,
               GError                **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    if (!append_part (text, &g_array_index (self->parts, Part, i), scope, error))
      return NULL;

  return runnel_value_new_string (text->str);
}

/**
 * runnel_template_get_n_parts:
 * @self: a template
 *
 * Returns: the number of stretches of its text, each literal or an expression; 0 for an empty text
 */
guint
runnel_template_get_n_parts (RunnelTemplate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->parts->len;
}

/**
 * runnel_template_get_part:
 * @self: a template
 * @position: which part, less than runnel_template_get_n_parts()
 * @ret_literal: (out) (transfer none) (nullable): the text of a literal part, %NULL for an expression
 *
 * Returns: (transfer none) (nullable): the tree of an expression, valid as long as @self, or %NULL for a literal
 */
RunnelExprNode *
runnel_template_get_part (RunnelTemplate  *self,
                          guint            position,
                          const char     **ret_literal)
{
  const Part *part;

  g_return_val_if_fail (self != NULL && position < self->parts->len, NULL);
  g_return_val_if_fail (ret_literal != NULL, NULL);

  part = &g_array_index (self->parts, Part, position);
  *ret_literal = part->literal;

  return part->expr != NULL ? runnel_expr_get_root (part->expr) : NULL;
}

/**
 * runnel_template_evaluate:
 * @self: a template
 * @scope: where its contexts are found
 * @error: return location for a %RUNNEL_EXPR_ERROR
 *
 * Evaluates all expressions in the text. When one expression is the whole text, its value
 * keeps its type; else the result is a text.
 *
 * Returns: (transfer full): the value, or %NULL with @error set
 */
JsonNode *
runnel_template_evaluate (RunnelTemplate         *self,
                          const RunnelExprScope  *scope,
                          GError                **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope != NULL, NULL);

  if (self->parts->len == 1 && g_array_index (self->parts, Part, 0).expr)
    return runnel_expr_evaluate (g_array_index (self->parts, Part, 0).expr, scope, error);

  return evaluate_text (self, scope, error);
}

/**
 * runnel_template_evaluate_traced:
 * @self: a condition
 * @scope: where its contexts are found
 * @ret_trace: (out) (transfer full): the operands that decided, as by
 *   runnel_expr_evaluate_traced(); empty for a text with literals around its expressions
 * @error: return location for a %RUNNEL_EXPR_ERROR
 *
 * Returns: (transfer full): the value, or %NULL with @error set
 */
JsonNode *
runnel_template_evaluate_traced (RunnelTemplate         *self,
                                 const RunnelExprScope  *scope,
                                 char                  **ret_trace,
                                 GError                **error)
{
  JsonNode *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope != NULL, NULL);

  if (self->parts->len == 1 && g_array_index (self->parts, Part, 0).expr)
    return runnel_expr_evaluate_traced (g_array_index (self->parts, Part, 0).expr, scope,
                                        ret_trace, error);

  value = evaluate_text (self, scope, error);
  if (value)
    *ret_trace = g_strdup ("");

  return value;
}

/**
 * runnel_template_visit:
 * @self: a template
 * @visit: (scope call): called with each path read, as by runnel_expr_visit()
 * @user_data: for @visit
 */
void
runnel_template_visit (RunnelTemplate *self,
                       void          (*visit) (const char *path, gpointer user_data),
                       gpointer        user_data)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = &g_array_index (self->parts, Part, i);

      if (part->expr)
        runnel_expr_visit (part->expr, visit, user_data);
    }
}

/**
 * runnel_template_calls:
 * @self: a template
 * @function: the name of a function
 *
 * Returns: whether any expression in the text calls @function
 */
gboolean
runnel_template_calls (RunnelTemplate *self,
                       const char     *function)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = &g_array_index (self->parts, Part, i);

      if (part->expr && runnel_expr_calls (part->expr, function))
        return TRUE;
    }

  return FALSE;
}

/* `path` names the value being expanded, for errors; it is left as it was found. */
static JsonNode *expand (JsonNode *value, GString *path, const RunnelExprScope *scope, GError **error);

static JsonNode *
expand_string (JsonNode               *value,
               GString                *path,
               const RunnelExprScope  *scope,
               GError                **error)
{
  g_autoptr(RunnelTemplate) template = NULL;
  JsonNode *expanded = NULL;

  if (!strstr (json_node_get_string (value), OPEN))
    return json_node_ref (value);

  template = runnel_template_new (json_node_get_string (value), error);
  if (template)
    expanded = runnel_template_evaluate (template, scope, error);
  if (!expanded && path->len > 0)
    g_prefix_error (error, "%s: ", path->str);

  return expanded;
}

static JsonNode *
expand_array (JsonArray              *array,
              GString                *path,
              const RunnelExprScope  *scope,
              GError                **error)
{
  g_autoptr(JsonArray) expanded = json_array_new ();
  guint length = json_array_get_length (array);
  gsize path_length = path->len;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *item;

      g_string_append_printf (path, "[%u]", i);
      item = expand (json_array_get_element (array, i), path, scope, error);
      if (!item)
        return NULL;
      json_array_add_element (expanded, item);
      g_string_truncate (path, path_length);
    }

  return runnel_value_new_array (g_steal_pointer (&expanded));
}

static JsonNode *
expand_object (JsonObject             *object,
               GString                *path,
               const RunnelExprScope  *scope,
               GError                **error)
{
  g_autoptr(JsonObject) expanded = json_object_new ();
  gsize path_length = path->len;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  JsonNode *result;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_string_append_printf (path, "%s%s", path_length > 0 ? "." : "", name);
      member = expand (member, path, scope, error);
      if (!member)
        return NULL;
      json_object_set_member (expanded, name, member);
      g_string_truncate (path, path_length);
    }

  result = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (result, g_steal_pointer (&expanded));

  return result;
}

static JsonNode *
expand (JsonNode               *value,
        GString                *path,
        const RunnelExprScope  *scope,
        GError                **error)
{
  switch (runnel_value_get_type (value))
    {
    case RUNNEL_VALUE_STRING:
      return expand_string (value, path, scope, error);
    case RUNNEL_VALUE_ARRAY:
      return expand_array (json_node_get_array (value), path, scope, error);
    case RUNNEL_VALUE_OBJECT:
      return expand_object (json_node_get_object (value), path, scope, error);
    default:
      return json_node_ref (value);
    }
}

/**
 * runnel_template_expand:
 * @value: any JSON
 * @scope: where contexts are found
 * @error: return location for a %RUNNEL_EXPR_ERROR; its message begins with the place inside
 *   @value, such as "headers.Accept: at column 5: ..."
 *
 * Evaluates every string inside @value as a template; names of members are left as they are.
 *
 * Returns: (transfer full): @value with all strings evaluated, or %NULL with @error set
 */
JsonNode *
runnel_template_expand (JsonNode               *value,
                        const RunnelExprScope  *scope,
                        GError                **error)
{
  g_autoptr(GString) path = g_string_new (NULL);

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (scope != NULL, NULL);

  return expand (value, path, scope, error);
}
