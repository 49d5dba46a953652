/* runnel-expr-parser.h: makes the tree of an expression
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "expr/runnel-expr-node.h"

G_BEGIN_DECLS

RunnelExprNode *runnel_expr_parse (const char  *text,
                                   const char  *start,
                                   const char  *end,
                                   GError     **error);

G_END_DECLS
