/* runnel-history-service-runs.c: the runs that are looked for, for the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-service-private.h"

static void
find_runs (GTask                      *task,
           RunnelHistory              *history,
           const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GArray *runs = runnel_history_find_runs (history, request->filter, &error);

  _runnel_history_return_pointer (task, runs, (GDestroyNotify) g_array_unref, error);
}

/**
 * runnel_history_service_find_runs_async:
 * @self: a service
 * @filter: (nullable): which; copied
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_find_runs().
 */
void
runnel_history_service_find_runs_async (RunnelHistoryService  *self,
                                        const RunnelRunFilter *filter,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new (find_runs, 0);
  request->filter = runnel_run_filter_copy (filter);
  _runnel_history_service_ask (self, runnel_history_service_find_runs_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_find_runs_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the latest first
 */
GArray *
runnel_history_service_find_runs_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_find_runs_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_runs (GTask                      *task,
           RunnelHistory              *history,
           const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *records = runnel_history_load_runs (history, (const gint64 *) request->runs->data,
                                                 request->runs->len, &error);

  _runnel_history_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * runnel_history_service_load_runs_async:
 * @self: a service
 * @runs: (array length=n_runs): numbers of runs; copied
 * @n_runs: how many they are
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_load_runs().
 */
void
runnel_history_service_load_runs_async (RunnelHistoryService *self,
                                        const gint64         *runs,
                                        guint                 n_runs,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new_for_runs (load_runs, runs, n_runs);
  _runnel_history_service_ask (self, runnel_history_service_load_runs_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_load_runs_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): in the order asked for,
 *   without those that are no longer there
 */
GPtrArray *
runnel_history_service_load_runs_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_load_runs_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_runs (GTask                      *task,
           RunnelHistory              *history,
           const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *runs = runnel_history_list_runs (history, request->filter, request->limit, &error);

  _runnel_history_return_pointer (task, runs, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * runnel_history_service_list_runs_async:
 * @self: a service
 * @filter: (nullable): which; copied
 * @limit: how many at most
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_runs().
 */
void
runnel_history_service_list_runs_async (RunnelHistoryService  *self,
                                        const RunnelRunFilter *filter,
                                        guint                  limit,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new (list_runs, 0);
  request->filter = runnel_run_filter_copy (filter);
  request->limit = limit;
  _runnel_history_service_ask (self, runnel_history_service_list_runs_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_list_runs_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): the latest first
 */
GPtrArray *
runnel_history_service_list_runs_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_list_runs_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
count_runs (GTask         *task,
            RunnelHistory *history,
            const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  gint64 n_runs = runnel_history_count_runs (history, request->filter, &error);

  if (n_runs >= 0)
    g_task_return_int (task, n_runs);
  else
    g_task_return_error (task, error);
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
runnel_history_service_count_runs_async (RunnelHistoryService  *self,
                                         const RunnelRunFilter *filter,
                                         GCancellable          *cancellable,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new (count_runs, 0);
  request->filter = runnel_run_filter_copy (filter);
  _runnel_history_service_ask (self, runnel_history_service_count_runs_async, request,
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_count_runs_async),
                        -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static void
get_run (GTask         *task,
         RunnelHistory *history,
         const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  RunnelRunRecord *run = runnel_history_get_run (history, request->run, &error);

  _runnel_history_return_pointer (task, run, (GDestroyNotify) runnel_run_record_free, error);
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

  _runnel_history_service_ask (self, runnel_history_service_get_run_async, _runnel_history_request_new (get_run, run),
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_get_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
