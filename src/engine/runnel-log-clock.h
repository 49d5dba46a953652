/* runnel-log-clock.h: writes down when logs grow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RunnelLogClock RunnelLogClock;

RunnelLogClock *runnel_log_clock_new   (void);
void            runnel_log_clock_free  (RunnelLogClock *self);
void            runnel_log_clock_start (RunnelLogClock *self,
                                        const char     *log_path);
void            runnel_log_clock_stop  (RunnelLogClock *self,
                                        const char     *log_path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogClock, runnel_log_clock_free)

G_END_DECLS
