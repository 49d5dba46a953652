/* runnel-script.c: a whole pipeline as a program for a POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program has three parts: what the pipeline is, as a table and a few functions for each step;
 * the scheduler, the same in every script (runnel-script-*.sh, kept beside this file, where a
 * checker for shells can read it); and a call of main.
 */
#include "config.h"

#include "interchange/runnel-script.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "interchange/runnel-interchange-resources.h"
#include "interchange/runnel-shell.h"

static void
add_part (RunnelScript *self,
          const char   *name)
{
  g_autofree char *path = g_strdup_printf ("/org/runnel/interchange/%s", name);
  g_autoptr(GBytes) bytes = g_resource_lookup_data (runnel_interchange_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *data;

  g_assert (bytes != NULL);
  data = g_bytes_get_data (bytes, &length);
  g_string_append_c (self->text, '\n');
  g_string_append_len (self->text, data, length);
}

/* What steps know of others is in variables that are empty until then, as null is in expressions.
 */
static void
add_variables (RunnelScript *self,
               const char   *functions)
{
  g_autoptr(GRegex) regex = g_regex_new (
    "\\$(RUNNEL_(OUTPUT|STATE|OUTCOME|CONCLUSION|EXIT_CODE|ATTEMPTS)_\\w+)", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_regex_match (regex, functions, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      if (g_hash_table_contains (names, name))
        continue;
      g_string_append_printf (self->text, "%s=''\n", name);
      g_hash_table_add (names, g_steal_pointer (&name));
    }
  if (g_hash_table_size (names) > 0)
    g_string_append_c (self->text, '\n');
}

/**
 * runnel_script_write:
 * @target: the target that the script is for or a part of
 * @flow: a pipeline
 * @options: what is chosen for the export
 * @by_step: whether it can do one step alone, too, for a program that knows their order
 * @error: return location for a %RUNNEL_EXPORT_ERROR: two steps would have the same name in a shell
 *
 * Returns: (transfer full): the script, or %NULL with @error set
 */
char *
runnel_script_write (const RunnelTarget         *target,
                     const RunnelFlow           *flow,
                     const RunnelExportOptions  *options,
                     gboolean                    by_step,
                     GError                    **error)
{
  RunnelScript self = { target, flow, options, g_string_new (NULL) };
  RunnelScript functions = { target, flow, options, g_string_new (NULL) };
  g_autoptr(GString) text = self.text;
  g_autoptr(GString) functions_text = functions.text;
  g_autoptr(GPtrArray) items = _runnel_script_list_items (flow, error);

  if (items == NULL)
    return NULL;

  for (guint i = 0; i < items->len; i++)
    _runnel_script_add_functions (&functions, g_ptr_array_index (items, i));

  _runnel_script_add_head (&self);
  add_part (&self, "runnel-script-options.sh");
  g_string_append_c (self.text, '\n');
  _runnel_script_add_parameters (&self);
  _runnel_script_add_table (&self, items);
  g_string_append_c (self.text, '\n');
  add_variables (&self, functions.text->str);
  g_string_append (self.text, functions.text->str);
  add_part (&self, "runnel-script-schedule.sh");
  add_part (&self, "runnel-script-attempt.sh");
  if (by_step)
    add_part (&self, "runnel-script-single.sh");
  g_string_append (self.text,
                   by_step ? "\nif [ \"${1:-}\" = --state ]; then\n  be_part \"$@\"\n  exit\nfi\n"
                           : "\n");
  g_string_append (self.text, "stamps=''\nread_options \"$@\"\ncheck_parameters\n"
                              "set_environment\nmain\n");

  return g_string_free (g_steal_pointer (&text), FALSE);
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

static gboolean
can_say_all (GArray                 *env,
             const RunnelShellScope *scope)
{
  for (guint i = 0; i < env->len; i++)
    {
      g_autofree char *word =
        runnel_shell_say_word (g_array_index (env, RunnelFlowVariable, i).value, scope, NULL);

      if (word == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
are_variables (GArray *env)
{
  for (guint i = 0; i < env->len; i++)
    if (!runnel_shell_is_variable (g_array_index (env, RunnelFlowVariable, i).name))
      return FALSE;

  return TRUE;
}

static void
judge_expressions (const RunnelFlow     *flow,
                   const RunnelFlowStep *step,
                   RunnelFeature         feature,
                   RunnelCapability     *verdict)
{
  RunnelShellScope scope = { flow, step, "x", "true", "true", "true" };
  GArray *env = step != NULL ? step->env : flow->env;
  g_autofree char *condition = NULL;

  if (feature == RUNNEL_FEATURE_CONDITION
      && (condition = runnel_shell_say_condition (step->condition, &scope, NULL)) == NULL)
    lose (verdict, N_("the condition can't be said in a shell, so the step is skipped"),
          N_("compare parameters, outputs and outcomes only"));
  else if ((feature == RUNNEL_FEATURE_EXPRESSION || feature == RUNNEL_FEATURE_OUTPUTS
            || feature == RUNNEL_FEATURE_ENV)
           && !can_say_all (env, &scope))
    lose (verdict, N_("a value of “env” can't be said in a shell, so the variable is not set"),
          N_("let the script make the value"));
  else if (feature == RUNNEL_FEATURE_ENV && !are_variables (env))
    lose (verdict, N_("no shell can set a variable with such a name"),
          N_("use letters, digits and _ only"));
}

static void
judge_kind (const RunnelFlowStep *step,
            RunnelFeature         feature,
            RunnelCapability     *verdict)
{
  if ((feature == RUNNEL_FEATURE_HTTP || feature == RUNNEL_FEATURE_WAIT)
      && step->body != RUNNEL_FLOW_SHELL)
    lose (verdict, N_("it looks into the answer, or waits for a point in time; the step fails"),
          N_("use a script with curl, jq or sleep"));
  else if (feature == RUNNEL_FEATURE_SUBPIPELINE
           && (json_object_has_member (step->with, "outputs")))
    lose (verdict, N_("the outputs of the other pipeline do not come out"),
          N_("let a script call “runnel run”"));
}

/**
 * runnel_script_judge:
 * @flow: a pipeline
 * @step: (nullable): a step of it
 * @feature: what it asks for
 * @options: what is chosen for the export
 * @verdict: what the table says
 *
 * The judge of all targets that run runnel_script_write().
 */
void
runnel_script_judge (const RunnelFlow          *flow,
                     const RunnelFlowStep      *step,
                     RunnelFeature              feature,
                     const RunnelExportOptions *options,
                     RunnelCapability          *verdict)
{
  judge_expressions (flow, step, feature, verdict);
  if (step == NULL)
    return;
  judge_kind (step, feature, verdict);
  runnel_shell_judge_step (step, feature, verdict);
  if (feature == RUNNEL_FEATURE_POOL
      && (flow->pools == NULL || !json_object_has_member (flow->pools, step->pool)))
    lose (verdict, N_("the pool is one of the machine, which the script does not know"),
          N_("declare the pool in the pipeline"));
  if (feature == RUNNEL_FEATURE_ARTIFACTS)
    {
      g_autofree char *program = _runnel_script_say_patterns (step->artifacts);

      if (program == NULL)
        lose (verdict, N_("the patterns are only known while running"),
              N_("write the patterns without expressions"));
    }
}
