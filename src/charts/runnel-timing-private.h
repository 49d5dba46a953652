/* runnel-timing-private.h: what the files of the timing share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing.h"

G_BEGIN_DECLS

/* (nullable), and so is what it returns, which lives as long as the timing. */
const char *_runnel_timing_keep_string (RunnelTiming   *self,
                                        const char     *text);
/* Fills spans and the times of the rows; the rows are still in the order of the file. */
void _runnel_timing_add_spans          (RunnelTiming   *self,
                                        GPtrArray      *steps);
/* Needs rows in the order of the file. */
void _runnel_timing_find_critical_path (RunnelTiming   *self,
                                        RunnelPipeline *pipeline);

G_END_DECLS
