/* runnel-github-jobs.c: a job for each step, and when it runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"

/* Returns (transfer full) a job for a step, that runs always and needs none. */
RunnelGithubJob *
_runnel_github_job_new (const RunnelFlowStep *step)
{
  RunnelGithubJob *job = g_new0 (RunnelGithubJob, 1);

  job->step = step;
  job->id = step->id;
  job->needs = g_ptr_array_new ();
  job->mark = json_object_new ();

  return job;
}

void
_runnel_github_job_free (RunnelGithubJob *job)
{
  g_ptr_array_unref (job->needs);
  json_object_unref (job->mark);
  g_free (job->condition);
  g_free (job);
}

/* Returns (transfer full) the step's own condition in GitHub's words; NULL = none. */
char *
_runnel_github_say_condition (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  RunnelGithubSpeaker speaker = { self->flow, job->step,   job->self, RUNNEL_GITHUB_IN_CONDITION,
                                  FALSE,      job->is_last };
  char *said;

  if (job->step->condition == NULL)
    return NULL;
  said = runnel_github_say_expression (&speaker, job->step->condition, NULL);

  /* Whoever asked for a condition wants no run without it. */
  return said != NULL ? said : g_strdup ("!always()");
}

/* Tells the importer of what the body of the job does not show. */
void
_runnel_github_mark_body (RunnelGithubJob *job)
{
  const RunnelFlowStep *step = job->step;

  if (step->body == RUNNEL_FLOW_APPROVAL
      || (step->body == RUNNEL_FLOW_PIPELINE && _runnel_github_get_kept (step, "uses") == NULL))
    {
      runnel_import_set_string (job->mark, "kind", step->kind);
      json_object_set_object_member (job->mark, "with", json_object_ref (step->with));
    }
  if (step->promises != NULL && runnel_flow_get_foreign (step->foreign, RUNNEL_GITHUB) == NULL)
    json_object_set_object_member (job->mark, "outputs", json_object_ref (step->promises));
  if (_runnel_github_can_cache (step))
    json_object_set_object_member (job->mark, "cache", json_object_ref (step->cache));
}

static void
add_strings (JsonObject *mark, const char *key, GPtrArray *strings)
{
  JsonArray *array;

  if (strings->len == 0)
    return;
  array = json_array_new ();
  for (guint i = 0; i < strings->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (strings, i));
  json_object_set_array_member (mark, key, array);
}

static void
add_links (RunnelGithubExport *self,
           const RunnelFlowStep *step,
           RunnelGithubJob *job,
           RunnelGithubGate *gate)
{
  const RunnelGithubFacts *facts = _runnel_github_get_facts (self, step->index);

  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      RunnelGithubLink link = { runnel_flow_get_step (self->flow, need->step)->id, need->on,
                                _runnel_github_get_facts (self, need->step)->tells };

      g_ptr_array_add (job->needs, (gpointer) link.id);
      g_array_append_val (gate->links, link);
    }
  for (guint i = 0; i < facts->reads->len; i++)
    g_ptr_array_add (job->needs, g_ptr_array_index (facts->reads, i));
  add_strings (job->mark, "reads", facts->reads);
  if (step->needs->len == 0 && self->flow->on_start->len > 0)
    {
      const RunnelFlowStep *hook =
        g_ptr_array_index (self->flow->on_start, self->flow->on_start->len - 1);

      g_ptr_array_add (job->needs, (gpointer) hook->id);
    }
}

static void
add_guards (RunnelGithubExport *self, const RunnelFlowStep *step, RunnelGithubGate *gate)
{
  RunnelGithubSpeaker speaker = { self->flow, step, NULL, RUNNEL_GITHUB_IN_STEP, FALSE };
  g_autoptr(JsonNode) matrix = NULL;

  if (step->matrix != NULL && step->legs == NULL)
    matrix = _runnel_github_say_json (&speaker, step->matrix, NULL);
  if (matrix != NULL)
    _runnel_github_add_guards (matrix, gate->guards);
}

