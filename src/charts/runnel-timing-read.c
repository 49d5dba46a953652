/* runnel-timing-read.c: the timing of a run of the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-timing-read.h"

/* The pipeline as it ran; NULL when this version can't read it, for the bars are there all the same. */
static RunnelPipeline *
read_pipeline (RunnelHistory *history,
               gint64         run)
{
  g_autofree char *text = runnel_history_get_text (history, run, NULL);

  return text != NULL ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;
}

/**
 * runnel_timing_read:
 * @history: a history
 * @run: the number of a run
 * @ret_pipeline: (out) (optional) (nullable): the pipeline as it ran
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): its timing, with the steps of subpipelines
 */
RunnelTiming *
runnel_timing_read (RunnelHistory   *history,
                    gint64           run,
                    RunnelPipeline **ret_pipeline,
                    GError         **error)
{
  RunnelRunRecord *record = runnel_history_get_run (history, run, error);
  g_autoptr(GPtrArray) steps = record ? runnel_history_get_steps (history, run, error) : NULL;
  g_autoptr(GPtrArray) family = steps ? runnel_history_list_family (history, run, error) : NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  gint64 now = g_get_real_time ();
  RunnelTiming *timing = NULL;

  if (family != NULL)
    {
      pipeline = read_pipeline (history, run);
      timing = runnel_timing_new (record, steps, pipeline, now);
      runnel_timing_nest_family (timing, family, now);
    }
  g_clear_pointer (&record, runnel_run_record_free);
  if (ret_pipeline != NULL)
    *ret_pipeline = g_steal_pointer (&pipeline);
  return timing;
}
