/* runnel-jenkins-token.c: the words of a Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As in the Groovy Language Specification, "Syntax": six kinds of texts, comments, names, numbers;
 * all else is signs of one character, of which brackets are paired.
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"

#include <string.h>

/* Brackets inside of brackets; more than anybody writes, and few enough for recursion. */
#define MAX_DEPTH 200

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  guint line;
  guint column; /* in characters */
  GArray *tokens;
  GArray *open; /* of guint: brackets that are not closed yet */
} Reader;

gboolean
_runnel_jenkins_fail (GError **error, guint line, guint column, const char *message)
{
  g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_SYNTAX, "Line %u, column %u: %s",
               line, column, message);
  return FALSE;
}

static char
peek (const Reader *self, gsize ahead)
{
  return self->at + ahead < self->length ? self->text[self->at + ahead] : '\0';
}

static gboolean
follows (const Reader *self, const char *what)
{
  gsize length = strlen (what);

  return self->length - self->at >= length && memcmp (self->text + self->at, what, length) == 0;
}

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || c == '$' || (guchar) c >= 0x80;
}

static void
advance (Reader *self, gsize count)
{
  for (; count > 0 && self->at < self->length; count--, self->at++)
    if (self->text[self->at] == '\n')
      {
        self->line++;
        self->column = 1;
      }
    else if (((guchar) self->text[self->at] & 0xc0) != 0x80)
      self->column++;
}

static void
token_clear (RunnelJenkinsToken *self)
{
  g_free (self->text);
}

static RunnelJenkinsToken
begin (const Reader *self, RunnelJenkinsTokenType type)
{
  return (RunnelJenkinsToken){ .type = type,
                               .start = self->at,
                               .line = self->line,
                               .column = self->column };
}

/* Takes `text`. */
static void
end (Reader *self, RunnelJenkinsToken token, char *text)
{
  token.end = self->at;
  token.text = text;
  g_array_append_val (self->tokens, token);
}

static void
append_escape (Reader *self, GString *out)
{
  static const char from[] = "nrtbf";
  static const char to[] = "\n\r\t\b\f";
  char c = peek (self, 1);
  const char *found = c != '\0' ? strchr (from, c) : NULL;
  gunichar code = 0;
  guint i;

  if (found != NULL)
    g_string_append_c (out, to[found - from]);
  else if (c == 'u')
    {
      for (i = 2; i < 6 && g_ascii_isxdigit (peek (self, i)); i++)
        code = code * 16 + (guint) g_ascii_xdigit_value (peek (self, i));
      if (code > 0 && g_unichar_validate (code))
        g_string_append_unichar (out, code);
      advance (self, i);
      return;
    }
  else if (c != '\n' && c != '\0')
    g_string_append_c (out, c);
  advance (self, 2);
}

/* The name in `env.NAME`, `params.NAME` and `NAME`, as a reference of Runnel; NULL when it is more
 * than that. */
static char *
say_reference (const char *inside, gsize length)
{
  g_autofree char *text = g_strstrip (g_strndup (inside, length));

  if (!g_regex_match_simple ("^((env|params)\\.)?[A-Za-z_][A-Za-z0-9_]*$", text, 0, 0))
    return NULL;
  if (strchr (text, '.') != NULL)
    return g_steal_pointer (&text);

  return g_strconcat ("env.", text, NULL);
}

/* Behind the brace that closes the one at `at`; texts inside of it may have braces, too. 0 = there
 * is none. */
static gsize
find_brace (const Reader *self, gsize at)
{
  guint depth = 0;
  char quote = '\0';

  for (; at < self->length; at++)
    {
      char c = self->text[at];

      if (c == '\\')
        at++;
      else if (quote != '\0')
        quote = c == quote ? '\0' : quote;
      else if (c == '\'' || c == '"')
        quote = c;
      else if (c == '{')
        depth++;
      else if (c == '}' && --depth == 0)
        return at + 1;
    }

  return 0;
}

