/* runnel-history-service.c: the history for the application, off its thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-family.h"
#include "history/runnel-history-service.h"
#include "history/runnel-history-trends.h"

/* Of the worker thread. It outlives the service until the last request is answered, so that
 * whoever drops the last reference never waits for SQLite. */
typedef struct
{
  GAsyncQueue *queue;     /* of GTask, or end_of_requests */
  GThread *thread;
  char *path;
  RunnelHistory *history; /* NULL = not open (yet) */
} Worker;

typedef struct _Request Request;
typedef void (*RequestFunc) (GTask *task, RunnelHistory *history, const Request *request);

struct _Request
{
  RequestFunc func;
  gint64 run;
  char *file;                 /* or NULL */
  gboolean has_filter;
  RunnelHistoryFilter filter; /* owns its strings */
};

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
request_free (Request *self)
{
  g_free (self->file);
  g_free ((char *) self->filter.pipeline);
  g_free ((char *) self->filter.text);
  g_free (self);
}

static const RunnelHistoryFilter *
request_get_filter (const Request *self)
{
  return self->has_filter ? &self->filter : NULL;
}

static void
return_pointer (GTask         *task,
                gpointer       value,
                GDestroyNotify free_value,
                GError        *error)
{
  if (value != NULL)
    g_task_return_pointer (task, value, free_value);
  else
    g_task_return_error (task, error);
}

