/* runnel-gantt-private.h: what the files of the chart share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-style.h"
#include "designer/charts/runnel-chart-painter.h"
#include "designer/charts/runnel-gantt.h"

G_BEGIN_DECLS

#define GANTT_AXIS_HEIGHT 28
#define GANTT_ROW_HEIGHT 26.0

/* Left of the labels: the distance to the edge, and from one level to the next. */
#define GANTT_PADDING 12.0
#define GANTT_INDENT 16.0

struct _RunnelGantt
{
  GtkWidget parent_instance;

  RunnelGanttTree *tree;      /* the lines of the timing, if there is one */
  RunnelGanttView view;       /* of the bars: right of the labels, below the axis */
  double label_width;
  double wanted_label_width;  /* of the lines there are */
  char *selection;            /* id, or NULL */
  int selected_line;          /* -1 = none */
  int hovered_line;           /* -1 = none */
  double pointer_x;           /* in the widget; -1 = it is elsewhere */
  gint64 cursor_time;         /* microseconds since 1970; -1 = none */

  /* Of GtkScrollable. */
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  guint hscroll_policy : 1;
  guint vscroll_policy : 1;

  guint fitted : 1;           /* shows all of the time, also when it grows */
  guint follows : 1;          /* shows the end of the time, also when it grows */
  guint shows_critical : 1;   /* tells the critical path from the rest */
  guint shows_links : 1;      /* also those of the selected line */
  guint absolute : 1;         /* the axis has the time of day */
  guint space_down : 1;
  guint adjusting : 1;
  guint reveals : 1;          /* the selected line as soon as there is a place for it */

  /* Prepared for drawing; NULL when it has to be prepared again. */
  GArray *bars;               /* of RunnelGanttBar */
  GArray *links;              /* of RunnelGanttLink */
  RunnelChartPainter *painter;
  GSimpleActionGroup *actions;

  guint tick_id;              /* while something grows and is seen */
  guint drag;                 /* what the pointer does */
  double pan_x;               /* of the adjustments, where a drag began */
  double pan_y;
  double pinch_scale;
};

/* Ways of drawing */
void     _runnel_gantt_snapshot              (GtkWidget      *widget,
                                              GtkSnapshot    *snapshot);
void     _runnel_gantt_snapshot_chart        (RunnelGantt    *self,
                                              GtkSnapshot    *snapshot,
                                              double          width,
                                              double          height);
void     _runnel_gantt_snapshot_links        (RunnelGantt    *self,
                                              GtkSnapshot    *snapshot);
double   _runnel_gantt_measure_labels        (RunnelGantt    *self);
double   _runnel_gantt_get_label_x           (RunnelGantt    *self,
                                              guint           line);

/* What is seen */
void     _runnel_gantt_queue_bars            (RunnelGantt    *self);
void     _runnel_gantt_view_init             (RunnelGantt    *self);
void     _runnel_gantt_view_set_adjustment   (RunnelGantt    *self,
                                              GtkAdjustment **place,
                                              GtkAdjustment  *adjustment);
void     _runnel_gantt_view_allocate         (RunnelGantt    *self,
                                              int             width,
                                              int             height);
void     _runnel_gantt_view_update           (RunnelGantt    *self);
void     _runnel_gantt_view_zoom             (RunnelGantt    *self,
                                              double          x,
                                              double          factor);
void     _runnel_gantt_view_set_row_height   (RunnelGantt    *self,
                                              double          row_height);
void     _runnel_gantt_view_fit_lines        (RunnelGantt    *self);
void     _runnel_gantt_view_fit_selection    (RunnelGantt    *self);
void     _runnel_gantt_view_reveal_line      (RunnelGantt    *self,
                                              guint           line);
void     _runnel_gantt_view_update_tick      (RunnelGantt    *self);

/* Lines */
void     _runnel_gantt_lines_changed         (RunnelGantt    *self);
void     _runnel_gantt_select_line           (RunnelGantt    *self,
                                              int             line);
void     _runnel_gantt_select_relative       (RunnelGantt    *self,
                                              int             offset);
void     _runnel_gantt_activate_line         (RunnelGantt    *self,
                                              guint           line,
                                              int             span);
void     _runnel_gantt_toggle_line           (RunnelGantt    *self,
                                              guint           line);
void     _runnel_gantt_fold                  (RunnelGantt    *self);
void     _runnel_gantt_unfold                (RunnelGantt    *self);
void     _runnel_gantt_update_accessible     (RunnelGantt    *self);

/* Hands */
void     _runnel_gantt_class_actions_init    (void);
void     _runnel_gantt_actions_init          (RunnelGantt    *self);
void     _runnel_gantt_input_init            (RunnelGantt    *self);
void     _runnel_gantt_set_hovered           (RunnelGantt    *self,
                                              int             line);
void     _runnel_gantt_move_cursor           (RunnelGantt    *self,
                                              gboolean        forth);

G_END_DECLS
