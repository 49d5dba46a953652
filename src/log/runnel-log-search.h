/* runnel-log-search.h: all places in a log where a pattern is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-index.h"
#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

/* A place in a log: which line, and from where to where in the text of it, in bytes. */
typedef struct
{
  RunnelLogLine line;
  gsize start;
  gsize end;
} RunnelLogPlace;

typedef enum
{
  RUNNEL_LOG_FORWARD,
  RUNNEL_LOG_BACKWARD,
} RunnelLogDirection;

typedef struct _RunnelLogSearch RunnelLogSearch;

typedef void (*RunnelLogSearchFunc) (gpointer user_data);

RunnelLogSearch *runnel_log_search_new         (RunnelLogSource      *source,
                                                RunnelLogPattern     *pattern,
                                                RunnelLogSearchFunc   changed,
                                                gpointer              user_data);
void             runnel_log_search_free        (RunnelLogSearch      *self);
void             runnel_log_search_extend      (RunnelLogSearch      *self,
                                                guint64               unchanged,
                                                guint64               size);
gboolean         runnel_log_search_is_busy     (RunnelLogSearch      *self);
RunnelLogIndex  *runnel_log_search_get_counts  (RunnelLogSearch      *self);
guint64          runnel_log_search_get_parts   (RunnelLogSearch      *self,
                                                guint64               block);
RunnelLogPattern *runnel_log_search_get_pattern (RunnelLogSearch     *self);
void             runnel_log_search_find_async  (RunnelLogSearch      *self,
                                                const RunnelLogPlace *from,
                                                RunnelLogDirection    direction,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         runnel_log_search_find_finish (RunnelLogSearch      *self,
                                                GAsyncResult         *result,
                                                RunnelLogPlace       *place,
                                                guint64              *ret_n,
                                                GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogSearch, runnel_log_search_free)

G_END_DECLS
