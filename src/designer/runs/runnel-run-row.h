/* runnel-run-row.h: a run as a row of the Runs page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-item.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_ROW (runnel_run_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunRow, runnel_run_row, RUNNEL, RUN_ROW, GtkWidget)

GtkWidget *runnel_run_row_new      (void);
void       runnel_run_row_set_item (RunnelRunRow  *self,
                                    RunnelRunItem *item);
void       runnel_run_row_tick     (RunnelRunRow  *self);

char      *runnel_run_describe_counts (const RunnelRunRecord *record);

G_END_DECLS
