/* runnel-gantt-layout-private.h: what the files of the layout share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-tree-private.h"

G_BEGIN_DECLS

void _runnel_gantt_add_shared_bars (GArray                *bars,
                                    const RunnelGanttView *view,
                                    const RunnelGanttTree *tree);

G_END_DECLS
