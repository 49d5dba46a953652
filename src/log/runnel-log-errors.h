/* runnel-log-errors.h: the lines of a log that say what went wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

RunnelLogPattern *runnel_log_errors_get_pattern (void);

G_END_DECLS
