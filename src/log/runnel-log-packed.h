/* runnel-log-packed.h: a log that was compressed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-source.h"

G_BEGIN_DECLS

RunnelLogSource *runnel_log_packed_open (const char  *path,
                                         GError     **error);
RunnelLogSource *runnel_log_open        (const char  *path);

G_END_DECLS
