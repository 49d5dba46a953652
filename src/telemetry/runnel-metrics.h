/* runnel-metrics.h: all figures that are watched over time, as they are now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-settings.h"
#include "telemetry/runnel-metric.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *metrics; /* of RunnelMetric */
  gint64 began;       /* when the counters were 0; microseconds since 1970, as is */
  gint64 time;        /* when they had these values */
} RunnelMetrics;

RunnelMetrics *runnel_metrics_read (RunnelHistory   *history,
                                    RunnelSettings  *settings,
                                    GError         **error);
void           runnel_metrics_free (RunnelMetrics   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelMetrics, runnel_metrics_free)

G_END_DECLS
