/* runnel-shell-said.c: a part of an expression, said in POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-shell-said.h"

#include <string.h>

#define SEPARATOR "\x1f"

void
_runnel_shell_said_init (RunnelShellSaid *self,
                         const char      *text)
{
  self->whole = g_strdup (text + 1);
  self->type = text[0];
  self->truth = self->whole;
  self->word = strchr (self->whole, *SEPARATOR);
  *self->word++ = '\0';
}

/* Of what one part hands to the next. */
void
_runnel_shell_said_clear (RunnelShellSaid *self)
{
  g_free (self->whole);
}

static char *
join_said (RunnelShellType type,
           const char     *truth,
           const char     *word)
{
  return g_strdup_printf ("%c%s" SEPARATOR "%s", type, truth, word);
}

char *
_runnel_shell_say_value (RunnelShellType type,
                         const char     *word)
{
  g_autofree char *truth = NULL;

  switch (type)
    {
    case RUNNEL_SHELL_NULL:
      truth = g_strdup ("false");
      break;
    case RUNNEL_SHELL_BOOLEAN:
      truth = word[0] == '"' ? g_strdup_printf ("[ %s = true ]", word) : g_strdup (word);
      break;
    case RUNNEL_SHELL_NUMBER:
      truth = g_strdup_printf ("{ [ -n %s ] && [ %s != 0 ]; }", word, word);
      break;
    case RUNNEL_SHELL_UNKNOWN:
      truth =
        g_strdup_printf ("{ [ -n %s ] && [ %s != 0 ] && [ %s != false ]; }", word, word, word);
      break;
    case RUNNEL_SHELL_LIST:
      truth = g_strdup ("true");
      break;
    case RUNNEL_SHELL_TEXT:
    case RUNNEL_SHELL_NAME:
    default:
      truth = g_strdup_printf ("[ -n %s ]", word);
      break;
    }

  return join_said (type, truth, word);
}

char *
_runnel_shell_say_command (const char *command)
{
  g_autofree char *word =
    g_strdup_printf ("\"$(if %s; then echo true; else echo false; fi)\"", command);

  return join_said (RUNNEL_SHELL_BOOLEAN, command, word);
}

/* Sets an error that tells what a shell does not know; returns %NULL. */
char *
_runnel_shell_fail (GError     **error,
                    const char  *format,
                    ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE, message);

  return NULL;
}

/* Comparisons. The words are arguments of awk, never part of its program. */

#define TO_NUMBER                                                                                  \
  "function n(s) { gsub(/^[ \\t\\r\\n]+|[ \\t\\r\\n]+$/, \"\", s); "                               \
  "if (s != \"\" && s !~ /^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$/) bad = 1; "       \
  "return s + 0 } "

static const char *
get_operator (RunnelExprNodeType type)
{
  switch (type)
    {
    case RUNNEL_NODE_LESS:
      return "<";
    case RUNNEL_NODE_LESS_EQUAL:
      return "<=";
    case RUNNEL_NODE_GREATER:
      return ">";
    case RUNNEL_NODE_GREATER_EQUAL:
      return ">=";
    default:
      return "==";
    }
}

static char *
say_number (RunnelShellType type,
            guint           argument)
{
  switch (type)
    {
    case RUNNEL_SHELL_BOOLEAN:
      return g_strdup_printf ("(ARGV[%u] == \"true\")", argument);
    case RUNNEL_SHELL_NUMBER:
    case RUNNEL_SHELL_NULL:
      return g_strdup_printf ("(ARGV[%u] + 0)", argument);
    default:
      return g_strdup_printf ("n(ARGV[%u])", argument);
    }
}

static char *
compare_numbers (const char            *operator,
                 const RunnelShellSaid *left,
                 const RunnelShellSaid *right)
{
  g_autofree char *a = say_number (left->type, 1);
  g_autofree char *b = say_number (right->type, 2);
  gboolean needs_check = a[0] == 'n' || b[0] == 'n';

  return g_strdup_printf ("awk '%sBEGIN { a = %s; b = %s; exit !(%sa %s b) }' %s %s",
                          needs_check ? TO_NUMBER : "", a, b,
                          needs_check ? "!bad && " : "", operator, left->word, right->word);
}

