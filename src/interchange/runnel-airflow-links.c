/* runnel-airflow-links.c: order in Airflow, by trigger rules and gates
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A task has one trigger rule for all that is upstream. So where links of several outcomes meet, or
 * one of another than success, a gate stands between: an EmptyOperator that succeeds when the link
 * fires and is skipped when it can't. A link on failure also needs the start of the step before,
 * because Airflow counts a task that could not run as failed:
 *
 *     b.started (the rule of b, upstream of b)  ─┐
 *     b.ended-badly (all_failed, after b)        ─┴─ b.failed (all_success)
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#define OUTCOME "runnel.outcome"
#define OVER "runnel.over"

static void
add_gate (RunnelAirflow *self, const char *id, const char *rule)
{
  self->has_empty = TRUE;
  g_string_append_printf (self->text,
                          "    %s = EmptyOperator(task_id=\"%s\", trigger_rule=\"%s\", "
                          "doc_md=\"runnel: gate\")\n",
                          _runnel_airflow_get_variable (self, id), id, rule);
}

static void
add_edge (RunnelAirflow *self, const char *from, const char *to)
{
  g_autofree char *before = g_strdup (_runnel_airflow_get_variable (self, from));

  g_string_append_printf (self->text, "    %s >> %s\n", before,
                          _runnel_airflow_get_variable (self, to));
}

static gboolean
is_known (RunnelAirflow *self, const char *id)
{
  return g_hash_table_contains (self->variables, id);
}

static const char *
get_suffix (RunnelOn on)
{
  switch (on)
    {
    case RUNNEL_ON_FAILURE:
      return "failed";
    case RUNNEL_ON_FINISHED:
      return "finished";
    default:
      return "over";
    }
}

/* The rule of a step over what its links come from, tasks and gates alike; NULL = all_success,
 * which is Airflow's own. */
const char *
_runnel_airflow_get_rule (const RunnelFlowStep *step)
{
  if (step->needs->len < 2 || step->join == RUNNEL_JOIN_ALL)
    return NULL;

  return step->join == RUNNEL_JOIN_ANY ? "one_success" : "none_failed_min_one_success";
}

static char *add_source (RunnelAirflow *self, const RunnelFlowNeed *need);

/* Links all that `step` needs to `to`. */
static void
add_sources (RunnelAirflow *self, const RunnelFlowStep *step, const char *to)
{
  for (guint i = 0; i < step->needs->len; i++)
    {
      g_autofree char *from = add_source (self, &g_array_index (step->needs, RunnelFlowNeed, i));

      add_edge (self, from, to);
    }
}

/* A gate that succeeds when the links into `step` let it start. */
static char *
add_start_gate (RunnelAirflow *self, const RunnelFlowStep *step)
{
  char *id = g_strconcat (step->id, ".started", NULL);
  const char *rule = _runnel_airflow_get_rule (step);

  if (is_known (self, id))
    return id;

  add_gate (self, id, rule != NULL ? rule : "all_success");
  add_sources (self, step, id);

  return id;
}

/* A gate for what `step` ended as, if it was not just its start that could not be. */
static void
add_outcome_gate (RunnelAirflow *self, const RunnelFlowStep *step, RunnelOn on, const char *id)
{
  const char *rule = on == RUNNEL_ON_FAILURE ? "all_failed" : "none_skipped";
  g_autofree char *outcome = g_strconcat (step->id, ".", get_suffix (on), "-itself", NULL);
  g_autofree char *started = NULL;

  if (step->needs->len == 0)
    {
      add_gate (self, id, rule);
      add_edge (self, step->id, id);
      return;
    }

  started = add_start_gate (self, step);
  add_gate (self, outcome, rule);
  add_edge (self, step->id, outcome);
  add_gate (self, id, "all_success");
  add_edge (self, started, id);
  add_edge (self, outcome, id);
}

/* The task whose success means that the link fires; (transfer full). */
static char *
add_source (RunnelAirflow *self, const RunnelFlowNeed *need)
{
  const RunnelFlowStep *step = runnel_flow_get_step (self->flow, need->step);
  g_autofree char *id = NULL;

  if (need->on == RUNNEL_ON_SUCCESS)
    return g_strdup (step->id);

  id = g_strconcat (step->id, ".", get_suffix (need->on), NULL);
  if (is_known (self, id))
    return g_steal_pointer (&id);

  if (need->on == RUNNEL_ON_ALWAYS)
    {
      add_gate (self, id, "all_done");
      add_edge (self, step->id, id);
    }
  else
    {
      add_outcome_gate (self, step, need->on, id);
    }

  return g_steal_pointer (&id);
}

/* Writes all links between the tasks of steps, which are written already, and the gates they need.
 */
void
_runnel_airflow_add_links (RunnelAirflow *self)
{
  for (guint i = 0; i < self->flow->order->len; i++)
    {
      const RunnelFlowStep *step =
        runnel_flow_get_step (self->flow, g_array_index (self->flow->order, guint, i));

      add_sources (self, step, step->id);
    }
}

