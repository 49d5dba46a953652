/* runnel-tekton-gate.c: lines by which a task decides itself whether it does anything
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tekton can't start a task because another failed or was skipped, and starts none at all once one
 * has failed. So where that is wanted every task runs, none fails, and each tells its outcome as a
 * result: success, failure or skipped. What the lines ask for of other steps comes from the
 * variables RUNNEL_OUTCOME_x and RUNNEL_AFTER_x; the second is true when a step was skipped because
 * of a failure before it.
 */
#include "config.h"

#include "interchange/runnel-tekton-private.h"
#include "interchange/runnel-shell-dialect.h"

#include <string.h>

static char *
say_outcome (const RunnelFlowStep *step)
{
  g_autofree char *variable = runnel_shell_get_variable ("RUNNEL_OUTCOME_", step->id, NULL);

  return g_strdup_printf ("\"$%s\"", variable);
}

/* A test that succeeds when the link fires. */
static char *
say_link (const RunnelFlowNeed *need,
          const RunnelFlowStep *before)
{
  g_autofree char *outcome = say_outcome (before);

  switch (need->on)
    {
    case RUNNEL_ON_SUCCESS:
      return before->continues ? g_strdup_printf ("[ %s != skipped ]", outcome)
                               : g_strdup_printf ("[ %s = success ]", outcome);
    case RUNNEL_ON_FAILURE:
      return before->continues ? g_strdup ("false") : g_strdup_printf ("[ %s = failure ]", outcome);
    case RUNNEL_ON_FINISHED:
      return g_strdup_printf ("[ %s != skipped ]", outcome);
    case RUNNEL_ON_ALWAYS:
    default:
      return g_strdup ("true");
    }
}

static char *
say_join (const RunnelFlow     *flow,
          const RunnelFlowStep *step)
{
  GString *said = g_string_new ("{ ");

  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      g_autofree char *link = say_link (need, runnel_flow_get_step (flow, need->step));

      g_string_append_printf (said, "%s%s",
                              i == 0                          ? ""
                              : step->join == RUNNEL_JOIN_ALL ? " && "
                                                              : " || ",
                              link);
    }
  g_string_append (said, step->needs->len == 0 ? "true; }" : "; }");
  for (guint i = 0; step->join == RUNNEL_JOIN_NONE_FAILED && i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      RunnelFlowStep *before = runnel_flow_get_step (flow, need->step);
      g_autofree char *outcome = say_outcome (before);

      if (need->on == RUNNEL_ON_SUCCESS && !before->continues)
        g_string_append_printf (said, " && [ %s != failure ]", outcome);
    }
  return g_string_free (said, FALSE);
}

/* Whether a step before failed, or was left out because of such a one. */
static char *
say_failure (const RunnelFlow     *flow,
             const RunnelFlowStep *step)
{
  GString *said = g_string_new ("false");

  for (guint i = 0; i < step->needs->len; i++)
    {
      RunnelFlowStep *before =
        runnel_flow_get_step (flow, g_array_index (step->needs, RunnelFlowNeed, i).step);
      g_autofree char *outcome = say_outcome (before);
      g_autofree char *after = runnel_shell_get_variable ("RUNNEL_AFTER_", before->id, NULL);

      /* a failure that is tolerated is none */
      if (!before->continues)
        g_string_append_printf (said, " || [ %s = failure ]", outcome);
      g_string_append_printf (said, " || [ \"$%s\" = true ]", after);
    }
  return g_string_free (said, FALSE);
}

static void
add_state (GString                  *lines,
           const RunnelTektonWriter *self,
           const RunnelFlowStep     *step)
{
  g_autofree char *outcome = runnel_shell_get_variable ("RUNNEL_OUTCOME_", step->id, NULL);
  g_autofree char *conclusion = runnel_shell_get_variable ("RUNNEL_CONCLUSION_", step->id, NULL);
  const guint n_legs = _runnel_tekton_is_unrolled (self, step) ? step->legs->combinations->len : 0;

  if (n_legs > 0)
    g_string_append_printf (lines, "%s=$%s__1\n", outcome, outcome);
  for (guint i = 1; i < n_legs; i++)
    g_string_append_printf (lines, "if [ \"$%s__%u\" = failure ]; then %s=failure; fi\n", outcome,
                            i + 1, outcome);
  g_string_append_printf (lines, "%s=$%s\n", conclusion, outcome);
  if (step->continues)
    g_string_append_printf (lines, "if [ \"$%s\" = failure ]; then %s=success; fi\n", outcome,
                            conclusion);
}