/* Reads a `$` inside of a text. Returns FALSE when `${` is not closed. */
static gboolean
read_splice (Reader *self, GString *out, gboolean *spliced, gboolean *said)
{
  g_autofree char *reference = NULL;
  gsize close;

  if (peek (self, 1) == '{')
    {
      close = find_brace (self, self->at + 1);
      if (close == 0)
        return FALSE;
      reference = say_reference (self->text + self->at + 2, close - self->at - 3);
    }
  else if (is_name_start (peek (self, 1)) && peek (self, 1) != '$')
    {
      for (close = self->at + 1;
           close < self->length
           && (g_ascii_isalnum (self->text[close]) || strchr ("_.", self->text[close]) != NULL)
           && self->text[close] != '\0';)
        close++;
      while (self->text[close - 1] == '.')
        close--;
      reference = say_reference (self->text + self->at + 1, close - self->at - 1);
    }
  else
    {
      g_string_append_c (out, '$');
      advance (self, 1);
      return TRUE;
    }

  *spliced = TRUE;
  if (reference != NULL)
    g_string_append_printf (out, "${{ %s }}", reference);
  else
    *said = FALSE;
  advance (self, close - self->at);

  return TRUE;
}

static gboolean
read_text (Reader *self, const char *open, const char *close, GError **error)
{
  RunnelJenkinsToken token = begin (self, RUNNEL_JENKINS_TEXT);
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean splices = *open != '\'';
  gboolean has_lines = strlen (open) > 1 || *open == '/';
  gboolean spliced = FALSE;
  gboolean said = TRUE;
  char *text;

  advance (self, strlen (open));
  while (self->at < self->length && !follows (self, close))
    {
      char c = peek (self, 0);

      if (c == '\n' && !has_lines)
        break;
      if (c == '\\' && strchr (open, '/') == NULL)
        append_escape (self, out);
      else if (c == '\\' && *open == '/' && peek (self, 1) == '/')
        {
          g_string_append_c (out, '/');
          advance (self, 2);
        }
      else if (c == '$' && *open == '$' && (peek (self, 1) == '$' || peek (self, 1) == '/'))
        {
          g_string_append_c (out, peek (self, 1));
          advance (self, 2);
        }
      else if (c == '$' && splices)
        {
          if (!read_splice (self, out, &spliced, &said))
            return _runnel_jenkins_fail (error, self->line, self->column, "“${” is not closed");
        }
      else
        {
          g_string_append_c (out, c);
          advance (self, 1);
        }
    }
  if (!follows (self, close))
    return _runnel_jenkins_fail (error, token.line, token.column, "this text has no end");

  advance (self, strlen (close));
  token.type = spliced ? RUNNEL_JENKINS_SPLICED : RUNNEL_JENKINS_TEXT;
  text = said ? g_utf8_make_valid (out->str, (gssize) out->len) : NULL;
  end (self, token, text);

  return TRUE;
}

/* Whether a slash here begins a text: where a value may begin, and only if it ends in the same
 * line. */
static gboolean
begins_text (const Reader *self)
{
  const RunnelJenkinsToken *before =
    self->tokens->len > 0 ? &g_array_index (self->tokens, RunnelJenkinsToken, self->tokens->len - 1)
                          : NULL;
  gboolean may =
    before == NULL || before->type == RUNNEL_JENKINS_NEWLINE
    || (before->type == RUNNEL_JENKINS_SIGN && strchr (")]}", self->text[before->start]) == NULL);

  if (before != NULL && before->type == RUNNEL_JENKINS_NAME)
    may = before->end < self->at && !g_ascii_isspace (peek (self, 1));
  for (gsize i = self->at + 1; may && i < self->length && self->text[i] != '\n'; i++)
    if (self->text[i] == '\\')
      i++;
    else if (self->text[i] == '/')
      return TRUE;

  return FALSE;
}

static gboolean
read_comment (Reader *self, GError **error)
{
  static const char mark[] = "// runnel: ";
  RunnelJenkinsToken token = begin (self, RUNNEL_JENKINS_MARK);
  const char *stop;

  if (follows (self, "/*"))
    {
      stop =
        self->length - self->at >= 4
          ? g_strstr_len (self->text + self->at + 2, (gssize) (self->length - self->at - 2), "*/")
          : NULL;
      if (stop == NULL)
        return _runnel_jenkins_fail (error, token.line, token.column, "this comment has no end");
      advance (self, (gsize) (stop - self->text) + 2 - self->at);
      return TRUE;
    }

  stop = memchr (self->text + self->at, '\n', self->length - self->at);
  advance (self, stop != NULL ? (gsize) (stop - self->text) - self->at : self->length - self->at);
  if (self->at - token.start > strlen (mark)
      && memcmp (self->text + token.start, mark, strlen (mark)) == 0)
    end (self, token,
         g_utf8_make_valid (self->text + token.start + strlen (mark),
                            (gssize) (self->at - token.start - strlen (mark))));

  return TRUE;
}

