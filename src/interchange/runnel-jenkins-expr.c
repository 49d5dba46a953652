/* runnel-jenkins-expr.c: expressions of Groovy as those of Runnel
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the export writes, see runnel-jenkins-groovy.c, and what people write in the same words:
 * params.X, env.X, literals, comparisons, `!`, `&&`, `||`. Anything else can't be said.
 *
 *   or := and ("||" and)*    and := comparison ("&&" comparison)*    comparison := unary (op
 * unary)?
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"

#include <string.h>

typedef struct
{
  const RunnelJenkinsFile *file;
  const RunnelJenkinsNames *names;
  guint at;
  guint last;
  guint depth;
} Reader;

#define MAX_DEPTH 100

static char *read_or (Reader *self);
static char *strip_brackets (char *said);

static gboolean
has_sign (const Reader *self, guint ahead, char sign)
{
  return self->at + ahead < self->last
         && _runnel_jenkins_is_sign (self->file, self->at + ahead, sign);
}

static const RunnelJenkinsToken *
peek (const Reader *self, guint ahead, RunnelJenkinsTokenType type)
{
  const RunnelJenkinsToken *token;

  if (self->at + ahead >= self->last)
    return NULL;
  token = _runnel_jenkins_get_token (self->file, self->at + ahead);

  return token->type == type ? token : NULL;
}

static gboolean
has_name (const Reader *self, guint ahead, const char *name)
{
  const RunnelJenkinsToken *token = peek (self, ahead, RUNNEL_JENKINS_NAME);

  return token != NULL && g_str_equal (token->text, name);
}

static gboolean
take (Reader *self, char first, char second)
{
  if (!has_sign (self, 0, first) || (second != '\0' && !has_sign (self, 1, second)))
    return FALSE;
  self->at += second != '\0' ? 2 : 1;

  return TRUE;
}

static char *
quote (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "'", -1);
  g_autofree char *doubled = g_strjoinv ("''", parts);

  return g_strdup_printf ("'%s'", doubled);
}

static const char *
get_type (const RunnelJenkinsNames *names, const char *parameter)
{
  JsonObject *object =
    names->parameters != NULL && json_object_has_member (names->parameters, parameter)
      ? json_object_get_object_member (names->parameters, parameter)
      : NULL;

  return object != NULL ? json_object_get_string_member_with_default (object, "type", "string")
                        : NULL;
}

static gboolean
has_variable (JsonObject *env, const char *name)
{
  return env != NULL && json_object_has_member (env, name);
}

/* A parameter is a variable, too; what else Jenkins has in its environment is nothing here. */
static char *
say_variable (const RunnelJenkinsNames *names, const char *name)
{
  if (has_variable (names->own_env, name) || has_variable (names->env, name))
    return g_strdup_printf ("env.%s", name);
  if (get_type (names, name) != NULL)
    return g_strdup_printf ("params.%s", name);

  return NULL;
}

/* name ('text') or name ('text', 'text'), one of our functions. */
static char *
read_function (Reader *self)
{
  const RunnelJenkinsToken *first = peek (self, 2, RUNNEL_JENKINS_TEXT);
  const RunnelJenkinsToken *second = peek (self, 4, RUNNEL_JENKINS_TEXT);

  if (has_name (self, 0, "param") && has_sign (self, 1, '(') && first != NULL
      && has_sign (self, 3, ')') && get_type (self->names, first->text) != NULL)
    {
      self->at += 4;
      return g_strdup_printf ("params.%s", first->text);
    }
  if (has_name (self, 0, "output") && has_sign (self, 1, '(') && first != NULL
      && has_sign (self, 3, ',') && second != NULL && has_sign (self, 5, ')'))
    {
      self->at += 6;
      return g_strdup_printf ("steps.%s.outputs.%s", first->text, second->text);
    }

  return NULL;
}

/* A call of one of our functions that stands for an operator. */
static char *
read_operator (Reader *self, const char *operator)
{
  gboolean binds;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  self->at += 2;
  binds = has_name (self, 0, "both") && !g_str_equal (operator, "==");
  left = read_or (self);
  if (left != NULL && binds)
    left = strip_brackets (left); /* && binds more than ||, and to the left */
  if (left == NULL || !take (self, ',', '\0') || (right = read_or (self)) == NULL
      || !take (self, ')', '\0'))
    return NULL;

  return g_strdup_printf ("%s %s %s", left, operator, right);
}

/* (param ('x') == 'true'), by which the export makes a switch of a text. */
static char *
read_switch (Reader *self)
{
  const RunnelJenkinsToken *name = peek (self, 3, RUNNEL_JENKINS_TEXT);
  const RunnelJenkinsToken *value = peek (self, 7, RUNNEL_JENKINS_TEXT);

  if (!has_sign (self, 0, '(') || !has_name (self, 1, "param") || name == NULL || value == NULL
      || !has_sign (self, 5, '=') || !has_sign (self, 6, '=') || !has_sign (self, 8, ')')
      || !g_str_equal (value->text, "true")
      || g_strcmp0 (get_type (self->names, name->text), "boolean") != 0)
    return NULL;
  self->at += 9;

  return g_strdup_printf ("params.%s", name->text);
}

