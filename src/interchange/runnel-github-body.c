/* runnel-github-body.c: where a job runs, and what it does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"

#define DEFAULT_RUNNER "ubuntu-latest"

/* What a step gives whatever it does. */
static const char *const of_step[] = {
  "name", "needs", "if", "strategy", "timeout-minutes", "continue-on-error", "outputs", "env", NULL
};

/* What the step itself gives, so that what was kept of it is not written as it was. */
static const char *const modelled[] = {
  "name",    "needs",   "if",        "strategy", "timeout-minutes", "continue-on-error",
  "outputs", "env",     "container", "steps",    "runs-on",         "uses",
  "with",    "secrets", NULL
};

static void
write_kept (RunnelGithubExport *self, JsonObject *kept)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (kept == NULL)
    return;
  json_object_iter_init_ordered (&iter, kept);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (modelled, key))
      {
        runnel_yaml_writer_key (self->writer, key);
        runnel_yaml_writer_json (self->writer, value);
      }
}

static void
write_runner (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  JsonNode *kept = _runnel_github_get_kept (step, "runs-on");

  runnel_yaml_writer_key (self->writer, "runs-on");
  if (kept != NULL)
    runnel_yaml_writer_json (self->writer, kept);
  else
    runnel_yaml_writer_string (self->writer, self->options->runner != NULL ? self->options->runner
                                                                           : DEFAULT_RUNNER);
}

/* The image, with what was kept of how its container is made. */
static void
write_container (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  JsonNode *kept = _runnel_github_get_kept (step, "container");
  JsonNode *image = kept != NULL && JSON_NODE_HOLDS_OBJECT (kept)
                      ? json_object_get_member (json_node_get_object (kept), "image")
                      : NULL;

  if (step->image == NULL && kept == NULL)
    return;
  runnel_yaml_writer_key (self->writer, "container");
  if (step->image == NULL || g_strcmp0 (_runnel_github_get_text (image), step->image) == 0)
    runnel_yaml_writer_json (self->writer, kept);
  else
    runnel_yaml_writer_string (self->writer, step->image);
}

/* An output that was imported is as it was when its expression is known; only a job with steps has
 * any. */
static void
add_promised (const RunnelFlowStep *step, JsonObject *outputs)
{
  JsonNode *node = _runnel_github_get_kept (step, "outputs");
  JsonObject *kept =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (guint i = 0; i < step->outputs->len; i++)
    {
      const char *name = g_ptr_array_index (step->outputs, i);
      g_autofree char *own =
        g_strdup_printf ("${{ steps." RUNNEL_GITHUB_RUN ".outputs.%s }}", name);

      if (kept != NULL && json_object_has_member (kept, name))
        json_object_set_member (outputs, name, json_object_dup_member (kept, name));
      else if (step->body == RUNNEL_FLOW_SHELL)
        json_object_set_string_member (outputs, name, own);
    }
}

static void
write_outputs (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  static const char outcome[] = "${{ steps." RUNNEL_GITHUB_RUN ".outcome }}";
  const RunnelGithubFacts *facts =
    step->index < self->flow->steps->len ? _runnel_github_get_facts (self, step->index) : NULL;
  g_autoptr(JsonObject) outputs = json_object_new ();
  g_autoptr(JsonNode) node = NULL;

  add_promised (step, outputs);
  if (facts != NULL && facts->is_asked && step->matrix == NULL && step->body == RUNNEL_FLOW_SHELL)
    json_object_set_string_member (outputs, RUNNEL_GITHUB_OUTCOME, outcome);
  if (facts != NULL && facts->tells)
    json_object_set_string_member (outputs, RUNNEL_GITHUB_RESULT, outcome);
  if (json_object_get_size (outputs) == 0)
    return;

  node = json_node_init_object (json_node_alloc (), outputs);
  runnel_yaml_writer_key (self->writer, "outputs");
  runnel_yaml_writer_json (self->writer, node);
}

/* Returns (transfer full) the file of the pipeline that a workflow of the same repository is
 * exported from; NULL for one of another. */
char *
_runnel_github_get_call_file (const char *uses)
{
  const char *name = uses + strlen (RUNNEL_GITHUB_WORKFLOWS);
  const char *dot = strrchr (uses, '.');

  if (!g_str_has_prefix (uses, RUNNEL_GITHUB_WORKFLOWS) || dot <= name
      || strchr (name, '/') != NULL)
    return NULL;

  return g_strdup_printf ("%.*s" RUNNEL_FILE_SUFFIX, (int) (dot - name), name);
}

