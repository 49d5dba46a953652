/* runnel-expr.c: ${{ }} expressions, those of GitHub Actions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the documentation is silent the rules are those of the runner (actions/runner, Sdk/).
 */
#include "config.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "expr/runnel-expr-lexer.h"
#include "expr/runnel-expr-node.h"
#include "expr/runnel-expr-parser.h"
#include "expr/runnel-expr-print.h"
#include "expr/runnel-expr-private.h"
#include "expr/runnel-expr-trace.h"
#include "expr/runnel-value.h"

/* All texts that one evaluation makes, together, as in GitHub Actions. */
#define MAX_MEMORY (10 * 1024 * 1024)

struct _RunnelExpr
{
  GRefString *text;      /* all of it, for the places that errors name */
  RunnelExprNode *root;
};

/* A filter (`.*`) gives an array whose members are reached for in each of its items. */
typedef struct
{
  JsonNode *node;        /* owned; NULL = there was an error */
  gboolean is_filter;
} Value;

typedef struct
{
  const char *text;
  const RunnelExprScope *scope;
  gsize memory;          /* bytes of the texts made so far */
  RunnelExprTrace *trace; /* or NULL: nobody asks what decided */
  GError **error;
} Evaluation;

typedef void (*VisitFunc) (const char *path, gpointer user_data);

G_DEFINE_QUARK (runnel-expr-error-quark, runnel_expr_error)

static Value evaluate (Evaluation *self, RunnelExprNode *node);

static Value
value_new (JsonNode *node)
{
  return (Value) { node, FALSE };
}

static Value
value_new_null (void)
{
  return value_new (json_node_new (JSON_NODE_NULL));
}

/* What has to be told of an operand. Operators have told of their own operands, and a call that
 * is asked for yes or no is best explained by its arguments, if it has any that tell something. */
static void
trace_operand (Evaluation     *self,
               RunnelExprNode *node,
               JsonNode       *value,
               guint           mark,
               gboolean        is_compared)
{
  guint n_told = runnel_expr_trace_mark (self->trace);

  if (node->type == RUNNEL_NODE_LITERAL || node->type >= RUNNEL_NODE_NOT)
    return;
  if (node->type == RUNNEL_NODE_CALL && !is_compared && n_told > mark)
    return;

  runnel_expr_trace_drop (self->trace, mark, n_told);
  runnel_expr_trace_add (self->trace, node, value);
}

static Value
evaluate_operand (Evaluation     *self,
                  RunnelExprNode *node,
                  gboolean        is_compared)
{
  guint mark = self->trace ? runnel_expr_trace_mark (self->trace) : 0;
  Value value = evaluate (self, node);

  if (self->trace && value.node)
    trace_operand (self, node, value.node, mark, is_compared);

  return value;
}

static Value
evaluate_context (Evaluation     *self,
                  RunnelExprNode *node)
{
  const char *name = json_node_get_string (node->value);
  JsonNode *context = self->scope->lookup (self->scope->user_data, name);

  if (context)
    return value_new (json_node_ref (context));

  runnel_expr_set_error (self->error, RUNNEL_EXPR_ERROR_UNKNOWN_NAME, self->text,
                         self->text + node->offset, "“%s” can't be used here", name);

  return value_new (NULL);
}

/* Names are matched exactly first, then without regard to case. */
static JsonNode *
find_member (JsonObject *object,
             const char *name)
{
  JsonNode *member = json_object_get_member (object, name);
  JsonObjectIter iter;
  const char *candidate;

  if (member)
    return member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &candidate, &member))
    if (runnel_text_compare (candidate, name) == 0)
      return member;

  return NULL;
}

static JsonNode *
find_item (JsonArray *array,
           JsonNode  *key)
{
  double position = floor (runnel_value_to_number (key));

  if (!(position >= 0) || position >= json_array_get_length (array))
    return NULL;

  return json_array_get_element (array, (guint) position);
}

/* (transfer none): the member or item of a collection that `key` names, or NULL. */
static JsonNode *
find_in_collection (JsonNode   *collection,
                    JsonNode   *key,
                    const char *name)
{
  switch (runnel_value_get_type (collection))
    {
    case RUNNEL_VALUE_OBJECT:
      return name ? find_member (json_node_get_object (collection), name) : NULL;
    case RUNNEL_VALUE_ARRAY:
      return find_item (json_node_get_array (collection), key);
    default:
      return NULL;
    }
}

static Value
index_filter (JsonArray  *items,
              JsonNode   *key,
              const char *name)
{
  JsonArray *found = json_array_new ();
  guint length = json_array_get_length (items);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *member = find_in_collection (json_array_get_element (items, i), key, name);

      if (member)
        json_array_add_element (found, json_node_ref (member));
    }

  return (Value) { runnel_value_new_array (found), TRUE };
}

