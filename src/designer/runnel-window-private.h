/* runnel-window-private.h: what the parts of the window share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/commands/runnel-command-palette.h"
#include "designer/runnel-history-popover.h"
#include "designer/runnel-window.h"

G_BEGIN_DECLS

struct _RunnelWindow
{
  AdwApplicationWindow parent_instance;

  /* Template Widgets */
  AdwTabView *tab_view;
  AdwTabBar *tab_bar;
  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkProgressBar *progress;
  RunnelCommandPalette *command_palette;
  GtkWidget *palette_button;
  GtkWidget *inspector_button;
  GtkWidget *code_button;
  GtkWidget *edit_buttons;
  GtkMenuButton *history_button;
  RunnelHistoryPopover *history_popover;
  GtkWidget *run_box;
  GtkWidget *stop_button;
  GtkWidget *alerts_button;
  AdwButtonContent *alerts_content;

  /* Borrowed References */
  RunnelPage *active_page;
  AdwTabPage *menu_tab; /* the tab whose context menu is open */

  /* Owned References */
  GSignalGroup *page_signals;
  GSignalGroup *action_signals;

  guint may_close : 1;    /* unsaved changes were asked about */
  guint is_replacing : 1; /* a page goes out of its tab and is kept */
};

void _runnel_window_actions_init   (RunnelWindow *self);
void _runnel_window_actions_update (RunnelWindow *self);
void _runnel_window_runs_init      (RunnelWindow *self);
void _runnel_window_alerts_init    (RunnelWindow *self);
void _runnel_window_insights_init  (RunnelWindow *self);
void _runnel_window_interchange_init (RunnelWindow *self);
gboolean _runnel_window_drop_cb    (GtkDropTarget *target,
                                    const GValue  *value,
                                    double         x,
                                    double         y,
                                    RunnelWindow  *self);
void _runnel_window_commands_init  (RunnelWindow *self);
void _runnel_window_find_init      (RunnelWindow *self);
void _runnel_window_logs_init      (RunnelWindow *self);
void _runnel_window_search_logs    (RunnelWindow *self,
                                    GArray       *runs);
void _runnel_window_history_init   (RunnelWindow *self);
void _runnel_window_go_to_cb       (RunnelWindow *self,
                                    guint         position);
void _runnel_window_command_cb     (RunnelWindow *self,
                                    const char   *name);
void _runnel_window_step_cb        (RunnelWindow *self,
                                    const char   *id);

RunnelPage *_runnel_window_find_page (RunnelWindow *self,
                                      gboolean    (*is_wanted) (RunnelPage *page, gint64 run),
                                      gint64        run);

G_END_DECLS
