/* runnel-github-words.c: expressions rewritten name by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both languages have the same grammar, operators and functions; they differ in their contexts
 * alone. So an expression is not taken apart and said anew: only its names are replaced, and spaces
 * and parentheses stay as somebody wrote them, there and back again.
 */
#include "config.h"

#include "interchange/runnel-github-expr.h"

#include <string.h>

#include "expr/runnel-expr-lexer.h"

#define OPEN "${{"
#define CLOSE "}}"
#define ESCAPED "${{ '${{' }}"

G_DEFINE_QUARK (runnel - github - error - quark, runnel_github_error)

static GArray *
read_tokens (const char *expression, GError **error)
{
  g_autoptr(GArray) tokens = g_array_new (FALSE, FALSE, sizeof (RunnelToken));
  RunnelExprLexer lexer;
  RunnelToken token;

  runnel_expr_lexer_init (&lexer, expression, expression, expression + strlen (expression));
  do
    {
      g_autoptr(GError) problem = NULL;

      if (!runnel_expr_lexer_next (&lexer, &token, &problem))
        {
          g_set_error_literal (error, RUNNEL_GITHUB_ERROR, RUNNEL_GITHUB_ERROR_SYNTAX,
                               problem->message);
          return NULL;
        }
      g_array_append_val (tokens, token);
    }
  while (token.type != RUNNEL_TOKEN_END);

  return g_steal_pointer (&tokens);
}

static RunnelTokenType
get_type (GArray *tokens, guint position)
{
  if (position >= tokens->len)
    return RUNNEL_TOKEN_END;

  return g_array_index (tokens, RunnelToken, position).type;
}

static gboolean
is_keyword (const RunnelToken *token)
{
  static const char *const keywords[] = { "true", "false", "null", "NaN", "Infinity" };

  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (strlen (keywords[i]) == token->length
        && strncmp (keywords[i], token->start, token->length) == 0)
      return TRUE;

  return FALSE;
}

/* Whether a path into a context begins at this token: a name that is neither called nor a member.
 */
static gboolean
begins_path (GArray *tokens, guint position)
{
  return get_type (tokens, position) == RUNNEL_TOKEN_NAME
         && !is_keyword (&g_array_index (tokens, RunnelToken, position))
         && get_type (tokens, position + 1) != RUNNEL_TOKEN_OPEN
         && (position == 0 || get_type (tokens, position - 1) != RUNNEL_TOKEN_DOT);
}

/* A name as it is meant: of ['it''s'] what is between the outer quotes. */
static char *
dup_name (const RunnelToken *token)
{
  GString *name;

  if (token->type != RUNNEL_TOKEN_STRING)
    return g_strndup (token->start, token->length);

  name = g_string_new_len (token->start + 1, token->length - 2);
  g_string_replace (name, "''", "'", 0);

  return g_string_free (name, FALSE);
}

/* Collects the names from `position` on, and where each of them ends; returns the position behind
 * the path. */
static guint
collect_path (GArray *tokens, guint position, GPtrArray *names, GArray *ends)
{
  while (TRUE)
    {
      const RunnelToken *token = &g_array_index (tokens, RunnelToken, position);
      gboolean is_string = token->type == RUNNEL_TOKEN_STRING;
      const char *end =
        is_string ? (token + 1)->start + (token + 1)->length : token->start + token->length;

      g_ptr_array_add (names, dup_name (token));
      g_array_append_val (ends, end);
      position += is_string ? 2 : 1;

      if (get_type (tokens, position) == RUNNEL_TOKEN_DOT
          && (get_type (tokens, position + 1) == RUNNEL_TOKEN_NAME
              || get_type (tokens, position + 1) == RUNNEL_TOKEN_STAR))
        position += 1;
      else if (get_type (tokens, position) == RUNNEL_TOKEN_OPEN_INDEX
               && get_type (tokens, position + 1) == RUNNEL_TOKEN_STRING
               && get_type (tokens, position + 2) == RUNNEL_TOKEN_CLOSE_INDEX)
        position += 1;
      else
        return position;
    }
}

