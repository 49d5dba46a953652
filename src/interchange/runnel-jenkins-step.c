/* runnel-jenkins-step.c: what a step does, in a Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All stages share the workspace of one agent, so files go from step to step by themselves. Outputs
 * are files below .runnel, which the function output () of each exported file reads.
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "interchange/runnel-shell.h"
#include "model/runnel-duration.h"

#define SECRET "${{ secrets."

/* Whether retries are a loop in the shell, because Jenkins repeats at once and after any failure. */
gboolean
_runnel_jenkins_has_loop (const RunnelFlowStep *step)
{
  const RunnelRetry *retry = step->retry;

  return step->body == RUNNEL_FLOW_SHELL && retry != NULL && retry->max > 0
         && (retry->delay != 0 || retry->jitter > 0 || retry->n_exit_codes > 0
             || step->retry_condition != NULL || step->timeout != 0);
}

static RunnelShellParts
choose_parts (const RunnelFlowStep *step)
{
  RunnelShellParts parts = RUNNEL_SHELL_BODY;

  if (!g_str_equal (step->shell, "sh"))
    parts |= RUNNEL_SHELL_INTERPRETER;
  if (_runnel_jenkins_has_loop (step))
    parts |= RUNNEL_SHELL_RETRY | (step->timeout > 0 ? RUNNEL_SHELL_TIMEOUT : 0);

  return parts;
}

/* Files are copied to where later steps look for them, and kept by Jenkins. */
static void
add_artifacts (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autoptr(GString) copy = g_string_new (NULL);
  g_autoptr(GString) patterns = g_string_new (NULL);
  g_autofree char *copy_quoted = NULL;
  g_autofree char *patterns_quoted = NULL;

  if (step->artifacts->len == 0)
    return;

  g_string_append_printf (copy, "mkdir -p .runnel/artifacts/%s\ncp -R --parents --", step->id);
  for (guint i = 0; i < step->artifacts->len; i++)
    {
      const char *pattern = g_ptr_array_index (step->artifacts, i);

      g_string_append_printf (copy, " %s", pattern);
      g_string_append_printf (patterns, "%s%s", i > 0 ? "," : "", pattern);
    }
  g_string_append_printf (copy, " .runnel/artifacts/%s\n", step->id);
  copy_quoted = _runnel_jenkins_quote_lines (copy->str);
  patterns_quoted = _runnel_jenkins_quote (patterns->str);
  _runnel_jenkins_line (self, "sh %s", copy_quoted);
  _runnel_jenkins_line (self, "archiveArtifacts artifacts: %s, allowEmptyArchive: true",
                        patterns_quoted);
}

static void
add_lines (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autofree char *lines = runnel_shell_say_step (step, choose_parts (step));
  g_autofree char *with_shell = g_strconcat ("#!/bin/sh -e\n", lines, NULL);
  g_autofree char *quoted = _runnel_jenkins_quote_lines (with_shell);

  if (step->outputs->len > 0)
    _runnel_jenkins_line (self, "sh 'mkdir -p .runnel/outputs && : > .runnel/outputs/%s'",
                          step->id);
  _runnel_jenkins_line (self, "sh %s", quoted);
}

static void
add_approval (RunnelJenkins *self, const RunnelFlowStep *step, JsonObject *leg)
{
  const char *prompt = json_object_get_string_member_with_default (step->with, "prompt", "");
  const char *timeout = json_object_get_string_member_with_default (step->with, "timeout", NULL);
  g_autofree char *said = _runnel_jenkins_say_text (self->flow, leg, prompt);
  gint64 duration = 0;

  if (timeout != NULL && runnel_duration_parse (timeout, &duration, NULL))
    _runnel_jenkins_open (self, "timeout(time: %" G_GINT64_FORMAT ", unit: 'SECONDS')",
                          MAX (duration / G_TIME_SPAN_SECOND, 1));
  _runnel_jenkins_line (self, "input message: %s", said != NULL ? said : "''");
  if (duration > 0)
    _runnel_jenkins_close (self);
}

/* Another pipeline is a job of its own, named after its file. */
static void
add_build (RunnelJenkins *self, const RunnelFlowStep *step, JsonObject *leg)
{
  const char *file = json_object_get_string_member_with_default (step->with, "file", "");
  JsonNode *node = json_object_get_member (step->with, "parameters");
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *quoted = NULL;
  g_autoptr(GString) parameters = g_string_new (NULL);

  if (g_str_has_suffix (base, RUNNEL_FILE_SUFFIX))
    base[strlen (base) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &value))
        {
          g_autofree char *text = runnel_value_to_text (value);
          g_autofree char *said = _runnel_jenkins_say_text (self->flow, leg, text);
          g_autofree char *name_quoted = _runnel_jenkins_quote (name);

          g_string_append_printf (parameters, "%sstring(name: %s, value: %s)",
                                  parameters->len > 0 ? ", " : "", name_quoted,
                                  said != NULL ? said : "''");
        }
    }
  quoted = _runnel_jenkins_quote (base);
  _runnel_jenkins_line (self, "build job: %s, parameters: [%s], wait: true, propagate: true",
                        quoted, parameters->str);
}

