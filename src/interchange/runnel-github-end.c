/* runnel-github-end.c: jobs before and behind all others: hooks, undos and the verdict
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"

static void
need_all (RunnelGithubExport *self, RunnelGithubJob *job)
{
  for (guint i = 0; i < self->flow->steps->len; i++)
    g_ptr_array_add (job->needs, (gpointer) runnel_flow_get_step (self->flow, i)->id);
}

static void
set_condition (RunnelGithubExport *self, RunnelGithubJob *job, const char *start)
{
  g_autofree char *own = _runnel_github_say_condition (self, job);

  if (own == NULL)
    job->condition = g_strdup (start);
  else if (start == NULL)
    job->condition = g_strdup (own);
  else
    job->condition =
      g_strdup_printf (runnel_github_has_or (own) ? "%s && (%s)" : "%s && %s", start, own);
  runnel_import_set_string (job->mark, "if", job->step->condition);
}

/* The undos of what was started, one after another, latest first. */
static void
write_undos (RunnelGithubExport *self, GPtrArray *before)
{
  for (guint i = self->flow->order->len; self->flow->rolls_back && i-- > 0;)
    {
      const RunnelFlowStep *step =
        runnel_flow_get_step (self->flow, g_array_index (self->flow->order, guint, i));
      g_autoptr(RunnelGithubJob) job = NULL;
      g_autofree char *start = NULL;

      if (step->undo == NULL || step->matrix != NULL)
        continue;
      job = _runnel_github_job_new (step->undo);
      job->self = step->id;
      job->forgives = TRUE;
      need_all (self, job);
      for (guint j = 0; j < before->len; j++)
        g_ptr_array_add (job->needs, g_ptr_array_index (before, j));
      runnel_import_set_string (job->mark, "undo", step->id);
      start = g_strdup_printf ("failure() && needs.%s.result != 'skipped'", step->id);
      set_condition (self, job, start);
      _runnel_github_write_job (self, job);
      g_ptr_array_add (before, (gpointer) job->id);
    }
}

static void
write_hooks (RunnelGithubExport *self,
             GPtrArray *hooks,
             const char *point,
             const char *start,
             GPtrArray *before)
{
  for (guint i = 0; i < hooks->len; i++)
    {
      g_autoptr(RunnelGithubJob) job = _runnel_github_job_new (g_ptr_array_index (hooks, i));

      job->forgives = TRUE;
      job->is_last = !g_str_equal (point, "on-start");
      if (job->is_last)
        need_all (self, job);
      for (guint j = 0; j < before->len; j++)
        g_ptr_array_add (job->needs, g_ptr_array_index (before, j));
      runnel_import_set_string (job->mark, "hook", point);
      _runnel_github_mark_body (job);
      set_condition (self, job, start);
      _runnel_github_write_job (self, job);
      g_ptr_array_add (before, (gpointer) job->id);
    }
}

/* Whether a step that is to make good a failure is started for certain, so that nobody has to look
 * at the end. */
static gboolean
is_certain (const RunnelFlowStep *handler)
{
  return handler->needs->len == 1 && handler->condition == NULL
         && handler->enabled == RUNNEL_ENABLED && handler->matrix == NULL;
}

/* For one step: it failed, and nothing that was to make it good was started. NULL when that can't
 * be. */
static char *
say_unhandled (RunnelGithubExport *self, const RunnelFlowStep *step, GPtrArray *needs)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_printf (text,
                   self->whole ? "steps.%s.outcome == 'failure'"
                               : "needs.%s.outputs." RUNNEL_GITHUB_RESULT " == 'failure'",
                   step->id);
  for (guint i = 0; i < step->followers->len; i++)
    {
      const RunnelFlowStep *handler =
        runnel_flow_get_step (self->flow, g_array_index (step->followers, guint, i));

      for (guint j = 0; j < handler->needs->len; j++)
        {
          const RunnelFlowNeed *need = &g_array_index (handler->needs, RunnelFlowNeed, j);

          if (need->step != step->index || !need->handles)
            continue;
          if (is_certain (handler))
            return NULL;
          g_string_append_printf (text,
                                  self->whole ? " && (steps.%s.outcome == 'skipped' || "
                                                "steps.%s.outcome == 'cancelled')"
                                              : " && (needs.%s.result == 'skipped' || "
                                                "needs.%s.result == 'cancelled')",
                                  handler->id, handler->id);
          if (!g_ptr_array_find (needs, handler->id, NULL))
            g_ptr_array_add (needs, (gpointer) handler->id);
        }
    }
  if (!g_ptr_array_find (needs, step->id, NULL))
    g_ptr_array_add (needs, (gpointer) step->id);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns (transfer full) whether a failure was not made good after all, as an expression; NULL
 * when that can't be. Adds to `needs` the steps that it asks for. */
char *
_runnel_github_say_verdict (RunnelGithubExport *self, GPtrArray *needs)
{
  g_autoptr(GString) condition = g_string_new (NULL);

  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (self->flow, i);
      g_autofree char *text = NULL;

      if (_runnel_github_get_facts (self, i)->tells)
        text = say_unhandled (self, step, needs);
      if (text != NULL)
        g_string_append_printf (condition, "%s(%s)", condition->len > 0 ? " || " : "", text);
    }
  if (condition->len == 0)
    return NULL;

  return g_strdup_printf ("!cancelled() && (%s)", condition->str);
}

/* The job that makes the workflow fail then. */
static void
write_verdict (RunnelGithubExport *self, GPtrArray *before)
{
  g_autoptr(GPtrArray) needs = g_ptr_array_new ();
  g_autoptr(JsonObject) mark = json_object_new ();
  g_autofree char *condition = _runnel_github_say_verdict (self, needs);

  if (condition == NULL)
    return;

  json_object_set_boolean_member (mark, "verdict", TRUE);
  _runnel_github_write_mark (self, mark);
  runnel_yaml_writer_key (self->writer, RUNNEL_GITHUB_VERDICT);
  runnel_yaml_writer_open_map (self->writer);
  _runnel_github_write_needs (self, needs);
  _runnel_github_write_expression (self->writer, "if", condition);
  _runnel_github_write_lines (self, RUNNEL_GITHUB_VERDICT_LINE);
  runnel_yaml_writer_close_map (self->writer);
  g_ptr_array_add (before, (gpointer) RUNNEL_GITHUB_VERDICT);
}

/* Writes the hooks at the start. */
void
_runnel_github_write_start (RunnelGithubExport *self)
{
  g_autoptr(GPtrArray) before = g_ptr_array_new ();

  write_hooks (self, self->flow->on_start, "on-start", NULL, before);
}

/* Writes what follows the steps. */
void
_runnel_github_write_end (RunnelGithubExport *self)
{
  g_autoptr(GPtrArray) before = g_ptr_array_new ();

  write_verdict (self, before);
  write_undos (self, before);
  write_hooks (self, self->flow->on_success, "on-success", "!cancelled() && !failure()", before);
  write_hooks (self, self->flow->on_failure, "on-failure", "failure()", before);
  write_hooks (self, self->flow->on_finish, "on-finish", "always()", before);
}
