/* runnel-export-job.h: exports made and written in a thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-export.h"

G_BEGIN_DECLS

/* What an export would write. */
typedef struct
{
  GPtrArray *files;  /* of RunnelExportFile, with absolute paths */
  char *difference;  /* from what is on disk, as a unified diff; "" = none; NULL = it is nowhere */
} RunnelExportResult;

void                runnel_export_result_free      (RunnelExportResult  *self);

void                runnel_export_job_make_async   (const RunnelExport  *export,
                                                    RunnelPipeline      *pipeline,
                                                    const char          *path,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
RunnelExportResult *runnel_export_job_make_finish  (GAsyncResult        *result,
                                                    GError             **error);
void                runnel_export_job_write_async  (GPtrArray           *files,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean            runnel_export_job_write_finish (GAsyncResult        *result,
                                                    GError             **error);
void                runnel_export_job_sync_async   (RunnelPipeline      *pipeline,
                                                    const char          *path,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean            runnel_export_job_sync_finish  (GAsyncResult        *result,
                                                    GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExportResult, runnel_export_result_free)

G_END_DECLS
