/* runnel-expr-function.h: the functions of expressions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "expr/runnel-expr.h"

G_BEGIN_DECLS

/* A function gets its arguments evaluated. The message of an error it sets names the function;
 * the place is put before it by the caller. */
typedef struct
{
  const char *name;
  guint min_arguments;
  guint max_arguments;
  JsonNode *(*call) (const RunnelExprScope *scope, JsonNode **arguments, guint n_arguments, GError **error);
  const char *usage;
} RunnelFunction;

const RunnelFunction *runnel_function_lookup (const char *name);
const RunnelFunction *runnel_function_list (guint *ret_n_functions);
const char           *runnel_function_nearest (const char *name);

G_END_DECLS
