/* runnel-shell-step.c: a step as lines of POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step that needs no more than its own lines is these. Else they stand in a file that an
 * interpreter reads, as in Runnel itself: `set -e` does not work in what is repeated or tolerated,
 * standard input stays free, and any language will do.
 */
#include "config.h"

#include "interchange/runnel-shell-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/kinds/runnel-interpreter.h"
#include "interchange/runnel-shell-dialect.h"
#include "model/runnel-duration.h"
#include "model/runnel-json-write.h"

/* As long as Runnel waits between TERM and KILL, in seconds. */
#define KILL_AFTER 10

/* A span in microseconds in seconds, as sleep and timeout take it. */
char *
_runnel_shell_say_seconds (gint64 duration)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (
    g_ascii_formatd (buffer, sizeof buffer, "%.15g", (double) duration / G_TIME_SPAN_SECOND));
}

static gboolean
has_timeout (const RunnelFlowStep *step,
             RunnelShellParts      parts)
{
  return (parts & RUNNEL_SHELL_TIMEOUT) && step->timeout > 0;
}

static gboolean
has_retry (const RunnelFlowStep *step,
           RunnelShellParts      parts)
{
  return (parts & RUNNEL_SHELL_RETRY) && step->retry != NULL && step->retry->max > 0;
}

static gboolean
has_continue (const RunnelFlowStep *step,
              RunnelShellParts      parts)
{
  return (parts & RUNNEL_SHELL_CONTINUE) && (step->continues || step->continues_if != NULL);
}

static gboolean
has_interpreter (const RunnelFlowStep *step,
                 RunnelShellParts      parts)
{
  return (parts & RUNNEL_SHELL_INTERPRETER) && !g_str_equal (step->shell, "sh");
}

static gboolean
has_folder (const RunnelFlowStep *step,
            RunnelShellParts      parts)
{
  return (parts & RUNNEL_SHELL_FOLDER) && step->folder != NULL;
}

/* The comment. */

static void
set_duration (JsonObject *object,
              const char *key,
              gint64      duration)
{
  g_autofree char *text = NULL;

  if (duration <= 0)
    return;
  text = runnel_duration_to_string (duration);
  json_object_set_string_member (object, key, text);
}

static void
set_exit_codes (JsonObject        *object,
                const RunnelRetry *retry)
{
  JsonArray *codes = json_array_new ();

  for (guint i = 0; i < retry->n_exit_codes; i++)
    json_array_add_int_element (codes, retry->exit_codes[i]);
  json_object_set_array_member (object, "exit-codes", codes);
}

static JsonObject *
make_retry (const RunnelFlowStep *step)
{
  const RunnelRetry *retry = step->retry;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "max", retry->max);
  set_duration (object, "delay", retry->delay);
  if (retry->backoff != 1)
    json_object_set_double_member (object, "backoff", retry->backoff);
  set_duration (object, "max-delay", retry->max_delay);
  if (retry->jitter > 0)
    json_object_set_double_member (object, "jitter", retry->jitter);
  if (retry->exit_codes != NULL)
    set_exit_codes (object, retry);
  if (step->retry_condition != NULL)
    json_object_set_string_member (object, "if", step->retry_condition);

  return object;
}

static void
set_retry (JsonObject           *comment,
           const RunnelFlowStep *step)
{
  g_autoptr(JsonObject) retry = make_retry (step);

  if (json_object_get_size (retry) == 1)
    json_object_set_int_member (comment, "retry", step->retry->max);
  else
    json_object_set_object_member (comment, "retry", g_steal_pointer (&retry));
}

static void
set_continue (JsonObject           *comment,
              const RunnelFlowStep *step)
{
  g_autofree char *condition = NULL;

  if (step->continues_if == NULL)
    {
      json_object_set_boolean_member (comment, "continue-on-error", TRUE);
      return;
    }
  condition = g_strdup_printf ("${{ %s }}", step->continues_if);
  json_object_set_string_member (comment, "continue-on-error", condition);
}

/* All that was made into code, by the keys of the format. */
static JsonObject *
make_comment (const RunnelFlowStep *step,
              RunnelShellParts      parts)
{
  JsonObject *comment = json_object_new ();

  if (!g_str_equal (step->kind, "script"))
    {
      json_object_set_string_member (comment, "kind", step->kind);
      json_object_set_object_member (comment, "with", json_object_ref (step->with));
    }
  if (has_interpreter (step, parts))
    json_object_set_string_member (comment, "shell", step->shell);
  if (has_folder (step, parts))
    json_object_set_string_member (comment, "working-directory", step->folder);
  if (has_timeout (step, parts))
    set_duration (comment, "timeout", step->timeout);
  if (has_retry (step, parts))
    set_retry (comment, step);
  if (has_continue (step, parts))
    set_continue (comment, step);

  return comment;
}

/* Inside of texts, what other systems take for the begin of an expression is written so that none
 * does. */
