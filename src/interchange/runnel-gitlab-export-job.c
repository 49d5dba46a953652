/* runnel-gitlab-export-job.c: a step as a job of GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-private.h"
#include "interchange/runnel-shell.h"
#include "model/runnel-duration.h"
#include "model/runnel-shape.h"

#define MOST_RETRIES 2 /* GitLab's own limit */

typedef struct
{
  RunnelYamlWriter *writer;
  const RunnelFlow *flow;
  const RunnelFlowStep *step;
  JsonObject *foreign; /* what an import has kept, or NULL */
  RunnelGitlabStart start;
} Job;

static JsonNode *
get_kept (Job        *self,
          const char *key)
{
  return self->foreign != NULL ? json_object_get_member (self->foreign, key) : NULL;
}

/**
 * _runnel_gitlab_get_job_name:
 * @step: a step
 *
 * Returns: (transfer none): what the job is called: the title where the id follows from it, as
 * after an import; else the id
 */
const char *
_runnel_gitlab_get_job_name (const RunnelFlowStep *step)
{
  g_autofree char *id = runnel_id_from_text (step->title);

  return g_str_equal (id, step->id) && step->title[0] != '.'
             && !_runnel_gitlab_is_reserved (step->title)
           ? step->title
           : step->id;
}

/* --- Links --- */

/* Whether the stages say the same as the links: as many as an import has derived from them, none
 * within a stage. */
static gboolean
follows_stages (Job *self)
{
  JsonNode *kept = get_kept (self, "needs");
  const char *stage = _runnel_gitlab_get_text (self->foreign, "stage");

  if (kept == NULL || !JSON_NODE_HOLDS_VALUE (kept)
      || json_node_get_int (kept) != self->step->needs->len)
    return FALSE;

  for (guint i = 0; i < self->step->needs->len; i++)
    {
      guint index = g_array_index (self->step->needs, RunnelFlowNeed, i).step;
      const RunnelFlowStep *before = runnel_flow_get_step (self->flow, index);
      JsonObject *foreign = runnel_flow_get_foreign (before->foreign, RUNNEL_GITLAB);

      if (g_strcmp0 (_runnel_gitlab_get_text (foreign, "stage"), stage) == 0)
        return FALSE;
    }

  return TRUE;
}

static void
write_need (Job                  *self,
            const RunnelFlowNeed *need,
            GPtrArray            *guards)
{
  const RunnelFlowStep *before = runnel_flow_get_step (self->flow, need->step);
  const char *name = _runnel_gitlab_get_job_name (before);

  if (guards->len == 0 || !_runnel_gitlab_starts_anyway (self->start))
    {
      runnel_yaml_writer_string (self->writer, name);
      return;
    }

  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "job", name);
  runnel_yaml_writer_key (self->writer, "optional");
  runnel_yaml_writer_boolean (self->writer, TRUE);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_needs (Job       *self,
             GPtrArray *all_guards)
{
  g_autoptr (GPtrArray) sources = _runnel_gitlab_list_sources (self->flow, self->step);
  JsonNode *kept = get_kept (self, "needs");

  if (follows_stages (self))
    return;
  if (kept != NULL && !JSON_NODE_HOLDS_VALUE (kept))
    {
      runnel_yaml_writer_key (self->writer, "needs");
      runnel_yaml_writer_json (self->writer, kept);
      return;
    }
  if (self->step->needs->len == 0 && get_kept (self, "stage") == NULL)
    return;

  runnel_yaml_writer_key (self->writer, "needs");
  runnel_yaml_writer_open_list (self->writer);
  for (guint i = 0; i < self->step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (self->step->needs, RunnelFlowNeed, i);

      write_need (self, need, g_ptr_array_index (all_guards, need->step));
    }
  for (guint i = 0; i < sources->len; i++)
    runnel_yaml_writer_string (self->writer, _runnel_gitlab_get_job_name (g_ptr_array_index (sources, i)));
  runnel_yaml_writer_close_list (self->writer);
}

