/* runnel-history-service-outlook.c: what goes on in the history, for the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-outlook.h"
#include "history/runnel-history-service-private.h"

static void
get_version (GTask                      *task,
             RunnelHistory              *history,
             const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  gint64 version = runnel_history_get_version (history, &error);

  if (version >= 0)
    g_task_return_int (task, version);
  else
    g_task_return_error (task, error);
}

/**
 * runnel_history_service_get_version_async:
 * @self: a service
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_get_version().
 */
void
runnel_history_service_get_version_async (RunnelHistoryService *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  _runnel_history_service_ask (self, runnel_history_service_get_version_async,
                               _runnel_history_request_new (get_version, 0), cancellable, callback,
                               user_data);
}

/**
 * runnel_history_service_get_version_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: the version; -1 on failure
 */
gint64
runnel_history_service_get_version_finish (RunnelHistoryService *self,
                                           GAsyncResult         *result,
                                           GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_get_version_async),
                        -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static void
list_outlooks (GTask                      *task,
               RunnelHistory              *history,
               const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *outlooks = runnel_history_list_outlooks (history, (const gint64 *) request->runs->data,
                                                      request->runs->len, &error);

  _runnel_history_return_pointer (task, outlooks, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * runnel_history_service_list_outlooks_async:
 * @self: a service
 * @runs: (array length=n_runs): the numbers of runs; copied
 * @n_runs: how many
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_outlooks().
 */
void
runnel_history_service_list_outlooks_async (RunnelHistoryService *self,
                                            const gint64         *runs,
                                            guint                 n_runs,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  _runnel_history_service_ask (self, runnel_history_service_list_outlooks_async,
                               _runnel_history_request_new_for_runs (list_outlooks, runs, n_runs),
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_list_outlooks_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelOutlook): one for each run
 */
GPtrArray *
runnel_history_service_list_outlooks_finish (RunnelHistoryService *self,
                                             GAsyncResult         *result,
                                             GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_list_outlooks_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
