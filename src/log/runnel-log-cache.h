/* runnel-log-cache.h: the blocks of a log that were looked at last
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-block.h"
#include "log/runnel-log-style.h"

G_BEGIN_DECLS

/* For a thread that must not wait for a disk: what is not in memory is read in another one. */
typedef struct _RunnelLogCache RunnelLogCache;

typedef enum
{
  RUNNEL_LOG_CACHE_READY,
  RUNNEL_LOG_CACHE_LATER,  /* it is being read */
  RUNNEL_LOG_CACHE_NONE,   /* the log has no such line */
} RunnelLogCacheResult;

typedef void (*RunnelLogCacheFunc) (gpointer user_data);

RunnelLogCache      *runnel_log_cache_new         (RunnelLogSource     *source,
                                                   RunnelLogCacheFunc   loaded,
                                                   gpointer             user_data);
void                 runnel_log_cache_free        (RunnelLogCache      *self);
void                 runnel_log_cache_extend      (RunnelLogCache      *self,
                                                   guint64              unchanged,
                                                   guint64              size);
RunnelLogCacheResult runnel_log_cache_get_line    (RunnelLogCache      *self,
                                                   const RunnelLogLine *line,
                                                   RunnelLogSpan       *span,
                                                   RunnelLogStyle      *style);
RunnelLogCacheResult runnel_log_cache_get_n_lines (RunnelLogCache      *self,
                                                   guint64              block,
                                                   guint               *ret_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogCache, runnel_log_cache_free)

G_END_DECLS
