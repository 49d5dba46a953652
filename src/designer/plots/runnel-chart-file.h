/* runnel-chart-file.h: a chart as a file of a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/plots/runnel-chart.h"

G_BEGIN_DECLS

GBytes *runnel_chart_to_svg (RunnelChart   *self,
                             RunnelScheme   scheme,
                             double         width,
                             double         height);
GBytes *runnel_chart_to_png (RunnelChart   *self,
                             RunnelScheme   scheme,
                             double         width,
                             double         height,
                             double         scale,
                             GError       **error);

G_END_DECLS
