/* runnel-history-service.c: the history for the application, off its thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-service-private.h"

/* Of the worker thread. It outlives the service until the last request is answered, so that
 * whoever drops the last reference never waits for SQLite. */
typedef struct
{
  GAsyncQueue *queue;     /* of GTask, or end_of_requests */
  GThread *thread;
  char *path;
  RunnelHistory *history; /* NULL = not open (yet) */
} Worker;

struct _RunnelHistoryService
{
  GObject parent_instance;

  GAsyncQueue *queue;
  GThread *thread;        /* NULL after the shut-down */
};

G_DEFINE_FINAL_TYPE (RunnelHistoryService, runnel_history_service, G_TYPE_OBJECT)

/* Pushed instead of a task to end the thread. */
static char end_of_requests;

static void
request_free (RunnelHistoryRequest *self)
{
  g_free (self->text);
  g_clear_pointer (&self->filter, runnel_run_filter_free);
  g_clear_pointer (&self->stats, runnel_stats_query_free);
  g_clear_pointer (&self->runs, g_array_unref);
  g_free (self);
}

void
_runnel_history_return_pointer (GTask         *task,
                                gpointer       value,
                                GDestroyNotify free_value,
                                GError        *error)
{
  if (value != NULL)
    g_task_return_pointer (task, value, free_value);
  else
    g_task_return_error (task, error);
}

void
_runnel_history_return_boolean (GTask   *task,
                                gboolean ok,
                                GError  *error)
{
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
answer (Worker *worker,
        GTask  *task)
{
  const RunnelHistoryRequest *request = g_task_get_task_data (task);
  GError *error = NULL;

  g_assert (worker->thread == g_thread_self ());

  if (g_task_return_error_if_cancelled (task))
    return;
  if (worker->history == NULL)
    worker->history = runnel_history_open (worker->path, &error);
  if (worker->history == NULL)
    g_task_return_error (task, error);
  else
    request->func (task, worker->history, request);
}

static gpointer
answer_in_thread (gpointer data)
{
  Worker *worker = data;
  gpointer item;

  worker->thread = g_thread_self ();
  while ((item = g_async_queue_pop (worker->queue)) != &end_of_requests)
    {
      g_autoptr(GTask) task = item;

      answer (worker, task);
    }
  runnel_history_close (worker->history);
  g_async_queue_unref (worker->queue);
  g_free (worker->path);
  g_free (worker);
  return NULL;
}

RunnelHistoryRequest *
_runnel_history_request_new (RunnelHistoryRequestFunc func,
                             gint64                   run)
{
  RunnelHistoryRequest *self = g_new0 (RunnelHistoryRequest, 1);

  self->func = func;
  self->run = run;
  return self;
}

RunnelHistoryRequest *
_runnel_history_request_new_for_runs (RunnelHistoryRequestFunc func,
                                      const gint64            *runs,
                                      guint                    n_runs)
{
  RunnelHistoryRequest *self = _runnel_history_request_new (func, 0);

  self->runs = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_runs);
  g_array_append_vals (self->runs, runs, n_runs);
  return self;
}

/* @tag tells the public function apart from others when its result is finished. */
void
_runnel_history_service_ask (RunnelHistoryService *self,
                             gpointer              tag,
                             RunnelHistoryRequest *request,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  if (self->thread != NULL)
    {
      g_async_queue_push (self->queue, task);
      return;
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED,
                           "The history was closed: Runnel is about to quit.");
  g_object_unref (task);
}

gboolean
_runnel_history_service_is_result_of (RunnelHistoryService *self,
                                      GAsyncResult         *result,
                                      gpointer              tag)
{
  return g_task_is_valid (result, self) && g_task_get_source_tag (G_TASK (result)) == tag;
}

static void
runnel_history_service_finalize (GObject *object)
{
  RunnelHistoryService *self = RUNNEL_HISTORY_SERVICE (object);

  if (self->thread != NULL)
    {
      g_async_queue_push (self->queue, &end_of_requests);
      g_thread_unref (self->thread);
    }
  g_async_queue_unref (self->queue);
  G_OBJECT_CLASS (runnel_history_service_parent_class)->finalize (object);
}

static void
runnel_history_service_class_init (RunnelHistoryServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = runnel_history_service_finalize;
}

static void
runnel_history_service_init (RunnelHistoryService *self)
{
  self->queue = g_async_queue_new ();
}

/**
 * runnel_history_service_new:
 * @path: (nullable): the database; %NULL for the default
 *
 * Returns: (transfer full): a service with its thread waiting for requests
 */
RunnelHistoryService *
runnel_history_service_new (const char *path)
{
  RunnelHistoryService *self = g_object_new (RUNNEL_TYPE_HISTORY_SERVICE, NULL);
  Worker *worker = g_new0 (Worker, 1);

  worker->queue = g_async_queue_ref (self->queue);
  worker->path = g_strdup (path);
  self->thread = g_thread_new ("history", answer_in_thread, worker);
  return self;
}

/**
 * runnel_history_service_shut_down:
 * @self: a service
 *
 * Answers the requests made so far, closes the database and ends the thread;
 * returns when that is done. Later requests fail with %G_IO_ERROR_CLOSED.
 * For the end of the application: blocks.
 */
void
runnel_history_service_shut_down (RunnelHistoryService *self)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  if (self->thread == NULL)
    return;
  g_async_queue_push (self->queue, &end_of_requests);
  g_thread_join (g_steal_pointer (&self->thread));
}
