/* runnel-dialect.h: expressions written in the language of another system
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "expr/runnel-expr-node.h"

G_BEGIN_DECLS

#define RUNNEL_DIALECT_ERROR (runnel_dialect_error_quark ())
typedef enum
{
  RUNNEL_DIALECT_ERROR_SYNTAX = 1,    /* it is no expression */
  RUNNEL_DIALECT_ERROR_INEXPRESSIBLE, /* the other language can't say it; the message tells what */
} RunnelDialectError;
GQuark runnel_dialect_error_quark (void);

/* How to say each part of an expression. Each function returns text (transfer full), or NULL and
 * sets `error` with RUNNEL_DIALECT_ERROR_INEXPRESSIBLE. A NULL function: it can't be said at
 * all. */
typedef struct
{
  /* A path into a context that is known beforehand: "params.x", "steps.a.outputs.v", "matrix.os".
   * `path` is its parts, NULL-terminated. */
  char *(*reference) (const char *const *path,
                      gpointer           user_data,
                      GError           **error);
  char *(*literal)   (JsonNode          *value, /* null, boolean, number or text */
                      gpointer           user_data,
                      GError           **error);
  /* NOT (one operand), comparisons (two), AND, OR (two or more). `nodes` are what the operands
   * were. */
  char *(*operation) (RunnelExprNodeType type,
                      const char *const *operands,
                      RunnelExprNode   **nodes,
                      guint              n_operands,
                      gpointer           user_data,
                      GError           **error);
  /* lower case: "success", "contains", "fromjson" */
  char *(*call)      (const char        *function,
                      const char *const *arguments,
                      guint              n_arguments,
                      gpointer           user_data,
                      GError           **error);
  /* Text with values in it: puts `expression`, said in the other language, into a text. */
  char *(*splice)    (const char        *expression,
                      gpointer           user_data);
  /* Text that is no expression, so that the other system takes it as it is; NULL = as it is. */
  char *(*escape)    (const char        *text,
                      gpointer           user_data);
} RunnelDialect;

char     *runnel_dialect_say_condition (const RunnelDialect *self,
                                        const char          *condition,
                                        gpointer             user_data,
                                        GError             **error);
char     *runnel_dialect_say_text      (const RunnelDialect *self,
                                        const char          *text,
                                        gpointer             user_data,
                                        GError             **error);
gboolean  runnel_dialect_is_plain      (const char          *text);

G_END_DECLS
