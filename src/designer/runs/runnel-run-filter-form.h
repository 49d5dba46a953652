/* runnel-run-filter-form.h: a popover in which runs are chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-query.h"
#include "history/runnel-history-service.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_FILTER_FORM (runnel_run_filter_form_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunFilterForm, runnel_run_filter_form, RUNNEL, RUN_FILTER_FORM, GtkPopover)

GtkWidget *runnel_run_filter_form_new   (void);
void       runnel_run_filter_form_bind  (RunnelRunFilterForm  *self,
                                         RunnelRunQuery       *query,
                                         RunnelHistoryService *history);

G_END_DECLS
