/* runnel-fake-executor.c: an executor for tests: outcomes are told, time passes on a clock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-fake-executor.h"

typedef struct
{
  RunnelExecutor parent;
  RunnelClock *clock;
  GHashTable *told;   /* "build.1" or "build.0" (every attempt) -> RunnelFakeOutcome */
  RunnelFakeFunc func;
  gpointer func_data;
  GPtrArray *starts;
  guint n_working;    /* under way and not waiting */
  guint max_working;
} FakeExecutor;

typedef struct
{
  FakeExecutor *executor;
  guint step_index;
  RunnelFakeOutcome outcome;
  char *reason;
  RunnelTimer *timer;
  RunnelTimerFunc timer_func;
  gint64 timer_at;
  gint64 timer_left;  /* while it is frozen */
  RunnelHold hold;
  gboolean waiting;
  gboolean cancelled;
} FakeTask;

static void
clear_timer (FakeTask *task)
{
  RunnelClock *clock = task->executor->clock;

  if (task->timer != NULL)
    clock->cancel (clock, task->timer);
  task->timer = NULL;
}

static void
set_timer (FakeTask *task, gint64 delay, RunnelTimerFunc func)
{
  RunnelClock *clock = task->executor->clock;

  clear_timer (task);
  task->timer_func = func;
  task->timer_at = clock->now (clock) + delay;
  task->timer = clock->add_timer (clock, task->timer_at, func, task);
}

static void
finish_cb (gpointer user_data)
{
  FakeTask *task = user_data;
  RunnelExecutor *executor = &task->executor->parent;
  gboolean was_cancelled = task->cancelled && !task->outcome.ignores_cancel;
  RunnelResult result = {
    .state = was_cancelled ? RUNNEL_STATE_CANCELLED : task->outcome.state,
    .exit_code = was_cancelled ? -1 : task->outcome.exit_code,
    .reason = task->reason,
    .outputs = task->outcome.outputs,
    .output_file = task->outcome.output_file,
  };
  guint step_index = task->step_index;

  if (!task->waiting)
    task->executor->n_working--;
  executor->callbacks->finished (executor->user_data, step_index, &result);
  g_clear_pointer (&task->outcome.outputs, json_object_unref);
  g_free (task->reason);
  g_free (task);
}

static void
wait_over_cb (gpointer user_data)
{
  FakeTask *task = user_data;

  g_free (task->reason);
  task->reason = g_strdup (task->outcome.reason);
  finish_cb (task);
}

static void
wait_cb (gpointer user_data)
{
  FakeTask *task = user_data;
  RunnelExecutor *executor = &task->executor->parent;

  task->timer = NULL;
  task->timer_func = NULL;
  task->waiting = TRUE;
  task->executor->n_working--;
  if (task->outcome.duration > 0)
    set_timer (task, task->outcome.duration, wait_over_cb);
  executor->callbacks->waiting (executor->user_data, task->step_index, RUNNEL_WAIT_APPROVAL,
                                task->reason);
}

static void
find_outcome (FakeExecutor *self,
              const RunnelAttempt *attempt,
              const char *name,
              RunnelFakeOutcome *ret_outcome)
{
  g_autofree char *every = g_strdup_printf ("%s.0", attempt->step);
  const RunnelFakeOutcome *told = g_hash_table_lookup (self->told, name);

  if (told == NULL)
    told = g_hash_table_lookup (self->told, every);
  if (told != NULL)
    *ret_outcome = *told;
  else if (self->func != NULL)
    self->func (attempt, ret_outcome, self->func_data);
}

static RunnelTask *
fake_executor_start (RunnelExecutor *executor, const RunnelAttempt *attempt)
{
  FakeExecutor *self = (FakeExecutor *) executor;
  FakeTask *task = g_new0 (FakeTask, 1);
  char *name = g_strdup_printf ("%s.%u", attempt->step, attempt->attempt);
  const char *reason;

  g_ptr_array_insert (self->starts, self->starts->len - 1, name);
  task->executor = self;
  task->step_index = attempt->step_index;
  find_outcome (self, attempt, name, &task->outcome);
  if (task->outcome.state == RUNNEL_STATE_PENDING)
    task->outcome.state = RUNNEL_STATE_SUCCEEDED;
  if (task->outcome.outputs != NULL)
    json_object_ref (task->outcome.outputs);
  reason = task->outcome.waits_for ? task->outcome.waits_for : task->outcome.reason;
  task->reason = g_strdup (reason);

  self->n_working++;
  self->max_working = MAX (self->max_working, self->n_working);
  executor->callbacks->started (executor->user_data, attempt->step_index, 0, 0);
  if (task->outcome.waits_for != NULL)
    set_timer (task, 0, wait_cb);
  else if (task->outcome.duration >= 0)
    set_timer (task, task->outcome.duration, finish_cb);
  return (RunnelTask *) task;
}

