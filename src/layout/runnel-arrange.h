/* runnel-arrange.h: where the steps of a graph go so that it reads from left to right
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* Sizes in world units. All cards have the same size. */
typedef struct
{
  double width;
  double height;
  double column_gap;
  double row_gap;
} RunnelArrangeMetrics;

/* A link as a pair of indices of steps. */
typedef struct
{
  guint from;
  guint to;
} RunnelArrangeLink;

void runnel_arrange_graph (guint                       n_steps,
                           const RunnelArrangeLink    *links,
                           guint                       n_links,
                           const RunnelArrangeMetrics *metrics,
                           RunnelPoint                *ret_points);

G_END_DECLS
