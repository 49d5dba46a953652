/* runnel-expr-lexer.h: the words of an expression
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_TOKEN_END,
  RUNNEL_TOKEN_NAME,
  RUNNEL_TOKEN_NUMBER,
  RUNNEL_TOKEN_STRING,
  RUNNEL_TOKEN_OPEN,        /* ( */
  RUNNEL_TOKEN_CLOSE,       /* ) */
  RUNNEL_TOKEN_OPEN_INDEX,  /* [ */
  RUNNEL_TOKEN_CLOSE_INDEX, /* ] */
  RUNNEL_TOKEN_COMMA,
  RUNNEL_TOKEN_DOT,
  RUNNEL_TOKEN_STAR,
  RUNNEL_TOKEN_NOT,
  RUNNEL_TOKEN_LESS,
  RUNNEL_TOKEN_LESS_EQUAL,
  RUNNEL_TOKEN_GREATER,
  RUNNEL_TOKEN_GREATER_EQUAL,
  RUNNEL_TOKEN_EQUAL,
  RUNNEL_TOKEN_NOT_EQUAL,
  RUNNEL_TOKEN_AND,
  RUNNEL_TOKEN_OR,
} RunnelTokenType;

/* A word is a stretch of the text; a string's includes its quotes. */
typedef struct
{
  RunnelTokenType type;
  const char *start;
  gsize length;
} RunnelToken;

typedef struct
{
  const char *text;   /* the whole text, for positions in errors */
  const char *cursor;
  const char *end;
  RunnelTokenType previous;
} RunnelExprLexer;

void     runnel_expr_lexer_init (RunnelExprLexer   *self,
                                 const char        *text,
                                 const char        *start,
                                 const char        *end);
gboolean runnel_expr_lexer_next (RunnelExprLexer   *self,
                                 RunnelToken       *ret_token,
                                 GError           **error);

void     runnel_expr_set_error  (GError           **error,
                                 int                code,
                                 const char        *text,
                                 const char        *at,
                                 const char        *format,
                                 ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
