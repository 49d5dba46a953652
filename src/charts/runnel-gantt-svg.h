/* runnel-gantt-svg.h: the timing of a run as a picture that stands alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

#define RUNNEL_GANTT_SVG_WIDTH 1100

char *runnel_gantt_to_svg (const RunnelGanttTree *tree,
                           int                    width,
                           gboolean               slack);

G_END_DECLS
