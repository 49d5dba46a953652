/* runnel-gantt-text.h: the timing of a run for a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

typedef struct
{
  guint width;          /* columns; 0 = 80 */
  gboolean ascii;       /* the terminal can't show Unicode */
  gboolean color;       /* with ECMA-48 colours */
  gboolean slack;       /* with how much later steps could have ended */
} RunnelGanttTextOptions;

char *runnel_gantt_to_text (const RunnelGanttTree        *tree,
                            const RunnelGanttTextOptions *options);

G_END_DECLS