static void
return_boolean (GTask   *task,
                gboolean ok,
                GError  *error)
{
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
list_runs (GTask         *task,
           RunnelHistory *history,
           const Request *request)
{
  GError *error = NULL;
  GPtrArray *runs = runnel_history_list_runs (history, request_get_filter (request), &error);

  return_pointer (task, runs, (GDestroyNotify) g_ptr_array_unref, error);
}

static void
count_runs (GTask         *task,
            RunnelHistory *history,
            const Request *request)
{
  GError *error = NULL;
  gint64 n_runs = runnel_history_count_runs (history, request_get_filter (request), &error);

  if (n_runs >= 0)
    g_task_return_int (task, n_runs);
  else
    g_task_return_error (task, error);
}

static void
get_run (GTask         *task,
         RunnelHistory *history,
         const Request *request)
{
  GError *error = NULL;
  RunnelRunRecord *run = runnel_history_get_run (history, request->run, &error);

  return_pointer (task, run, (GDestroyNotify) runnel_run_record_free, error);
}

static void
get_steps (GTask         *task,
           RunnelHistory *history,
           const Request *request)
{
  GError *error = NULL;
  GPtrArray *steps = runnel_history_get_steps (history, request->run, &error);

  return_pointer (task, steps, (GDestroyNotify) g_ptr_array_unref, error);
}

static void
list_family (GTask         *task,
             RunnelHistory *history,
             const Request *request)
{
  GError *error = NULL;
  GPtrArray *family = runnel_history_list_family (history, request->run, &error);

  return_pointer (task, family, (GDestroyNotify) g_ptr_array_unref, error);
}

static void
list_artifacts (GTask         *task,
                RunnelHistory *history,
                const Request *request)
{
  GError *error = NULL;
  GPtrArray *artifacts = runnel_history_list_artifacts (history, request->run, NULL, &error);

  return_pointer (task, artifacts, (GDestroyNotify) g_ptr_array_unref, error);
}

static void
get_trends (GTask         *task,
            RunnelHistory *history,
            const Request *request)
{
  GError *error = NULL;
  GHashTable *trends = runnel_history_get_trends (history, request->file, &error);

  return_pointer (task, trends, (GDestroyNotify) g_hash_table_unref, error);
}

static void
get_text (GTask         *task,
          RunnelHistory *history,
          const Request *request)
{
  GError *error = NULL;
  char *text = runnel_history_get_text (history, request->run, &error);

  return_pointer (task, text, g_free, error);
}

static void
delete_run (GTask         *task,
            RunnelHistory *history,
            const Request *request)
{
  GError *error = NULL;
  gboolean ok = runnel_history_delete_run (history, request->run, &error);

  return_boolean (task, ok, error);
}

static void
reconcile (GTask         *task,
           RunnelHistory *history,
           const Request *request)
{
  GError *error = NULL;
  gboolean ok = runnel_history_reconcile (history, &error);

  return_boolean (task, ok, error);
}

static void
answer (Worker *worker,
        GTask  *task)
{
  const Request *request = g_task_get_task_data (task);
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

static Request *
request_new (RequestFunc                func,
             gint64                     run,
             const RunnelHistoryFilter *filter)
{
  Request *self = g_new0 (Request, 1);

  self->func = func;
  self->run = run;
  if (filter != NULL)
    {
      self->has_filter = TRUE;
      self->filter = *filter;
      self->filter.pipeline = g_strdup (filter->pipeline);
      self->filter.text = g_strdup (filter->text);
    }
  return self;
}

/* @tag tells the public function apart from others when its result is finished. */
static void
ask (RunnelHistoryService *self,
     gpointer              tag,
     Request              *request,
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

static gboolean
is_result_of (RunnelHistoryService *self,
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

/**
 * runnel_history_service_list_runs_async:
 * @self: a service
 * @filter: (nullable): which; copied
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_runs().
 */
void
runnel_history_service_list_runs_async (RunnelHistoryService      *self,
                                        const RunnelHistoryFilter *filter,
                                        GCancellable              *cancellable,
                                        GAsyncReadyCallback        callback,
                                        gpointer                   user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_list_runs_async, request_new (list_runs, 0, filter),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_list_runs_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): latest first
 */
GPtrArray *
runnel_history_service_list_runs_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_list_runs_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_service_count_runs_async:
 * @self: a service
 * @filter: (nullable): which; copied
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_count_runs().
 */
void
runnel_history_service_count_runs_async (RunnelHistoryService      *self,
                                         const RunnelHistoryFilter *filter,
                                         GCancellable              *cancellable,
                                         GAsyncReadyCallback        callback,
                                         gpointer                   user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_count_runs_async, request_new (count_runs, 0, filter),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_count_runs_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: the number of runs; -1 on failure
 */
gint64
runnel_history_service_count_runs_finish (RunnelHistoryService *self,
                                          GAsyncResult         *result,
                                          GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_count_runs_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * runnel_history_service_get_run_async:
 * @self: a service
 * @run: the run's number
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_get_run().
 */
void
runnel_history_service_get_run_async (RunnelHistoryService *self,
                                      gint64                run,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_get_run_async, request_new (get_run, run, NULL),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_get_run_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * Returns: (transfer full) (nullable): the run
 */
RunnelRunRecord *
runnel_history_service_get_run_finish (RunnelHistoryService *self,
                                       GAsyncResult         *result,
                                       GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_get_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_service_get_steps_async:
 * @self: a service
 * @run: the run's number
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_get_steps().
 */
void
runnel_history_service_get_steps_async (RunnelHistoryService *self,
                                        gint64                run,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_get_steps_async, request_new (get_steps, run, NULL),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_get_steps_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * Returns: (transfer full) (nullable) (element-type RunnelStepRecord): in file order
 */
GPtrArray *
runnel_history_service_get_steps_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_get_steps_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_service_list_family_async:
 * @self: a service
 * @run: the run's number
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_family().
 */
void
runnel_history_service_list_family_async (RunnelHistoryService *self,
                                          gint64                run,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_list_family_async, request_new (list_family, run, NULL),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_list_family_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelInnerRun): the runs inside of the run
 */
GPtrArray *
runnel_history_service_list_family_finish (RunnelHistoryService *self,
                                           GAsyncResult         *result,
                                           GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_list_family_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_service_list_artifacts_async:
 * @self: a service
 * @run: the run's number
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_artifacts(), of all steps.
 */
void
runnel_history_service_list_artifacts_async (RunnelHistoryService *self,
                                             gint64                run,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_list_artifacts_async, request_new (list_artifacts, run, NULL),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_list_artifacts_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; a #RunnelHistoryError
 *
 * Returns: (transfer full) (nullable) (element-type RunnelArtifactRecord): by step and path
 */
GPtrArray *
runnel_history_service_list_artifacts_finish (RunnelHistoryService *self,
                                              GAsyncResult         *result,
                                              GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_list_artifacts_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_service_get_trends_async:
 * @self: a service
 * @file: absolute path of a pipeline's file
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_get_trends().
 */
void
runnel_history_service_get_trends_async (RunnelHistoryService *self,
                                         const char           *file,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data)
{
  Request *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));
  g_return_if_fail (file != NULL);

  request = request_new (get_trends, 0, NULL);
  request->file = g_strdup (file);
  ask (self, runnel_history_service_get_trends_async, request, cancellable, callback, user_data);
}

/**
 * runnel_history_service_get_trends_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type utf8 RunnelTrend): trends by the id of the step
 */
GHashTable *
runnel_history_service_get_trends_finish (RunnelHistoryService *self,
                                          GAsyncResult         *result,
                                          GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_get_trends_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_service_get_text_async:
 * @self: a service
 * @run: the run's number
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_get_text().
 */
void
runnel_history_service_get_text_async (RunnelHistoryService *self,
                                       gint64                run,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_get_text_async, request_new (get_text, run, NULL),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_get_text_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * Returns: (transfer full) (nullable): the pipeline as it ran
 */
char *
runnel_history_service_get_text_finish (RunnelHistoryService *self,
                                        GAsyncResult         *result,
                                        GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_get_text_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_service_delete_run_async:
 * @self: a service
 * @run: the run's number
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_delete_run().
 */
void
runnel_history_service_delete_run_async (RunnelHistoryService *self,
                                         gint64                run,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_delete_run_async, request_new (delete_run, run, NULL),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_delete_run_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR_LIVE and others of its domain
 *
 * Returns: whether the run is gone
 */
gboolean
runnel_history_service_delete_run_finish (RunnelHistoryService *self,
                                          GAsyncResult         *result,
                                          GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_delete_run_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * runnel_history_service_reconcile_async:
 * @self: a service
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_reconcile().
 */
void
runnel_history_service_reconcile_async (RunnelHistoryService *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  ask (self, runnel_history_service_reconcile_async, request_new (reconcile, 0, NULL),
       cancellable, callback, user_data);
}

/**
 * runnel_history_service_reconcile_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR or %G_IO_ERROR
 *
 * Returns: whether every dead run is now closed
 */
gboolean
runnel_history_service_reconcile_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (is_result_of (self, result, runnel_history_service_reconcile_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
