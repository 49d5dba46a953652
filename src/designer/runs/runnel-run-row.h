/* runnel-run-row.h: a run as a row of the Runs page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-item.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_ROW (runnel_run_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunRow, runnel_run_row, RUNNEL, RUN_ROW, GtkWidget)

/* Property "selected" (boolean): whether its check mark is set, while there is one.
 *
 * Signal "toggled" (): clicked while rows are being chosen. */

GtkWidget     *runnel_run_row_new           (void);
RunnelRunItem *runnel_run_row_get_item      (RunnelRunRow  *self);
void           runnel_run_row_set_item      (RunnelRunRow  *self,
                                             RunnelRunItem *item);
void           runnel_run_row_set_selecting (RunnelRunRow  *self,
                                             gboolean       selecting);
void           runnel_run_row_tick          (RunnelRunRow  *self);

G_END_DECLS
