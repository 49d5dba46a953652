/* runnel-cli-stats.h: statistics on the terminal, and for programs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-stats.h"

G_BEGIN_DECLS

void runnel_cli_stats_print_text (const RunnelStats      *stats,
                                  const RunnelStatsQuery *query);
void runnel_cli_stats_print_json (const RunnelStats      *stats,
                                  const RunnelStatsQuery *query);
void runnel_cli_stats_print_csv  (const RunnelStats      *stats,
                                  const RunnelStatsQuery *query);

G_END_DECLS