static gboolean
pair_bracket (Reader *self, GError **error)
{
  static const char opening[] = "([{";
  static const char closing[] = ")]}";
  guint position = self->tokens->len - 1;
  RunnelJenkinsToken *token = &g_array_index (self->tokens, RunnelJenkinsToken, position);
  char c = self->text[token->start];
  RunnelJenkinsToken *other;
  guint before;

  if (c == '\0')
    return TRUE;
  if (strchr (opening, c) != NULL)
    {
      g_array_append_val (self->open, position);
      return self->open->len <= MAX_DEPTH
             || _runnel_jenkins_fail (error, token->line, token->column,
                                      "this is nested too deeply");
    }
  if (strchr (closing, c) == NULL)
    return TRUE;
  if (self->open->len == 0)
    return _runnel_jenkins_fail (error, token->line, token->column,
                                 "this bracket closes none that is open");

  before = g_array_index (self->open, guint, self->open->len - 1);
  other = &g_array_index (self->tokens, RunnelJenkinsToken, before);
  if (opening[strchr (closing, c) - closing] != self->text[other->start])
    return _runnel_jenkins_fail (error, token->line, token->column,
                                 "this bracket does not match the one that is open");
  g_array_set_size (self->open, self->open->len - 1);
  token->other = before;
  other->other = position;

  return TRUE;
}

static gboolean
read_word (Reader *self, GError **error)
{
  RunnelJenkinsToken token = begin (self, RUNNEL_JENKINS_SIGN);
  char c = peek (self, 0);

  if (is_name_start (c) || g_ascii_isdigit (c))
    {
      token.type = g_ascii_isdigit (c) ? RUNNEL_JENKINS_NUMBER : RUNNEL_JENKINS_NAME;
      while (is_name_start (peek (self, 0)) || g_ascii_isdigit (peek (self, 0))
             || (token.type == RUNNEL_JENKINS_NUMBER && peek (self, 0) == '.'
                 && g_ascii_isdigit (peek (self, 1))))
        advance (self, 1);
      end (self, token,
           g_utf8_make_valid (self->text + token.start, (gssize) (self->at - token.start)));
      return TRUE;
    }

  token.type = c == '\n' ? RUNNEL_JENKINS_NEWLINE : RUNNEL_JENKINS_SIGN;
  advance (self, 1);
  end (self, token, NULL);

  return pair_bracket (self, error);
}

static gboolean
read_next (Reader *self, GError **error)
{
  char c = peek (self, 0);

  if (c == ' ' || c == '\t' || c == '\r' || follows (self, "\\\n"))
    advance (self, c == '\\' ? 2 : 1);
  else if (follows (self, "//") || follows (self, "/*") || follows (self, "#!"))
    return read_comment (self, error);
  else if (follows (self, "'''"))
    return read_text (self, "'''", "'''", error);
  else if (follows (self, "\"\"\""))
    return read_text (self, "\"\"\"", "\"\"\"", error);
  else if (follows (self, "$/"))
    return read_text (self, "$/", "/$", error);
  else if (c == '\'')
    return read_text (self, "'", "'", error);
  else if (c == '"')
    return read_text (self, "\"", "\"", error);
  else if (c == '/' && begins_text (self))
    return read_text (self, "/", "/", error);
  else
    return read_word (self, error);

  return TRUE;
}

/*
 * _runnel_jenkins_read_tokens:
 * @text: a Jenkinsfile, of any bytes
 * @length: its length in bytes
 * @error: location of an error, RUNNEL_IMPORT_ERROR_SYNTAX
 *
 * Returns: (transfer full): its RunnelJenkinsTokens, with brackets paired; or %NULL
 */
GArray *
_runnel_jenkins_read_tokens (const char *text, gsize length, GError **error)
{
  g_autoptr(GArray) tokens = g_array_new (FALSE, FALSE, sizeof (RunnelJenkinsToken));
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  Reader self = { .text = text,
                  .length = length,
                  .line = 1,
                  .column = 1,
                  .tokens = tokens,
                  .open = open };

  g_array_set_clear_func (tokens, (GDestroyNotify) token_clear);
  while (self.at < self.length)
    if (!read_next (&self, error))
      return NULL;
  if (open->len > 0)
    {
      const RunnelJenkinsToken *last =
        &g_array_index (tokens, RunnelJenkinsToken, g_array_index (open, guint, open->len - 1));

      _runnel_jenkins_fail (error, last->line, last->column, "this bracket is never closed");
      return NULL;
    }

  return g_steal_pointer (&tokens);
}
