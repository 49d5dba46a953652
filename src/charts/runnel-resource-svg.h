/* runnel-resource-svg.h: what ran, waited and was used at once, as a part of a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-resource-curves.h"

G_BEGIN_DECLS

/* Where the lanes are, in pixels: labels begin at `x`, the time at `left`. */
typedef struct
{
  double x;
  double left;
  double top;
  double width;     /* of the time */
  RunnelAxis axis;
} RunnelResourceSvgPlace;

double runnel_resource_svg_measure (const RunnelResourceCurves   *curves);
void   runnel_resource_svg_add     (GString                      *svg,
                                    const RunnelResourceCurves   *curves,
                                    const RunnelTiming           *timing,
                                    const RunnelResourceSvgPlace *place);

G_END_DECLS