static void
append_inert (GString    *lines,
              const char *json)
{
  gboolean in_text = FALSE;

  for (const char *c = json; *c != '\0'; c++)
    {
      if (in_text && *c == '\\')
        {
          g_string_append_len (lines, c, 2);
          c++;
          continue;
        }
      if (*c == '"')
        in_text = !in_text;
      if (in_text && strchr ("${'", *c) != NULL)
        g_string_append_printf (lines, "\\u%04x", *c);
      else
        g_string_append_c (lines, *c);
    }
}

static void
append_comment (GString              *lines,
                const RunnelFlowStep *step,
                RunnelShellParts      parts)
{
  JsonObject *comment = make_comment (step, parts);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), comment);
  g_autoptr(GString) json = g_string_new (NULL);

  json_object_unref (comment);
  if (json_object_get_size (comment) == 0)
    return;
  runnel_json_write_compact (json, node);
  g_string_append (lines, RUNNEL_SHELL_COMMENT);
  append_inert (lines, json->str);
  g_string_append_c (lines, '\n');
}

/* The code. */

static void
append_folder (GString              *lines,
               const RunnelFlowStep *step)
{
  g_autofree char *word = runnel_shell_say_word (step->folder, NULL, NULL);

  if (word != NULL)
    g_string_append_printf (lines, "cd %s%s\n", word[0] == '-' ? "./" : "", word);
}

static gboolean
has_line (const char *text,
          const char *line)
{
  gsize length = strlen (line);

  while (text != NULL)
    {
      if (strncmp (text, line, length) == 0 && (text[length] == '\n' || text[length] == '\0'))
        return TRUE;
      text = strchr (text, '\n');
      if (text != NULL)
        text++;
    }

  return FALSE;
}

/* A word that ends the text, and is no line of it. */
char *
_runnel_shell_choose_end (const char *text)
{
  char *end = g_strdup ("END");

  for (guint i = 2; has_line (text, end); i++)
    {
      g_free (end);
      end = g_strdup_printf ("END_%u", i);
    }

  return end;
}

static void
append_file (GString              *lines,
             const RunnelFlowStep *step)
{
  g_autofree char *end = _runnel_shell_choose_end (step->text);

  g_string_append_printf (lines, "script=$(mktemp -d)/step%s\n",
                          g_str_equal (step->shell, "pwsh") ? ".ps1" : "");
  g_string_append (lines, "trap 'rm -rf \"${script%/*}\"' EXIT\n");
  g_string_append_printf (lines, RUNNEL_SHELL_FILE "'%s'\n%s%s%s\n", end, step->text,
                          g_str_has_suffix (step->text, "\n") ? "" : "\n", end);
}

/* What runs the script whose path is in `variable`. pwsh goes on after errors and forgets the exit
 * code of the last program, unless told so. */
char *
_runnel_shell_say_interpreter (const char *shell,
                               const char *variable)
{
  g_autofree char *flags = NULL;

  if (g_str_equal (shell, "pwsh"))
    return g_strdup_printf ("pwsh -NoProfile -NonInteractive -Command "
                            "\"\\$ErrorActionPreference = 'Stop'; & '$%s'; exit \\$LASTEXITCODE\"",
                            variable);
  flags = runnel_flow_get_flags (shell);

  return g_strdup_printf ("%s%s%s \"$%s\"", shell, *flags != '\0' ? " " : "", flags, variable);
}

static void
append_attempt (GString              *lines,
                const RunnelFlowStep *step,
                RunnelShellParts      parts)
{
  g_autofree char *interpreter =
    _runnel_shell_say_interpreter (has_interpreter (step, parts) ? step->shell : "sh", "script");

  if (has_timeout (step, parts))
    {
      g_autofree char *seconds = _runnel_shell_say_seconds (step->timeout);

      g_string_append_printf (lines, "timeout -k %d %s ", KILL_AFTER, seconds);
    }
  g_string_append_printf (lines, "%s </dev/null", interpreter);
}

static void
append_loop (GString              *lines,
             const RunnelFlowStep *step,
             RunnelShellParts      parts)
{
  g_autofree char *delay = NULL;

  g_string_append (lines,
                   "attempt=1\nwhile :; do\n  export RUNNEL_ATTEMPT=\"$attempt\"\n  status=0\n  ");
  append_attempt (lines, step, parts);
  g_string_append (lines, " || status=$?\n");
  g_string_append_printf (lines,
                          "  if [ \"$status\" -eq 0 ] || [ \"$attempt\" -gt %u ]; then break; fi\n",
                          step->retry->max);
  _runnel_shell_append_retry_rule (lines, step, "break");
  g_string_append (lines, "  echo \"exit code $status, and it is tried again\" >&2\n");
  delay = _runnel_shell_say_delay (step->retry);
  if (delay != NULL)
    g_string_append_printf (lines, "  sleep %s\n", delay);
  g_string_append (lines, "  attempt=$((attempt + 1))\ndone\n");
}

