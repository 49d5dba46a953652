/* runnel-log-model-private.h: a log as it is shown, from within
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-model.h"
#include "log/runnel-log-pass.h"
#include "log/runnel-log-times.h"

G_BEGIN_DECLS

struct _RunnelLogModel
{
  GObject parent_instance;

  char *path;                /* NULL for a merge */
  RunnelLogMerge *merge;     /* borrowed from `source`; NULL for a file */
  RunnelLogSource *source;   /* NULL until it is open */
  RunnelLogTimes *times;
  guint64 size;

  RunnelLogCache *cache;
  RunnelLogIndex *lines;
  RunnelLogPass *lines_pass;
  RunnelLogFolds *folds;
  RunnelLogSearch *errors;
  RunnelLogSearch *red;      /* where there are no errors; or NULL */
  RunnelLogSearch *search;   /* NULL = nothing is looked for */
  RunnelLogSieve *sieve;     /* NULL = all lines are shown */
  RunnelLogPattern *search_pattern; /* what is to be looked for, also before the log is open */
  RunnelLogPattern *sieve_pattern;
  guint sieve_context;
  RunnelLogRows *rows;
  gboolean rows_are_stale;

  guint64 unchanged;         /* what those that come after the lines have not been told */
  GCancellable *cancellable;
  guint timeout;
  guint is_live : 1;
  guint is_refreshing : 1;
  guint again : 1;           /* asked to refresh while doing so */
};

void runnel_log_model_rows_changed (gpointer model);
void runnel_log_model_found        (gpointer model);

/* runnel-log-model-find.c */
void runnel_log_model_begin_to_find (RunnelLogModel *self);
void runnel_log_model_find_in_new   (RunnelLogModel *self,
                                     guint64         unchanged);
void runnel_log_model_find_in_lines (RunnelLogModel *self);
void runnel_log_model_stop_finding  (RunnelLogModel *self);

G_END_DECLS
