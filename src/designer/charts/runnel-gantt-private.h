/* runnel-gantt-private.h: what the files of the chart share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-style.h"
#include "designer/charts/runnel-gantt.h"

G_BEGIN_DECLS

#define GANTT_AXIS_HEIGHT 28
#define GANTT_ROW_HEIGHT 26.0

struct _RunnelGantt
{
  GtkWidget parent_instance;

  RunnelTiming *timing;       /* or NULL */
  RunnelGanttView view;       /* of the bars: right of the labels, below the axis */
  double label_width;
  char *selection;            /* id, or NULL */
  int selected_row;           /* -1 = none */

  /* Of GtkScrollable. */
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  guint hscroll_policy : 1;
  guint vscroll_policy : 1;

  guint fitted : 1;           /* shows all of the time, also when it grows */

  /* Prepared for drawing; NULL when it has to be prepared again. */
  GArray *bars;               /* of RunnelGanttBar */
  GdkTexture *patterns[RUNNEL_N_PATTERNS];

  guint tick_id;              /* while something grows and is seen */
  double pan_x;               /* of the adjustments, where a drag began */
  double pan_y;
};

void         _runnel_gantt_class_input_init (GtkWidgetClass *widget_class);
void         _runnel_gantt_init_input       (RunnelGantt    *self);
void         _runnel_gantt_snapshot         (GtkWidget      *widget,
                                             GtkSnapshot    *snapshot);
void         _runnel_gantt_snapshot_sample  (GtkSnapshot    *snapshot,
                                             double          width,
                                             double          height,
                                             RunnelSpanKind  kind,
                                             RunnelState     state,
                                             gboolean        critical);
void         _runnel_gantt_clear_patterns   (RunnelGantt    *self);
double       _runnel_gantt_measure_labels   (RunnelGantt    *self);

void         _runnel_gantt_queue_bars       (RunnelGantt    *self);
void         _runnel_gantt_set_view         (RunnelGantt    *self,
                                             double          start,
                                             double          scale,
                                             double          row_height);
void         _runnel_gantt_select_row       (RunnelGantt    *self,
                                             int             row);
void         _runnel_gantt_activate_row     (RunnelGantt    *self,
                                             guint           row,
                                             int             span);

G_END_DECLS
