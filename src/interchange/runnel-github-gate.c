/* runnel-github-gate.c: when a job runs: its links, its join and its condition as one `if`
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GitHub looks at the `if` of a job when all that it needs is over. With a function such as
 * cancelled() in it the results of those jobs count only as far as it says; without, success() is
 * meant.
 */
#include "config.h"

#include "interchange/runnel-github-gate.h"

#include <string.h>

#include "interchange/runnel-github-expr.h"

/* Splitting. */

/* Calls `found` for each `operator` outside of quotes, parentheses and brackets. */
static GArray *
find_operators (const char *expression, const char *operator)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (const char *));
  gboolean is_quoted = FALSE;
  int depth = 0;

  for (const char *p = expression; *p != '\0'; p++)
    {
      if (*p == '\'')
        is_quoted = !is_quoted;
      else if (is_quoted)
        continue;
      else if (*p == '(' || *p == '[')
        depth += 1;
      else if (*p == ')' || *p == ']')
        depth -= 1;
      else if (depth == 0 && g_str_has_prefix (p, operator))
        {
          g_array_append_val (places, p);
          p += 1;
        }
    }

  return places;
}

/**
 * runnel_github_has_or:
 * @expression: an expression
 *
 * Returns: whether its outermost operator is `||`, so that it needs parentheses beside `&&`
 */
gboolean
runnel_github_has_or (const char *expression)
{
  g_autoptr(GArray) places = find_operators (expression, "||");

  return places->len > 0;
}

/* Whether the parenthesis at the start closes at the very end. */
static gboolean
is_in_parentheses (const char *text)
{
  gboolean is_quoted = FALSE;
  int depth = 0;

  if (*text != '(')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\'')
        is_quoted = !is_quoted;
      else if (!is_quoted && *p == '(')
        depth += 1;
      else if (!is_quoted && *p == ')' && --depth == 0)
        return p[1] == '\0';
    }

  return FALSE;
}

static void
add_parts (GPtrArray *parts, const char *start, gsize length)
{
  g_autofree char *text = g_strstrip (g_strndup (start, length));
  g_autoptr(GArray) places = NULL;
  const char *from;

  while (is_in_parentheses (text))
    {
      g_autofree char *inner = g_strndup (text + 1, strlen (text) - 2);

      g_free (text);
      text = g_strstrip (g_steal_pointer (&inner));
    }

  from = text;
  places = find_operators (text, runnel_github_has_or (text) ? "||" : "&&");
  if (places->len == 0 || runnel_github_has_or (text))
    {
      g_ptr_array_add (parts, g_steal_pointer (&text));
      return;
    }
  for (guint i = 0; i < places->len; i++)
    {
      const char *place = g_array_index (places, const char *, i);

      add_parts (parts, from, place - from);
      from = place + 2;
    }
  add_parts (parts, from, strlen (from));
}

/**
 * runnel_github_split_and:
 * @expression: an expression
 *
 * Returns: (transfer full) (element-type utf8): what `&&` joins in it, at any depth of parentheses
 */
GPtrArray *
runnel_github_split_and (const char *expression)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  add_parts (parts, expression, strlen (expression));

  return parts;
}

/* Whether a function is called in it, outside of quotes. */
static gboolean
calls (const char *expression, const char *function)
{
  g_autofree char *lower = g_ascii_strdown (expression, -1);
  g_auto(GStrv) stretches = g_strsplit (lower, "'", -1);

  for (guint i = 0; stretches[i] != NULL; i += 2)
    {
      const char *found = strstr (stretches[i], function);

      if (found != NULL && (found == stretches[i] || !g_ascii_isalnum (found[-1]))
          && found[strlen (function) + strspn (found + strlen (function), " \t\n")] == '(')
        return TRUE;
      if (stretches[i + 1] == NULL)
        break;
    }

  return FALSE;
}

/**
 * runnel_github_calls_status:
 * @expression: an expression
 *
 * Returns: whether it asks how what came before ended, so that GitHub adds no success() of its own
 */
gboolean
runnel_github_calls_status (const char *expression)
{
  return calls (expression, "always") || calls (expression, "cancelled")
         || calls (expression, "failure") || calls (expression, "success");
}

/* Saying. */

