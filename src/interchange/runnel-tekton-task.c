/* runnel-tekton-task.c: a step as a task of a Tekton pipeline, with its specification inside
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-tekton-private.h"
#include "interchange/runnel-shell-dialect.h"
#include "interchange/runnel-shell.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "model/runnel-duration.h"

static void
add_result (RunnelTektonMaker      *self,
            const char *name)
{
  JsonObject *result = json_object_new ();

  json_object_set_string_member (result, "name", name);
  json_object_set_string_member (result, "type", "string");
  json_array_add_object_element (runnel_kube_add_array (self->spec, "results"), result);
}

/* What is told at the end of a task that does not fail itself. */
static char *
say_end (RunnelTektonMaker *self)
{
  g_autofree char *artifacts = runnel_kube_say_artifacts (self->step);

  return g_strdup_printf (
    "%s%s", artifacts,
    _runnel_tekton_is_gated (self) && self->phase == NULL
      ? "if [ \"$code\" = 0 ]; then outcome=success; else outcome=failure; fi\n"
        "printf '%s' \"$outcome\" > \"$(results.outcome.path)\"\n"
        "printf false > \"$(results.after.path)\"\n"
      : "");
}

/* What Tekton would replace. */
static gboolean
has_references (const char *text)
{
  return g_regex_match_simple ("\\$\\((params|tasks|context|workspaces|results|steps|step|inputs|"
                               "outputs|credentials|artifacts)[.\\[]",
                               text, 0, 0);
}

static void
set_wrapped (RunnelTektonMaker      *self,
             const char *text,
             const char *shell)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *interpreter = runnel_kube_get_interpreter (shell);
  g_autofree char *gate = NULL;
  g_autofree char *end = say_end (self);
  g_autofree char *script = NULL;
  RunnelKubeWrap wrap = { text, interpreter,         has_references (text) ? "$(" : NULL,
                          NULL, self->step->outputs, paths,
                          end };

  for (guint i = 0; i < self->step->outputs->len; i++)
    {
      const char *name = g_ptr_array_index (self->step->outputs, i);

      g_ptr_array_add (paths, g_strdup_printf ("\"$(results.%s.path)\"", name));
      add_result (self, name);
    }
  if (_runnel_tekton_is_gated (self))
    {
      gate = _runnel_tekton_say_gate (self->writer, self->step, self->phase != NULL, self->phase,
                                      self->reads);
      wrap.gate = gate;
    }
  script = runnel_kube_wrap (&wrap);
  json_object_set_string_member (self->container, "script", script);
}

/* Tekton runs a script without a first line of its own by sh -e. */
static gboolean
set_plain (RunnelTektonMaker      *self,
           const char *text,
           const char *shell)
{
  static const char *const known[] = { "python3", "node", "perl", "ruby" };
  g_autofree char *flags = runnel_flow_get_flags (shell);
  g_autofree char *script = NULL;

  if (g_str_equal (shell, "sh") && !g_str_has_prefix (text, "#!"))
    script = g_strdup (text);
  else if (g_str_equal (shell, "bash"))
    script = g_strdup_printf ("#!/usr/bin/env bash\nset -euo pipefail\n%s", text);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (shell, known[i]) && *flags == '\0')
      script = g_strdup_printf ("#!/usr/bin/env %s\n%s", shell, text);
  if (script == NULL)
    return FALSE;
  json_object_set_string_member (self->container, "script", script);
  return TRUE;
}

static RunnelShellParts
get_parts (RunnelTektonMaker *self)
{
  const RunnelFlowStep *step = self->step;
  RunnelShellParts parts = RUNNEL_SHELL_BODY;
  gboolean repeats =
    step->retry != NULL && step->retry->max > 0
    && (_runnel_tekton_is_gated (self) || self->phase != NULL || step->retry->delay != 0
        || step->retry->n_exit_codes > 0 || step->retry_condition != NULL);

  if (step->folder != NULL && *step->folder != '/')
    parts |= RUNNEL_SHELL_FOLDER;
  if (repeats)
    parts |= RUNNEL_SHELL_RETRY;
  if (step->timeout > 0 && (repeats || _runnel_tekton_is_gated (self)))
    parts |= RUNNEL_SHELL_TIMEOUT;
  return parts != RUNNEL_SHELL_BODY ? parts | RUNNEL_SHELL_INTERPRETER : parts;
}