static char *
read_brackets (Reader *self)
{
  g_autofree char *inside = read_switch (self);

  if (inside != NULL)
    return g_steal_pointer (&inside);
  self->at++;
  inside = read_or (self);
  if (inside != NULL && has_name (self, 0, "as") && has_name (self, 1, "BigDecimal"))
    {
      self->at += 2;
      return take (self, ')', '\0') ? g_steal_pointer (&inside) : NULL;
    }
  if (inside == NULL || !take (self, ')', '\0'))
    return NULL;

  return g_strdup_printf ("(%s)", inside);
}

static char *
read_name (Reader *self)
{
  static const char *const literals[] = { "true", "false", "null", NULL };
  const RunnelJenkinsToken *token = peek (self, 0, RUNNEL_JENKINS_NAME);
  const RunnelJenkinsToken *member =
    has_sign (self, 1, '.') ? peek (self, 2, RUNNEL_JENKINS_NAME) : NULL;

  if (g_strv_contains (literals, token->text))
    {
      self->at++;
      return g_strdup (token->text);
    }
  if (has_name (self, 0, "same") && has_sign (self, 1, '('))
    return read_operator (self, "==");
  if ((has_name (self, 0, "both") || has_name (self, 0, "either")) && has_sign (self, 1, '('))
    {
      g_autofree char *choice =
        read_operator (self, g_str_equal (token->text, "both") ? "&&" : "||");

      return choice != NULL ? g_strdup_printf ("(%s)", choice) : NULL;
    }
  if (member != NULL && g_str_equal (token->text, "params")
      && get_type (self->names, member->text) != NULL)
    {
      self->at += 3;
      return g_strdup_printf ("params.%s", member->text);
    }
  if (member != NULL && g_str_equal (token->text, "env"))
    {
      self->at += 3;
      return say_variable (self->names, member->text);
    }

  return read_function (self);
}

/* .toLowerCase ().contains (x.toLowerCase ()) and the like. */
static char *
read_search (Reader *self, const char *text)
{
  static const char *const functions[] = { "contains", "startsWith", "endsWith", NULL };
  const RunnelJenkinsToken *function;
  g_autofree char *item = NULL;

  if (!has_name (self, 1, "toLowerCase") || !has_sign (self, 2, '(') || !has_sign (self, 3, ')'))
    return NULL;
  if (!has_sign (self, 4, '.'))
    {
      self->at += 4;
      return g_strdup (text); /* comparisons know no case */
    }
  function = peek (self, 5, RUNNEL_JENKINS_NAME);
  if (function == NULL || !g_strv_contains (functions, function->text) || !has_sign (self, 6, '('))
    return NULL;
  self->at += 7;
  item = read_or (self);
  if (item == NULL || !take (self, ')', '\0'))
    return NULL;

  return g_strdup_printf ("%s(%s, %s)", function->text, text, item);
}

static char *
read_primary (Reader *self)
{
  const RunnelJenkinsToken *token =
    self->at < self->last ? _runnel_jenkins_get_token (self->file, self->at) : NULL;
  g_autofree char *said = NULL;

  if (token == NULL)
    return NULL;
  if (token->type == RUNNEL_JENKINS_TEXT || token->type == RUNNEL_JENKINS_NUMBER)
    {
      self->at++;
      said = token->type == RUNNEL_JENKINS_TEXT ? quote (token->text) : g_strdup (token->text);
    }
  else if (token->type == RUNNEL_JENKINS_NAME)
    said = read_name (self);
  else if (has_sign (self, 0, '('))
    said = read_brackets (self);
  if (said == NULL || !has_sign (self, 0, '.'))
    return g_steal_pointer (&said);

  return read_search (self, said);
}

static char *
read_unary (Reader *self)
{
  g_autofree char *inside = NULL;

  if (!has_sign (self, 0, '!') || has_sign (self, 1, '='))
    return read_primary (self);
  self->at++;
  if (has_name (self, 0, "same") && has_sign (self, 1, '('))
    {
      char *equal = read_name (self);
      char *sign = equal != NULL ? strstr (equal, " == ") : NULL;

      if (sign != NULL)
        sign[1] = '!';
      return equal;
    }
  if (++self->depth > MAX_DEPTH)
    return NULL;
  inside = read_unary (self);
  self->depth--;

  return inside != NULL ? g_strdup_printf ("!%s", inside) : NULL;
}

static char *
read_comparison (Reader *self)
{
  static const char *const operators[] = { "==", "!=", "<=", ">=", "<", ">" };
  g_autofree char *left = read_unary (self);

  for (guint i = 0; left != NULL && i < G_N_ELEMENTS (operators); i++)
    if (take (self, operators[i][0], operators[i][1]))
      {
        g_autofree char *right = read_unary (self);

        return right != NULL ? g_strdup_printf ("%s %s %s", left, operators[i], right) : NULL;
      }

  return g_steal_pointer (&left);
}

