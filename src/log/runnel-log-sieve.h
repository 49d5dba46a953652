/* runnel-log-sieve.h: the lines of a log in which a pattern is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-bits.h"
#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

typedef struct _RunnelLogSieve RunnelLogSieve;

typedef void (*RunnelLogSieveFunc) (gpointer user_data);

RunnelLogSieve *runnel_log_sieve_new       (RunnelLogSource    *source,
                                            RunnelLogPattern   *pattern,
                                            guint               context,
                                            RunnelLogSieveFunc  changed,
                                            gpointer            user_data);
void            runnel_log_sieve_free      (RunnelLogSieve     *self);
void            runnel_log_sieve_extend    (RunnelLogSieve     *self,
                                            guint64             unchanged,
                                            guint64             size);
gboolean        runnel_log_sieve_is_busy   (RunnelLogSieve     *self);
GPtrArray      *runnel_log_sieve_get_lines (RunnelLogSieve     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogSieve, runnel_log_sieve_free)

G_END_DECLS