/* Whether the importer would find the links, the join and the condition by itself. */
static gboolean
reads_back (const RunnelFlowStep *step, const RunnelGithubGate *gate, const char *text)
{
  g_auto(RunnelGithubGate) read = { 0 };

  runnel_github_gate_init (&read);
  for (guint i = 0; i < gate->links->len; i++)
    {
      RunnelGithubLink link = { g_array_index (gate->links, RunnelGithubLink, i).id };

      g_array_append_val (read.links, link);
    }
  for (guint i = 0; i < gate->guards->len; i++)
    g_ptr_array_add (read.guards, g_strdup (g_ptr_array_index (gate->guards, i)));
  runnel_github_gate_read (&read, text, NULL);

  for (guint i = 0; i < gate->links->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      const RunnelGithubLink *link = &g_array_index (read.links, RunnelGithubLink, i);

      if (need->on != link->on || need->handles != (link->on == RUNNEL_ON_FAILURE && link->tells))
        return FALSE;
    }

  return read.join == step->join && read.disabled == (step->enabled == RUNNEL_DISABLED)
         && g_strcmp0 (read.read, step->condition) == 0;
}

static JsonArray *
describe_links (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  JsonArray *links = json_array_new ();

  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      JsonObject *link;

      if (need->on == RUNNEL_ON_SUCCESS && !need->handles)
        {
          json_array_add_string_element (links, runnel_flow_get_step (self->flow, need->step)->id);
          continue;
        }
      link = json_object_new ();
      json_object_set_string_member (link, "step",
                                     runnel_flow_get_step (self->flow, need->step)->id);
      if (need->on != RUNNEL_ON_SUCCESS)
        json_object_set_string_member (link, "on", runnel_on_to_string (need->on));
      if (need->handles != (need->on == RUNNEL_ON_FAILURE))
        json_object_set_boolean_member (link, "handles", need->handles);
      json_array_add_object_element (links, link);
    }

  return links;
}

/* What the text of `if` does not show, with a digest of the text that it belongs to. */
static void
mark_gate (RunnelGithubExport *self, const RunnelFlowStep *step, const char *text, JsonObject *mark)
{
  g_autofree char *digest =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, text != NULL ? text : "", -1);

  digest[12] = '\0';
  runnel_import_set_string (mark, "of", digest);
  if (step->needs->len > 0)
    json_object_set_array_member (mark, "needs", describe_links (self, step));
  if (step->join != RUNNEL_JOIN_ALL)
    runnel_import_set_string (mark, "join", runnel_join_to_string (step->join));
  runnel_import_set_string (mark, "if", step->condition);
  if (step->enabled == RUNNEL_DISABLED)
    json_object_set_boolean_member (mark, "disabled", TRUE);
}

/* An `if` that was imported stays as it was while it says what the step does; its job is then to
 * get none here. */
static gboolean
is_kept_condition (const RunnelFlowStep *step, const RunnelGithubGate *gate)
{
  JsonNode *kept = _runnel_github_get_kept (step, "if");
  g_autofree char *text = NULL;
  g_autofree char *inner = NULL;

  if (kept == NULL)
    return FALSE;
  text = g_strstrip (runnel_value_to_text (kept));
  if (g_str_has_prefix (text, "${{") && g_str_has_suffix (text, "}}")
      && strstr (text + 3, "${{") == NULL)
    inner = g_strndup (text + 3, strlen (text) - 5);

  return reads_back (step, gate, g_strstrip (inner != NULL ? inner : text));
}

static void
write_step (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  const RunnelGithubFacts *facts = _runnel_github_get_facts (self, step->index);
  g_autoptr(RunnelGithubJob) job = _runnel_github_job_new (step);
  g_auto(RunnelGithubGate) gate = { 0 };

  runnel_github_gate_init (&gate);
  gate.join = step->join;
  gate.disabled = step->enabled == RUNNEL_DISABLED;
  gate.is_implicit = facts->is_plain;
  gate.condition = _runnel_github_say_condition (self, job);
  add_links (self, step, job, &gate);
  add_guards (self, step, &gate);
  _runnel_github_mark_body (job);
  job->forgives = facts->tells;
  if (!is_kept_condition (step, &gate))
    {
      job->condition = runnel_github_gate_say (&gate);
      if (!reads_back (step, &gate, job->condition))
        mark_gate (self, step, job->condition, job->mark);
    }

  _runnel_github_write_job (self, job);
}

/* Writes a job for each step, hook and undo. */
void
_runnel_github_write_jobs (RunnelGithubExport *self)
{
  _runnel_github_write_start (self);
  for (guint i = 0; i < self->flow->steps->len; i++)
    write_step (self, runnel_flow_get_step (self->flow, i));
  _runnel_github_write_end (self);
}