static char *
read_and (Reader *self)
{
  g_autofree char *left = read_comparison (self);

  while (left != NULL && take (self, '&', '&'))
    {
      g_autofree char *before = g_steal_pointer (&left);
      g_autofree char *right = read_comparison (self);

      left = right != NULL ? g_strdup_printf ("%s && %s", before, right) : NULL;
    }

  return g_steal_pointer (&left);
}

static char *
read_or (Reader *self)
{
  g_autofree char *left = NULL;

  if (++self->depth > MAX_DEPTH)
    return NULL;
  left = read_and (self);
  while (left != NULL && take (self, '|', '|'))
    {
      g_autofree char *before = g_steal_pointer (&left);
      g_autofree char *right = read_and (self);

      left = right != NULL ? g_strdup_printf ("%s || %s", before, right) : NULL;
    }
  self->depth--;

  return g_steal_pointer (&left);
}

/* `(a && b)` is written as `a && b`: the export puts brackets around all that is joined. */
static char *
strip_brackets (char *said)
{
  gsize length = strlen (said);
  gboolean inside = FALSE; /* of a text */
  guint depth = 0;

  if (*said != '(' || said[length - 1] != ')')
    return said;
  for (gsize i = 0; i + 1 < length; i++)
    {
      inside ^= said[i] == '\'';
      depth += !inside && said[i] == '(';
      depth -= !inside && said[i] == ')';
      if (depth == 0)
        return said;
    }
  memmove (said, said + 1, length - 2);
  said[length - 2] = '\0';

  return said;
}

/*
 * _runnel_jenkins_read_condition:
 * @first: the first of the tokens of an expression
 * @last: behind the last one
 * @names: what is known there
 *
 * Returns: (transfer full) (nullable): it as a condition of Runnel; %NULL = it can't be said
 */
char *
_runnel_jenkins_read_condition (const RunnelJenkinsFile *file,
                                guint first,
                                guint last,
                                const RunnelJenkinsNames *names)
{
  Reader self = { .file = file, .names = names, .at = first, .last = last };
  g_autofree char *said = NULL;

  while (self.at < self.last && peek (&self, 0, RUNNEL_JENKINS_NEWLINE) != NULL)
    self.at++;
  if (has_name (&self, 0, "return"))
    self.at++;
  while (self.last > self.at
         && _runnel_jenkins_get_token (file, self.last - 1)->type == RUNNEL_JENKINS_NEWLINE)
    self.last--;
  said = read_or (&self);
  if (said == NULL || self.at != self.last)
    return NULL;

  return strip_brackets (g_steal_pointer (&said));
}

/* Names in "${{ env.X }}", which the words of the file gave, are checked. */
static char *
check_splices (const char *text, const RunnelJenkinsNames *names)
{
  g_autoptr(GRegex) regex = g_regex_new ("\\$\\{\\{ (env|params)\\.(\\w+) \\}\\}", 0, 0, NULL);
  g_auto(GStrv) parts = g_regex_split (regex, text, 0);
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *said = NULL;

      g_string_append (out, parts[i]);
      if (parts[i + 1] == NULL)
        break;
      if (g_str_equal (parts[i + 1], "env"))
        said = say_variable (names, parts[i + 2]);
      else if (get_type (names, parts[i + 2]) != NULL)
        said = g_strdup_printf ("params.%s", parts[i + 2]);
      if (said == NULL)
        return NULL;
      g_string_append_printf (out, "${{ %s }}", said);
      i += 2;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A text that is no expression of Runnel, even if it looks like one. */
static char *
escape_text (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "${{", -1);

  return g_strjoinv ("${{ '${{' }}", parts);
}

static char *
read_part (Reader *self)
{
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self->file, self->at);
  g_autofree char *said = NULL;

  if (token->type == RUNNEL_JENKINS_TEXT || token->type == RUNNEL_JENKINS_SPLICED)
    {
      self->at++;
      if (token->type == RUNNEL_JENKINS_TEXT)
        return escape_text (token->text);
      return token->text != NULL ? check_splices (token->text, self->names) : NULL;
    }
  said = read_comparison (self);
  if (said == NULL)
    return NULL;
  if (strpbrk (said, "(' ") == NULL && g_ascii_isdigit (*said))
    return g_steal_pointer (&said);

  said = strip_brackets (g_steal_pointer (&said));

  return g_strdup_printf ("${{ %s }}", said);
}

/*
 * _runnel_jenkins_read_text:
 * @first: the first of the tokens of an expression that gives a text: parts joined by `+`
 * @last: behind the last one
 * @names: what is known there
 *
 * Returns: (transfer full) (nullable): it as a text of Runnel; %NULL = it can't be said
 */
char *
_runnel_jenkins_read_text (const RunnelJenkinsFile *file,
                           guint first,
                           guint last,
                           const RunnelJenkinsNames *names)
{
  Reader self = { .file = file, .names = names, .at = first, .last = last };
  g_autoptr(GString) out = g_string_new (NULL);

  while (self.at < self.last)
    {
      g_autofree char *part = read_part (&self);

      if (part == NULL
          || (self.at < self.last && (!take (&self, '+', '\0') || self.at == self.last)))
        return NULL;
      g_string_append (out, part);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