static void
add_limits (RunnelTektonMaker           *self,
            RunnelShellParts parts)
{
  const RunnelFlowStep *step = self->step;
  gint64 seconds = (step->timeout + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND;
  g_autofree char *timeout = g_strdup_printf ("%" G_GINT64_FORMAT "s", seconds);
  g_autofree char *span = step->timeout > 0 ? runnel_duration_to_string (step->timeout) : NULL;

  if (step->retry != NULL && step->retry->max > 0 && !(parts & RUNNEL_SHELL_RETRY))
    json_object_set_int_member (self->task, "retries", step->retry->max);
  if (span == NULL || (parts & RUNNEL_SHELL_TIMEOUT))
    return;
  json_object_set_string_member (self->task, "timeout", timeout);
  runnel_kube_remember (self->said, timeout, runnel_kube_string_node (span));
}

static void
add_script (RunnelTektonMaker *self)
{
  const RunnelFlowStep *step = self->step;
  RunnelShellParts parts = get_parts (self);
  g_autofree char *text = runnel_shell_say_step (step, parts);
  const char *shell = parts != RUNNEL_SHELL_BODY ? "sh" : step->shell;

  json_object_set_string_member (self->container, "name", "run");
  json_object_set_string_member (self->container, "image",
                                 step->image != NULL ? step->image
                                                     : self->writer->options->default_image);
  if (step->image == NULL)
    json_object_set_boolean_member (self->memory, "default-image", TRUE);
  if (step->folder != NULL && *step->folder == '/')
    json_object_set_string_member (self->container, "workingDir", step->folder);
  _runnel_tekton_add_env (self);
  if (json_array_get_length (self->env) > 0)
    json_object_set_array_member (self->container, "env", json_array_ref (self->env));
  add_limits (self, parts);
  if (_runnel_tekton_is_gated (self) && self->phase == NULL)
    {
      add_result (self, "outcome");
      add_result (self, "after");
    }
  if (_runnel_tekton_is_gated (self) || self->phase != NULL)
    json_object_set_string_member (self->container, "onError", "continue");
  if (_runnel_tekton_is_gated (self) || step->outputs->len > 0 || step->artifacts->len > 0
      || has_references (text) || !set_plain (self, text, shell))
    set_wrapped (self, text, shell);
}

static void
add_workspace (RunnelTektonMaker *self)
{
  JsonObject *mount = json_object_new ();
  JsonObject *declared = json_object_new ();

  json_object_set_string_member (mount, "name", "artifacts");
  json_object_set_string_member (mount, "workspace", "artifacts");
  json_array_add_object_element (runnel_kube_add_array (self->task, "workspaces"), mount);
  json_object_set_string_member (declared, "name", "artifacts");
  json_object_set_string_member (declared, "mountPath", RUNNEL_TEKTON_ARTIFACTS);
  json_array_add_object_element (runnel_kube_add_array (self->spec, "workspaces"), declared);
}

/* In place of what can't be said stands what fails and says so, never a silent success. */
static void
add_placeholder (RunnelTektonMaker *self)
{
  json_object_set_string_member (self->container, "name", "run");
  json_object_set_string_member (self->container, "image", self->writer->options->default_image);
  json_object_set_string_member (
    self->container, "script",
    "echo \"This step could not be expressed on Tekton.\" >&2\nexit 1\n");
  if (self->writer->is_gated && self->phase == NULL)
    {
      add_result (self, "outcome");
      add_result (self, "after");
      json_object_set_string_member (self->container, "script",
                                     "echo \"This step could not be expressed on Tekton.\" >&2\n"
                                     "printf failure > \"$(results.outcome.path)\"\n"
                                     "printf false > \"$(results.after.path)\"\n");
    }
  runnel_kube_keep_step (self->memory, self->step);
  if (self->step->matrix != NULL)
    json_object_set_member (self->memory, "matrix", json_node_copy (self->step->matrix));
}

static void
add_foreign (RunnelTektonMaker *self)
{
  JsonObject *definition = runnel_kube_get_object (self->step->with, "definition");

  if (g_strcmp0 (runnel_kube_get_string (self->step->with, "system"), "tekton") == 0
      && runnel_kube_get_object (definition, "task") != NULL)
    {
      runnel_kube_merge (self->task, runnel_kube_get_object (definition, "task"));
      return;
    }
  add_placeholder (self);
}

static void
add_order (RunnelTektonMaker *self)
{
  const RunnelFlowStep *step = self->step;
  JsonArray *after;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *whole = NULL;

  if (step->needs->len == 0)
    return;
  after = runnel_kube_add_array (self->task, "runAfter");
  for (guint i = 0; i < step->needs->len; i++)
    {
      RunnelFlowStep *before =
        runnel_flow_get_step (self->flow, g_array_index (step->needs, RunnelFlowNeed, i).step);
      const guint n_legs =
        _runnel_tekton_is_unrolled (self->writer, before) ? before->legs->combinations->len : 0;

      for (guint j = 0; j < MAX (n_legs, 1); j++)
        json_array_add_string_element (
          after, _runnel_tekton_get_name (self->writer, before, n_legs > 0 ? (int) j : -1));
    }
  node = json_node_init_array (json_node_alloc (), after);
  whole = json_to_string (node, FALSE);
  runnel_kube_remember (self->said, whole, runnel_kube_needs_to_json (self->flow, step));
}

/* Tekton runs what comes behind a task that `when` left out; so each asks all that those before it
 * ask, too. */
static void
add_whens (RunnelTektonMaker *self)
{
  g_autoptr(JsonArray) list = json_array_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *whole = NULL;

  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      RunnelFlowStep *other = runnel_flow_get_step (self->flow, i);
      g_autoptr(JsonArray) when = NULL;

      if (other->condition == NULL || (other != self->step && (_runnel_tekton_has_own (self->flow)
                                       || !runnel_kube_is_before (self->flow, self->step, i))))
        continue;
      when = _runnel_tekton_say_when (self->flow, other, self->writer->names);
      for (guint j = 0; when != NULL && j < json_array_get_length (when); j++)
        {
          char *text = json_to_string (json_array_get_element (when, j), FALSE);

          if (g_hash_table_add (seen, text))
            json_array_add_element (list, json_node_copy (json_array_get_element (when, j)));
        }
    }
  if (json_array_get_length (list) == 0)
    return;
  node = json_node_init_array (json_node_alloc (), list);
  whole = json_to_string (node, FALSE);
  runnel_kube_remember (
    self->said, whole,
    runnel_kube_string_node (self->step->condition != NULL ? self->step->condition : ""));
  json_object_set_array_member (self->task, "when", json_array_ref (list));
}

