/* runnel-github-whole.c: all steps of a pipeline in one job
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps run one after another in one folder, each behind what it needs, so they share all
 * files. Each has an `if` of its own that asks how those before it ended.
 */
#include "config.h"

#include "interchange/runnel-github-private.h"

static void
add_links (RunnelGithubExport *self, const RunnelFlowStep *step, RunnelGithubGate *gate)
{
  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      RunnelGithubLink link = { runnel_flow_get_step (self->flow, need->step)->id, need->on,
                                _runnel_github_get_facts (self, need->step)->tells };

      g_array_append_val (gate->links, link);
    }
}

static char *
say_condition (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  RunnelGithubSpeaker speaker = { self->flow, job->step,   job->self, RUNNEL_GITHUB_IN_CONDITION,
                                  TRUE,       job->is_last };
  char *said;

  if (job->step->condition == NULL)
    return NULL;
  said = runnel_github_say_expression (&speaker, job->step->condition, NULL);

  return said != NULL ? said : g_strdup ("!always()");
}

/* A step that can't be said fails, so that nobody takes it for done. */
static void
write_failure (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "id", job->id);
  _runnel_github_write_expression (self->writer, "if", job->condition);
  runnel_yaml_writer_pair (self->writer, "run",
                           "echo 'This step can not be expressed here.' >&2; exit 1");
  runnel_yaml_writer_pair (self->writer, "shell", "sh");
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_one (RunnelGithubExport *self, RunnelGithubJob *job)
{
  _runnel_github_write_losses (self, job->step);
  if (job->step->body == RUNNEL_FLOW_SHELL)
    _runnel_github_write_run (self, job, job->id);
  else
    write_failure (self, job);
}

static void
write_step (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  g_autoptr(RunnelGithubJob) job = _runnel_github_job_new (step);
  g_auto(RunnelGithubGate) gate = { 0 };

  runnel_github_gate_init (&gate);
  gate.whole = TRUE;
  gate.join = step->join;
  gate.disabled = step->enabled == RUNNEL_DISABLED;
  gate.condition = say_condition (self, job);
  add_links (self, step, &gate);
  job->forgives = _runnel_github_get_facts (self, step->index)->tells;
  job->condition = runnel_github_gate_say (&gate);
  write_one (self, job);
}

static void
write_hooks (RunnelGithubExport *self, GPtrArray *hooks, const char *start)
{
  for (guint i = 0; i < hooks->len; i++)
    {
      g_autoptr(RunnelGithubJob) job = _runnel_github_job_new (g_ptr_array_index (hooks, i));
      g_autofree char *own = NULL;

      job->forgives = TRUE;
      job->is_last = hooks != self->flow->on_start;
      own = say_condition (self, job);
      job->condition = own != NULL ? g_strdup_printf ("%s && (%s)", start, own) : g_strdup (start);
      write_one (self, job);
    }
}

static void
write_undos (RunnelGithubExport *self)
{
  for (guint i = self->flow->order->len; self->flow->rolls_back && i-- > 0;)
    {
      const RunnelFlowStep *step =
        runnel_flow_get_step (self->flow, g_array_index (self->flow->order, guint, i));
      g_autoptr(RunnelGithubJob) job = NULL;

      if (step->undo == NULL)
        continue;
      job = _runnel_github_job_new (step->undo);
      job->self = step->id;
      job->forgives = TRUE;
      job->condition = g_strdup_printf ("failure() && steps.%s.outcome != 'skipped'", step->id);
      write_one (self, job);
    }
}

static void
write_verdict (RunnelGithubExport *self)
{
  g_autoptr(GPtrArray) needs = g_ptr_array_new ();
  g_autofree char *condition = _runnel_github_say_verdict (self, needs);

  if (condition == NULL)
    return;
  runnel_yaml_writer_open_map (self->writer);
  _runnel_github_write_expression (self->writer, "if", condition);
  runnel_yaml_writer_pair (self->writer, "run", RUNNEL_GITHUB_VERDICT_LINE);
  runnel_yaml_writer_pair (self->writer, "shell", "sh");
  runnel_yaml_writer_close_map (self->writer);
}

static const char *
find_image (const RunnelFlow *flow)
{
  for (guint i = 0; i < flow->steps->len; i++)
    if (runnel_flow_get_step (flow, i)->image != NULL)
      return runnel_flow_get_step (flow, i)->image;

  return NULL;
}

/* Writes the one job. */
void
_runnel_github_write_whole (RunnelGithubExport *self)
{
  const RunnelFlow *flow = self->flow;

  runnel_yaml_writer_key (self->writer, "all");
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "runs-on",
                           self->options->runner != NULL ? self->options->runner : "ubuntu-latest");
  runnel_yaml_writer_pair (self->writer, "container", find_image (flow));
  runnel_yaml_writer_key (self->writer, "steps");
  runnel_yaml_writer_open_list (self->writer);
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "uses", RUNNEL_GITHUB_CHECKOUT);
  runnel_yaml_writer_close_map (self->writer);
  write_hooks (self, flow->on_start, "!cancelled()");
  for (guint i = 0; i < flow->order->len; i++)
    write_step (self, runnel_flow_get_step (flow, g_array_index (flow->order, guint, i)));
  write_undos (self);
  write_hooks (self, flow->on_success, "success()");
  write_hooks (self, flow->on_failure, "failure()");
  write_hooks (self, flow->on_finish, "always()");
  write_verdict (self);
  runnel_yaml_writer_close_list (self->writer);
  runnel_yaml_writer_close_map (self->writer);
}