/* --- When --- */

static void
write_rule (Job        *self,
            const char *condition,
            const char *when)
{
  runnel_yaml_writer_key (self->writer, "rules");
  runnel_yaml_writer_open_list (self->writer);
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "if", condition);
  if (!g_str_equal (when, "on_success"))
    runnel_yaml_writer_pair (self->writer, "when", when);
  runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_list (self->writer);
}

static void
write_when (Job       *self,
            GPtrArray *guards)
{
  g_autofree char *condition = _runnel_gitlab_join_guards (guards);
  const char *when = self->step->body == RUNNEL_FLOW_APPROVAL ? "manual" : self->start.when;

  if (_runnel_gitlab_never_runs (guards))
    write_rule (self, condition, "never");
  else if (condition != NULL)
    write_rule (self, condition, when);
  else if (get_kept (self, "rules") == NULL && get_kept (self, "when") == NULL
           && !g_str_equal (when, "on_success"))
    runnel_yaml_writer_pair (self->writer, "when", when);
}

/* --- Variables --- */

static gboolean
is_leg_value (Job                      *self,
              const RunnelFlowVariable *variable)
{
  return get_kept (self, "parallel") != NULL
         && _runnel_gitlab_is_leg_value (variable->name, variable->value);
}

static char *
get_report (Job *self)
{
  return self->step->outputs->len > 0
           ? g_strdup_printf (RUNNEL_GITLAB_REPORT "%s.env", self->step->id)
           : NULL;
}

static gboolean
write_variable (Job                      *self,
                const RunnelFlowVariable *variable,
                gboolean                  opened)
{
  g_autofree char *exported = _runnel_gitlab_say_export (self->flow, self->step, variable);
  g_autofree char *value = _runnel_gitlab_say_text (self->flow, variable->value, NULL);

  if (exported != NULL || value == NULL || is_leg_value (self, variable))
    return opened;
  if (!opened)
    {
      runnel_yaml_writer_key (self->writer, "variables");
      runnel_yaml_writer_open_map (self->writer);
    }
  runnel_yaml_writer_pair (self->writer, variable->name, value);

  return TRUE;
}

static void
write_variables (Job *self)
{
  g_autofree char *report = get_report (self);
  JsonNode *kept = get_kept (self, "variables");
  gboolean opened = FALSE;

  for (guint i = 0; i < self->step->env->len; i++)
    opened = write_variable (self, &g_array_index (self->step->env, RunnelFlowVariable, i), opened);
  if (!opened && (report != NULL || kept != NULL))
    {
      runnel_yaml_writer_key (self->writer, "variables");
      runnel_yaml_writer_open_map (self->writer);
      opened = TRUE;
    }
  if (report != NULL)
    {
      g_autofree char *file = g_strconcat ("$CI_PROJECT_DIR/", report, NULL);

      runnel_yaml_writer_pair (self->writer, "RUNNEL_OUTPUT", file);
    }
  _runnel_gitlab_write_kept (self->writer, kept);
  if (opened)
    runnel_yaml_writer_close_map (self->writer);
}

/* Outputs of other jobs are variables only to the shell. */
static void
write_exports (Job *self)
{
  gboolean opened = FALSE;

  for (guint i = 0; i < self->step->env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (self->step->env, RunnelFlowVariable, i);
      g_autofree char *line = _runnel_gitlab_say_export (self->flow, self->step, variable);

      if (line == NULL)
        continue;
      if (!opened)
        {
          runnel_yaml_writer_key (self->writer, "before_script");
          runnel_yaml_writer_open_list (self->writer);
          opened = TRUE;
        }
      runnel_yaml_writer_string (self->writer, line);
    }
  if (opened)
    runnel_yaml_writer_close_list (self->writer);
}

/* --- Lines --- */

/**
 * _runnel_gitlab_retries_itself:
 * @step: a step
 *
 * Returns: whether `retry` of GitLab says all of the step's
 */
