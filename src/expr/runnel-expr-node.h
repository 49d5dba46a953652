/* runnel-expr-node.h: an expression as a tree
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "expr/runnel-expr-function.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_NODE_LITERAL,       /* value */
  RUNNEL_NODE_CONTEXT,       /* value: its name */
  RUNNEL_NODE_INDEX,         /* children: collection, key */
  RUNNEL_NODE_FILTER,        /* children: collection */
  RUNNEL_NODE_CALL,          /* function; children: arguments */
  RUNNEL_NODE_NOT,
  RUNNEL_NODE_LESS,
  RUNNEL_NODE_LESS_EQUAL,
  RUNNEL_NODE_GREATER,
  RUNNEL_NODE_GREATER_EQUAL,
  RUNNEL_NODE_EQUAL,
  RUNNEL_NODE_NOT_EQUAL,
  RUNNEL_NODE_AND,           /* two children or more */
  RUNNEL_NODE_OR,
} RunnelExprNodeType;

typedef struct _RunnelExprNode RunnelExprNode;
struct _RunnelExprNode
{
  RunnelExprNodeType type;
  gsize offset;                   /* of its word in the text, for errors */
  guint depth;                    /* nodes from here to the deepest leaf */
  JsonNode *value;
  const RunnelFunction *function;
  GPtrArray *children;            /* of RunnelExprNode, or NULL for a leaf */
};

RunnelExprNode *runnel_expr_node_new       (RunnelExprNodeType  type,
                                            gsize               offset);
void            runnel_expr_node_free      (RunnelExprNode     *self);
void            runnel_expr_node_add_child (RunnelExprNode     *self,
                                            RunnelExprNode     *child);
RunnelExprNode *runnel_expr_node_get_child (RunnelExprNode     *self,
                                            guint               position);
guint           runnel_expr_node_get_n_children (RunnelExprNode *self);

/* The stretches of a text, each as it stands or the tree of an expression. */
guint           runnel_template_get_n_parts (RunnelTemplate    *self);
RunnelExprNode *runnel_template_get_part    (RunnelTemplate    *self,
                                             guint              position,
                                             const char       **ret_literal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExprNode, runnel_expr_node_free)

G_END_DECLS
