/* runnel-resource-lanes.h: what ran, waited and was used at once, drawn below a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-resource-curves.h"
#include "designer/charts/runnel-chart-painter.h"

G_BEGIN_DECLS

#define RUNNEL_RESOURCE_LANE_HEIGHT 32

void runnel_resource_lanes_snapshot (RunnelChartPainter         *painter,
                                     GtkSnapshot                *snapshot,
                                     const RunnelResourceCurves *curves,
                                     const RunnelTiming         *timing,
                                     const RunnelAxis           *axis,
                                     double                      left,
                                     double                      width);

G_END_DECLS
