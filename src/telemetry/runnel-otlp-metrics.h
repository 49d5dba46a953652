/* runnel-otlp-metrics.h: figures as OTLP has them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-metrics.h"

G_BEGIN_DECLS

GBytes *runnel_otlp_metrics_write (RunnelMetrics *metrics,
                                   GHashTable    *attributes,
                                   guint         *ret_n_points);

G_END_DECLS
