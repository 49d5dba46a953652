/* runnel-timing-read.h: the timing of a run of the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing.h"

G_BEGIN_DECLS

RunnelTiming *runnel_timing_read (RunnelHistory   *history,
                                  gint64           run,
                                  RunnelPipeline **ret_pipeline,
                                  GError         **error);

G_END_DECLS
