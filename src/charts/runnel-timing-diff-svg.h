/* runnel-timing-diff-svg.h: two runs beside each other as a picture that stands alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing-diff.h"

G_BEGIN_DECLS

char *runnel_timing_diff_to_svg (const RunnelTimingDiff *self,
                                 int                     width);

G_END_DECLS
