/* runnel-gantt-links.h: from which bars to which the links of a step lead
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

/* From the end of one step to the beginning of another. */
typedef struct
{
  guint from;             /* line */
  guint to;               /* line */
  gint64 start;           /* microseconds since 1970 */
  gint64 end;
  gboolean incoming;      /* it ends at the step that was asked for */
  RunnelRelease release;  /* a need, or the slots or the place that the step waited for */
  RunnelOn on;            /* of a need */
} RunnelGanttLink;

GArray *runnel_gantt_list_links     (const RunnelGanttTree *tree,
                                     guint                  line);
char   *runnel_gantt_describe_links (const RunnelGanttTree *tree,
                                     guint                  line);

G_END_DECLS