static void
add_memory (RunnelTektonMaker *self)
{
  const RunnelFlowStep *step = self->step;
  g_autoptr(JsonObject) doubles = runnel_kube_find_doubles (self->flow, step);

  if (self->phase != NULL)
    json_object_set_string_member (self->memory, "phase", self->phase);
  if (step->continues)
    json_object_set_boolean_member (self->memory, "continue-on-error", TRUE);
  if (doubles != NULL && step->body == RUNNEL_FLOW_SHELL)
    json_object_set_object_member (self->memory, "env", json_object_ref (doubles));
  if (step->enabled != RUNNEL_ENABLED)
    json_object_set_member (self->memory, "disabled",
                            step->enabled == RUNNEL_BYPASSED
                              ? runnel_kube_string_node ("bypass")
                              : json_node_init_boolean (json_node_alloc (), TRUE));
  if (step->condition != NULL && !json_object_has_member (self->task, "when"))
    json_object_set_string_member (self->memory, "if", step->condition);
}

static void
add_annotation (JsonObject *spec,
                const char *key,
                JsonObject *value,
                gboolean    is_needed)
{
  g_autofree char *text = runnel_kube_to_annotation (value);

  if (json_object_get_size (value) > 0 || is_needed)
    json_object_set_string_member (
      runnel_kube_add_object (runnel_kube_add_object (spec, "metadata"), "annotations"), key, text);
}

static void
finish (RunnelTektonMaker *self)
{
  JsonObject *kept = runnel_flow_get_foreign (self->step->foreign, "tekton");
  JsonArray *steps;

  if (json_object_has_member (self->task, "taskSpec")
      || json_object_has_member (self->task, "taskRef")
      || json_object_has_member (self->task, "pipelineRef")
      || json_object_has_member (self->task, "pipelineSpec"))
    return; /* it is foreign */
  /* by it our results and workspaces are told from those of others */
  add_annotation (self->spec, RUNNEL_KUBE_STEP, self->memory,
                  json_object_has_member (self->spec, "results")
                    || json_object_has_member (self->spec, "workspaces")
                    || json_object_has_member (self->container, "onError"));
  add_annotation (self->spec, RUNNEL_KUBE_SAID, self->said, FALSE);
  runnel_kube_merge (self->container, runnel_kube_get_object (kept, "step"));
  steps = runnel_kube_add_array (self->spec, "steps");
  json_array_add_object_element (steps, json_object_ref (self->container));
  runnel_kube_merge (self->spec, runnel_kube_get_object (kept, "spec"));
  json_object_set_object_member (self->task, "taskSpec", json_object_ref (self->spec));
  runnel_kube_merge (self->task, runnel_kube_get_object (kept, "task"));
}