/* What a construct of Jenkins that was kept as it is says. */
static void
add_kept (RunnelJenkins *self, const RunnelFlowStep *step)
{
  JsonNode *definition = json_object_get_member (step->with, "definition");
  const char *text = definition != NULL && JSON_NODE_HOLDS_VALUE (definition)
                       ? json_node_get_string (definition)
                       : NULL;

  _runnel_jenkins_add_source (self, text);
}

static void
add_deed (RunnelJenkins *self, const RunnelFlowStep *step, JsonObject *leg)
{
  JsonNode *system = json_object_get_member (step->with, "system");

  if (step->body == RUNNEL_FLOW_SHELL)
    add_lines (self, step);
  else if (step->body == RUNNEL_FLOW_APPROVAL)
    add_approval (self, step, leg);
  else if (step->body == RUNNEL_FLOW_PIPELINE)
    add_build (self, step, leg);
  else if (step->body == RUNNEL_FLOW_FOREIGN && system != NULL && JSON_NODE_HOLDS_VALUE (system)
           && g_strcmp0 (json_node_get_string (system), runnel_target_jenkins.name) == 0)
    add_kept (self, step);
  else
    _runnel_jenkins_line (self, "echo 'nothing to do'");
}

/* Writes what the step does, without its environment: into `steps` or a closure. */
void
_runnel_jenkins_add_body (RunnelJenkins *self, const RunnelFlowStep *step, JsonObject *leg)
{
  g_autofree char *folder =
    step->folder != NULL ? _runnel_jenkins_say_text (self->flow, leg, step->folder) : NULL;
  gboolean has_loop = _runnel_jenkins_has_loop (step);
  gboolean repeats = step->retry != NULL && step->retry->max > 0 && !has_loop;
  gboolean is_timed = step->timeout > 0 && !has_loop;

  /* A timeout is that of an attempt, so it stands inside of what repeats them. */
  if (repeats)
    _runnel_jenkins_open (self, "retry(%u)", step->retry->max + 1);
  if (is_timed)
    _runnel_jenkins_open (self, "timeout(time: %" G_GINT64_FORMAT ", unit: 'MILLISECONDS')",
                          MAX (step->timeout / G_TIME_SPAN_MILLISECOND, 1));
  if (folder != NULL)
    _runnel_jenkins_open (self, "dir(%s)", folder);
  add_deed (self, step, leg);
  if (folder != NULL)
    _runnel_jenkins_close (self);
  if (is_timed)
    _runnel_jenkins_close (self);
  if (repeats)
    _runnel_jenkins_close (self);
  add_artifacts (self, step);
}

/* The name of the secret when the value is nothing but one; (transfer full). */
char *
_runnel_jenkins_get_secret (const char *value)
{
  g_autofree char *stripped = g_strstrip (g_strdup (value));
  gsize length = strlen (stripped);

  if (!g_str_has_prefix (stripped, SECRET) || !g_str_has_suffix (stripped, "}}"))
    return NULL;

  stripped[length - 2] = '\0';

  return g_strdup (g_strstrip (stripped + strlen (SECRET)));
}

static void
add_leg_values (GString *list, JsonObject *leg)
{
  JsonObjectIter iter;
  const char *axis;
  JsonNode *value;

  json_object_iter_init (&iter, leg);
  while (json_object_iter_next (&iter, &axis, &value))
    {
      g_autofree char *name = runnel_parameters_get_variable ("RUNNEL_MATRIX_", axis);
      g_autofree char *text = runnel_value_to_text (value);
      g_autofree char *pair = g_strdup_printf ("%s=%s", name, text);
      g_autofree char *quoted = _runnel_jenkins_quote (pair);

      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", quoted);
    }
}

/* Writes the body inside of the environment that the step has to itself. */
void
_runnel_jenkins_add_with_env (RunnelJenkins *self, const RunnelFlowStep *step, JsonObject *leg)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autoptr(GString) credentials = g_string_new (NULL);

  if (leg != NULL)
    add_leg_values (list, leg);
  if (step->outputs->len > 0)
    g_string_append_printf (list, "%s\"RUNNEL_OUTPUT=${env.WORKSPACE}/.runnel/outputs/%s\"",
                            list->len > 0 ? ", " : "", step->id);
  for (guint i = 0; i < step->env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (step->env, RunnelFlowVariable, i);
      g_autofree char *secret = _runnel_jenkins_get_secret (variable->value);
      g_autofree char *said = NULL;

      if (secret != NULL)
        {
          g_string_append_printf (credentials, "%sstring(credentialsId: '%s', variable: '%s')",
                                  credentials->len > 0 ? ", " : "", secret, variable->name);
          continue;
        }
      said = _runnel_jenkins_say_text (self->flow, leg, variable->value);
      g_string_append_printf (list, "%s'%s=' + %s", list->len > 0 ? ", " : "", variable->name,
                              said != NULL ? said : "''");
    }

  if (list->len > 0)
    _runnel_jenkins_open (self, "withEnv([%s])", list->str);
  if (credentials->len > 0)
    _runnel_jenkins_open (self, "withCredentials([%s])", credentials->str);
  _runnel_jenkins_add_body (self, step, leg);
  if (credentials->len > 0)
    _runnel_jenkins_close (self);
  if (list->len > 0)
    _runnel_jenkins_close (self);
}
