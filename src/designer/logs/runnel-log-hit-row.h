/* runnel-log-hit-row.h: a line that was found in a log as a row of a list, or the heading of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/logs/runnel-log-hit-item.h"
#include "designer/runs/runnel-run-item.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_HIT_ROW (runnel_log_hit_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogHitRow, runnel_log_hit_row, RUNNEL, LOG_HIT_ROW, GtkWidget)

GtkWidget     *runnel_log_hit_row_new      (void);
void           runnel_log_hit_row_set_line (RunnelLogHitRow  *self,
                                            RunnelLogHitItem *item);
void           runnel_log_hit_row_set_run  (RunnelLogHitRow  *self,
                                            RunnelRunItem    *run);
RunnelRunItem *runnel_log_hit_row_get_run  (RunnelLogHitRow  *self);

G_END_DECLS
