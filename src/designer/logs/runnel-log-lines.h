/* runnel-log-lines.h: the lines of a log, whatever its size
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "log/runnel-log-model.h"
#include "log/runnel-log-range.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_LINES (runnel_log_lines_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogLines, runnel_log_lines, RUNNEL, LOG_LINES, GtkWidget)

typedef enum
{
  RUNNEL_LOG_TIMES_NONE,
  RUNNEL_LOG_TIMES_RELATIVE, /* since the first line */
  RUNNEL_LOG_TIMES_ABSOLUTE,
} RunnelLogTimesColumn;

/* Property "at-end" (boolean): the end is seen, and stays so when the log grows. Signal "menu"
 * (double x, double y): a menu is wanted there. */

GtkWidget      *runnel_log_lines_new             (void);
void            runnel_log_lines_set_model       (RunnelLogLines       *self,
                                                  RunnelLogModel       *model);
GtkAdjustment  *runnel_log_lines_get_hadjustment (RunnelLogLines       *self);
GtkAdjustment  *runnel_log_lines_get_vadjustment (RunnelLogLines       *self);
void            runnel_log_lines_set_wrap        (RunnelLogLines       *self,
                                                  gboolean              wrap);
gboolean        runnel_log_lines_get_wrap        (RunnelLogLines       *self);
RunnelLogTimesColumn runnel_log_lines_get_times  (RunnelLogLines       *self);
void            runnel_log_lines_set_times       (RunnelLogLines       *self,
                                                  RunnelLogTimesColumn  times);
void            runnel_log_lines_set_pattern     (RunnelLogLines       *self,
                                                  RunnelLogPattern     *pattern);
void            runnel_log_lines_set_place       (RunnelLogLines       *self,
                                                  const RunnelLogPlace *place);
gboolean        runnel_log_lines_is_at_end       (RunnelLogLines       *self);
void            runnel_log_lines_scroll_to_end   (RunnelLogLines       *self);
void            runnel_log_lines_stay            (RunnelLogLines       *self);
void            runnel_log_lines_scroll_to_start (RunnelLogLines       *self);
void            runnel_log_lines_show_spot       (RunnelLogLines       *self,
                                                  const RunnelLogSpot  *spot);
void            runnel_log_lines_go_to_line      (RunnelLogLines       *self,
                                                  const RunnelLogLine  *line);
gboolean        runnel_log_lines_get_cursor      (RunnelLogLines       *self,
                                                  RunnelLogLine        *ret_line);
gboolean        runnel_log_lines_get_first       (RunnelLogLines       *self,
                                                  RunnelLogLine        *ret_line);
gboolean        runnel_log_lines_get_selection   (RunnelLogLines       *self,
                                                  RunnelLogSpot        *ret_from,
                                                  RunnelLogSpot        *ret_to);
void            runnel_log_lines_select_all      (RunnelLogLines       *self);
void            runnel_log_lines_select_none     (RunnelLogLines       *self);
void            runnel_log_lines_toggle_fold     (RunnelLogLines       *self);
gboolean        runnel_log_lines_go_to_fold      (RunnelLogLines       *self,
                                                  RunnelLogDirection    direction);

G_END_DECLS