static char *
say_result (const RunnelGithubGate *self, const RunnelGithubLink *link)
{
  if (self->whole)
    return g_strdup_printf ("steps.%s.%s", link->id, link->tells ? "outcome" : "conclusion");

  return g_strdup_printf ("needs.%s.%s", link->id,
                          link->tells ? "outputs." RUNNEL_GITHUB_RESULT : "result");
}

static char *
say_link (const RunnelGithubGate *self, const RunnelGithubLink *link)
{
  g_autofree char *result = say_result (self, link);

  switch (link->on)
    {
    case RUNNEL_ON_SUCCESS:
      return g_strdup_printf ("%s == 'success'", result);
    case RUNNEL_ON_FAILURE:
      return g_strdup_printf ("%s == 'failure'", result);
    case RUNNEL_ON_FINISHED:
      return g_strdup_printf ("%s == 'success' || %s == 'failure'", result, result);
    default:
      return g_strdup_printf ("%s != ''", result);
    }
}

static void
say_all (const RunnelGithubGate *self, GString *out)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const RunnelGithubLink *link = &g_array_index (self->links, RunnelGithubLink, i);
      g_autofree char *said = say_link (self, link);

      if (link->on == RUNNEL_ON_FINISHED)
        g_string_append_printf (out, " && (%s)", said);
      else if (link->on != RUNNEL_ON_ALWAYS)
        g_string_append_printf (out, " && %s", said);
    }
}

static void
say_any (const RunnelGithubGate *self, GString *out)
{
  g_string_append (out, " && (");
  for (guint i = 0; i < self->links->len; i++)
    {
      g_autofree char *said = say_link (self, &g_array_index (self->links, RunnelGithubLink, i));

      g_string_append_printf (out, "%s%s", i > 0 ? " || " : "", said);
    }
  g_string_append_c (out, ')');
}

/* None of the links was broken by a failure or a cancel. */
static void
say_none_failed (const RunnelGithubGate *self, GString *out)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const RunnelGithubLink *link = &g_array_index (self->links, RunnelGithubLink, i);
      g_autofree char *result = say_result (self, link);

      if (link->on == RUNNEL_ON_SUCCESS)
        g_string_append_printf (out, " && %s != 'failure'", result);
      if (link->on != RUNNEL_ON_ALWAYS)
        g_string_append_printf (out, " && %s != 'cancelled'", result);
    }
}

/**
 * runnel_github_gate_say:
 * @self: a gate
 *
 * Returns: (transfer full) (nullable): the text of `if` without `${{ }}`; %NULL when none is needed
 */
char *
runnel_github_gate_say (const RunnelGithubGate *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (!self->is_implicit)
    g_string_append (out, self->disabled ? " && !always()" : " && !cancelled()");
  if (!self->is_implicit && self->join == RUNNEL_JOIN_NONE_FAILED && self->links->len > 1)
    say_none_failed (self, out);
  if (!self->is_implicit && self->join != RUNNEL_JOIN_ALL && self->links->len > 1)
    say_any (self, out);
  else if (!self->is_implicit)
    say_all (self, out);
  for (guint i = 0; i < self->guards->len; i++)
    g_string_append_printf (out, " && %s", (const char *) g_ptr_array_index (self->guards, i));
  if (self->condition != NULL)
    g_string_append_printf (
      out, runnel_github_has_or (self->condition) && out->len > 0 ? " && (%s)" : " && %s",
      self->condition);

  return out->len > 0 ? g_strdup (out->str + strlen (" && ")) : NULL;
}

/**
 * runnel_github_gate_init:
 * @self: uninitialized
 *
 * Makes a gate that is always open.
 */
void
runnel_github_gate_init (RunnelGithubGate *self)
{
  *self = (RunnelGithubGate){ 0 };
  self->links = g_array_new (FALSE, TRUE, sizeof (RunnelGithubLink));
  self->guards = g_ptr_array_new_with_free_func (g_free);
}

/**
 * runnel_github_gate_clear:
 * @self: a gate
 *
 * Frees what it has.
 */
void
runnel_github_gate_clear (RunnelGithubGate *self)
{
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->guards, g_ptr_array_unref);
  g_clear_pointer (&self->condition, g_free);
  g_clear_pointer (&self->read, g_free);
  g_clear_pointer (&self->unread, g_free);
}
