/* runnel-window.h: a group of tabs under one header bar
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_WINDOW (runnel_window_get_type ())
G_DECLARE_FINAL_TYPE (RunnelWindow, runnel_window, RUNNEL, WINDOW, AdwApplicationWindow)

RunnelWindow *runnel_window_new             (GtkApplication *application);
RunnelPage   *runnel_window_get_active_page (RunnelWindow   *self);
void          runnel_window_import          (RunnelWindow   *self,
                                             GListModel     *files);
void          runnel_window_add_page        (RunnelWindow   *self,
                                             RunnelPage     *page);
void          runnel_window_replace_page    (RunnelWindow   *self,
                                             RunnelPage     *page,
                                             RunnelPage     *other);
void          runnel_window_show_page       (RunnelWindow   *self,
                                             RunnelPage     *page);
void          runnel_window_open_file       (RunnelWindow   *self,
                                             GFile          *file);
gboolean      runnel_window_show_file       (RunnelWindow   *self,
                                             GFile          *file);
void          runnel_window_open_new        (RunnelWindow   *self);
void          runnel_window_add_toast_with_action (RunnelWindow *self,
                                                   const char   *text,
                                                   const char   *label,
                                                   const char   *action);
void          runnel_window_add_toast       (RunnelWindow   *self,
                                             const char     *text);
void          runnel_window_show_run        (RunnelWindow   *self,
                                             gint64          run);
void          runnel_window_tell_run        (RunnelWindow   *self,
                                             const char     *text,
                                             gint64          run);

G_END_DECLS
