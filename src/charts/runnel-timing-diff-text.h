/* runnel-timing-diff-text.h: two runs beside each other for a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-text.h"
#include "charts/runnel-timing-diff.h"

G_BEGIN_DECLS

char *runnel_timing_diff_to_text (const RunnelTimingDiff       *self,
                                  const RunnelGanttTextOptions *options);

G_END_DECLS