/**
 * runnel_github_rewrite_expression:
 * @expression: an expression, without `${{ }}`
 * @replace: returns (transfer full) what stands for the first `*ret_n_used` of the names, or %NULL
 * with an error set; to keep a path as it is, it returns %NULL without an error
 * @user_data: for @replace
 * @error: return location for a %RUNNEL_GITHUB_ERROR
 *
 * Returns: (transfer full): @expression with each path into a context replaced, or %NULL with
 * @error set
 */
char *
runnel_github_rewrite_expression (const char *expression,
                                  RunnelGithubReplace replace,
                                  gpointer user_data,
                                  GError **error)
{
  g_autoptr(GArray) tokens = read_tokens (expression, error);
  g_autoptr(GString) out = g_string_new (NULL);
  const char *copied = expression;
  guint next;

  for (guint i = 0; tokens != NULL && i < tokens->len; i = next)
    {
      g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GArray) ends = g_array_new (FALSE, FALSE, sizeof (const char *));
      g_autoptr(GError) problem = NULL;
      g_autofree char *replacement = NULL;
      guint n_used = 0;

      next = i + 1;
      if (!begins_path (tokens, i))
        continue;
      next = collect_path (tokens, i, names, ends);
      replacement =
        replace ((const char *const *) names->pdata, names->len, &n_used, user_data, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      if (replacement == NULL)
        continue;
      g_string_append_len (out, copied, g_array_index (tokens, RunnelToken, i).start - copied);
      g_string_append (out, replacement);
      copied = g_array_index (ends, const char *, n_used - 1);
    }
  if (tokens == NULL)
    return NULL;
  g_string_append (out, copied);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The end of an expression that begins at `text`: }} outside of quotes. */
static const char *
find_close (const char *text)
{
  gboolean is_quoted = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\'')
        is_quoted = !is_quoted;
      else if (!is_quoted && g_str_has_prefix (p, CLOSE))
        return p;
    }

  return NULL;
}

/**
 * runnel_github_rewrite_text:
 * @text: a text with any number of `${{ }}` in it
 * @rewrite: returns (transfer full) what an expression becomes, or %NULL with an error set
 * @user_data: for @rewrite
 * @error: return location for a %RUNNEL_GITHUB_ERROR
 *
 * Returns: (transfer full): @text with its expressions rewritten, or %NULL with @error set
 */
char *
runnel_github_rewrite_text (const char *text,
                            RunnelGithubRewrite rewrite,
                            gpointer user_data,
                            GError **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *open;

  while ((open = strstr (text, OPEN)) != NULL)
    {
      const char *start = open + strlen (OPEN);
      const char *end = find_close (start);
      g_autofree char *expression = NULL;
      g_autofree char *rewritten = NULL;

      if (end == NULL)
        {
          g_set_error_literal (error, RUNNEL_GITHUB_ERROR, RUNNEL_GITHUB_ERROR_SYNTAX,
                               "“${{” has no “}}”");
          return NULL;
        }
      expression = g_strndup (start, end - start);
      rewritten = rewrite (expression, user_data, error);
      if (rewritten == NULL)
        return NULL;
      g_string_append_len (out, text, start - text);
      g_string_append_printf (out, "%s" CLOSE, rewritten);
      text = end + strlen (CLOSE);
    }
  g_string_append (out, text);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * runnel_github_escape:
 * @text: lines of a command, in which `${{` is nothing special
 *
 * Returns: (transfer full): the same where GitHub would evaluate it
 */
char *
runnel_github_escape (const char *text)
{
  GString *escaped = g_string_new (text);

  g_string_replace (escaped, OPEN, ESCAPED, 0);

  return g_string_free (escaped, FALSE);
}

/**
 * runnel_github_unescape:
 * @text: lines as they stand in a workflow
 *
 * Returns: (transfer full) (nullable): the lines that they become, or %NULL when they have an
 * expression in them
 */
char *
runnel_github_unescape (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ESCAPED, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (parts[i], OPEN) != NULL)
      return NULL;

  return g_strjoinv (OPEN, parts);
}
