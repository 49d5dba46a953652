/* runnel-status-explain.c: why a step of a run that is watched is what it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-status-explain.h"
#include "history/runnel-explain.h"

/* What is explained are records as the history has them. A monitor knows no attempts and no waits
 * that are over; all else it knows at once. */
static RunnelStepRecord *
make_record (const RunnelStepStatus *status)
{
  RunnelStepRecord *record = g_new0 (RunnelStepRecord, 1);

  record->id = g_strdup (status->id);
  record->role = status->role;
  record->parent = g_strdup (status->parent);
  record->matrix = status->matrix != NULL ? json_object_ref (status->matrix) : NULL;
  record->state = status->state;
  record->tolerated = status->tolerated;
  record->cause = g_strdup (status->cause);
  record->reason = g_strdup (status->reason);
  return record;
}

static void
add_record (const RunnelStepStatus *status,
            gpointer                user_data)
{
  GPtrArray *records = user_data;

  g_ptr_array_add (records, make_record (status));
}

static void
add_wait (RunnelStepRecord *record)
{
  RunnelWaitRecord *wait;

  if (record->state != RUNNEL_STATE_WAITING || record->reason == NULL)
    return;
  wait = g_new0 (RunnelWaitRecord, 1);
  wait->reason = g_strdup (record->reason);
  record->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_wait_record_free);
  g_ptr_array_add (record->waits, wait);
}

static RunnelStepRecord *
find_record (GPtrArray  *records,
             const char *id)
{
  for (guint i = 0; i < records->len; i++)
    {
      RunnelStepRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->id, id))
        return record;
    }
  return NULL;
}

/**
 * runnel_status_explain:
 * @monitor: what watches the run
 * @pipeline: what is run
 * @id: the id of a step
 *
 * Returns: (transfer full) (nullable): the facts about the step, one a line, in the words of
 *   runnel_explain_step(); %NULL when nothing was heard of it
 */
char *
runnel_status_explain (RunnelRunMonitor *monitor,
                       RunnelPipeline   *pipeline,
                       const char       *id)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) facts = NULL;
  RunnelStepRecord *record;

  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (monitor), NULL);

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_record_free);
  runnel_run_monitor_foreach_step (monitor, add_record, records);
  record = find_record (records, id);
  if (record == NULL)
    return NULL;
  add_wait (record);
  facts = runnel_explain_step (records, pipeline, record);
  return runnel_explain_text (facts);
}
