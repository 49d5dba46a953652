/* runnel-log-merge.h: several logs as one, in the order in which their lines arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-source.h"

G_BEGIN_DECLS

/* A #RunnelLogSource; like those, it may be shared among threads. */
typedef struct _RunnelLogMerge RunnelLogMerge;

RunnelLogMerge  *runnel_log_merge_new        (void);
RunnelLogSource *runnel_log_merge_get_source (RunnelLogMerge *self);
guint            runnel_log_merge_add        (RunnelLogMerge *self,
                                              const char     *label,
                                              const char     *path,
                                              gint64          started);
void             runnel_log_merge_set_over   (RunnelLogMerge *self,
                                              guint           part);
gboolean         runnel_log_merge_find       (RunnelLogMerge *self,
                                              guint64         offset,
                                              guint          *ret_part,
                                              gint64         *ret_time);
guint            runnel_log_merge_get_longest_label (RunnelLogMerge *self);
const char      *runnel_log_merge_get_label  (RunnelLogMerge *self,
                                              guint           part);

G_END_DECLS
