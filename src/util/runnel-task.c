/* runnel-task.c: work in a thread for an object that no other thread may finalize
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "util/runnel-task.h"

/* The work is done by an inner task, which is all that the thread holds. Its own task, and with it
 * the source object, is held by what comes back to the main context. */

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} Work;

static void
work_thread (GTask        *inner,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Work *work = task_data;

  work->func (work->task, g_task_get_source_object (work->task), g_task_get_task_data (work->task),
              g_task_get_cancellable (work->task));
  g_task_return_boolean (inner, TRUE);
}

static void
worked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  g_assert (g_task_had_error (G_TASK (result)) == FALSE);
}

/**
 * runnel_task_run_in_thread:
 * @task: a task with a source object, such as a widget
 * @func: what to do in a thread; it returns a result by g_task_return_pointer() and its like
 *
 * Like g_task_run_in_thread(), whose thread may be the last to let go of the task after the
 * callback was called, and so of the source object: a widget would be finalized in that thread.
 * Here @task, its data and its source object are released in the main context that was the
 * default one of the thread when this is called, and the context wakes up for that.
 */
void
runnel_task_run_in_thread (GTask           *task,
                           GTaskThreadFunc  func)
{
  g_autoptr(GTask) inner = NULL;
  const Work work = { task, func };

  g_return_if_fail (G_IS_TASK (task) && func != NULL);

  inner = g_task_new (NULL, NULL, worked_cb, g_object_ref (task));
  g_task_set_priority (inner, g_task_get_priority (task));
  g_task_set_source_tag (inner, func);
  g_task_set_task_data (inner, g_memdup2 (&work, sizeof work), g_free);
  g_task_run_in_thread (inner, work_thread);
}
