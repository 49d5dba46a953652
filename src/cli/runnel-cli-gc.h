/* runnel-cli-gc.h: what a cleaning of the history would do or did, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-cleanup.h"

G_BEGIN_DECLS

void runnel_cli_gc_print_plan   (RunnelCleanupPlan          *plan,
                                 gboolean                    as_json);
void runnel_cli_gc_print_status (const RunnelCleanupStatus  *status,
                                 gboolean                    as_json);

G_END_DECLS
