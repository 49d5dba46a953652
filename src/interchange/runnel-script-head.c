/* runnel-script-head.c: the beginning of an exported script, up to its parameters
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-script.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "expr/runnel-expr.h"
#include "interchange/runnel-shell-private.h"

static void
add_comment (RunnelScript *self,
             const char   *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    g_string_append_printf (self->text, "#%s%s\n", **line != '\0' ? " " : "", *line);
}

/* What people call the pipeline. */
static char *
dup_title (const RunnelFlow *flow)
{
  return flow->name != NULL ? g_strdup (flow->name) : runnel_target_get_stem (flow);
}

static void
append_usage_of_parameter (GString               *usage,
                           const RunnelParameter *parameter)
{
  g_autofree char *value =
    parameter->default_value != NULL ? runnel_value_to_text (parameter->default_value) : NULL;

  g_string_append_printf (usage, "  %s", parameter->name);
  if (parameter->description != NULL)
    g_string_append_printf (usage, ": %s", parameter->description);
  if (parameter->choices != NULL)
    {
      g_autofree char *choices = g_strjoinv (", ", (char **) parameter->choices);

      g_string_append_printf (usage, " (%s)", choices);
    }
  if (value != NULL)
    g_string_append_printf (usage, " [%s]", value);
  else if (parameter->required)
    g_string_append (usage, " (required)");
  g_string_append_c (usage, '\n');
}

static void
add_usage (RunnelScript *self)
{
  const RunnelFlow *flow = self->flow;
  g_autoptr(GString) usage = g_string_new (NULL);
  g_autofree char *title = dup_title (flow);
  g_autofree char *end = NULL;

  g_string_append_printf (usage, "%s\n\n", title);
  if (flow->description != NULL)
    g_string_append_printf (usage, "%s\n\n", flow->description);
  g_string_append (
    usage, "  -p, --param NAME=VALUE  give a parameter a value\n"
           "  -j, --jobs N            run at most N steps at once\n"
           "      --approve STEP      answer the question of a step with yes; “all” of all\n"
           "      --artifacts FOLDER  keep the artifacts of the steps there\n"
           "  -h, --help              show this\n");
  if (flow->n_parameters > 0)
    g_string_append (usage,
                     "\nParameters, also taken from the environment as RUNNEL_PARAM_NAME:\n");
  for (guint i = 0; i < flow->n_parameters; i++)
    append_usage_of_parameter (usage, &flow->parameters[i]);
  g_string_append (usage,
                   "\nExits with 0 when the run succeeded, 1 when it failed, 130 when it was "
                   "cancelled.\n");

  end = _runnel_shell_choose_end (usage->str);
  g_string_append_printf (self->text, "\nusage () {\n  cat <<'%s'\n%s%s\n}\n", end, usage->str,
                          end);
}

/* Comments, and the folder that all paths of the pipeline are relative to. */
void
_runnel_script_add_head (RunnelScript *self)
{
  const RunnelFlow *flow = self->flow;
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (self->target, flow, NULL, self->options);
  g_autofree char *title = dup_title (flow);
  g_autofree char *folder = flow->file != NULL ? g_path_get_dirname (flow->file) : g_strdup (".");

  g_string_append (self->text, "#!/bin/sh\n");
  add_comment (self, title);
  if (flow->description != NULL)
    {
      add_comment (self, "");
      add_comment (self, flow->description);
    }
  g_string_append_printf (self->text,
                          "#\n# Written by “runnel export --to %s”. Needs a POSIX shell, awk and "
                          "timeout; see --help.\n",
                          self->target->name);
  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (self->text, "# runnel: %s\n",
                            (const char *) g_ptr_array_index (losses, i));
  g_string_append (self->text,
                   "\n# Variables and functions of a step are called by names made of its id.\n"
                   "# shellcheck disable=SC2034,SC2154,SC2317\n\n");
  if (g_str_equal (folder, "."))
    g_string_append (self->text, "cd \"$(dirname \"$0\")\" || exit 3\n");
  else if (g_path_is_absolute (folder))
    {
      g_autofree char *word = runnel_flow_quote (folder);

      g_string_append_printf (self->text, "cd %s || exit 3\n", word);
    }
  else
    {
      g_autofree char *word = runnel_flow_quote (folder);

      g_string_append_printf (self->text, "cd \"$(dirname \"$0\")\"/%s || exit 3\n", word);
    }
  add_usage (self);
}

