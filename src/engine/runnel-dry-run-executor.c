/* runnel-dry-run-executor.c: an executor under which every attempt succeeds and nothing happens
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-executor.h"

/* An attempt that is over as soon as the main loop comes round. */
typedef struct
{
  guint step_index;
  gboolean cancelled;
} DryTask;

typedef struct
{
  RunnelExecutor parent;
  GPtrArray *tasks; /* not reported yet, in the order of their start */
  GSource *source;  /* reports them; NULL = there are none */
} DryRunExecutor;

static void
report (DryRunExecutor *self, const DryTask *task)
{
  const RunnelResult result = {
    .state = task->cancelled ? RUNNEL_STATE_CANCELLED : RUNNEL_STATE_SUCCEEDED,
    .exit_code = -1,
  };

  self->parent.callbacks->finished (self->parent.user_data, task->step_index, &result);
}

static gboolean
report_all_cb (gpointer user_data)
{
  DryRunExecutor *self = user_data;
  g_autoptr(GPtrArray) tasks = g_steal_pointer (&self->tasks);

  /* Reporting starts others, which are reported in the next round. */
  self->tasks = g_ptr_array_new_with_free_func (g_free);
  g_clear_pointer (&self->source, g_source_unref);
  for (guint i = 0; i < tasks->len; i++)
    report (self, g_ptr_array_index (tasks, i));
  return G_SOURCE_REMOVE;
}

static RunnelTask *
dry_run_executor_start (RunnelExecutor *executor, const RunnelAttempt *attempt)
{
  DryRunExecutor *self = (DryRunExecutor *) executor;
  DryTask *task = g_new0 (DryTask, 1);

  task->step_index = attempt->step_index;
  g_ptr_array_add (self->tasks, task);
  if (self->source == NULL)
    {
      self->source = g_idle_source_new ();
      g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->source, report_all_cb, self, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
  executor->callbacks->started (executor->user_data, attempt->step_index, 0, 0);
  return (RunnelTask *) task;
}

static void
dry_run_executor_cancel (RunnelExecutor *executor, RunnelTask *task)
{
  ((DryTask *) task)->cancelled = TRUE;
}

static gboolean
dry_run_executor_answer (RunnelExecutor *executor,
                         RunnelTask *task,
                         gboolean approved,
                         const char *who,
                         const char *comment)
{
  return FALSE;
}

static gboolean
dry_run_executor_hold (RunnelExecutor *executor, RunnelTask *task, RunnelHold hold, GError **error)
{
  return TRUE;
}

static void
dry_run_executor_free (RunnelExecutor *executor)
{
  DryRunExecutor *self = (DryRunExecutor *) executor;

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_ptr_array_unref (self->tasks);
  g_free (self);
}

/**
 * runnel_dry_run_executor_new:
 *
 * Attempts are reported from the thread-default main context of the thread that starts them.
 *
 * Returns: (transfer full): an executor
 */
RunnelExecutor *
runnel_dry_run_executor_new (void)
{
  DryRunExecutor *self = g_new0 (DryRunExecutor, 1);

  self->parent.start = dry_run_executor_start;
  self->parent.cancel = dry_run_executor_cancel;
  self->parent.answer = dry_run_executor_answer;
  self->parent.hold = dry_run_executor_hold;
  self->parent.free = dry_run_executor_free;
  self->tasks = g_ptr_array_new_with_free_func (g_free);
  return &self->parent;
}
