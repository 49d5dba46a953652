/* runnel-graphviz.h: what Graphviz makes of a graph
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "layout/runnel-arrange.h"

G_BEGIN_DECLS

gboolean runnel_graphviz_arrange (const RunnelArrangeGraph  *graph,
                                  guint                      seconds,
                                  RunnelPoint               *ret_points,
                                  GError                   **error);

G_END_DECLS
