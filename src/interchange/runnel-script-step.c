/* runnel-script-step.c: what an exported script does for one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a step with key K there are do_K(), and where it has them if_K(), again_K(), tolerates_K() and
 * files_of_K(); of a leg there is values_of_K().
 */
#include "config.h"

#include "interchange/runnel-script.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "expr/runnel-expr.h"
#include "interchange/runnel-shell-private.h"
#include "model/runnel-duration.h"

static RunnelShellScope
make_scope (RunnelScript           *self,
            const RunnelScriptItem *item)
{
  RunnelShellScope scope = {
    .flow = self->flow,
    .step = item->step,
    .success = "[ \"$success\" = true ]",
    .failure = "[ \"$failure\" = true ]",
    .cancelled = "[ \"$cancelled\" = true ]",
  };

  return scope;
}

/* Variables whose values can't be said are left out; a comment told of that. */
void
_runnel_script_add_env (RunnelScript           *self,
                        GArray                 *env,
                        const RunnelShellScope *scope,
                        const char             *indent)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (env, RunnelFlowVariable, i);
      g_autofree char *word = runnel_shell_say_word (variable->value, scope, NULL);

      if (word == NULL || !runnel_shell_is_variable (variable->name))
        continue;
      g_string_append_printf (self->text, "%s%s=%s\n", indent, variable->name, word);
      g_string_append_printf (names, " %s", variable->name);
    }
  if (names->len > 0)
    g_string_append_printf (self->text, "%sexport%s\n", indent, names->str);
}

static void
add_condition (RunnelScript           *self,
               const RunnelScriptItem *item,
               const char             *function,
               const char             *condition,
               const RunnelShellScope *scope)
{
  g_autofree char *command = runnel_shell_say_condition (condition, scope, NULL);

  g_string_append_printf (self->text, "%s_%s () {\n  %s\n}\n\n", function, item->key,
                          command != NULL ? command : "false");
}

static void
add_again (RunnelScript           *self,
           const RunnelScriptItem *item)
{
  g_autofree char *delay = _runnel_shell_say_delay (item->step->retry);

  g_string_append_printf (self->text, "again_%s () {\n", item->key);
  _runnel_shell_append_retry_rule (self->text, item->step, "return 1");
  g_string_append_printf (self->text, "  delay=%s\n}\n\n", delay != NULL ? delay : "0");
}

static void
add_files (RunnelScript           *self,
           const RunnelScriptItem *item)
{
  g_autofree char *program = _runnel_script_say_patterns (item->step->artifacts);

  g_string_append_printf (self->text, "files_of_%s () {\n  find . -type f | awk '%s' | sort\n}\n\n",
                          item->key, program != NULL ? program : "0");
}

static void
add_values (RunnelScript           *self,
            const RunnelScriptItem *item)
{
  g_autoptr(GString) names = g_string_new (NULL);
  JsonObjectIter iter;
  const char *axis;
  JsonNode *value;

  g_string_append_printf (self->text, "values_of_%s () {\n", item->key);
  json_object_iter_init_ordered (&iter, item->leg);
  while (json_object_iter_next_ordered (&iter, &axis, &value))
    {
      g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_MATRIX_", axis);
      g_autofree char *text = runnel_value_to_text (value);
      g_autofree char *word = runnel_flow_quote (text);

      g_string_append_printf (self->text, "  %s=%s\n", variable, word);
      g_string_append_printf (names, " %s", variable);
    }
  g_string_append_printf (self->text, names->len > 0 ? "  export%s\n}\n\n" : "  :%s\n}\n\n",
                          names->str);
}

static char *
say_limit (const RunnelFlowStep *step)
{
  return _runnel_shell_say_seconds (MAX (step->timeout, 0));
}

static void
append_lines (RunnelScript         *self,
              const RunnelFlowStep *step)
{
  g_autofree char *end = _runnel_shell_choose_end (step->text);
  g_autofree char *interpreter = _runnel_shell_say_interpreter (step->shell, "RUNNEL_SCRIPT");
  g_autofree char *seconds = say_limit (step);

  if (g_str_equal (step->shell, "pwsh"))
    g_string_append (self->text, "  RUNNEL_SCRIPT=$RUNNEL_SCRIPT.ps1\n");
  g_string_append_printf (self->text, "  cat >\"$RUNNEL_SCRIPT\" <<'%s'\n%s%s%s\n", end, step->text,
                          g_str_has_suffix (step->text, "\n") ? "" : "\n", end);
  g_string_append_printf (self->text, "  limit %s %s\n", seconds, interpreter);
}

