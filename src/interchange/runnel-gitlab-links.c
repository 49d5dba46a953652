/* runnel-gitlab-links.c: when a job of GitLab CI starts, and whether it is there at all
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job that its rules take out of the pipeline is not skipped, it does not exist; those that need
 * it would be refused, or would start without it. So a job has the conditions of the steps before
 * it as well as its own: a list of guards, all of which must hold.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-private.h"

static const RunnelFlowNeed *
get_need (const RunnelFlowStep *step,
          guint                 index)
{
  return &g_array_index (step->needs, RunnelFlowNeed, index);
}

static gboolean
has_only (const RunnelFlowStep *step,
          RunnelOn              on)
{
  for (guint i = 0; i < step->needs->len; i++)
    if (get_need (step, i)->on != on)
      return FALSE;

  return TRUE;
}

/* Whether no step before can be skipped: then finished and always are the same. */
static gboolean
always_finish (const RunnelFlow     *flow,
               const RunnelFlowStep *step)
{
  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowStep *before = runnel_flow_get_step (flow, get_need (step, i)->step);

      if (before->needs->len > 0 || before->condition != NULL || before->enabled != RUNNEL_ENABLED)
        return FALSE;
    }

  return TRUE;
}

static RunnelGitlabStart
get_start (const RunnelFlow     *flow,
           const RunnelFlowStep *step)
{
  gboolean joins_all = step->needs->len < 2 || step->join == RUNNEL_JOIN_ALL;
  gboolean joins_any = step->needs->len < 2 || step->join == RUNNEL_JOIN_ANY;

  if (has_only (step, RUNNEL_ON_SUCCESS))
    return (RunnelGitlabStart){ "on_success", joins_all, FALSE };
  if (has_only (step, RUNNEL_ON_FAILURE))
    return (RunnelGitlabStart){ "on_failure", joins_any, FALSE };
  if (has_only (step, RUNNEL_ON_ALWAYS))
    return (RunnelGitlabStart){ "always", joins_all, FALSE };
  if (has_only (step, RUNNEL_ON_FINISHED))
    return (RunnelGitlabStart){ "always", joins_all && always_finish (flow, step), TRUE };

  return (RunnelGitlabStart){ "always", FALSE, FALSE };
}

/**
 * _runnel_gitlab_get_start:
 * @flow: a pipeline
 * @step: a step of it
 *
 * Returns: what GitLab is told of the links into @step
 */
RunnelGitlabStart
_runnel_gitlab_get_start (const RunnelFlow     *flow,
                          const RunnelFlowStep *step)
{
  RunnelGitlabStart start = get_start (flow, step);

  /* There is only one `when`, and a person is waited for by that. */
  if (step->body == RUNNEL_FLOW_APPROVAL && !g_str_equal (start.when, "on_success"))
    return (RunnelGitlabStart){ "on_success", FALSE, FALSE };

  return start;
}

/**
 * _runnel_gitlab_starts_anyway:
 * @start: how a job starts
 *
 * Returns: whether it starts without the jobs that it needs when they are not there
 */
gboolean
_runnel_gitlab_starts_anyway (RunnelGitlabStart start)
{
  return g_str_equal (start.when, "always") && !start.finished;
}

static gboolean
waits_for_success (const RunnelFlowStep *step)
{
  return has_only (step, RUNNEL_ON_SUCCESS)
         && (step->needs->len < 2 || step->join == RUNNEL_JOIN_ALL);
}

/* By step, whether it must have succeeded before `step` starts: all that links on success lead back to. */
static gboolean *
find_succeeded (const RunnelFlow     *flow,
                const RunnelFlowStep *step)
{
  gboolean *succeeded = g_new0 (gboolean, flow->steps->len);

  for (guint i = flow->order->len; i > 0; i--)
    {
      guint index = g_array_index (flow->order, guint, i - 1);
      const RunnelFlowStep *after = runnel_flow_get_step (flow, index);

      if ((after != step && !succeeded[index]) || !waits_for_success (after))
        continue;
      for (guint j = 0; j < after->needs->len; j++)
        succeeded[get_need (after, j)->step] = TRUE;
    }

  return succeeded;
}

static gboolean
has_need (const RunnelFlowStep *step,
          guint                 before)
{
  for (guint i = 0; i < step->needs->len; i++)
    if (get_need (step, i)->step == before)
      return TRUE;

  return FALSE;
}

/**
 * _runnel_gitlab_list_sources:
 * @flow: a pipeline
 * @step: a step of it
 *
 * A job only gets the variables of those that it needs, not of those that these need. To need a job as well that must
 * have succeeded anyway changes nothing of when this one starts.
 *
 * Returns: (transfer full) (element-type RunnelFlowStep): steps that it is to need for their outputs alone
 */
