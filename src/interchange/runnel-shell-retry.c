/* runnel-shell-retry.c: when and after what time a shell repeats an attempt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-shell-private.h"

#include "interchange/runnel-shell-dialect.h"

static void
append_exit_codes (GString           *lines,
                   const RunnelRetry *retry,
                   const char        *give_up)
{
  g_string_append (lines, "  case $status in ");
  for (guint i = 0; i < retry->n_exit_codes; i++)
    g_string_append_printf (lines, "%s%d", i > 0 ? " | " : "", retry->exit_codes[i]);
  g_string_append_printf (lines, "%s*) %s ;; esac\n", retry->n_exit_codes > 0 ? ") ;; " : "",
                          give_up);
}

/* Lines that give up (by "break" or "return 1") unless the attempt number $attempt, which failed
 * with $status, is one that the step wants repeated. */
void
_runnel_shell_append_retry_rule (GString              *lines,
                                 const RunnelFlowStep *step,
                                 const char           *give_up)
{
  g_autofree char *condition = NULL;

  if (step->retry->exit_codes != NULL)
    append_exit_codes (lines, step->retry, give_up);
  if (step->retry_condition != NULL)
    condition = runnel_shell_say_condition (step->retry_condition, NULL, NULL);
  if (condition != NULL)
    g_string_append_printf (lines, "  %s || %s\n", condition, give_up);
}

/* The time before the attempt after number $attempt, as a word for sleep; NULL when there is none.
 * The same formula as that of runnel_retry_get_delay(). */
char *
_runnel_shell_say_delay (const RunnelRetry *retry)
{
  g_autoptr(GString) word = g_string_new (NULL);
  g_autofree char *delay = _runnel_shell_say_seconds (MAX (retry->delay, 0));
  g_autofree char *max_delay = _runnel_shell_say_seconds (MAX (retry->max_delay, 0));
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (retry->delay <= 0)
    return NULL;
  if (retry->backoff == 1 && retry->jitter <= 0)
    return g_strdup (retry->max_delay > 0 && retry->max_delay < retry->delay ? max_delay : delay);

  g_string_append_printf (
    word, "\"$(awk -v n=\"$attempt\" -v seed=\"$$\" 'BEGIN { d = %s * %s ^ (n - 1)", delay,
    g_ascii_formatd (number, sizeof number, "%.15g", retry->backoff));
  if (retry->max_delay > 0)
    g_string_append_printf (word, "; if (d > %s) d = %s", max_delay, max_delay);
  if (retry->jitter > 0)
    g_string_append_printf (word, "; srand(seed + n); d -= d * %s * rand()",
                            g_ascii_formatd (number, sizeof number, "%.15g", retry->jitter));
  g_string_append (word, "; print d }')\"");

  return g_string_free (g_steal_pointer (&word), FALSE);
}
