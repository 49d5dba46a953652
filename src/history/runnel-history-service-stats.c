/* runnel-history-service-stats.c: statistics, for the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-service-private.h"
#include "history/runnel-history-stats.h"

static void
get_stats (GTask                      *task,
           RunnelHistory              *history,
           const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  RunnelStats *stats = runnel_history_get_stats (history, request->stats, &error);

  _runnel_history_return_pointer (task, stats, (GDestroyNotify) runnel_stats_free, error);
}

/**
 * runnel_history_service_get_stats_async:
 * @self: a service
 * @query: what someone wants to know; copied
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_get_stats().
 */
void
runnel_history_service_get_stats_async (RunnelHistoryService   *self,
                                        const RunnelStatsQuery *query,
                                        GCancellable           *cancellable,
                                        GAsyncReadyCallback     callback,
                                        gpointer                user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));
  g_return_if_fail (query != NULL);

  request = _runnel_history_request_new (get_stats, 0);
  request->stats = runnel_stats_query_copy (query);
  _runnel_history_service_ask (self, runnel_history_service_get_stats_async, request, cancellable,
                               callback, user_data);
}

/**
 * runnel_history_service_get_stats_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the statistics
 */
RunnelStats *
runnel_history_service_get_stats_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_get_stats_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
