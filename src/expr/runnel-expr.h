/* runnel-expr.h: ${{ }} expressions, those of GitHub Actions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNNEL_EXPR_ERROR (runnel_expr_error_quark ())
typedef enum
{
  RUNNEL_EXPR_ERROR_SYNTAX = 1,
  RUNNEL_EXPR_ERROR_UNKNOWN_NAME, /* no such context or function */
  RUNNEL_EXPR_ERROR_ARGUMENTS,    /* wrong number or type of arguments */
  RUNNEL_EXPR_ERROR_VALUE,        /* a value could not be made: fromJSON of no JSON, ... */
} RunnelExprError;
GQuark runnel_expr_error_quark (void);

/* Where an expression finds its contexts and the status of what came before. */
typedef struct
{
  /* Returns the value of context `name` ("params", "steps", ...), or NULL when
   * there is none here. (transfer none): it stays valid while evaluating. */
  JsonNode *(*lookup)  (gpointer    user_data,
                        const char *name);
  /* Answers success(), failure(), cancelled(); always() is never asked. NULL = status
   * functions are an error here. */
  gboolean  (*status)  (gpointer    user_data,
                        const char *function);
  const char *base_dir; /* hashFiles() globs below it; NULL = hashFiles() is an error here */
  gpointer user_data;
} RunnelExprScope;

/* An expression, compiled once and evaluated often. */
typedef struct _RunnelExpr RunnelExpr;

RunnelExpr *runnel_expr_new       (const char             *text,
                                   GError                **error);
void        runnel_expr_free      (RunnelExpr             *self);
JsonNode   *runnel_expr_evaluate  (RunnelExpr             *self,
                                   const RunnelExprScope  *scope,
                                   GError                **error);
/* Also says what decided: "params.channel is 'beta'". */
JsonNode   *runnel_expr_evaluate_traced (RunnelExpr            *self,
                                         const RunnelExprScope *scope,
                                         char                 **ret_trace,
                                         GError               **error);
/* Calls `visit` with each context path read, such as "steps.build.outputs.version" (as far as it is static). */
void        runnel_expr_visit     (RunnelExpr             *self,
                                   void                  (*visit) (const char *path, gpointer user_data),
                                   gpointer                user_data);
gboolean    runnel_expr_calls     (RunnelExpr             *self,
                                   const char             *function);

gboolean    runnel_value_is_true  (JsonNode               *value);
char       *runnel_value_to_text  (JsonNode               *value);

/* A text with any number of ${{ }} in it. When one expression is the whole
 * text, its value keeps its type; else the values are put in as text. */
typedef struct _RunnelTemplate RunnelTemplate;

RunnelTemplate *runnel_template_new        (const char             *text,
                                            GError                **error);
RunnelTemplate *runnel_template_new_condition (const char          *text,  /* `if`: ${{ }} may be left out */
                                            GError                **error);
void            runnel_template_free       (RunnelTemplate         *self);
gboolean        runnel_template_is_literal (RunnelTemplate         *self);
JsonNode       *runnel_template_evaluate   (RunnelTemplate         *self,
                                            const RunnelExprScope  *scope,
                                            GError                **error);
/* For a condition; also says what decided. */
JsonNode       *runnel_template_evaluate_traced (RunnelTemplate         *self,
                                                 const RunnelExprScope  *scope,
                                                 char                  **ret_trace,
                                                 GError                **error);
void            runnel_template_visit      (RunnelTemplate         *self,
                                            void                  (*visit) (const char *path, gpointer user_data),
                                            gpointer                user_data);
gboolean        runnel_template_calls      (RunnelTemplate         *self,
                                            const char             *function);
/* Every string inside `value`, at any depth, evaluated as a template. */
JsonNode       *runnel_template_expand     (JsonNode               *value,
                                            const RunnelExprScope  *scope,
                                            GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExpr, runnel_expr_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTemplate, runnel_template_free)

G_END_DECLS
