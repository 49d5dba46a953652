/* runnel-runs-bar.h: the bar over the list of runs, in which runs are chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-query.h"
#include "history/runnel-history-service.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUNS_BAR (runnel_runs_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunsBar, runnel_runs_bar, RUNNEL, RUNS_BAR, GtkWidget)

/* Signal "left" (): the keyboard is wanted in the list. */

GtkWidget *runnel_runs_bar_new             (void);
void       runnel_runs_bar_bind            (RunnelRunsBar        *self,
                                            RunnelRunQuery       *query,
                                            RunnelHistoryService *history);
void       runnel_runs_bar_set_key_capture (RunnelRunsBar        *self,
                                            GtkWidget            *widget);
void       runnel_runs_bar_set_menu        (RunnelRunsBar        *self,
                                            GMenuModel           *menu);
void       runnel_runs_bar_set_counts      (RunnelRunsBar        *self,
                                            guint                 n_found,
                                            gint64                n_all);
void       runnel_runs_bar_set_selected    (RunnelRunsBar        *self,
                                            guint                 n_selected,
                                            gboolean              selecting);

G_END_DECLS