static Value
evaluate_index (Evaluation     *self,
                RunnelExprNode *node)
{
  Value collection = evaluate (self, runnel_expr_node_get_child (node, 0));
  g_autoptr(JsonNode) owner = collection.node;
  g_autoptr(JsonNode) key = NULL;
  g_autofree char *name = NULL;
  JsonNode *member;

  if (!owner)
    return value_new (NULL);
  key = evaluate (self, runnel_expr_node_get_child (node, 1)).node;
  if (!key)
    return value_new (NULL);

  if (runnel_value_is_primitive (key))
    name = runnel_value_to_text (key);
  if (collection.is_filter)
    return index_filter (json_node_get_array (owner), key, name);

  member = find_in_collection (owner, key, name);

  return member ? value_new (json_node_ref (member)) : value_new_null ();
}

static void
add_all_items (JsonArray *all,
               JsonNode  *collection)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  JsonArray *items;

  switch (runnel_value_get_type (collection))
    {
    case RUNNEL_VALUE_OBJECT:
      json_object_iter_init_ordered (&iter, json_node_get_object (collection));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_array_add_element (all, json_node_ref (member));
      break;
    case RUNNEL_VALUE_ARRAY:
      items = json_node_get_array (collection);
      for (guint i = 0; i < json_array_get_length (items); i++)
        json_array_add_element (all, json_node_ref (json_array_get_element (items, i)));
      break;
    default:
      break;
    }
}

static Value
evaluate_filter (Evaluation     *self,
                 RunnelExprNode *node)
{
  Value collection = evaluate (self, runnel_expr_node_get_child (node, 0));
  g_autoptr(JsonNode) owner = collection.node;
  JsonArray *all;

  if (!owner)
    return value_new (NULL);

  all = json_array_new ();
  if (collection.is_filter)
    for (guint i = 0; i < json_array_get_length (json_node_get_array (owner)); i++)
      add_all_items (all, json_array_get_element (json_node_get_array (owner), i));
  else
    add_all_items (all, owner);

  return (Value) { runnel_value_new_array (all), TRUE };
}

/* Function errors get the place of the call put before them. */
static JsonNode *
call (Evaluation     *self,
      RunnelExprNode *node,
      GPtrArray      *arguments)
{
  g_autoptr(GError) error = NULL;
  JsonNode *result;

  result = node->function->call (self->scope, (JsonNode **) arguments->pdata, arguments->len,
                                 &error);
  if (!result)
    {
      runnel_expr_set_error (self->error, error->code, self->text, self->text + node->offset,
                             "%s", error->message);
      return NULL;
    }

  if (runnel_value_get_type (result) == RUNNEL_VALUE_STRING)
    self->memory += strlen (json_node_get_string (result));
  if (self->memory > MAX_MEMORY)
    {
      g_clear_pointer (&result, json_node_unref);
      runnel_expr_set_error (self->error, RUNNEL_EXPR_ERROR_VALUE, self->text,
                             self->text + node->offset, "the expression makes more than 10 MB of "
                             "text; pass large data in files");
    }

  return result;
}

static Value
evaluate_call (Evaluation     *self,
               RunnelExprNode *node)
{
  guint n_arguments = runnel_expr_node_get_n_children (node);
  g_autoptr(GPtrArray) arguments = g_ptr_array_new_full (n_arguments,
                                                         (GDestroyNotify) json_node_unref);

  for (guint i = 0; i < n_arguments; i++)
    {
      Value argument = evaluate_operand (self, runnel_expr_node_get_child (node, i), TRUE);

      if (!argument.node)
        return value_new (NULL);
      g_ptr_array_add (arguments, argument.node);
    }

  return value_new (call (self, node, arguments));
}

static Value
evaluate_not (Evaluation     *self,
              RunnelExprNode *node)
{
  Value operand = evaluate_operand (self, runnel_expr_node_get_child (node, 0), FALSE);
  g_autoptr(JsonNode) owner = operand.node;

  return value_new (owner ? runnel_value_new_boolean (!runnel_value_is_true (owner)) : NULL);
}

static gboolean
compare (RunnelExprNodeType  type,
         JsonNode           *left,
         JsonNode           *right)
{
  switch (type)
    {
    case RUNNEL_NODE_EQUAL:
      return runnel_value_equal (left, right);
    case RUNNEL_NODE_NOT_EQUAL:
      return !runnel_value_equal (left, right);
    case RUNNEL_NODE_GREATER:
      return runnel_value_greater (left, right);
    case RUNNEL_NODE_GREATER_EQUAL:
      return runnel_value_greater (left, right) || runnel_value_equal (left, right);
    case RUNNEL_NODE_LESS:
      return runnel_value_greater (right, left);
    case RUNNEL_NODE_LESS_EQUAL:
      return runnel_value_greater (right, left) || runnel_value_equal (left, right);
    default:
      g_assert_not_reached ();
    }
}