static void
add_set_parameter (RunnelScript *self)
{
  g_string_append (self->text, "set_parameter () {\n  case $1 in\n");
  for (guint i = 0; i < self->flow->n_parameters; i++)
    {
      const char *name = self->flow->parameters[i].name;
      g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", name);

      g_string_append_printf (self->text, "    %s=*) %s=${1#*=} ;;\n", name, variable);
    }
  g_string_append (self->text,
                   "    *=*) refuse \"there is no parameter ${1%%=*}; see --help\" ;;\n"
                   "    *) refuse 'a parameter is given as NAME=VALUE' ;;\n  esac\n}\n\n");
}

static void
add_check (RunnelScript          *self,
           const RunnelParameter *parameter,
           const char            *variable)
{
  g_autofree char *name = runnel_flow_quote (parameter->name);

  switch (parameter->type)
    {
    case RUNNEL_PARAMETER_NUMBER:
      g_string_append_printf (self->text, "    number %s \"$%s\"\n", name, variable);
      break;
    case RUNNEL_PARAMETER_BOOLEAN:
      g_string_append_printf (self->text, "    %s=$(boolean %s \"$%s\") || exit 2\n", variable,
                              name, variable);
      break;
    case RUNNEL_PARAMETER_CHOICE:
      g_string_append_printf (self->text, "    one_of %s \"$%s\"", name, variable);
      for (const char *const *choice = parameter->choices; choice != NULL && *choice != NULL;
           choice++)
        {
          g_autofree char *word = runnel_flow_quote (*choice);

          g_string_append_printf (self->text, " %s", word);
        }
      g_string_append_c (self->text, '\n');
      break;
    case RUNNEL_PARAMETER_STRING:
    default:
      break;
    }
}

static void
add_parameter (RunnelScript          *self,
               const RunnelParameter *parameter)
{
  g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", parameter->name);

  if (parameter->default_value != NULL)
    {
      g_autofree char *text = runnel_value_to_text (parameter->default_value);
      g_autofree char *word = runnel_flow_quote (text);

      g_string_append_printf (self->text, "  if [ -z \"${%s+set}\" ]; then %s=%s; fi\n", variable,
                              variable, word);
    }
  else if (parameter->required)
    {
      g_string_append_printf (
        self->text,
        "  if [ -z \"${%s+set}\" ]; then refuse 'parameter %s needs a value'; "
        "fi\n",
        variable, parameter->name);
    }
  g_string_append_printf (self->text, "  if [ -n \"${%s+set}\" ]; then\n", variable);
  add_check (self, parameter, variable);
  g_string_append_printf (self->text, "    export %s\n  fi\n", variable);
}

/* A secret reaches only the steps that ask for it, so it does not stay in the environment. */
static void
add_secrets (RunnelScript *self)
{
  for (guint i = 0; i < self->flow->secrets->len; i++)
    {
      const char *name = g_ptr_array_index (self->flow->secrets, i);
      g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_SECRET_", name);

      g_string_append_printf (self->text,
                              "  if [ -z \"${%s+set}\" ]; then\n"
                              "    refuse 'the secret %s has no value: set %s'\n  fi\n"
                              "  secret=$%s\n  unset %s\n  %s=$secret\n",
                              variable, name, variable, variable, variable, variable);
    }
}

/* Functions that take, complete and check parameters, and set what all steps have. */
void
_runnel_script_add_parameters (RunnelScript *self)
{
  const RunnelFlow *flow = self->flow;
  RunnelShellScope scope = { .flow = flow };

  add_set_parameter (self);
  g_string_append (self->text, "check_parameters () {\n");
  for (guint i = 0; i < flow->n_parameters; i++)
    add_parameter (self, &flow->parameters[i]);
  add_secrets (self);
  g_string_append (self->text, "  :\n}\n\nset_environment () {\n");
  _runnel_script_add_env (self, flow->env, &scope, "  ");
  g_string_append (self->text, "  :\n}\n\n");
}