/* The workflow of another pipeline; one that was imported may have another name. */
static void
write_uses (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  const char *file = json_object_get_string_member_with_default (step->with, "file", "");
  JsonNode *kept = _runnel_github_get_kept (step, "uses");
  JsonNode *secrets = _runnel_github_get_kept (step, "secrets");
  g_autofree char *known = _runnel_github_get_text (kept) != NULL
                             ? _runnel_github_get_call_file (_runnel_github_get_text (kept))
                             : NULL;
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *uses = NULL;

  if (g_str_has_suffix (base, RUNNEL_FILE_SUFFIX))
    base[strlen (base) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';
  uses = g_strdup_printf (RUNNEL_GITHUB_WORKFLOWS "%s.yml", base);
  if (g_strcmp0 (known, file) != 0)
    {
      runnel_yaml_writer_pair (self->writer, "uses", uses);
      runnel_yaml_writer_pair (self->writer, "secrets", "inherit");
      return;
    }
  runnel_yaml_writer_pair (self->writer, "uses", json_node_get_string (kept));
  if (secrets != NULL)
    {
      runnel_yaml_writer_key (self->writer, "secrets");
      runnel_yaml_writer_json (self->writer, secrets);
    }
}

static void
write_call (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  const RunnelFlowStep *step = job->step;
  RunnelGithubSpeaker speaker = { self->flow, step,        job->self, RUNNEL_GITHUB_IN_STEP,
                                  FALSE,      job->is_last };
  JsonNode *parameters = json_object_get_member (step->with, "parameters");
  g_autoptr(JsonNode) said = NULL;

  write_uses (self, step);
  if (parameters != NULL && JSON_NODE_HOLDS_OBJECT (parameters)
      && json_object_get_size (json_node_get_object (parameters)) > 0)
    said = _runnel_github_say_json (&speaker, parameters, NULL);
  if (said != NULL)
    {
      runnel_yaml_writer_key (self->writer, "with");
      runnel_yaml_writer_json (self->writer, said);
    }
}

/* The people who may approve are named in the settings of the repository, for the environment. */
static void
write_approval (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  const char *prompt = json_object_get_string_member_with_default (job->step->with, "prompt", "");
  RunnelGithubSpeaker speaker = { self->flow, job->step, NULL, RUNNEL_GITHUB_IN_STEP, FALSE };
  g_autofree char *said = runnel_github_say_text (&speaker, prompt, NULL);

  write_runner (self, job->step);
  runnel_yaml_writer_pair (self->writer, "environment", job->id);
  _runnel_github_write_matrix (self, job->step);
  runnel_yaml_writer_key (self->writer, "steps");
  runnel_yaml_writer_open_list (self->writer);
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "run", "printf 'Approved: %s\\n' \"$PROMPT\"");
  runnel_yaml_writer_pair (self->writer, "shell", "sh");
  runnel_yaml_writer_key (self->writer, "env");
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "PROMPT", said != NULL ? said : job->step->title);
  runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_list (self->writer);
}

/* A job that does nothing but these lines. */
void
_runnel_github_write_lines (RunnelGithubExport *self, const char *lines)
{
  runnel_yaml_writer_pair (self->writer, "runs-on",
                           self->options->runner != NULL ? self->options->runner : DEFAULT_RUNNER);
  runnel_yaml_writer_key (self->writer, "steps");
  runnel_yaml_writer_open_list (self->writer);
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "run", lines);
  runnel_yaml_writer_pair (self->writer, "shell", "sh");
  runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_list (self->writer);
}

/* The job's own environment: of a construct that was kept as it is, its steps may count on it. */
static void
write_env (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  RunnelGithubSpeaker speaker = { self->flow, step, NULL, RUNNEL_GITHUB_IN_STEP, FALSE };
  JsonNode *kept = _runnel_github_get_kept (step, "env");
  g_autoptr(JsonObject) env = json_object_new ();

  if (kept != NULL && !JSON_NODE_HOLDS_OBJECT (kept))
    {
      runnel_yaml_writer_key (self->writer, "env");
      runnel_yaml_writer_json (self->writer, kept);
      return;
    }
  _runnel_github_add_variables (&speaker, step->env, env);
  _runnel_github_add_kept (kept, env);
  _runnel_github_write_env (self->writer, env);
}

static gint64
get_kept_minutes (const RunnelFlowStep *step)
{
  JsonNode *kept = _runnel_github_get_kept (step, "timeout-minutes");

  return kept != NULL && JSON_NODE_HOLDS_VALUE (kept) ? json_node_get_int (kept) : 0;
}

