/* runnel-history-service-private.h: how the files of the service put their questions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history-service.h"

G_BEGIN_DECLS

/* What is asked; `func` answers it in the worker thread and uses of the rest what it knows of. */
typedef struct _RunnelHistoryRequest RunnelHistoryRequest;
struct _RunnelHistoryRequest
{
  void (*func) (GTask *task, RunnelHistory *history, const RunnelHistoryRequest *request);
  gint64 run;
  char *text;              /* or NULL */
  RunnelRunFilter *filter; /* or NULL */
  RunnelStatsQuery *stats; /* or NULL */
  GArray *runs;            /* of gint64, or NULL */
  guint limit;
  gboolean flag;
};

typedef void (*RunnelHistoryRequestFunc) (GTask                      *task,
                                          RunnelHistory              *history,
                                          const RunnelHistoryRequest *request);

RunnelHistoryRequest *_runnel_history_request_new           (RunnelHistoryRequestFunc    func,
                                                             gint64                      run);
RunnelHistoryRequest *_runnel_history_request_new_for_runs  (RunnelHistoryRequestFunc    func,
                                                             const gint64               *runs,
                                                             guint                       n_runs);
void                  _runnel_history_service_ask           (RunnelHistoryService       *self,
                                                             gpointer                    tag,
                                                             RunnelHistoryRequest       *request,
                                                             GCancellable               *cancellable,
                                                             GAsyncReadyCallback         callback,
                                                             gpointer                    user_data);
gboolean              _runnel_history_service_is_result_of  (RunnelHistoryService       *self,
                                                             GAsyncResult               *result,
                                                             gpointer                    tag);
void                  _runnel_history_return_pointer        (GTask                      *task,
                                                             gpointer                    value,
                                                             GDestroyNotify              free_value,
                                                             GError                     *error);
void                  _runnel_history_return_boolean        (GTask                      *task,
                                                             gboolean                    ok,
                                                             GError                     *error);

G_END_DECLS
