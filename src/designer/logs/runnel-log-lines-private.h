/* runnel-log-lines-private.h: what the files of the lines of a log share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/logs/runnel-log-drawn.h"
#include "designer/logs/runnel-log-lines.h"

G_BEGIN_DECLS

/* Without wrapping, a line is drawn in slices of so many cells. */
#define LOG_SLICE 512

#define LOG_PADDING 6 /* pixels left and right of a column */

/* A line that is seen, in part at least. */
typedef struct
{
  RunnelLogLine line;
  guint64 row;
  RunnelLogDrawn *drawn;  /* owned; NULL = it has yet to be read */
  double y;               /* of its upper edge */
  guint height;           /* rows of cells */
} LogRow;

struct _RunnelLogLines
{
  GtkWidget parent_instance;

  RunnelLogModel *model;  /* NULL = nothing is shown */
  RunnelLogMatcher *matcher;
  RunnelLogPlace place;   /* of what is found, the one at hand */
  gboolean has_place;
  gboolean wrap;
  RunnelLogTimesColumn times;
  gint64 first_time;      /* of the first line; 0 = not known yet */

  /* The pen, and how wide what stands before the text is, in pixels. */
  RunnelLogPen pen;
  int fold_width;
  int number_width;
  int time_width;
  int label_width;
  int text_x;             /* where the text begins */

  /* Where we are. */
  RunnelLogLine top;      /* the first line that is seen */
  double top_offset;      /* how many pixels of it are above the edge */
  double x;               /* pixels that the text is moved to the left */
  guint widest;           /* cells of the longest line that was seen so far */
  gboolean at_end;
  gboolean stays;         /* also when the end is seen, until a person scrolls */
  GArray *rows;           /* of LogRow: what is seen */
  GHashTable *drawn;      /* offset, as gint64 -> RunnelLogDrawn */
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  gboolean is_adjusting;  /* we ourselves change them */
  guint tick_id;          /* something has changed */

  /* What is selected: from where a person began to where that has led. */
  RunnelLogSpot anchor;
  RunnelLogSpot cursor;
  gboolean has_cursor;
  GtkGesture *drag;
  double drag_x, drag_y;  /* where the pointer is */
  guint scroll_tick_id;   /* it is dragged beyond an edge */
  RunnelLogSpot word_from, word_to; /* what was chosen by two or three clicks, and stays so */
  int n_press;

  /* For assistive technology, see runnel-log-lines-a11y.c. */
  GtkTextView *mirror;
  guint mirror_timeout;

  double kinetic_x, kinetic_y; /* pixels a second */
  gint64 kinetic_time;
  guint kinetic_tick_id;
};

enum
{
  LOG_LINES_PROP_0,
  LOG_LINES_PROP_AT_END,
  LOG_LINES_N_PROPS
};

extern GParamSpec *_runnel_log_lines_properties[LOG_LINES_N_PROPS];

/* runnel-log-lines.c */
void     _runnel_log_lines_queue       (RunnelLogLines       *self);
void     _runnel_log_lines_restyle     (RunnelLogLines       *self);

/* runnel-log-lines-place.c: which lines are seen, and where */
void     _runnel_log_lines_place       (RunnelLogLines       *self);
void     _runnel_log_lines_place_init  (RunnelLogLines       *self);
guint    _runnel_log_lines_get_columns (RunnelLogLines       *self);
guint    _runnel_log_lines_get_slice   (RunnelLogLines       *self);
double   _runnel_log_lines_get_text_width (RunnelLogLines    *self);
void     _runnel_log_lines_set_at_end  (RunnelLogLines       *self,
                                        gboolean              at_end);
RunnelLogCacheResult
         _runnel_log_lines_get_drawn   (RunnelLogLines       *self,
                                        const RunnelLogLine  *line,
                                        RunnelLogDrawn      **ret_drawn);

/* runnel-log-lines-draw.c */
void     _runnel_log_lines_snapshot    (GtkWidget            *widget,
                                        GtkSnapshot          *snapshot);
char    *_runnel_log_lines_format_time (RunnelLogLines       *self,
                                        gint64                time);

/* runnel-log-lines-scroll.c */
void     _runnel_log_lines_scroll_init (RunnelLogLines       *self);
void     _runnel_log_lines_scroll_stop (RunnelLogLines       *self);
void     _runnel_log_lines_scroll_by   (RunnelLogLines       *self,
                                        double                dx,
                                        double                dy);

/* runnel-log-lines-select.c */
gboolean _runnel_log_lines_is_selected (RunnelLogLines       *self,
                                        const RunnelLogLine  *line,
                                        gsize                *ret_start,
                                        gsize                *ret_end);
void     _runnel_log_lines_select      (RunnelLogLines       *self,
                                        const RunnelLogSpot  *anchor,
                                        const RunnelLogSpot  *cursor);
void     _runnel_log_lines_keys_init   (RunnelLogLines       *self);

/* runnel-log-lines-pointer.c */
void     _runnel_log_lines_pointer_init (RunnelLogLines      *self);
void     _runnel_log_lines_pointer_stop (RunnelLogLines      *self);

/* runnel-log-lines-a11y.c */
void     _runnel_log_lines_a11y_init   (RunnelLogLines       *self);
void     _runnel_log_lines_a11y_stop   (RunnelLogLines       *self);
void     _runnel_log_lines_a11y_update (RunnelLogLines       *self);

G_END_DECLS
