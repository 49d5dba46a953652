/* runnel-expr-trace.c: the operands that decided what an expression is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "expr/runnel-expr-print.h"
#include "expr/runnel-expr-trace.h"
#include "expr/runnel-value.h"

/* A trace is read by people, as a part of one line. */
#define MAX_VALUE 60     /* characters of one value */
#define MAX_OPERANDS 6

/* Shorter ones are in so many texts that nothing would be shown. */
#define SHORTEST_SECRET 4

struct _RunnelExprTrace
{
  const RunnelExprScope *scope;
  GPtrArray *operands;   /* of char *: "params.channel is 'beta'" */
};

/**
 * runnel_expr_trace_new:
 * @scope: (transfer none): where the expression finds its contexts
 *
 * Returns: (transfer full): a trace without operands
 */
RunnelExprTrace *
runnel_expr_trace_new (const RunnelExprScope *scope)
{
  RunnelExprTrace *self = g_new0 (RunnelExprTrace, 1);

  self->scope = scope;
  self->operands = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
runnel_expr_trace_free (RunnelExprTrace *self)
{
  g_ptr_array_unref (self->operands);
  g_free (self);
}

/**
 * runnel_expr_trace_mark:
 *
 * Returns: how many operands there are, for runnel_expr_trace_drop()
 */
guint
runnel_expr_trace_mark (RunnelExprTrace *self)
{
  return self->operands->len;
}

/**
 * runnel_expr_trace_drop:
 * @from: the first operand that has not decided
 * @to: the first after it that has
 */
void
runnel_expr_trace_drop (RunnelExprTrace *self,
                        guint            from,
                        guint            to)
{
  if (to > from)
    g_ptr_array_remove_range (self->operands, from, to - from);
}

static gboolean
reads_secrets (RunnelExprNode *node)
{
  if (node->type == RUNNEL_NODE_CONTEXT && g_str_equal (json_node_get_string (node->value),
                                                        "secrets"))
    return TRUE;

  for (guint i = 0; i < runnel_expr_node_get_n_children (node); i++)
    if (reads_secrets (runnel_expr_node_get_child (node, i)))
      return TRUE;

  return FALSE;
}

/* A secret may have come here by a variable or an output, too. */
static gboolean
tells_secret (RunnelExprTrace *self,
              const char      *text)
{
  JsonNode *secrets = self->scope->lookup (self->scope->user_data, "secrets");
  JsonObjectIter iter;
  JsonNode *secret;

  if (!secrets || !JSON_NODE_HOLDS_OBJECT (secrets))
    return FALSE;

  json_object_iter_init (&iter, json_node_get_object (secrets));
  while (json_object_iter_next (&iter, NULL, &secret))
    {
      g_autofree char *value = runnel_value_to_text (secret);

      if (strlen (value) >= SHORTEST_SECRET && strstr (text, value))
        return TRUE;
    }

  return FALSE;
}

static char *
print_value (RunnelExprTrace *self,
             RunnelExprNode  *node,
             JsonNode        *value)
{
  g_autofree char *plain = runnel_value_to_text (value);
  g_autofree char *text = runnel_expr_value_print (value);
  g_autofree char *start = NULL;

  if (reads_secrets (node) && runnel_value_get_type (value) != RUNNEL_VALUE_NULL)
    return g_strdup ("secret");
  if (tells_secret (self, plain) || tells_secret (self, text))
    return g_strdup ("secret");

  g_strdelimit (text, "\n\r\t", ' ');
  if (g_utf8_strlen (text, -1) <= MAX_VALUE)
    return g_steal_pointer (&text);

  start = g_utf8_substring (text, 0, MAX_VALUE);

  return g_strconcat (start, "…", NULL);
}

static gboolean
has_operand (RunnelExprTrace *self,
             const char      *operand)
{
  return g_ptr_array_find_with_equal_func (self->operands, operand, g_str_equal, NULL);
}

/**
 * runnel_expr_trace_add:
 * @node: an operand
 * @value: what it is; a value that tells a secret is not written down
 */
void
runnel_expr_trace_add (RunnelExprTrace *self,
                       RunnelExprNode  *node,
                       JsonNode        *value)
{
  g_autofree char *text = print_value (self, node, value);
  GString *operand = g_string_new (NULL);

  runnel_expr_node_print (node, operand);
  g_string_append_printf (operand, " is %s", text);
  g_ptr_array_add (self->operands, g_string_free (operand, FALSE));
}

/**
 * runnel_expr_trace_print:
 *
 * Returns: (transfer full): such as "params.channel is 'beta', params.count is 3"; empty when
 *   nothing but literals decided
 */
char *
runnel_expr_trace_print (RunnelExprTrace *self)
{
  g_autoptr(RunnelExprTrace) told = runnel_expr_trace_new (self->scope);
  guint n_left = 0;

  for (guint i = 0; i < self->operands->len; i++)
    {
      const char *operand = g_ptr_array_index (self->operands, i);

      if (has_operand (told, operand))
        continue;
      if (told->operands->len < MAX_OPERANDS)
        g_ptr_array_add (told->operands, g_strdup (operand));
      else
        n_left++;
    }
  if (n_left > 0)
    g_ptr_array_add (told->operands, g_strdup_printf ("and %u more", n_left));
  g_ptr_array_add (told->operands, NULL);

  return g_strjoinv (", ", (char **) told->operands->pdata);
}