GPtrArray *
_runnel_gitlab_list_sources (const RunnelFlow     *flow,
                             const RunnelFlowStep *step)
{
  GPtrArray *sources = g_ptr_array_new ();
  g_autofree gboolean *succeeded = NULL;

  if (step->reads->len == 0)
    return sources;

  succeeded = find_succeeded (flow, step);
  for (guint i = 0; i < step->reads->len; i++)
    {
      const char *id = g_array_index (step->reads, RunnelFlowRead, i).step;
      RunnelFlowStep *source = runnel_flow_find_step (flow, id);

      if (source != NULL && succeeded[source->index] && !has_need (step, source->index)
          && !g_ptr_array_find (sources, source, NULL))
        g_ptr_array_add (sources, source);
    }

  return sources;
}

static void
add_guard (GPtrArray  *guards,
           const char *guard)
{
  if (!g_ptr_array_find_with_equal_func (guards, guard, g_str_equal, NULL))
    g_ptr_array_add (guards, g_strdup (guard));
}

/* The guards of the steps without which this one does not start. */
static void
add_inherited (GPtrArray            *guards,
               const RunnelFlow     *flow,
               const RunnelFlowStep *step,
               GPtrArray            *all)
{
  if (_runnel_gitlab_starts_anyway (_runnel_gitlab_get_start (flow, step)))
    return;

  for (guint i = 0; i < step->needs->len; i++)
    {
      GPtrArray *inherited = g_ptr_array_index (all, get_need (step, i)->step);

      for (guint j = 0; j < inherited->len; j++)
        add_guard (guards, g_ptr_array_index (inherited, j));
    }
}

static void
add_own (GPtrArray            *guards,
         const RunnelFlow     *flow,
         const RunnelFlowStep *step)
{
  g_autofree char *said = NULL;
  g_autofree char *wrapped = NULL;

  if (step->enabled == RUNNEL_DISABLED)
    add_guard (guards, RUNNEL_GITLAB_NEVER);
  if (step->condition == NULL)
    return;

  said = _runnel_gitlab_say_condition (flow, step->condition, NULL);
  if (said == NULL)
    return;
  if (strstr (said, " || ") != NULL)
    wrapped = g_strdup_printf ("(%s)", said);

  /* Even when a step before has the same condition: the file tells whose it is. */
  g_ptr_array_add (guards, g_strdup (wrapped != NULL ? wrapped : said));
}

/**
 * _runnel_gitlab_list_guards:
 * @flow: a pipeline
 *
 * Returns: (transfer full) (element-type GPtrArray): by step, what must hold for it to be in a
 * pipeline of GitLab: conditions of those before it, then its own
 */
GPtrArray *
_runnel_gitlab_list_guards (const RunnelFlow *flow)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  g_ptr_array_set_size (all, flow->steps->len);
  for (guint i = 0; i < flow->order->len; i++)
    {
      guint index = g_array_index (flow->order, guint, i);
      const RunnelFlowStep *step = runnel_flow_get_step (flow, index);
      GPtrArray *guards = g_ptr_array_new_with_free_func (g_free);

      add_inherited (guards, flow, step, all);
      add_own (guards, flow, step);
      all->pdata[index] = guards;
    }

  return all;
}

/**
 * _runnel_gitlab_join_guards:
 * @guards: (element-type utf8): guards of a job
 *
 * Returns: (transfer full) (nullable): the condition of its rule, without %RUNNEL_GITLAB_NEVER;
 * %NULL when there is none
 */
char *
_runnel_gitlab_join_guards (GPtrArray *guards)
{
  g_autoptr (GString) condition = g_string_new (NULL);

  for (guint i = 0; i < guards->len; i++)
    {
      const char *guard = g_ptr_array_index (guards, i);

      if (!g_str_equal (guard, RUNNEL_GITLAB_NEVER))
        g_string_append_printf (condition, "%s%s", condition->len > 0 ? " && " : "", guard);
    }

  return condition->len > 0 ? g_string_free (g_steal_pointer (&condition), FALSE) : NULL;
}

/**
 * _runnel_gitlab_never_runs:
 * @guards: (element-type utf8): guards of a job
 *
 * Returns: whether it, or one without which it doesn't start, is disabled
 */
gboolean
_runnel_gitlab_never_runs (GPtrArray *guards)
{
  return g_ptr_array_find_with_equal_func (guards, RUNNEL_GITLAB_NEVER, g_str_equal, NULL);
}
