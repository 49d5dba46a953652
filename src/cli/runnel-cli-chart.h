/* runnel-cli-chart.h: the chart of a run in the terminal or in a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

void     runnel_cli_print_chart (const RunnelGanttTree *tree,
                                 gboolean               slack);
gboolean runnel_cli_write_chart (const RunnelGanttTree *tree,
                                 const char            *path,
                                 GError               **error);

G_END_DECLS
