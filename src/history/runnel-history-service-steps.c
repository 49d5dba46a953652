/* runnel-history-service-steps.c: one run in all its parts, for the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-audit.h"
#include "history/runnel-history-family.h"
#include "history/runnel-history-service-private.h"
#include "history/runnel-history-trends.h"

static void
get_steps (GTask         *task,
           RunnelHistory *history,
           const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *steps = runnel_history_get_steps (history, request->run, &error);

  _runnel_history_return_pointer (task, steps, (GDestroyNotify) g_ptr_array_unref, error);
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

  _runnel_history_service_ask (self, runnel_history_service_get_steps_async, _runnel_history_request_new (get_steps, run),
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_get_steps_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_family (GTask         *task,
             RunnelHistory *history,
             const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *family = runnel_history_list_family (history, request->run, &error);

  _runnel_history_return_pointer (task, family, (GDestroyNotify) g_ptr_array_unref, error);
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

  _runnel_history_service_ask (self, runnel_history_service_list_family_async, _runnel_history_request_new (list_family, run),
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_list_family_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_successors (GTask                      *task,
                 RunnelHistory              *history,
                 const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *runs = runnel_history_list_successors (history, request->run, &error);

  _runnel_history_return_pointer (task, runs, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * runnel_history_service_list_successors_async:
 * @self: a service
 * @run: the run's number
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_successors().
 */
void
runnel_history_service_list_successors_async (RunnelHistoryService *self,
                                              gint64                run,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data)
{
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  _runnel_history_service_ask (self, runnel_history_service_list_successors_async,
                               _runnel_history_request_new (list_successors, run), cancellable,
                               callback, user_data);
}

/**
 * runnel_history_service_list_successors_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): runs that repeat the run or
 *   take it back
 */
GPtrArray *
runnel_history_service_list_successors_finish (RunnelHistoryService *self,
                                               GAsyncResult         *result,
                                               GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_list_successors_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_artifacts (GTask         *task,
                RunnelHistory *history,
                const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *artifacts = runnel_history_list_artifacts (history, request->run, NULL, &error);

  _runnel_history_return_pointer (task, artifacts, (GDestroyNotify) g_ptr_array_unref, error);
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

  _runnel_history_service_ask (self, runnel_history_service_list_artifacts_async, _runnel_history_request_new (list_artifacts, run),
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_list_artifacts_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_audit (GTask                      *task,
            RunnelHistory              *history,
            const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GPtrArray *records = runnel_history_list_audit (history, request->run, request->limit, &error);

  _runnel_history_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * runnel_history_service_list_audit_async:
 * @self: a service
 * @run: the run's number; 0 for all runs
 * @limit: how many at most: the latest; 0 = all
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_list_audit().
 */
void
runnel_history_service_list_audit_async (RunnelHistoryService *self,
                                         gint64                run,
                                         guint                 limit,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new (list_audit, run);
  request->limit = limit;
  _runnel_history_service_ask (self, runnel_history_service_list_audit_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_list_audit_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelAuditRecord): the earliest first
 */
GPtrArray *
runnel_history_service_list_audit_finish (RunnelHistoryService *self,
                                          GAsyncResult         *result,
                                          GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_list_audit_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_trends (GTask         *task,
            RunnelHistory *history,
            const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  GHashTable *trends = runnel_history_get_trends (history, request->text, &error);

  _runnel_history_return_pointer (task, trends, (GDestroyNotify) g_hash_table_unref, error);
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
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));
  g_return_if_fail (file != NULL);

  request = _runnel_history_request_new (get_trends, 0);
  request->text = g_strdup (file);
  _runnel_history_service_ask (self, runnel_history_service_get_trends_async, request, cancellable, callback, user_data);
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_get_trends_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_text (GTask         *task,
          RunnelHistory *history,
          const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  char *text = runnel_history_get_text (history, request->run, &error);

  _runnel_history_return_pointer (task, text, g_free, error);
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

  _runnel_history_service_ask (self, runnel_history_service_get_text_async, _runnel_history_request_new (get_text, run),
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_get_text_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
reconcile (GTask         *task,
           RunnelHistory *history,
           const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  gboolean ok = runnel_history_reconcile (history, &error);

  _runnel_history_return_boolean (task, ok, error);
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

  _runnel_history_service_ask (self, runnel_history_service_reconcile_async, _runnel_history_request_new (reconcile, 0),
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_reconcile_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