static Value
evaluate_comparison (Evaluation     *self,
                     RunnelExprNode *node)
{
  g_autoptr(JsonNode) left = NULL;
  g_autoptr(JsonNode) right = NULL;

  left = evaluate_operand (self, runnel_expr_node_get_child (node, 0), TRUE).node;
  if (left)
    right = evaluate_operand (self, runnel_expr_node_get_child (node, 1), TRUE).node;
  if (!right)
    return value_new (NULL);

  return value_new (runnel_value_new_boolean (compare (node->type, left, right)));
}

/* The value of && and || is that of the operand that decides; those after it are not looked at,
 * and those before it are not told of. When none decides, all of them together have. */
static Value
evaluate_logical (Evaluation     *self,
                  RunnelExprNode *node)
{
  gboolean decides = node->type == RUNNEL_NODE_OR;
  guint n_operands = runnel_expr_node_get_n_children (node);
  guint first = self->trace ? runnel_expr_trace_mark (self->trace) : 0;

  for (guint i = 0;; i++)
    {
      guint mark = self->trace ? runnel_expr_trace_mark (self->trace) : 0;
      Value operand = evaluate_operand (self, runnel_expr_node_get_child (node, i), FALSE);
      gboolean decided = operand.node && runnel_value_is_true (operand.node) == decides;

      if (decided && self->trace)
        runnel_expr_trace_drop (self->trace, first, mark);
      if (!operand.node || decided || i == n_operands - 1)
        return operand;
      json_node_unref (operand.node);
    }
}

static Value
evaluate (Evaluation     *self,
          RunnelExprNode *node)
{
  switch (node->type)
    {
    case RUNNEL_NODE_LITERAL:
      return value_new (json_node_ref (node->value));
    case RUNNEL_NODE_CONTEXT:
      return evaluate_context (self, node);
    case RUNNEL_NODE_INDEX:
      return evaluate_index (self, node);
    case RUNNEL_NODE_FILTER:
      return evaluate_filter (self, node);
    case RUNNEL_NODE_CALL:
      return evaluate_call (self, node);
    case RUNNEL_NODE_NOT:
      return evaluate_not (self, node);
    case RUNNEL_NODE_AND:
    case RUNNEL_NODE_OR:
      return evaluate_logical (self, node);
    default:
      return evaluate_comparison (self, node);
    }
}

static void visit_node (RunnelExprNode *node, VisitFunc visit, gpointer user_data);

/* Appends the names reached for, from the context inwards, and visits what computes a key on
 * the way. Returns whether `node` as a whole is known by now; from the first key that is not,
 * nothing more is appended. */
static gboolean
collect_path (RunnelExprNode *node,
              GString        *path,
              VisitFunc       visit,
              gpointer        user_data)
{
  gboolean known;

  switch (node->type)
    {
    case RUNNEL_NODE_CONTEXT:
      g_string_append (path, json_node_get_string (node->value));
      return TRUE;
    case RUNNEL_NODE_FILTER:
      collect_path (runnel_expr_node_get_child (node, 0), path, visit, user_data);
      return FALSE;
    case RUNNEL_NODE_INDEX:
      known = collect_path (runnel_expr_node_get_child (node, 0), path, visit, user_data);
      node = runnel_expr_node_get_child (node, 1);
      visit_node (node, visit, user_data);
      if (!known || !runnel_expr_node_is_name (node))
        return FALSE;
      g_string_append_printf (path, ".%s", json_node_get_string (node->value));
      return TRUE;
    default:
      visit_node (node, visit, user_data);
      return FALSE;
    }
}

static void
visit_node (RunnelExprNode *node,
            VisitFunc       visit,
            gpointer        user_data)
{
  if (node->type == RUNNEL_NODE_CONTEXT || node->type == RUNNEL_NODE_INDEX ||
      node->type == RUNNEL_NODE_FILTER)
    {
      g_autoptr(GString) path = g_string_new (NULL);

      collect_path (node, path, visit, user_data);
      if (path->len > 0)
        visit (path->str, user_data);
      return;
    }

  for (guint i = 0; i < runnel_expr_node_get_n_children (node); i++)
    visit_node (runnel_expr_node_get_child (node, i), visit, user_data);
}

static gboolean
node_calls (RunnelExprNode       *node,
            const RunnelFunction *function)
{
  if (node->type == RUNNEL_NODE_CALL && node->function == function)
    return TRUE;

  for (guint i = 0; i < runnel_expr_node_get_n_children (node); i++)
    if (node_calls (runnel_expr_node_get_child (node, i), function))
      return TRUE;

  return FALSE;
}