static gboolean
is_without_case (const char *word)
{
  return word[0] != '"'
         && word[strcspn (word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0'
         && g_str_is_ascii (word);
}

static char *
compare_texts (const char            *operator,
               const RunnelShellSaid *left,
               const RunnelShellSaid *right)
{
  gboolean is_name = left->type == RUNNEL_SHELL_NAME || right->type == RUNNEL_SHELL_NAME;

  if (!g_str_equal (operator, "=="))
    return g_strdup_printf (
      "LC_ALL=C awk 'BEGIN { exit !(toupper(ARGV[1]) \"\" %s toupper(ARGV[2]) \"\") }' "
      "%s %s",
      operator, left->word, right->word);
  if (is_name)
    {
      g_autofree char *a =
        left->word[0] == '"' ? g_strdup (left->word) : g_ascii_strdown (left->word, -1);
      g_autofree char *b =
        right->word[0] == '"' ? g_strdup (right->word) : g_ascii_strdown (right->word, -1);

      return g_strdup_printf ("[ %s = %s ]", a, b);
    }
  if (is_without_case (left->word) || is_without_case (right->word))
    return g_strdup_printf ("[ %s = %s ]", left->word, right->word);

  return g_strdup_printf ("awk 'BEGIN { exit tolower(ARGV[1]) != tolower(ARGV[2]) }' %s %s",
                          left->word, right->word);
}

static gboolean
is_text (RunnelShellType type)
{
  return type == RUNNEL_SHELL_TEXT || type == RUNNEL_SHELL_NAME || type == RUNNEL_SHELL_UNKNOWN;
}

static char *
compare (const char            *operator,
         const RunnelShellSaid *left,
         const RunnelShellSaid *right)
{
  gboolean is_equality = g_str_equal (operator, "==");

  if (is_equality && left->type == RUNNEL_SHELL_BOOLEAN && right->type == RUNNEL_SHELL_BOOLEAN
      && g_str_equal (right->word, "true"))
    return g_strdup (left->truth);
  if (is_equality && left->type == RUNNEL_SHELL_UNKNOWN && right->type == RUNNEL_SHELL_BOOLEAN)
    return g_strdup_printf ("[ %s = %s ]", left->word, right->word);
  if (is_text (left->type) && is_text (right->type))
    return compare_texts (operator, left, right);

  return compare_numbers (operator, left, right);
}

char *
_runnel_shell_say_comparison (RunnelExprNodeType type,
                              const char        *left,
                              const char        *right,
                              GError           **error)
{
  g_auto(RunnelShellSaid) a = { 0 };
  g_auto(RunnelShellSaid) b = { 0 };
  g_autofree char *command = NULL;
  g_autofree char *negated = NULL;

  _runnel_shell_said_init (&a, left);
  _runnel_shell_said_init (&b, right);
  if (a.type == RUNNEL_SHELL_LIST || b.type == RUNNEL_SHELL_LIST)
    return _runnel_shell_fail (error, "lists are not compared by a shell");

  command = compare (get_operator (type), &a, &b);
  if (type != RUNNEL_NODE_NOT_EQUAL)
    return _runnel_shell_say_command (command);
  negated = g_strdup_printf ("! %s", command);

  return _runnel_shell_say_command (negated);
}

/* `a && b` is a when that is false, else b; and the other way round with `||`. */
static char *
say_choice (RunnelExprNodeType type,
            const char        *left,
            const char        *right)
{
  g_auto(RunnelShellSaid) a = { 0 };
  g_auto(RunnelShellSaid) b = { 0 };
  gboolean is_and = type == RUNNEL_NODE_AND;
  g_autofree char *truth = NULL;
  g_autofree char *word = NULL;

  _runnel_shell_said_init (&a, left);
  _runnel_shell_said_init (&b, right);
  truth = g_strdup_printf ("{ %s %s %s; }", a.truth, is_and ? "&&" : "||", b.truth);
  word = g_strdup_printf ("\"$(if %s; then printf %%s %s; else printf %%s %s; fi)\"", a.truth,
                          is_and ? b.word : a.word, is_and ? a.word : b.word);

  return join_said (a.type == b.type ? a.type : RUNNEL_SHELL_UNKNOWN, truth, word);
}

static char *
say_not (const char *operand)
{
  g_auto(RunnelShellSaid) said = { 0 };
  g_autofree char *command = NULL;

  _runnel_shell_said_init (&said, operand);
  if (g_str_has_prefix (said.truth, "! "))
    return _runnel_shell_say_command (said.truth + 2);
  command = g_strdup_printf ("! %s", said.truth);

  return _runnel_shell_say_command (command);
}

char *
_runnel_shell_say_operation (RunnelExprNodeType type,
                             const char *const *operands,
                             RunnelExprNode   **nodes,
                             guint              n_operands,
                             gpointer           user_data,
                             GError           **error)
{
  g_autofree char *said = NULL;

  if (type == RUNNEL_NODE_NOT)
    return say_not (operands[0]);
  if (type != RUNNEL_NODE_AND && type != RUNNEL_NODE_OR)
    return _runnel_shell_say_comparison (type, operands[0], operands[1], error);

  said = g_strdup (operands[n_operands - 1]);
  for (guint i = n_operands - 1; i > 0; i--)
    {
      char *longer = say_choice (type, operands[i - 1], said);

      g_free (said);
      said = longer;
    }

  return g_steal_pointer (&said);
}

