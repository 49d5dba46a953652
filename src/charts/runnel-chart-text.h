/* runnel-chart-text.h: what charts are made of in a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-style.h"

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  gboolean ascii;       /* the terminal can't show Unicode */
  gboolean color;       /* with ECMA-48 colours */
} RunnelChartText;

#define RUNNEL_CHART_NOTHING (-1)

/* What stands in one column of a chart. */
typedef struct
{
  int look;             /* RunnelLook, RunnelState or RUNNEL_CHART_NOTHING */
  gboolean is_bracket;
  gboolean begins_late; /* the bar covers only the right half */
  guint n_eighths;      /* of the column, from the left, that it covers: 8 = all */
} RunnelChartCell;

guint            runnel_chart_text_measure   (const char            *text);
void             runnel_chart_text_add       (RunnelChartText       *self,
                                              const char            *text,
                                              guint                  width);
void             runnel_chart_text_add_sign  (RunnelChartText       *self,
                                              RunnelState            state);
void             runnel_chart_text_add_cells (RunnelChartText       *self,
                                              const RunnelChartCell *cells,
                                              guint                  n_cells);
void             runnel_chart_text_add_key   (RunnelChartText       *self,
                                              guint                  look,
                                              const char            *block,
                                              char                   letter,
                                              const char            *name);
void             runnel_chart_text_add_keys  (RunnelChartText       *self,
                                              guint                  looks);
RunnelChartCell *runnel_chart_cells_new      (guint                  n_cells);
void             runnel_chart_cells_paint    (RunnelChartCell       *cells,
                                              guint                  n_cells,
                                              guint                  look,
                                              gboolean               is_bracket,
                                              double                 start,
                                              double                 end);

G_END_DECLS
