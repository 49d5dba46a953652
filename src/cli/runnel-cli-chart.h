/* runnel-cli-chart.h: the chart of a run in the terminal or in a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"
#include "charts/runnel-timing-diff.h"

G_BEGIN_DECLS

void     runnel_cli_print_chart (const RunnelGanttTree *tree,
                                 gboolean               slack);
void     runnel_cli_print_timing_diff (const RunnelTimingDiff *diff);
gboolean runnel_cli_write_chart (const RunnelGanttTree *tree,
                                 const char            *path,
                                 GError               **error);

G_END_DECLS