/* Of an imported job, what stood at the job and not at its step. */
static void
write_kept_limits (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  static const char *const keys[] = { "timeout-minutes", "continue-on-error" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      JsonNode *kept = _runnel_github_get_kept (step, keys[i]);

      if (kept == NULL
          || (i == 0 && step->timeout > 0
              && get_kept_minutes (step) * G_TIME_SPAN_MINUTE != step->timeout))
        continue;
      runnel_yaml_writer_key (self->writer, keys[i]);
      runnel_yaml_writer_json (self->writer, kept);
    }
}

/* What the step itself gives is not taken from the construct, whoever wrote it there. */
static void
write_definition (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  JsonNode *definition = json_object_get_member (job->step->with, "definition");
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (definition == NULL || !JSON_NODE_HOLDS_OBJECT (definition))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (definition));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      if (g_strv_contains (of_step, key))
        continue;
      runnel_yaml_writer_key (self->writer, key);
      runnel_yaml_writer_json (self->writer, value);
    }
}

/* Whether the steps that were imported still make what the step does. */
static gboolean
has_same_work (RunnelGithubExport *self, const RunnelFlowStep *step, JsonNode *steps)
{
  g_auto(RunnelGithubWork) work = { 0 };
  JsonNode *own = _runnel_github_get_kept (step, "defaults");
  JsonNode *defaults = self->kept != NULL ? json_object_get_member (self->kept, "defaults") : NULL;

  if (steps == NULL || step->retry != NULL || step->timeout == RUNNEL_DURATION_EXPRESSION
      || get_kept_minutes (step) * G_TIME_SPAN_MINUTE != MAX (step->timeout, 0))
    return FALSE;
  runnel_github_work_read (
    &work, steps, own != NULL && JSON_NODE_HOLDS_OBJECT (own) ? json_node_get_object (own) : NULL,
    defaults != NULL && JSON_NODE_HOLDS_OBJECT (defaults) ? json_node_get_object (defaults) : NULL);

  return work.run != NULL && g_strcmp0 (step->kind, "script") == 0
         && g_strcmp0 (work.run,
                       json_object_get_string_member_with_default (step->with, "run", NULL))
              == 0
         && g_strcmp0 (work.shell, step->shell) == 0 && g_strcmp0 (work.folder, step->folder) == 0;
}

/* What all jobs have that run on a machine of their own. */
static void
write_machine (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  const RunnelFlowStep *step = job->step;

  if (step->body == RUNNEL_FLOW_SHELL)
    {
      write_runner (self, step);
      write_container (self, step);
    }
  write_kept (self, runnel_flow_get_foreign (step->foreign, RUNNEL_GITHUB));
  _runnel_github_write_matrix (self, step);
  write_outputs (self, job->step);
}

static void
write_shell (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  write_machine (self, job);
  runnel_yaml_writer_key (self->writer, "steps");
  _runnel_github_write_steps (self, job);
}

/* A job that was imported and is still what it was. */
static void
write_imported (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  write_kept_limits (self, job->step);
  write_machine (self, job);
  write_env (self, job->step);
  if (job->step->body == RUNNEL_FLOW_FOREIGN)
    {
      write_definition (self, job);
      return;
    }
  runnel_yaml_writer_key (self->writer, "steps");
  runnel_yaml_writer_json (self->writer, _runnel_github_get_kept (job->step, "steps"));
}

/* Writes the rest of a job: where it runs and what it does. */
void
_runnel_github_write_body (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  const RunnelFlowStep *step = job->step;
  const char *system = json_object_get_string_member_with_default (step->with, "system", "");
  gboolean is_own = step->body == RUNNEL_FLOW_FOREIGN && g_str_equal (system, RUNNEL_GITHUB);

  if (is_own
      || (step->body == RUNNEL_FLOW_SHELL
          && has_same_work (self, step, _runnel_github_get_kept (step, "steps"))))
    write_imported (self, job);
  else if (step->body == RUNNEL_FLOW_SHELL)
    write_shell (self, job);
  else if (step->body == RUNNEL_FLOW_PIPELINE)
    {
      write_kept (self, runnel_flow_get_foreign (step->foreign, RUNNEL_GITHUB));
      _runnel_github_write_matrix (self, step);
      write_call (self, job);
    }
  else if (step->body == RUNNEL_FLOW_APPROVAL)
    write_approval (self, job);
  else /* so that nobody takes it for done */
    _runnel_github_write_lines (self, "echo 'This step can not be expressed here.' >&2; exit 1");
}
