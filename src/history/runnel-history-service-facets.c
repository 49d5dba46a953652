/* runnel-history-service-facets.c: what there is to choose from, for the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-service-private.h"

/**
 * runnel_run_facets_free:
 * @self: (transfer full) (nullable): what there is to choose from
 */
void
runnel_run_facets_free (RunnelRunFacets *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->labels);
  g_strfreev (self->triggers);
  g_clear_pointer (&self->pipelines, g_ptr_array_unref);
  g_free (self);
}

static void
list_facets (GTask                      *task,
             RunnelHistory              *history,
             const RunnelHistoryRequest *request)
{
  RunnelRunFacets *facets = g_new0 (RunnelRunFacets, 1);
  GError *error = NULL;

  facets->labels = runnel_history_list_labels (history, &error);
  if (facets->labels != NULL)
    facets->triggers = runnel_history_list_triggers (history, &error);
  if (facets->triggers != NULL)
    facets->pipelines = runnel_history_list_pipelines (history, &error);
  if (facets->pipelines == NULL)
    g_clear_pointer (&facets, runnel_run_facets_free);
  _runnel_history_return_pointer (task, facets, (GDestroyNotify) runnel_run_facets_free, error);
}

/**
 * runnel_history_service_list_facets_async:
 * @self: a service
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_labels(), _list_triggers() and _list_pipelines().
 */
void
runnel_history_service_list_facets_async (RunnelHistoryService *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  _runnel_history_service_ask (self, runnel_history_service_list_facets_async,
                               _runnel_history_request_new (list_facets, 0), cancellable,
                               callback, user_data);
}

/**
 * runnel_history_service_list_facets_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): what there is to choose from
 */
RunnelRunFacets *
runnel_history_service_list_facets_finish (RunnelHistoryService *self,
                                           GAsyncResult         *result,
                                           GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_list_facets_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
