/* runnel-log-entry.h: what a person wants to find in logs, as they type it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/find/runnel-pattern-entry.h"
#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

RunnelLogPattern *runnel_log_entry_make_pattern (RunnelPatternEntry  *entry,
                                                 GError             **error);

G_END_DECLS