/* Lines that make the state of each step in `reads` from what came of its task, or of its legs. */
char *
_runnel_tekton_say_states (const RunnelTektonWriter *self,
                           GHashTable               *reads)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (self->flow, i);

      if (g_hash_table_contains (reads, step))
        add_state (lines, self, step);
    }
  return g_string_free (lines, FALSE);
}

static void
add_leave (GString              *lines,
           const RunnelFlowStep *step,
           gboolean              is_hook)
{
  g_string_append (lines, "leave () {\n");
  if (!is_hook)
    g_string_append (lines, "  printf '%s' \"$1\" > \"$(results.outcome.path)\"\n"
                            "  printf '%s' \"$failed\" > \"$(results.after.path)\"\n");
  for (guint i = 0; i < step->outputs->len; i++)
    g_string_append_printf (lines, "  : > \"$(results.%s.path)\"\n",
                            (char *) g_ptr_array_index (step->outputs, i));
  g_string_append (lines, "  exit 0\n}\n");
}

/* How the run ends, for what comes at its end: the verdict, asked before all is over. */
static void
add_phase (GString                  *lines,
           const RunnelTektonWriter *self,
           const char               *phase)
{
  g_autofree char *verdict = runnel_kube_say_verdict (self->flow);

  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      g_autofree char *outcome = runnel_shell_get_variable (
        "RUNNEL_OUTCOME_", runnel_flow_get_step (self->flow, i)->id, NULL);

      g_string_append_printf (lines, "S%u=$%s\n", i, outcome);
    }
  g_string_append_printf (
    lines,
    "RUNNEL_RUN_STATE=succeeded\nif ! (\n%s) > /dev/null; then RUNNEL_RUN_STATE=failed; fi\n",
    verdict);
  if (g_str_equal (phase, "on-success"))
    g_string_append (lines, "[ \"$RUNNEL_RUN_STATE\" = succeeded ] || leave skipped\n");
  else if (g_str_equal (phase, "on-failure"))
    g_string_append (lines, "[ \"$RUNNEL_RUN_STATE\" = failed ] || leave skipped\n");
}

/**
 * _runnel_tekton_say_gate:
 * @self: a pipeline whose tasks decide themselves
 * @step: a step, or a hook
 * @is_hook: whether it is a hook
 * @phase: (nullable): of a hook, "on-start", "on-finish", ...
 * @reads: set of the steps whose states are known
 *
 * Returns: (transfer full): lines that end the task when the step is to be skipped
 */
char *
_runnel_tekton_say_gate (const RunnelTektonWriter *self,
                         const RunnelFlowStep     *step,
                         gboolean                  is_hook,
                         const char               *phase,
                         GHashTable               *reads)
{
  GString *lines = g_string_new (NULL);
  g_autofree char *states = _runnel_tekton_say_states (self, reads);
  g_autofree char *join = say_join (self->flow, step);
  g_autofree char *failure = is_hook ? g_strdup ("[ \"$RUNNEL_RUN_STATE\" = failed ]")
                                     : say_failure (self->flow, step);
  g_autofree char *success = g_strdup_printf ("! { %s; }", failure);
  RunnelShellScope scope = { .flow = self->flow,
                             .step = step,
                             .success = success,
                             .failure = failure,
                             .cancelled = "false" };
  g_autofree char *condition = NULL;

  g_string_append (lines, states);
  g_string_append (lines, "failed=false\n");
  add_leave (lines, step, is_hook);
  if (is_hook && phase != NULL && !g_str_equal (phase, "on-start"))
    add_phase (lines, self, phase);
  if (!is_hook)
    {
      g_string_append_printf (lines, "if %s; then failed=true; fi\n", failure);
      if (step->needs->len > 0)
        g_string_append_printf (lines, "%s || leave skipped\n", join);
      g_string_append (lines, "failed=false\n");
    }
  if (step->enabled == RUNNEL_DISABLED)
    g_string_append (lines, "leave skipped\n");
  else if (step->enabled == RUNNEL_BYPASSED)
    g_string_append (lines, "leave success\n");
  else if (step->condition != NULL)
    condition = runnel_shell_say_condition (step->condition, &scope, NULL);
  if (condition != NULL)
    g_string_append_printf (lines, "if ! { %s; }; then leave skipped; fi\n", condition);
  return g_string_free (lines, FALSE);
}
