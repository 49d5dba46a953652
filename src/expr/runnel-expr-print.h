/* runnel-expr-print.h: the tree of an expression as text again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "expr/runnel-expr-node.h"

G_BEGIN_DECLS

gboolean runnel_expr_node_is_name (RunnelExprNode *self);
void     runnel_expr_node_print   (RunnelExprNode *self,
                                   GString        *out);
char    *runnel_expr_value_print  (JsonNode       *value);

G_END_DECLS
