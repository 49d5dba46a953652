/* runnel-history-job.h: long work on the whole history, in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-cleanup.h"

G_BEGIN_DECLS

/* Called in the application's thread. @fraction is from 0 to 1, or below 0 when nobody knows. */
typedef void (*RunnelJobProgress) (double      fraction,
                                   gpointer    user_data);

void               runnel_history_job_plan_async     (GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
RunnelCleanupPlan *runnel_history_job_plan_finish    (GAsyncResult           *result,
                                                      GError                **error);
void               runnel_history_job_clean_async    (RunnelJobProgress       progress,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
char              *runnel_history_job_clean_finish   (GAsyncResult           *result,
                                                      GError                **error);
void               runnel_history_job_export_async   (const RunnelRunFilter  *filter,
                                                      const gint64           *runs,
                                                      guint                   n_runs,
                                                      GFile                  *file,
                                                      RunnelJobProgress       progress,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
char              *runnel_history_job_export_finish  (GAsyncResult           *result,
                                                      GError                **error);
void               runnel_history_job_import_async   (GFile                  *file,
                                                      RunnelJobProgress       progress,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
char              *runnel_history_job_import_finish  (GAsyncResult           *result,
                                                      GError                **error);

G_END_DECLS
