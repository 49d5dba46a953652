/* runnel-log-rows.h: which lines of a log are shown, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-sieve.h"
#include "log/runnel-log-folds.h"
#include "log/runnel-log-index.h"

G_BEGIN_DECLS

typedef struct _RunnelLogRows RunnelLogRows;

RunnelLogRows *runnel_log_rows_new           (void);
void           runnel_log_rows_free          (RunnelLogRows       *self);
void           runnel_log_rows_show_unfolded (RunnelLogRows       *self,
                                              RunnelLogIndex      *lines,
                                              RunnelLogFolds      *folds);
void           runnel_log_rows_show_matching (RunnelLogRows       *self,
                                              RunnelLogIndex      *lines,
                                              RunnelLogSieve      *sieve);
guint64        runnel_log_rows_get_total     (RunnelLogRows       *self);
gboolean       runnel_log_rows_is_exact      (RunnelLogRows       *self);
gboolean       runnel_log_rows_find          (RunnelLogRows       *self,
                                              guint64              row,
                                              RunnelLogLine       *ret_line);
guint64        runnel_log_rows_get_row       (RunnelLogRows       *self,
                                              const RunnelLogLine *line);
gboolean       runnel_log_rows_is_shown      (RunnelLogRows       *self,
                                              const RunnelLogLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogRows, runnel_log_rows_free)

G_END_DECLS
