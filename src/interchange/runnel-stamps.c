/* runnel-stamps.c: what targets share that keep a file for each step that is over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-stamps.h"

#include <glib/gi18n.h>

#include "interchange/runnel-script.h"

/* The key of a step that this one needs. */
char *
_runnel_stamps_get_need (const RunnelFlow     *flow,
                         const RunnelFlowStep *step,
                         guint                 position)
{
  const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, position);

  return _runnel_script_get_key (runnel_flow_get_step (flow, need->step)->id);
}

/* The title of the pipeline on one line. */
char *
_runnel_stamps_dup_title (const RunnelFlow *flow)
{
  char *title = flow->name != NULL ? g_strdup (flow->name) : runnel_target_get_stem (flow);

  return g_strdelimit (title, "\r\n", ' ');
}

/* What is not as in the script alone, because each step has a process of its own. */
void
_runnel_stamps_judge (const RunnelFlow     *flow,
                      const RunnelFlowStep *step,
                      RunnelFeature         feature,
                      RunnelCapability     *verdict)
{
  if (verdict->fidelity == RUNNEL_FIDELITY_LOST)
    return;
  if (feature == RUNNEL_FEATURE_PRIORITY)
    *verdict = (RunnelCapability){ RUNNEL_FIDELITY_LOST, N_("the steps start in another order"),
                                   N_("link the steps to one another") };
  else if (feature == RUNNEL_FEATURE_JOIN_ANY)
    *verdict =
      (RunnelCapability){ RUNNEL_FIDELITY_EMULATED,
                          N_("the script decides, but only when all it needs is over"), NULL };
  else if (feature == RUNNEL_FEATURE_HOOKS)
    *verdict =
      (RunnelCapability){ RUNNEL_FIDELITY_EMULATED,
                          N_("the script runs them, but not when it is interrupted"), NULL };
  else if (feature == RUNNEL_FEATURE_PARAMETERS)
    *verdict =
      (RunnelCapability){ RUNNEL_FIDELITY_EXACT, N_("variables of the environment"), NULL };
}
