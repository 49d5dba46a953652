/* runnel-log-index.h: how many of something are in each block of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-block.h"

G_BEGIN_DECLS

/* Lines, lines that are shown, or places where something was found: the n-th of them is found in
 * the log, and how many come before a place, without a look at the log but at one block. */
typedef struct _RunnelLogIndex RunnelLogIndex;

RunnelLogIndex *runnel_log_index_new        (void);
void            runnel_log_index_free       (RunnelLogIndex *self);
void            runnel_log_index_set_size   (RunnelLogIndex *self,
                                             guint64         n_blocks);
void            runnel_log_index_set        (RunnelLogIndex *self,
                                             guint64         block,
                                             guint32         count);
gboolean        runnel_log_index_get        (RunnelLogIndex *self,
                                             guint64         block,
                                             guint32        *ret_count);
void            runnel_log_index_copy       (RunnelLogIndex *self,
                                             RunnelLogIndex *other);
guint64         runnel_log_index_get_size   (RunnelLogIndex *self);
gboolean        runnel_log_index_is_exact   (RunnelLogIndex *self);
guint64         runnel_log_index_get_total  (RunnelLogIndex *self);
guint64         runnel_log_index_get_before (RunnelLogIndex *self,
                                             guint64         block);
gboolean        runnel_log_index_find       (RunnelLogIndex *self,
                                             guint64         n,
                                             guint64        *ret_block,
                                             guint          *ret_nth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogIndex, runnel_log_index_free)

G_END_DECLS
