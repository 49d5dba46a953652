/* runnel-history-service-incidents.c: what is wrong by the rules, for the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-incidents.h"
#include "history/runnel-history-service-private.h"

static void
list_incidents (GTask                      *task,
                RunnelHistory              *history,
                const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *incidents = runnel_history_list_incidents (history, request->flag, request->limit,
                                                        &error);

  _runnel_history_return_pointer (task, incidents, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * runnel_history_service_list_incidents_async:
 * @self: a service
 * @only_open: leave out those that are over
 * @limit: at most so many, 0 = all
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_incidents().
 */
void
runnel_history_service_list_incidents_async (RunnelHistoryService *self,
                                             gboolean              only_open,
                                             guint                 limit,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new (list_incidents, 0);
  request->flag = only_open;
  request->limit = limit;
  _runnel_history_service_ask (self, runnel_history_service_list_incidents_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_list_incidents_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelIncident): see
 *   runnel_history_list_incidents()
 */
GPtrArray *
runnel_history_service_list_incidents_finish (RunnelHistoryService *self,
                                              GAsyncResult         *result,
                                              GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_list_incidents_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
