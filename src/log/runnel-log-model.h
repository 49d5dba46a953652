/* runnel-log-model.h: a log as it is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-cache.h"
#include "log/runnel-log-folds.h"
#include "log/runnel-log-merge.h"
#include "log/runnel-log-rows.h"
#include "log/runnel-log-search.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_MODEL (runnel_log_model_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogModel, runnel_log_model, RUNNEL, LOG_MODEL, GObject)

/* Signal "changed": more is known, or there is more of the log, or other lines of it are shown. It
 * may come often; who shows the log looks at it anew with the next frame. */

RunnelLogModel       *runnel_log_model_new            (const char           *path,
                                                       gboolean              is_live);
RunnelLogModel       *runnel_log_model_new_for_merge  (RunnelLogMerge       *merge,
                                                       gboolean              is_live);
void                  runnel_log_model_set_live       (RunnelLogModel       *self,
                                                       gboolean              is_live);
gboolean              runnel_log_model_is_live        (RunnelLogModel       *self);
gboolean              runnel_log_model_is_open        (RunnelLogModel       *self);
void                  runnel_log_model_close          (RunnelLogModel       *self);

RunnelLogSource      *runnel_log_model_get_source     (RunnelLogModel       *self);
guint64               runnel_log_model_get_size       (RunnelLogModel       *self);

guint64               runnel_log_model_get_n_rows     (RunnelLogModel       *self);
RunnelLogCacheResult  runnel_log_model_get_row        (RunnelLogModel       *self,
                                                       guint64               row,
                                                       RunnelLogLine        *ret_line);
guint64               runnel_log_model_find_row       (RunnelLogModel       *self,
                                                       const RunnelLogLine  *line);
RunnelLogCacheResult  runnel_log_model_get_line       (RunnelLogModel       *self,
                                                       const RunnelLogLine  *line,
                                                       RunnelLogSpan        *span,
                                                       RunnelLogStyle       *style);

guint64               runnel_log_model_get_n_lines    (RunnelLogModel       *self);
gboolean              runnel_log_model_get_number     (RunnelLogModel       *self,
                                                       const RunnelLogLine  *line,
                                                       guint64              *ret_number);
gboolean              runnel_log_model_find_number    (RunnelLogModel       *self,
                                                       guint64               number,
                                                       RunnelLogLine        *ret_line);
gint64                runnel_log_model_get_time       (RunnelLogModel       *self,
                                                       const RunnelLogSpan  *span);
RunnelLogCacheResult  runnel_log_model_find_time      (RunnelLogModel       *self,
                                                       gint64                time,
                                                       RunnelLogLine        *ret_line);
const char           *runnel_log_model_get_label      (RunnelLogModel       *self,
                                                       const RunnelLogSpan  *span,
                                                       guint                *ret_part);
guint                 runnel_log_model_get_longest_label (RunnelLogModel    *self);

RunnelLogFolds       *runnel_log_model_get_folds      (RunnelLogModel       *self);
void                  runnel_log_model_update_folds   (RunnelLogModel       *self);
void                  runnel_log_model_set_search     (RunnelLogModel       *self,
                                                       RunnelLogPattern     *pattern);
RunnelLogSearch      *runnel_log_model_get_search     (RunnelLogModel       *self);
RunnelLogSearch      *runnel_log_model_get_errors     (RunnelLogModel       *self);
void                  runnel_log_model_set_sieve      (RunnelLogModel       *self,
                                                       RunnelLogPattern     *pattern,
                                                       guint                 context);
gboolean              runnel_log_model_has_sieve      (RunnelLogModel       *self);
GPtrArray            *runnel_log_model_get_sifted     (RunnelLogModel       *self);
gboolean              runnel_log_model_is_busy        (RunnelLogModel       *self);

G_END_DECLS