/**
 * runnel_expr_new_within:
 * @text: a text with an expression inside it
 * @start: where the expression begins in @text
 * @end: where it ends
 * @error: return location for a %RUNNEL_EXPR_ERROR
 *
 * Like runnel_expr_new(), but errors name the place in the whole @text.
 *
 * Returns: (transfer full): the expression, or %NULL with @error set
 */
RunnelExpr *
runnel_expr_new_within (GRefString  *text,
                        const char  *start,
                        const char  *end,
                        GError     **error)
{
  RunnelExprNode *root = runnel_expr_parse (text, start, end, error);
  RunnelExpr *self;

  if (!root)
    return NULL;

  self = g_new0 (RunnelExpr, 1);
  self->text = g_ref_string_acquire (text);
  self->root = root;

  return self;
}

/**
 * runnel_expr_new:
 * @text: an expression, without the `${{ }}` around it
 * @error: return location for a %RUNNEL_EXPR_ERROR: SYNTAX, UNKNOWN_NAME or ARGUMENTS, with a
 *   message that begins with the place ("at column 14: ...")
 *
 * Compiles an expression. Names of contexts and functions and numbers of arguments are checked
 * already here.
 *
 * Returns: (transfer full): the expression, or %NULL with @error set
 */
RunnelExpr *
runnel_expr_new (const char  *text,
                 GError     **error)
{
  GRefString *shared;
  RunnelExpr *self;

  g_return_val_if_fail (text != NULL, NULL);

  shared = g_ref_string_new (text);
  self = runnel_expr_new_within (shared, shared, shared + strlen (shared), error);
  g_ref_string_release (shared);

  return self;
}

void
runnel_expr_free (RunnelExpr *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->root, runnel_expr_node_free);
  g_clear_pointer (&self->text, g_ref_string_release);
  g_free (self);
}

static JsonNode *
evaluate_root (RunnelExpr             *self,
               const RunnelExprScope  *scope,
               RunnelExprTrace        *trace,
               GError                **error)
{
  Evaluation evaluation = { 0, };

  evaluation.text = self->text;
  evaluation.scope = scope;
  evaluation.trace = trace;
  evaluation.error = error;

  return evaluate_operand (&evaluation, self->root, FALSE).node;
}

/* The tree, owned by the expression. */
RunnelExprNode *
runnel_expr_get_root (RunnelExpr *self)
{
  return self->root;
}

/**
 * runnel_expr_evaluate:
 * @self: an expression
 * @scope: where its contexts are found
 * @error: return location for a %RUNNEL_EXPR_ERROR
 *
 * Evaluates an expression. A part of a context is returned as it is there, not copied: don't
 * change it.
 *
 * Returns: (transfer full): the value, or %NULL with @error set
 */
JsonNode *
runnel_expr_evaluate (RunnelExpr             *self,
                      const RunnelExprScope  *scope,
                      GError                **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope != NULL && scope->lookup != NULL, NULL);

  return evaluate_root (self, scope, NULL, error);
}

/**
 * runnel_expr_evaluate_traced:
 * @self: an expression
 * @scope: where its contexts are found
 * @ret_trace: (out) (transfer full): the values of the operands that decided, for people:
 *   "params.channel is 'beta'"; empty when there are none. Left alone when there is an error
 * @error: return location for a %RUNNEL_EXPR_ERROR
 *
 * Like runnel_expr_evaluate(), and says why. Of `a && b` that is false, only the operand that was
 * false is told; values of secrets never are.
 *
 * Returns: (transfer full): the value, or %NULL with @error set
 */
JsonNode *
runnel_expr_evaluate_traced (RunnelExpr             *self,
                             const RunnelExprScope  *scope,
                             char                  **ret_trace,
                             GError                **error)
{
  g_autoptr(RunnelExprTrace) trace = NULL;
  JsonNode *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope != NULL && scope->lookup != NULL, NULL);

  trace = runnel_expr_trace_new (scope);
  value = evaluate_root (self, scope, trace, error);
  if (value)
    *ret_trace = runnel_expr_trace_print (trace);

  return value;
}

/**
 * runnel_expr_visit:
 * @self: an expression
 * @visit: (scope call): called with each path read, as far as it can be told beforehand:
 *   `steps.build.outputs.version`, but `steps` for `steps[params.which].outputs`
 * @user_data: for @visit
 */
void
runnel_expr_visit (RunnelExpr *self,
                   void      (*visit) (const char *path, gpointer user_data),
                   gpointer    user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (visit != NULL);

  visit_node (self->root, visit, user_data);
}

/**
 * runnel_expr_calls:
 * @self: an expression
 * @function: the name of a function
 *
 * Returns: whether @function is called anywhere in the expression
 */
gboolean
runnel_expr_calls (RunnelExpr *self,
                   const char *function)
{
  const RunnelFunction *wanted;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (function != NULL, FALSE);

  wanted = runnel_function_lookup (function);

  return wanted && node_calls (self->root, wanted);
}
