/* runnel-expr-lexer.c: the words of an expression
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "expr/runnel-expr-lexer.h"
#include "expr/runnel-expr.h"

static const struct
{
  char text[3];
  RunnelTokenType type;
} operators[] = {
  /* The longer ones first. */
  { "&&", RUNNEL_TOKEN_AND },
  { "||", RUNNEL_TOKEN_OR },
  { "==", RUNNEL_TOKEN_EQUAL },
  { "!=", RUNNEL_TOKEN_NOT_EQUAL },
  { "<=", RUNNEL_TOKEN_LESS_EQUAL },
  { ">=", RUNNEL_TOKEN_GREATER_EQUAL },
  { "<", RUNNEL_TOKEN_LESS },
  { ">", RUNNEL_TOKEN_GREATER },
  { "!", RUNNEL_TOKEN_NOT },
  { "(", RUNNEL_TOKEN_OPEN },
  { ")", RUNNEL_TOKEN_CLOSE },
  { "[", RUNNEL_TOKEN_OPEN_INDEX },
  { "]", RUNNEL_TOKEN_CLOSE_INDEX },
  { ",", RUNNEL_TOKEN_COMMA },
  { ".", RUNNEL_TOKEN_DOT },
  { "*", RUNNEL_TOKEN_STAR },
};

/* What people write who come from other languages. */
static const struct
{
  const char *text;
  const char *hint;
} mistakes[] = {
  { "\"", "texts are written in single quotes: 'text'" },
  { "`", "texts are written in single quotes: 'text'" },
  { "=", "to compare, write ==" },
  { "&", "write && for “and”" },
  { "|", "write || for “or”" },
  { "$", "an expression is already inside ${{ }}; leave $ out" },
  { "{", "values are made with fromJSON('{...}')" },
  { "+", "there is no arithmetic; texts are joined with format('{0}{1}', a, b)" },
  { "-", "there is no arithmetic in expressions" },
  { "/", "there is no arithmetic in expressions" },
  { "%", "there is no arithmetic in expressions" },
  { "?", "write condition && a || b" },
};

/**
 * runnel_expr_set_error:
 * @error: (out): return location for the error
 * @code: a code of %RUNNEL_EXPR_ERROR
 * @text: the whole text
 * @at: the place inside @text
 * @format: what is wrong there
 *
 * Sets an error that begins with the place: "at column 14: ...", or with the line too when the
 * text has several. Columns are counted in characters from 1.
 */
void
runnel_expr_set_error (GError     **error,
                       int          code,
                       const char  *text,
                       const char  *at,
                       const char  *format,
                       ...)
{
  g_autofree char *message = NULL;
  const char *line_start = text;
  guint line = 1;
  guint column;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  for (const char *p = text; p < at; p++)
    if (*p == '\n')
      {
        line++;
        line_start = p + 1;
      }
  column = g_utf8_pointer_to_offset (line_start, at) + 1;

  if (strchr (text, '\n'))
    g_set_error (error, RUNNEL_EXPR_ERROR, code, "at line %u, column %u: %s", line, column, message);
  else
    g_set_error (error, RUNNEL_EXPR_ERROR, code, "at column %u: %s", column, message);
}

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

/* After a value a dot reaches into it and a sign is an attempt at arithmetic; else both
 * may begin a number. */
