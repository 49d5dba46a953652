/* runnel-gantt-layout.h: which bar lies where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-axis.h"
#include "charts/runnel-gantt-style.h"
#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

/* What is seen of a chart: all that turns times and lines into places. A plain value. Lines are
 * of one height, so none is ever looked for. */
typedef struct
{
  RunnelAxis axis;
  double row_height;    /* > 0; below 1, lines share pixels */
  double top;           /* what lies at y = 0, from the top of the first line */
  double width;
  double height;
  gboolean slack;       /* whiskers tell how much later steps could have ended */
} RunnelGanttView;

/* Of a row in pixels. Below, bars are nothing but bars: no brackets, whiskers and patterns. */
#define RUNNEL_GANTT_MIN_DETAIL 6.0

/* What a bar stands for that is no span of the timing. */
#define RUNNEL_GANTT_SUMMARY (-1) /* all that is inside of the line */
#define RUNNEL_GANTT_SLACK (-2)

/* A rectangle to paint. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
  guint line;
  int span;             /* in the timing, or one of the above */
  guint look;           /* RunnelLook or RunnelState */
  RunnelMark mark;
  gboolean critical;
  gboolean merged;      /* stands for others as well: too small to be told apart */
} RunnelGanttBar;

typedef struct
{
  guint line;
  int span;             /* in the timing; -1 = on the line, beside its bars or on their summary */
} RunnelGanttHit;

guint    runnel_gantt_get_look  (const RunnelTiming    *timing,
                                 guint                  row,
                                 guint                  span);
guint    runnel_gantt_list_looks (const RunnelGanttTree *tree);
double   runnel_gantt_get_x     (const RunnelGanttView *view,
                                 const RunnelTiming    *timing,
                                 gint64                 time);
double   runnel_gantt_get_y     (const RunnelGanttView *view,
                                 guint                  line);
void     runnel_gantt_get_lines (const RunnelGanttView *view,
                                 const RunnelGanttTree *tree,
                                 guint                 *ret_first,
                                 guint                 *ret_end);
GArray  *runnel_gantt_list_bars (const RunnelGanttView *view,
                                 const RunnelGanttTree *tree);
gboolean runnel_gantt_hit       (const RunnelGanttView *view,
                                 const RunnelGanttTree *tree,
                                 double                 x,
                                 double                 y,
                                 double                 tolerance,
                                 RunnelGanttHit        *ret_hit);

G_END_DECLS