static void
fake_executor_cancel (RunnelExecutor *executor, RunnelTask *fake_task)
{
  FakeTask *task = (FakeTask *) fake_task;

  if (task->cancelled)
    return;
  task->cancelled = TRUE;
  task->hold = RUNNEL_HOLD_NONE;
  set_timer (task, task->outcome.reaction, finish_cb);
}

static gboolean
fake_executor_answer (RunnelExecutor *executor,
                      RunnelTask *fake_task,
                      gboolean approved,
                      const char *who,
                      const char *comment)
{
  FakeTask *task = (FakeTask *) fake_task;

  if (!task->waiting || task->cancelled)
    return FALSE;
  g_free (task->reason);
  task->reason = approved ? NULL : g_strdup_printf ("%s said no: %s", who, comment);
  task->outcome.state = approved ? RUNNEL_STATE_SUCCEEDED : RUNNEL_STATE_FAILED;
  task->outcome.exit_code = -1;
  set_timer (task, 0, finish_cb);
  return TRUE;
}

static gboolean
fake_executor_hold (RunnelExecutor *executor,
                    RunnelTask *fake_task,
                    RunnelHold hold,
                    GError **error)
{
  FakeTask *task = (FakeTask *) fake_task;
  gboolean was_frozen = task->hold == RUNNEL_HOLD_ALL;
  gboolean frozen = hold == RUNNEL_HOLD_ALL;

  if (task->outcome.refuses_freeze && frozen)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "It can't be frozen");
      return FALSE;
    }
  task->hold = hold;
  if (task->timer_func == NULL || frozen == was_frozen)
    return TRUE;
  if (frozen)
    {
      task->timer_left = task->timer_at - task->executor->clock->now (task->executor->clock);
      clear_timer (task);
    }
  else
    set_timer (task, task->timer_left, task->timer_func);
  return TRUE;
}

static void
fake_executor_free (RunnelExecutor *executor)
{
  FakeExecutor *self = (FakeExecutor *) executor;

  g_hash_table_unref (self->told);
  g_ptr_array_unref (self->starts);
  g_free (self);
}

/**
 * runnel_fake_executor_new:
 * @clock: (transfer none): the clock on which attempts take their time
 *
 * Attempts of which nothing was told succeed at once.
 *
 * Returns: (transfer full): an executor
 */
RunnelExecutor *
runnel_fake_executor_new (RunnelClock *clock)
{
  FakeExecutor *self = g_new0 (FakeExecutor, 1);

  self->parent.start = fake_executor_start;
  self->parent.cancel = fake_executor_cancel;
  self->parent.answer = fake_executor_answer;
  self->parent.hold = fake_executor_hold;
  self->parent.free = fake_executor_free;
  self->clock = clock;
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->starts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->starts, NULL);
  return &self->parent;
}

/**
 * runnel_fake_executor_tell:
 * @executor: a fake executor
 * @step: id of a step
 * @attempt: the attempt that goes like this, or 0 for every attempt of which nothing else was told
 * @outcome: how it goes; strings and objects in it must live as long as the executor
 */
void
runnel_fake_executor_tell (RunnelExecutor *executor,
                           const char *step,
                           guint attempt,
                           const RunnelFakeOutcome *outcome)
{
  FakeExecutor *self = (FakeExecutor *) executor;

  g_hash_table_replace (self->told, g_strdup_printf ("%s.%u", step, attempt),
                        g_memdup2 (outcome, sizeof *outcome));
}

/**
 * runnel_fake_executor_set_func:
 * @executor: a fake executor
 * @func: decides how an attempt goes of which nothing was told
 * @user_data: for @func
 */
void
runnel_fake_executor_set_func (RunnelExecutor *executor, RunnelFakeFunc func, gpointer user_data)
{
  FakeExecutor *self = (FakeExecutor *) executor;

  self->func = func;
  self->func_data = user_data;
}

/**
 * runnel_fake_executor_get_starts:
 * @executor: a fake executor
 *
 * Returns: (transfer none): the attempts in the order of their start, as "build.1"; NULL-terminated
 */
const char *const *
runnel_fake_executor_get_starts (RunnelExecutor *executor)
{
  return (const char *const *) ((FakeExecutor *) executor)->starts->pdata;
}

/**
 * runnel_fake_executor_get_max_parallel:
 * @executor: a fake executor
 *
 * Returns: the largest number of attempts that were under way at the same time without waiting
 */
guint
runnel_fake_executor_get_max_parallel (RunnelExecutor *executor)
{
  return ((FakeExecutor *) executor)->max_working;
}
