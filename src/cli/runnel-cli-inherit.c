/* runnel-cli-inherit.c: gives a run the artifacts of steps that it does not carry out again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-run.h"
#include "engine/files/runnel-artifacts.h"

static gboolean
link_step (RunnelCliOrder           *order,
           const RunnelEarlierStep  *step,
           const char               *run_dir,
           GError                  **error)
{
  g_autofree char *earlier_dir = runnel_history_get_run_dir (order->earlier->run);

  return !step->artifacts ||
         runnel_artifacts_link (earlier_dir, step->id, run_dir, step->id, error);
}

static gboolean
link_legs (RunnelCliOrder           *order,
           const RunnelEarlierStep  *parent,
           const char               *run_dir,
           GError                  **error)
{
  for (guint i = 0; i < order->earlier->steps->len; i++)
    {
      const RunnelEarlierStep *step = g_ptr_array_index (order->earlier->steps, i);

      if (step->role == RUNNEL_ROLE_LEG && g_strcmp0 (step->parent, parent->id) == 0 &&
          !link_step (order, step, run_dir, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * runnel_cli_inherit_artifacts:
 * @order: what is to be run
 * @run_dir: (type filename): the folder of the new run
 * @error: return location for a #RunnelGlobError or a #GIOErrorEnum
 *
 * Links the artifacts of the steps whose results are those of an earlier run.
 *
 * Returns: whether the run has them
 */
gboolean
runnel_cli_inherit_artifacts (RunnelCliOrder  *order,
                              const char      *run_dir,
                              GError         **error)
{
  for (guint i = 0; order->earlier && order->selection &&
                    i < runnel_pipeline_get_n_steps (order->pipeline); i++)
    {
      const RunnelEarlierStep *step =
        runnel_selection_get_reused (order->selection, order->pipeline, i);

      if (step && (!link_step (order, step, run_dir, error) ||
                   !link_legs (order, step, run_dir, error)))
        return FALSE;
    }

  return TRUE;
}
