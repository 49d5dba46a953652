/* runnel-expr-private.h: what templates need of expressions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "expr/runnel-expr-node.h"

G_BEGIN_DECLS

RunnelExpr *runnel_expr_new_within (GRefString  *text,
                                    const char  *start,
                                    const char  *end,
                                    GError     **error);
RunnelExprNode *runnel_expr_get_root (RunnelExpr *self);

G_END_DECLS