static void
append_question (RunnelScript         *self,
                 const RunnelFlowStep *step,
                 const RunnelShellScope *scope)
{
  const char *prompt = json_object_get_string_member_with_default (step->with, "prompt", "");
  const char *timeout = json_object_get_string_member_with_default (step->with, "timeout", NULL);
  const char *on_timeout =
    json_object_get_string_member_with_default (step->with, "on-timeout", "fail");
  g_autofree char *word = runnel_shell_say_word (prompt, scope, NULL);
  g_autofree char *fallback = runnel_flow_quote (step->id);
  g_autofree char *seconds = NULL;
  gint64 duration = 0;

  if (timeout != NULL)
    runnel_duration_parse (timeout, &duration, NULL);
  seconds = _runnel_shell_say_seconds (duration);
  g_string_append_printf (self->text, "  ask %s %s %s\n", word != NULL ? word : fallback, seconds,
                          on_timeout);
}

static void
append_pipeline (RunnelScript           *self,
                 const RunnelFlowStep   *step,
                 const RunnelShellScope *scope)
{
  const char *file = json_object_get_string_member_with_default (step->with, "file", "");
  g_autofree char *file_word = runnel_shell_say_word (file, scope, NULL);
  g_autofree char *seconds = say_limit (step);
  JsonNode *parameters = json_object_get_member (step->with, "parameters");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_string_append_printf (self->text, "  limit %s %s run %s", seconds, self->options->command,
                          file_word != NULL ? file_word : "''");
  if (parameters != NULL && JSON_NODE_HOLDS_OBJECT (parameters))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (parameters));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *text = runnel_value_to_text (value);
          g_autofree char *pair = g_strdup_printf ("%s=%s", name, text);
          g_autofree char *word = runnel_shell_say_word (pair, scope, NULL);

          if (word != NULL)
            g_string_append_printf (self->text, " -p %s", word);
        }
    }
  g_string_append_c (self->text, '\n');
}

static void
append_folder (RunnelScript           *self,
               const RunnelFlowStep   *step,
               const RunnelShellScope *scope)
{
  g_autofree char *word = NULL;

  if (step->folder == NULL)
    return;
  word = runnel_shell_say_word (step->folder, scope, NULL);
  if (word != NULL)
    g_string_append_printf (self->text, "  cd %s%s || exit 1\n", word[0] == '-' ? "./" : "", word);
}

static void
add_do (RunnelScript           *self,
        const RunnelScriptItem *item,
        const RunnelShellScope *scope)
{
  const RunnelFlowStep *step = item->step;

  g_string_append_printf (self->text, "do_%s () {\n", item->key);
  _runnel_script_add_env (self, step->env, scope, "  ");
  append_folder (self, step, scope);
  switch (step->body)
    {
    case RUNNEL_FLOW_SHELL:
      append_lines (self, step);
      break;
    case RUNNEL_FLOW_APPROVAL:
      append_question (self, step, scope);
      break;
    case RUNNEL_FLOW_PIPELINE:
      append_pipeline (self, step, scope);
      break;
    case RUNNEL_FLOW_FOREIGN:
    case RUNNEL_FLOW_OTHER:
    default:
      g_string_append (self->text,
                       "  echo \"$RUNNEL_STEP: a shell can't do what this step does\" >&2\n"
                       "  exit 1\n");
      break;
    }
  g_string_append (self->text, "}\n\n");
}

static void
add_comments (RunnelScript           *self,
              const RunnelScriptItem *item)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (self->target, self->flow, item->step, self->options);

  g_string_append_printf (self->text, "# %s", item->name);
  if (!g_str_equal (item->step->title, item->step->id) && g_str_equal (item->name, item->step->id))
    {
      g_auto(GStrv) lines = g_strsplit (item->step->title, "\n", -1);
      g_autofree char *title = g_strjoinv (" ", lines);

      g_string_append_printf (self->text, ": %s", title);
    }
  g_string_append_c (self->text, '\n');
  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (self->text, "# runnel: %s\n",
                            (const char *) g_ptr_array_index (losses, i));
}

/* Of a leg or its undo only what differs from the others. */
void
_runnel_script_add_functions (RunnelScript           *self,
                              const RunnelScriptItem *item)
{
  const RunnelFlowStep *step = item->step;
  RunnelShellScope scope = make_scope (self, item);
  RunnelShellScope attempt_scope = { .flow = self->flow, .step = step };
  g_autofree char *undone = NULL;

  if (item->is_leg)
    add_values (self, item);
  if (!g_str_equal (item->key, item->base))
    return;

  if (g_str_has_suffix (item->name, ".undo"))
    undone = g_strndup (item->name, strlen (item->name) - strlen (".undo"));
  scope.self = undone;
  add_comments (self, item);
  if (step->condition != NULL)
    add_condition (self, item, "if", step->condition, &scope);
  add_do (self, item, &scope);
  if (step->retry != NULL && step->retry->max > 0)
    add_again (self, item);
  if (step->continues)
    g_string_append_printf (self->text, "tolerates_%s () {\n  true\n}\n\n", item->key);
  else if (step->continues_if != NULL)
    add_condition (self, item, "tolerates", step->continues_if, &attempt_scope);
  if (step->artifacts->len > 0)
    add_files (self, item);
}