static gboolean
is_handled (RunnelAirflow *self, const RunnelFlowStep *step)
{
  for (guint i = 0; i < step->followers->len; i++)
    {
      const RunnelFlowStep *follower =
        runnel_flow_get_step (self->flow, g_array_index (step->followers, guint, i));

      for (guint j = 0; j < follower->needs->len; j++)
        {
          const RunnelFlowNeed *need = &g_array_index (follower->needs, RunnelFlowNeed, j);

          if (need->step == step->index && need->handles)
            return TRUE;
        }
    }

  return FALSE;
}

/* Steps as a list of Python: their tasks, or the ids of those whose failure fails the run. */
static char *
list_steps (RunnelAirflow *self, gboolean unhandled_ids)
{
  g_autoptr(GString) list = g_string_new ("[");

  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (self->flow, i);
      const char *quote = unhandled_ids ? "\"" : "";

      if (unhandled_ids && is_handled (self, step))
        continue;
      g_string_append_printf (
        list, "%s%s%s%s", list->len > 1 ? ", " : "", quote,
        unhandled_ids ? step->id : _runnel_airflow_get_variable (self, step->id), quote);
    }

  return g_string_free (g_string_append_c (g_steal_pointer (&list), ']'), FALSE);
}

/* Hooks of one moment run one after another, behind `before`. Returns the last. */
static const char *
add_hooks (RunnelAirflow *self, GPtrArray *hooks, const char *point, const char *before)
{
  for (guint i = 0; i < hooks->len; i++)
    {
      const RunnelFlowStep *hook = g_ptr_array_index (hooks, i);

      _runnel_airflow_add_task (self, hook, i > 0 ? "all_done" : NULL, point);
      if (before != NULL)
        add_edge (self, before, hook->id);
      before = hook->id;
    }

  return before;
}

static void
add_first_hooks (RunnelAirflow *self)
{
  const char *last = add_hooks (self, self->flow->on_start, "on-start", NULL);

  for (guint i = 0; last != NULL && i < self->flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (self->flow, i);

      if (step->needs->len == 0)
        add_edge (self, last, step->id);
    }
}

static void
add_hooks_after (RunnelAirflow *self,
                 GPtrArray *hooks,
                 const char *point,
                 const char *gate,
                 const char *rule)
{
  const char *last;

  if (hooks->len == 0)
    return;

  add_gate (self, gate, rule);
  add_edge (self, OUTCOME, gate);
  last = add_hooks (self, hooks, point, gate);
  if (self->flow->on_finish->len > 0)
    add_edge (self, last, OVER);
}

static void
add_last_hooks (RunnelAirflow *self)
{
  const RunnelFlow *flow = self->flow;

  if (flow->on_finish->len > 0)
    {
      add_gate (self, OVER, "all_done");
      add_edge (self, OUTCOME, OVER);
    }
  add_hooks_after (self, flow->on_success, "on-success", "runnel.good", "all_success");
  add_hooks_after (self, flow->on_failure, "on-failure", "runnel.bad", "all_failed");
  if (flow->on_finish->len > 0)
    add_hooks (self, flow->on_finish, "on-finish", OVER);

  /* The last tasks decide how the run ends, and hooks are not to hide a failure. */
  add_gate (self, "runnel.end", "all_success");
  add_edge (self, OUTCOME, "runnel.end");
}

/* Whether the tasks that come last say by themselves how the run ended: every failure reaches them.
 */
static gboolean
ends_by_itself (const RunnelFlow *flow)
{
  static const RunnelFeature features[] = {
    RUNNEL_FEATURE_LINK_FAILURE, RUNNEL_FEATURE_LINK_FINISHED, RUNNEL_FEATURE_LINK_ALWAYS,
    RUNNEL_FEATURE_JOIN_ANY,     RUNNEL_FEATURE_HOOKS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    if (runnel_flow_asks (flow, features[i]))
      return FALSE;

  return TRUE;
}

/* Writes hooks, and the task that fails when a step failed whose failure nothing made good. */
void
_runnel_airflow_add_ends (RunnelAirflow *self)
{
  g_autofree char *all = NULL;
  g_autofree char *unhandled = NULL;

  add_first_hooks (self);
  if (ends_by_itself (self->flow))
    return;

  all = list_steps (self, FALSE);
  unhandled = list_steps (self, TRUE);
  self->has_outcome = TRUE;
  g_string_append_printf (self->text,
                          "    %s = PythonOperator(\n"
                          "        task_id=\"" OUTCOME "\",\n"
                          "        python_callable=check_outcome,\n"
                          "        op_args=[%s],\n"
                          "        trigger_rule=\"all_done\",\n"
                          "        doc_md=\"runnel: gate\",\n"
                          "    )\n"
                          "    %s >> %s\n",
                          _runnel_airflow_get_variable (self, OUTCOME), unhandled, all,
                          _runnel_airflow_get_variable (self, OUTCOME));
  if (runnel_flow_asks (self->flow, RUNNEL_FEATURE_HOOKS))
    add_last_hooks (self);
}
