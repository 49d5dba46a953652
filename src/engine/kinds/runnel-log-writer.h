/* runnel-log-writer.h: writes the log of an attempt without blocking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-executor.h"

G_BEGIN_DECLS

typedef struct _RunnelLogWriter RunnelLogWriter;

RunnelLogWriter *runnel_log_writer_new    (const RunnelAttempt  *attempt,
                                           GError              **error);
void             runnel_log_writer_append (RunnelLogWriter      *self,
                                           const char           *text,
                                           gsize                 length);
void             runnel_log_writer_printf (RunnelLogWriter      *self,
                                           const char           *format,
                                           ...) G_GNUC_PRINTF (2, 3);
void             runnel_log_writer_finish (RunnelLogWriter      *self,
                                           GDestroyNotify        done,
                                           gpointer              user_data);

G_END_DECLS
