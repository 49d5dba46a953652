/* runnel-run-size.h: what runs take on disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* Which logs of a run are compressed. Stored as a number: append only. */
typedef enum
{
  RUNNEL_RUN_PACKED_NONE,  /* nobody has looked */
  RUNNEL_RUN_PACKED_LARGE,
  RUNNEL_RUN_PACKED_ALL,
} RunnelRunPacked;

/* All runs that are over, in bytes on disk. */
typedef struct
{
  gint64 n_runs;
  gint64 database;      /* with what is free in it */
  gint64 database_free;
  gint64 logs;          /* and what else is in the folders of runs */
  gint64 artifacts;
  gint64 n_rows;
} RunnelHistorySize;

void     runnel_run_size_measure       (const char         *run_dir,
                                        gint64             *ret_logs,
                                        gint64             *ret_artifacts);
gboolean runnel_history_measure_runs   (RunnelHistory      *self,
                                        GCancellable       *cancellable,
                                        GError            **error);
gboolean runnel_history_measure_run    (RunnelHistory      *self,
                                        gint64              run,
                                        RunnelRunPacked     packed,
                                        GError            **error);
gboolean runnel_history_get_size       (RunnelHistory      *self,
                                        RunnelHistorySize  *ret_size,
                                        GError            **error);

G_END_DECLS
