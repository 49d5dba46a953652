/* runnel-expr-trace.h: the operands that decided what an expression is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "expr/runnel-expr-node.h"

G_BEGIN_DECLS

/* Kept while an expression is evaluated, as a stack: what turns out not to have decided is
 * taken off again. */
typedef struct _RunnelExprTrace RunnelExprTrace;

RunnelExprTrace *runnel_expr_trace_new    (const RunnelExprScope *scope);
void             runnel_expr_trace_free   (RunnelExprTrace       *self);
guint            runnel_expr_trace_mark   (RunnelExprTrace       *self);
void             runnel_expr_trace_drop   (RunnelExprTrace       *self,
                                           guint                  from,
                                           guint                  to);
void             runnel_expr_trace_add    (RunnelExprTrace       *self,
                                           RunnelExprNode        *node,
                                           JsonNode              *value);
char            *runnel_expr_trace_print  (RunnelExprTrace       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExprTrace, runnel_expr_trace_free)

G_END_DECLS
