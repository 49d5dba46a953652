/* runnel-export.h: runs with their logs and artifacts, into one file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* Of the format, see docs/history-format.md. A reader refuses higher ones. */
#define RUNNEL_EXCHANGE_VERSION 1

typedef struct
{
  const gint64 *runs;        /* only these, without a filter, or NULL */
  guint n_runs;
  gboolean compress;         /* with zstd */
  gboolean without_files;    /* only facts: no logs, no artifacts */
  gboolean without_artifacts;
  void (*progress) (guint64 n_done, guint64 n_all, gpointer user_data); /* of runs; or NULL */
  gpointer user_data;
} RunnelExportOptions;

typedef struct
{
  guint64 n_runs;
  guint64 n_active;      /* left out: they are not over */
  guint64 n_unreadable;  /* files and folders that could not be read and are left out */
} RunnelExportResult;

gboolean runnel_history_export (RunnelHistory              *self,
                                const RunnelRunFilter      *filter,
                                int                         fd,
                                const RunnelExportOptions  *options,
                                RunnelExportResult         *ret_result,
                                GCancellable               *cancellable,
                                GError                    **error);
gboolean runnel_history_export_to_file (RunnelHistory              *self,
                                        const RunnelRunFilter      *filter,
                                        const char                 *path,
                                        const RunnelExportOptions  *options,
                                        RunnelExportResult         *ret_result,
                                        GCancellable               *cancellable,
                                        GError                    **error);

G_END_DECLS
