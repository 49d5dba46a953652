/* runnel-history-service-marks.c: what people do with the runs of a list, for the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-service-private.h"

static void
delete_run (GTask         *task,
            RunnelHistory *history,
            const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  gboolean ok = runnel_history_delete_run (history, request->run, &error);

  _runnel_history_return_boolean (task, ok, error);
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

  _runnel_history_service_ask (self, runnel_history_service_delete_run_async, _runnel_history_request_new (delete_run, run),
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
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result, runnel_history_service_delete_run_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
set_pinned (GTask                      *task,
            RunnelHistory              *history,
            const RunnelHistoryRequest *request)
{
  GError *error = NULL;
  gboolean ok = runnel_history_set_pinned (history, (const gint64 *) request->runs->data,
                                           request->runs->len, request->flag, &error);

  _runnel_history_return_boolean (task, ok, error);
}

/**
 * runnel_history_service_set_pinned_async:
 * @self: a service
 * @runs: (array length=n_runs): numbers of runs; copied
 * @n_runs: how many they are
 * @pinned: whether they are to be kept
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_set_pinned().
 */
void
runnel_history_service_set_pinned_async (RunnelHistoryService *self,
                                         const gint64         *runs,
                                         guint                 n_runs,
                                         gboolean              pinned,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new_for_runs (set_pinned, runs, n_runs);
  request->flag = pinned;
  _runnel_history_service_ask (self, runnel_history_service_set_pinned_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_set_pinned_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether that is recorded
 */
gboolean
runnel_history_service_set_pinned_finish (RunnelHistoryService *self,
                                          GAsyncResult         *result,
                                          GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_set_pinned_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
set_label (GTask                      *task,
           RunnelHistory              *history,
           const RunnelHistoryRequest *request)
{
  const gint64 *runs = (const gint64 *) request->runs->data;
  guint n_runs = request->runs->len;
  GError *error = NULL;
  gboolean ok = request->flag
                  ? runnel_history_add_label (history, runs, n_runs, request->text, &error)
                  : runnel_history_remove_label (history, runs, n_runs, request->text, &error);

  _runnel_history_return_boolean (task, ok, error);
}

/**
 * runnel_history_service_set_label_async:
 * @self: a service
 * @runs: (array length=n_runs): numbers of runs; copied
 * @n_runs: how many they are
 * @label: a label
 * @present: whether they are to have it
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_add_label() or runnel_history_remove_label().
 */
void
runnel_history_service_set_label_async (RunnelHistoryService *self,
                                        const gint64         *runs,
                                        guint                 n_runs,
                                        const char           *label,
                                        gboolean              present,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new_for_runs (set_label, runs, n_runs);
  request->text = g_strdup (label);
  request->flag = present;
  _runnel_history_service_ask (self, runnel_history_service_set_label_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_set_label_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether that is recorded
 */
gboolean
runnel_history_service_set_label_finish (RunnelHistoryService *self,
                                         GAsyncResult         *result,
                                         GError              **error)
{
  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_set_label_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* How a deletion of several runs went. */
typedef struct
{
  guint n_deleted;
  guint n_live;
} Deletion;

static void
delete_runs (GTask                      *task,
             RunnelHistory              *history,
             const RunnelHistoryRequest *request)
{
  Deletion *deletion = g_new0 (Deletion, 1);
  GError *error = NULL;

  if (!runnel_history_delete_runs (history, (const gint64 *) request->runs->data,
                                   request->runs->len, g_task_get_cancellable (task),
                                   &deletion->n_deleted, &deletion->n_live, &error))
    g_clear_pointer (&deletion, g_free);
  _runnel_history_return_pointer (task, deletion, g_free, error);
}

/**
 * runnel_history_service_delete_runs_async:
 * @self: a service
 * @runs: (array length=n_runs): numbers of runs; copied
 * @n_runs: how many they are
 * @cancellable: (nullable): to forget the request as long as it waits in the queue
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Like runnel_history_delete_runs(); the cancellation also ends one under way.
 */
void
runnel_history_service_delete_runs_async (RunnelHistoryService *self,
                                          const gint64         *runs,
                                          guint                 n_runs,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data)
{
  RunnelHistoryRequest *request;

  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (self));

  request = _runnel_history_request_new_for_runs (delete_runs, runs, n_runs);
  _runnel_history_service_ask (self, runnel_history_service_delete_runs_async, request,
                               cancellable, callback, user_data);
}

/**
 * runnel_history_service_delete_runs_finish:
 * @self: a service
 * @result: what the callback was given
 * @ret_deleted: (out): how many are gone
 * @ret_live: (out): how many are still under way and therefore stay
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether all are gone but those that are under way
 */
gboolean
runnel_history_service_delete_runs_finish (RunnelHistoryService *self,
                                           GAsyncResult         *result,
                                           guint                *ret_deleted,
                                           guint                *ret_live,
                                           GError              **error)
{
  g_autofree Deletion *deletion = NULL;

  g_return_val_if_fail (_runnel_history_service_is_result_of (self, result,
                                                              runnel_history_service_delete_runs_async),
                        FALSE);

  deletion = g_task_propagate_pointer (G_TASK (result), error);
  *ret_deleted = deletion ? deletion->n_deleted : 0;
  *ret_live = deletion ? deletion->n_live : 0;
  return deletion != NULL;
}