static gboolean
follows_value (RunnelTokenType previous)
{
  switch (previous)
    {
    case RUNNEL_TOKEN_NAME:
    case RUNNEL_TOKEN_NUMBER:
    case RUNNEL_TOKEN_STRING:
    case RUNNEL_TOKEN_CLOSE:
    case RUNNEL_TOKEN_CLOSE_INDEX:
    case RUNNEL_TOKEN_STAR:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_number_start (RunnelExprLexer *self)
{
  const char *p = self->cursor;

  if (g_ascii_isdigit (*p))
    return TRUE;
  if (follows_value (self->previous))
    return FALSE;
  if (self->end - p > 1 && (*p == '+' || *p == '-'))
    p++;

  return g_ascii_isdigit (*p) || (self->end - p > 1 && *p == '.' && g_ascii_isdigit (p[1])) ||
         (p > self->cursor && self->end - p >= 8 && strncmp (p, "Infinity", 8) == 0);
}

/* A number reaches as far as characters that could belong to one, so that "1.2.3" and "12ab"
 * are reported whole. */
static gsize
measure_number (RunnelExprLexer *self)
{
  const char *p = self->cursor + 1;

  while (p < self->end &&
         (is_name_char (*p) || *p == '.' || (*p == '+' && g_ascii_tolower (p[-1]) == 'e')))
    p++;

  return p - self->cursor;
}

static gsize
measure_name (RunnelExprLexer *self)
{
  const char *p = self->cursor;

  while (p < self->end && is_name_char (*p))
    p++;

  return p - self->cursor;
}

/* With both quotes; 0 when the closing one is missing. A doubled quote stands for itself. */
static gsize
measure_string (RunnelExprLexer *self)
{
  for (const char *p = self->cursor + 1; p < self->end; p++)
    {
      if (*p != '\'')
        continue;
      if (p + 1 < self->end && p[1] == '\'')
        p++;
      else
        return p + 1 - self->cursor;
    }

  return 0;
}

static gboolean
find_operator (RunnelExprLexer *self,
               RunnelToken     *token)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      gsize length = strlen (operators[i].text);

      if ((gsize) (self->end - self->cursor) < length ||
          strncmp (self->cursor, operators[i].text, length) != 0)
        continue;
      token->type = operators[i].type;
      token->length = length;
      return TRUE;
    }

  return FALSE;
}

static void
set_unexpected_error (RunnelExprLexer  *self,
                      GError          **error)
{
  const char *next = g_utf8_next_char (self->cursor);
  g_autofree char *character = g_strndup (self->cursor, next - self->cursor);

  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    if (g_str_equal (mistakes[i].text, character))
      {
        runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, self->text, self->cursor,
                               "unexpected %s; %s", character, mistakes[i].hint);
        return;
      }

  runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, self->text, self->cursor,
                         "unexpected character %s", character);
}

void
runnel_expr_lexer_init (RunnelExprLexer *self,
                        const char      *text,
                        const char      *start,
                        const char      *end)
{
  self->text = text;
  self->cursor = start;
  self->end = end;
  self->previous = RUNNEL_TOKEN_END;
}

/**
 * runnel_expr_lexer_next:
 * @self: a lexer
 * @ret_token: (out): the next word; %RUNNEL_TOKEN_END again and again once there is none
 * @error: return location for a %RUNNEL_EXPR_ERROR_SYNTAX
 *
 * Returns: %FALSE with @error set when what follows is no word
 */
gboolean
runnel_expr_lexer_next (RunnelExprLexer  *self,
                        RunnelToken      *ret_token,
                        GError          **error)
{
  RunnelToken token = { RUNNEL_TOKEN_END, NULL, 0 };

  while (self->cursor < self->end && g_ascii_isspace (*self->cursor))
    self->cursor++;
  token.start = self->cursor;

  if (self->cursor == self->end)
    token.type = RUNNEL_TOKEN_END;
  else if (is_name_start (*self->cursor))
    {
      token.type = RUNNEL_TOKEN_NAME;
      token.length = measure_name (self);
    }
  else if (is_number_start (self))
    {
      token.type = RUNNEL_TOKEN_NUMBER;
      token.length = measure_number (self);
    }
  else if (*self->cursor == '\'')
    {
      token.type = RUNNEL_TOKEN_STRING;
      token.length = measure_string (self);
      if (token.length == 0)
        {
          runnel_expr_set_error (error, RUNNEL_EXPR_ERROR_SYNTAX, self->text, self->cursor,
                                 "the text that begins here has no closing quote (a quote inside "
                                 "a text is written twice: 'it''s')");
          return FALSE;
        }
    }
  else if (!find_operator (self, &token))
    {
      set_unexpected_error (self, error);
      return FALSE;
    }

  self->cursor += token.length;
  self->previous = token.type;
  *ret_token = token;

  return TRUE;
}
