/* runnel-expr-node.c: an expression as a tree
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "expr/runnel-expr-node.h"

RunnelExprNode *
runnel_expr_node_new (RunnelExprNodeType type,
                      gsize              offset)
{
  RunnelExprNode *self = g_new0 (RunnelExprNode, 1);

  self->type = type;
  self->offset = offset;
  self->depth = 1;

  return self;
}

void
runnel_expr_node_free (RunnelExprNode *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->value, json_node_unref);
  g_free (self);
}

/**
 * runnel_expr_node_add_child:
 * @self: a node
 * @child: (transfer full): the node below it, complete
 */
void
runnel_expr_node_add_child (RunnelExprNode *self,
                            RunnelExprNode *child)
{
  if (!self->children)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_expr_node_free);

  g_ptr_array_add (self->children, child);
  self->depth = MAX (self->depth, child->depth + 1);
}

RunnelExprNode *
runnel_expr_node_get_child (RunnelExprNode *self,
                            guint           position)
{
  g_assert (self->children && position < self->children->len);

  return g_ptr_array_index (self->children, position);
}

guint
runnel_expr_node_get_n_children (RunnelExprNode *self)
{
  return self->children ? self->children->len : 0;
}