static void
append_end (GString              *lines,
            const RunnelFlowStep *step,
            RunnelShellParts      parts)
{
  g_autofree char *condition = NULL;

  if (!has_continue (step, parts))
    {
      g_string_append (lines, "exit \"$status\"\n");
      return;
    }
  if (step->continues_if != NULL)
    condition = runnel_shell_say_condition (step->continues_if, NULL, NULL);
  if (step->continues_if != NULL && condition == NULL)
    {
      g_string_append (lines, "exit \"$status\"\n");
      return;
    }
  g_string_append_printf (lines, "if [ \"$status\" -ne 0 ]%s%s; then\n",
                          condition != NULL ? " && " : "", condition != NULL ? condition : "");
  g_string_append (
    lines, "  echo \"exit code $status, and it goes on\" >&2\n  exit 0\nfi\nexit \"$status\"\n");
}

static void
append_parts (GString              *lines,
              const RunnelFlowStep *step,
              RunnelShellParts      parts)
{
  append_file (lines, step);
  if (has_retry (step, parts))
    {
      append_loop (lines, step, parts);
      append_end (lines, step, parts);
    }
  else if (has_continue (step, parts))
    {
      if (step->continues_if != NULL && strstr (step->continues_if, "attempts") != NULL)
        g_string_append (lines, "attempt=1\n");
      g_string_append (lines, "status=0\n");
      append_attempt (lines, step, parts);
      g_string_append (lines, " || status=$?\n");
      append_end (lines, step, parts);
    }
  else
    {
      append_attempt (lines, step, parts);
      g_string_append_c (lines, '\n');
    }
}

/**
 * runnel_shell_say_step:
 * @step: a step whose body is %RUNNEL_FLOW_SHELL
 * @parts: what the lines do themselves; what the step does not ask for is left out
 *
 * Writes a step as lines. Without %RUNNEL_SHELL_INTERPRETER and other parts than the folder they
 * are for the `shell` of the step, else for `sh -e`.
 *
 * Returns: (transfer full): the lines, ended by a newline
 */
char *
runnel_shell_say_step (const RunnelFlowStep *step,
                       RunnelShellParts      parts)
{
  GString *lines = g_string_new (NULL);

  g_return_val_if_fail (step != NULL && step->body == RUNNEL_FLOW_SHELL, NULL);

  append_comment (lines, step, parts);
  if (has_folder (step, parts))
    append_folder (lines, step);
  if (has_timeout (step, parts) || has_retry (step, parts) || has_continue (step, parts)
      || has_interpreter (step, parts))
    append_parts (lines, step, parts);
  else
    g_string_append (lines, step->text);

  return g_string_free (lines, FALSE);
}

static void
lose (RunnelCapability *verdict,
      const char       *how,
      const char       *fix)
{
  verdict->fidelity = RUNNEL_FIDELITY_LOST;
  verdict->how = how;
  verdict->fix = fix;
}

/**
 * runnel_shell_judge_step:
 * @step: a step
 * @feature: what it asks for
 * @verdict: what the table of a target says of that feature; lowered where a shell can't say it for
 * this step
 *
 * For the targets that leave timeouts, retries, folders and so on to runnel_shell_say_step().
 */
void
runnel_shell_judge_step (const RunnelFlowStep *step,
                         RunnelFeature         feature,
                         RunnelCapability     *verdict)
{
  g_autofree char *said = NULL;

  g_return_if_fail (step != NULL && verdict != NULL);

  if (feature == RUNNEL_FEATURE_TIMEOUT && step->timeout < 0)
    lose (verdict, N_("the timeout is only known while running"),
          N_("give the timeout as a duration"));
  else if (feature == RUNNEL_FEATURE_RETRY_DELAY && step->retry != NULL
           && (step->retry->delay < 0 || step->retry->max_delay < 0))
    lose (verdict, N_("the delay is only known while running"), N_("give the delay as a duration"));
  else if (feature == RUNNEL_FEATURE_RETRY_RULE && step->retry_condition != NULL
           && (said = runnel_shell_say_condition (step->retry_condition, NULL, NULL)) == NULL)
    lose (verdict, N_("the condition of the retry looks at what a shell does not know"),
          N_("look at steps.self.exit_code or steps.self.attempts only, or use “exit-codes”"));
  else if (feature == RUNNEL_FEATURE_CONTINUE && step->continues_if != NULL
           && (said = runnel_shell_say_condition (step->continues_if, NULL, NULL)) == NULL)
    lose (verdict, N_("the condition looks at what a shell does not know"),
          N_("look at steps.self.exit_code only"));
  else if (feature == RUNNEL_FEATURE_FOLDER && step->folder != NULL
           && (said = runnel_shell_say_word (step->folder, NULL, NULL)) == NULL)
    lose (verdict, N_("the folder can't be computed in a shell"), N_("give the folder as it is"));
}