gboolean
_runnel_gitlab_retries_itself (const RunnelFlowStep *step)
{
  const RunnelRetry *retry = step->retry;

  return retry != NULL && step->body == RUNNEL_FLOW_SHELL && retry->max <= MOST_RETRIES
         && retry->delay == 0 && retry->jitter == 0 && step->retry_condition == NULL;
}

static RunnelShellParts
get_parts (Job *self)
{
  RunnelShellParts parts = RUNNEL_SHELL_FOLDER | RUNNEL_SHELL_INTERPRETER;

  if (self->step->retry != NULL && !_runnel_gitlab_retries_itself (self->step))
    parts |= RUNNEL_SHELL_RETRY | RUNNEL_SHELL_TIMEOUT;

  return parts;
}

static void
write_script (Job *self)
{
  g_autofree char *lines = NULL;

  if (self->step->body == RUNNEL_FLOW_SHELL)
    lines = runnel_shell_say_step (self->step, get_parts (self));

  runnel_yaml_writer_key (self->writer, "script");
  runnel_yaml_writer_open_list (self->writer);
  runnel_yaml_writer_string (self->writer, lines != NULL ? lines : "true");
  runnel_yaml_writer_close_list (self->writer);
}

static void
write_retry (Job *self)
{
  const RunnelRetry *retry = self->step->retry;

  if (retry == NULL || !_runnel_gitlab_retries_itself (self->step)
      || get_kept (self, "retry") != NULL)
    return;

  runnel_yaml_writer_key (self->writer, "retry");
  if (retry->n_exit_codes == 0)
    {
      runnel_yaml_writer_integer (self->writer, retry->max);
      return;
    }

  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_key (self->writer, "max");
  runnel_yaml_writer_integer (self->writer, retry->max);
  runnel_yaml_writer_key (self->writer, "exit_codes");
  runnel_yaml_writer_open_list (self->writer);
  for (guint i = 0; i < retry->n_exit_codes; i++)
    runnel_yaml_writer_integer (self->writer, retry->exit_codes[i]);
  runnel_yaml_writer_close_list (self->writer);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_timeout (Job *self)
{
  g_autofree char *text = NULL;

  if (self->step->timeout <= 0 || self->step->body != RUNNEL_FLOW_SHELL
      || (get_parts (self) & RUNNEL_SHELL_TIMEOUT))
    return;

  text = runnel_duration_to_string (MAX (self->step->timeout / G_TIME_SPAN_SECOND, 1)
                                    * G_TIME_SPAN_SECOND);
  runnel_yaml_writer_pair (self->writer, "timeout", text);
}

/* --- Files and places --- */

static void
write_report (Job        *self,
              JsonNode   *kept,
              const char *report)
{
  runnel_yaml_writer_key (self->writer, "reports");
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "dotenv", report);
  _runnel_gitlab_write_kept (self->writer, kept);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_paths (Job *self)
{
  GPtrArray *paths = self->step->artifacts;

  if (paths->len == 0)
    return;

  runnel_yaml_writer_key (self->writer, "paths");
  runnel_yaml_writer_open_list (self->writer);
  for (guint i = 0; i < paths->len; i++)
    runnel_yaml_writer_string (self->writer, g_ptr_array_index (paths, i));
  runnel_yaml_writer_close_list (self->writer);
}

static void
write_artifacts (Job *self)
{
  g_autofree char *report = get_report (self);
  JsonNode *kept = get_kept (self, "artifacts");

  if (self->step->artifacts->len == 0 && report == NULL && kept == NULL)
    return;

  runnel_yaml_writer_key (self->writer, "artifacts");
  runnel_yaml_writer_open_map (self->writer);
  write_paths (self);
  if (report != NULL)
    write_report (self, NULL, report);
  _runnel_gitlab_write_kept (self->writer, kept);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_place (Job *self)
{
  const RunnelFlowStep *step = self->step;

  if (step->body == RUNNEL_FLOW_APPROVAL)
    {
      runnel_yaml_writer_key (self->writer, "allow_failure");
      runnel_yaml_writer_boolean (self->writer, FALSE);
      runnel_yaml_writer_pair (self->writer, "manual_confirmation",
                               _runnel_gitlab_get_text (step->with, "prompt"));
    }
  else if (step->continues && get_kept (self, "allow_failure") == NULL)
    {
      runnel_yaml_writer_key (self->writer, "allow_failure");
      runnel_yaml_writer_boolean (self->writer, TRUE);
    }
  if (step->legs != NULL && step->body != RUNNEL_FLOW_APPROVAL
      && get_kept (self, "parallel") == NULL)
    {
      g_autoptr (JsonNode) parallel = _runnel_gitlab_say_matrix (step->legs);

      runnel_yaml_writer_key (self->writer, "parallel");
      runnel_yaml_writer_json (self->writer, parallel);
    }
  if (step->pool != NULL && self->flow->pools != NULL
      && json_object_get_int_member_with_default (self->flow->pools, step->pool, 0) == 1)
    runnel_yaml_writer_pair (self->writer, "resource_group", step->pool);
}

/* Everything that an import has kept, but for what was merged into keys of ours. */
static void
write_kept_keys (Job *self)
{
  static const char *const merged[] = { "stage", "image", "needs", "variables", "artifacts", NULL };
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (self->foreign == NULL)
    return;

  json_object_iter_init_ordered (&iter, self->foreign);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (merged, key))
      {
        runnel_yaml_writer_key (self->writer, key);
        runnel_yaml_writer_json (self->writer, value);
      }
}

static void
write_image (Job *self)
{
  JsonNode *kept = get_kept (self, "image");

  if (kept != NULL)
    {
      runnel_yaml_writer_key (self->writer, "image");
      runnel_yaml_writer_json (self->writer, kept);
    }
  else
    runnel_yaml_writer_pair (self->writer, "image", self->step->image);
}

static gboolean
write_own_construct (Job *self)
{
  JsonNode *definition = json_object_get_member (self->step->with, "definition");

  if (self->step->body != RUNNEL_FLOW_FOREIGN || definition == NULL
      || g_strcmp0 (_runnel_gitlab_get_text (self->step->with, "system"), RUNNEL_GITLAB) != 0)
    return FALSE;

  runnel_yaml_writer_json (self->writer, definition);

  return TRUE;
}

/**
 * _runnel_gitlab_write_job:
 * @writer: a writer, inside of the mapping of jobs
 * @flow: a pipeline
 * @step: a step of it
 * @guards: (element-type GPtrArray): the guards of all steps
 *
 * Writes the step.
 */
void
_runnel_gitlab_write_job (RunnelYamlWriter     *writer,
                          const RunnelFlow     *flow,
                          const RunnelFlowStep *step,
                          GPtrArray            *guards)
{
  Job self = {
    .writer = writer,
    .flow = flow,
    .step = step,
    .foreign = runnel_flow_get_foreign (step->foreign, RUNNEL_GITLAB),
    .start = _runnel_gitlab_get_start (flow, step),
  };

  runnel_yaml_writer_key (writer, _runnel_gitlab_get_job_name (step));
  if (write_own_construct (&self))
    return;

  runnel_yaml_writer_open_map (writer);
  runnel_yaml_writer_pair (writer, "stage", _runnel_gitlab_get_text (self.foreign, "stage"));
  write_image (&self);
  write_needs (&self, guards);
  write_when (&self, g_ptr_array_index (guards, step->index));
  write_variables (&self);
  write_exports (&self);
  write_script (&self);
  write_artifacts (&self);
  write_retry (&self);
  write_timeout (&self);
  write_place (&self);
  write_kept_keys (&self);
  runnel_yaml_writer_close_map (writer);
}
