/* runnel-gantt-layout.h: which bar lies where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-axis.h"
#include "charts/runnel-timing.h"

G_BEGIN_DECLS

/* What is seen of a chart: all that turns times and rows into places. A plain value. Rows are
 * of one height, so no row is ever looked for. */
typedef struct
{
  RunnelAxis axis;
  double row_height;    /* > 0; below 1, rows share pixels */
  double top;           /* what lies at y = 0, from the top of the first row */
  double width;
  double height;
} RunnelGanttView;

/* A rectangle to paint. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
  guint row;
  guint span;           /* in the timing */
  RunnelSpanKind kind;
  RunnelState state;    /* what it looks like */
  gboolean critical;
  gboolean merged;      /* stands for others as well: too small to be told apart */
} RunnelGanttBar;

typedef struct
{
  guint row;
  int span;             /* in the timing; -1 = on the row, beside its bars */
} RunnelGanttHit;

RunnelState runnel_gantt_get_span_state (const RunnelTiming    *timing,
                                         guint                  span);
double      runnel_gantt_get_x          (const RunnelGanttView *view,
                                         const RunnelTiming    *timing,
                                         gint64                 time);
double      runnel_gantt_get_row_y      (const RunnelGanttView *view,
                                         guint                  row);
void        runnel_gantt_get_rows       (const RunnelGanttView *view,
                                         const RunnelTiming    *timing,
                                         guint                 *ret_first,
                                         guint                 *ret_end);
GArray     *runnel_gantt_list_bars      (const RunnelGanttView *view,
                                         const RunnelTiming    *timing);
gboolean    runnel_gantt_hit            (const RunnelGanttView *view,
                                         const RunnelTiming    *timing,
                                         double                 x,
                                         double                 y,
                                         double                 tolerance,
                                         RunnelGanttHit        *ret_hit);

G_END_DECLS
