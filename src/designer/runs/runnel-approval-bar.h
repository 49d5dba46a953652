/* runnel-approval-bar.h: asks a person what a run waits for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-monitor.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_APPROVAL_BAR (runnel_approval_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelApprovalBar, runnel_approval_bar, RUNNEL, APPROVAL_BAR, GtkWidget)

GtkWidget *runnel_approval_bar_new         (void);
void       runnel_approval_bar_set_monitor (RunnelApprovalBar *self,
                                            RunnelRunMonitor  *monitor);

G_END_DECLS
