/* runnel-log-view-private.h: what the files of the view of a log share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/find/runnel-pattern-entry.h"
#include "designer/logs/runnel-log-lines.h"
#include "designer/logs/runnel-log-marks.h"
#include "designer/logs/runnel-log-view.h"
#include "designer/runs/runnel-state-label.h"

G_BEGIN_DECLS

struct _RunnelLogView
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkLabel *title;
  RunnelStateLabel *state_label;
  GtkLabel *reason;
  GtkButton *errors_button;
  GtkLabel *errors_label;
  GtkToggleButton *all_button;
  GtkToggleButton *follow_button;
  GtkToggleButton *find_button;
  GtkSearchBar *search_bar;
  RunnelPatternEntry *entry;
  GtkLabel *status;
  GtkToggleButton *sieve_button;
  GtkSpinButton *context_button;
  GtkStack *stack;
  GtkLabel *message;
  RunnelLogLines *lines;
  RunnelLogMarks *marks;
  GtkScrollbar *hscrollbar;
  GtkScrollbar *vscrollbar;
  GtkPopoverMenu *menu;

  RunnelLogModel *model;       /* NULL when nothing is shown */
  char *path;                  /* of the log; NULL when there are several */
  GCancellable *cancellable;   /* of what is under way with the model */

  /* What is looked for. */
  RunnelLogPlace place;        /* the one at hand */
  gboolean has_place;
  guint64 n;                   /* how many come before it */
  gboolean is_typing;          /* what is found first is to be shown */
  gboolean is_finding;
  gboolean wants_error;        /* the next place that is found is one of an error */

  gint64 wanted_line;          /* number of a line to go to when it is known; -1 = none */
  gint64 wanted_time;          /* of which the last line is to be shown when it is known; -1 = none */
  gboolean is_updating;        /* we ourselves change the buttons */
  gboolean all_steps;
};

/* runnel-log-view.c */
void _runnel_log_view_tell           (RunnelLogView      *self,
                                      const char         *text);

/* runnel-log-view-place.c */
void _runnel_log_view_place_class    (GtkWidgetClass     *klass);
void _runnel_log_view_place_update   (RunnelLogView      *self);

/* runnel-log-view-find.c */
void _runnel_log_view_find_class     (GtkWidgetClass     *klass);
void _runnel_log_view_find_init      (RunnelLogView      *self);
void _runnel_log_view_find_begin     (RunnelLogView      *self);
void _runnel_log_view_find_update    (RunnelLogView      *self);

/* runnel-log-view-actions.c */
void _runnel_log_view_actions_class  (GtkWidgetClass     *klass);
void _runnel_log_view_actions_update (RunnelLogView      *self);

G_END_DECLS
