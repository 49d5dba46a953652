/* runnel-log-filter.h: the lines of a log in which a pattern is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-bits.h"
#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

typedef struct _RunnelLogFilter RunnelLogFilter;

typedef void (*RunnelLogFilterFunc) (gpointer user_data);

RunnelLogFilter *runnel_log_filter_new       (RunnelLogSource     *source,
                                              RunnelLogPattern    *pattern,
                                              guint                context,
                                              RunnelLogFilterFunc  changed,
                                              gpointer             user_data);
void             runnel_log_filter_free      (RunnelLogFilter     *self);
void             runnel_log_filter_extend    (RunnelLogFilter     *self,
                                              guint64              unchanged,
                                              guint64              size);
gboolean         runnel_log_filter_is_busy   (RunnelLogFilter     *self);
GPtrArray       *runnel_log_filter_get_lines (RunnelLogFilter     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogFilter, runnel_log_filter_free)

G_END_DECLS
