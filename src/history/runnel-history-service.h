/* runnel-history-service.h: the history for the application, off its thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "history/runnel-stats.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_HISTORY_SERVICE (runnel_history_service_get_type ())
G_DECLARE_FINAL_TYPE (RunnelHistoryService, runnel_history_service,
                      RUNNEL, HISTORY_SERVICE, GObject)

/* One worker thread, one queue: requests are answered in their order, each in the main context
 * of its caller. The database is opened at the first request, and again after a failure. */

/* What there is to choose from when runs are looked for. */
typedef struct
{
  char **labels;
  char **triggers;
  GPtrArray *pipelines; /* of RunnelPipelineRecord */
} RunnelRunFacets;

void                  runnel_run_facets_free                   (RunnelRunFacets            *self);

RunnelHistoryService *runnel_history_service_new               (const char                 *path); /* NULL = the default */
void                  runnel_history_service_shut_down         (RunnelHistoryService       *self);

void                  runnel_history_service_find_runs_async   (RunnelHistoryService       *self,
                                                                const RunnelRunFilter      *filter,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GArray               *runnel_history_service_find_runs_finish  (RunnelHistoryService       *self, /* of gint64 */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_load_runs_async   (RunnelHistoryService       *self,
                                                                const gint64               *runs,
                                                                guint                       n_runs,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_load_runs_finish  (RunnelHistoryService       *self, /* of RunnelRunRecord */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_list_runs_async   (RunnelHistoryService       *self,
                                                                const RunnelRunFilter      *filter,
                                                                guint                       limit,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_list_runs_finish  (RunnelHistoryService       *self, /* of RunnelRunRecord */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_count_runs_async  (RunnelHistoryService       *self,
                                                                const RunnelRunFilter      *filter,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
gint64                runnel_history_service_count_runs_finish (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_get_version_async (RunnelHistoryService       *self,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
gint64                runnel_history_service_get_version_finish (RunnelHistoryService      *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_list_outlooks_async (RunnelHistoryService     *self,
                                                                const gint64               *runs,
                                                                guint                       n_runs,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_list_outlooks_finish (RunnelHistoryService    *self, /* of RunnelOutlook */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_list_facets_async (RunnelHistoryService       *self,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
RunnelRunFacets      *runnel_history_service_list_facets_finish (RunnelHistoryService       *self,
                                                                 GAsyncResult               *result,
                                                                 GError                    **error);
void                  runnel_history_service_set_pinned_async  (RunnelHistoryService       *self,
                                                                const gint64               *runs,
                                                                guint                       n_runs,
                                                                gboolean                    pinned,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
gboolean              runnel_history_service_set_pinned_finish (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_set_label_async   (RunnelHistoryService       *self,
                                                                const gint64               *runs,
                                                                guint                       n_runs,
                                                                const char                 *label,
                                                                gboolean                    present,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
gboolean              runnel_history_service_set_label_finish  (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_delete_runs_async (RunnelHistoryService       *self,
                                                                const gint64               *runs,
                                                                guint                       n_runs,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
gboolean              runnel_history_service_delete_runs_finish (RunnelHistoryService       *self,
                                                                 GAsyncResult               *result,
                                                                 guint                      *ret_deleted,
                                                                 guint                      *ret_live,
                                                                 GError                    **error);
void                  runnel_history_service_get_run_async     (RunnelHistoryService       *self,
                                                                gint64                      run,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
RunnelRunRecord      *runnel_history_service_get_run_finish    (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_get_steps_async   (RunnelHistoryService       *self,
                                                                gint64                      run,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_get_steps_finish  (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_list_family_async (RunnelHistoryService    *self,
                                                                gint64                   run,
                                                                GCancellable            *cancellable,
                                                                GAsyncReadyCallback      callback,
                                                                gpointer                 user_data);
GPtrArray            *runnel_history_service_list_family_finish (RunnelHistoryService   *self, /* of RunnelInnerRun */
                                                                 GAsyncResult           *result,
                                                                 GError                **error);
void                  runnel_history_service_list_successors_async (RunnelHistoryService   *self,
                                                                gint64                      run,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_list_successors_finish (RunnelHistoryService  *self, /* of RunnelRunRecord */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_list_artifacts_async  (RunnelHistoryService    *self,
                                                                gint64                      run,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_list_artifacts_finish (RunnelHistoryService    *self, /* of RunnelArtifactRecord */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_list_audit_async  (RunnelHistoryService       *self,
                                                                gint64                      run,
                                                                guint                       limit,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_list_audit_finish (RunnelHistoryService       *self, /* of RunnelAuditRecord */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_get_trends_async  (RunnelHistoryService       *self,
                                                                const char                 *file,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GHashTable           *runnel_history_service_get_trends_finish (RunnelHistoryService       *self, /* of RunnelTrend by step */
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_get_text_async    (RunnelHistoryService       *self,
                                                                gint64                      run,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
char                 *runnel_history_service_get_text_finish   (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_delete_run_async  (RunnelHistoryService       *self,
                                                                gint64                      run,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
gboolean              runnel_history_service_delete_run_finish (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_reconcile_async   (RunnelHistoryService       *self,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
gboolean              runnel_history_service_reconcile_finish  (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_get_stats_async   (RunnelHistoryService       *self,
                                                                const RunnelStatsQuery     *query,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
RunnelStats          *runnel_history_service_get_stats_finish  (RunnelHistoryService       *self,
                                                                GAsyncResult               *result,
                                                                GError                    **error);
void                  runnel_history_service_list_incidents_async (RunnelHistoryService    *self,
                                                                gboolean                    only_open,
                                                                guint                       limit,
                                                                GCancellable               *cancellable,
                                                                GAsyncReadyCallback         callback,
                                                                gpointer                    user_data);
GPtrArray            *runnel_history_service_list_incidents_finish (RunnelHistoryService   *self, /* of RunnelIncident */
                                                                GAsyncResult               *result,
                                                                GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunFacets, runnel_run_facets_free)

G_END_DECLS