/**
 * _runnel_tekton_make_task:
 * @writer: the pipeline that is written
 * @step: a step or a hook of it
 * @phase: (nullable): of a hook: "on-start", "on-finish", ...
 * @leg: the combination, where each is a task of its own; else -1
 *
 * Returns: (transfer full): the task
 */
JsonObject *
_runnel_tekton_make_task (const RunnelTektonWriter *writer,
                          const RunnelFlowStep     *step,
                          const char               *phase,
                          int                       leg)
{
  g_autoptr(JsonObject) spec = json_object_new ();
  g_autoptr(JsonObject) container = json_object_new ();
  g_autoptr(JsonObject) said = json_object_new ();
  g_autoptr(JsonObject) memory = json_object_new ();
  g_autoptr(JsonArray) env = json_array_new ();
  g_autoptr(GHashTable) reads = g_hash_table_new (NULL, NULL);
  RunnelTektonMaker self = { writer, writer->flow, step, phase, leg,    json_object_new (),
                             spec,   container,    env,  said,  memory, reads };
  const char *name = _runnel_tekton_get_name (writer, step, leg);

  json_object_set_string_member (self.task, "name", name);
  if (!g_str_equal (name, step->id))
    json_object_set_string_member (memory, "id", step->id);
  if (!g_str_equal (step->title, step->id))
    json_object_set_string_member (self.task, "displayName", step->title);
  if (phase == NULL)
    add_order (&self);
  if (phase == NULL && !writer->is_gated)
    add_whens (&self);
  if (step->body == RUNNEL_FLOW_SHELL)
    add_script (&self);
  else if (step->body == RUNNEL_FLOW_FOREIGN)
    add_foreign (&self);
  else
    add_placeholder (&self);
  if (runnel_flow_asks (writer->flow, RUNNEL_FEATURE_ARTIFACTS) && step->body == RUNNEL_FLOW_SHELL)
    add_workspace (&self);
  add_memory (&self);
  finish (&self);
  return self.task;
}

/* The task at the end that fails when the run has failed. */
JsonObject *
_runnel_tekton_make_verdict (const RunnelTektonWriter *writer)
{
  g_autoptr(JsonObject) spec = json_object_new ();
  g_autoptr(JsonObject) container = json_object_new ();
  g_autoptr(JsonArray) env = json_array_new ();
  g_autoptr(GHashTable) reads = g_hash_table_new (NULL, NULL);
  g_autofree char *verdict = runnel_kube_say_verdict (writer->flow);
  g_autofree char *states = NULL;
  g_autoptr(GString) lines = g_string_new (NULL);
  RunnelTektonMaker self = { .writer = writer,
                             .flow = writer->flow,
                             .task = json_object_new (),
                             .spec = spec,
                             .container = container,
                             .env = env,
                             .reads = reads,
                             .leg = -1 };

  for (guint i = 0; i < writer->flow->steps->len; i++)
    g_hash_table_add (reads, runnel_flow_get_step (writer->flow, i));
  json_object_set_string_member (self.task, "name", "verdict");
  json_object_set_string_member (
    runnel_kube_add_object (runnel_kube_add_object (spec, "metadata"), "annotations"),
    RUNNEL_KUBE_ROLE, "verdict");
  _runnel_tekton_add_reads (&self);
  states = _runnel_tekton_say_states (writer, reads);
  g_string_append (lines, states);
  for (guint i = 0; i < writer->flow->steps->len; i++)
    {
      g_autofree char *outcome = runnel_shell_get_variable (
        "RUNNEL_OUTCOME_", runnel_flow_get_step (writer->flow, i)->id, NULL);

      g_string_append_printf (lines, "S%u=$%s\n", i, outcome);
    }
  g_string_append (lines, verdict);
  json_object_set_string_member (container, "name", "run");
  json_object_set_string_member (container, "image", writer->options->default_image);
  json_object_set_array_member (container, "env", json_array_ref (env));
  json_object_set_string_member (container, "script", lines->str);
  json_array_add_object_element (runnel_kube_add_array (spec, "steps"),
                                 json_object_ref (container));
  json_object_set_object_member (self.task, "taskSpec", json_object_ref (spec));
  return self.task;
}
