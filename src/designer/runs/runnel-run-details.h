/* runnel-run-details.h: what is known of a run beside its steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "history/runnel-history-audit.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_DETAILS (runnel_run_details_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunDetails, runnel_run_details, RUNNEL, RUN_DETAILS, GtkWidget)

/* What started it, where, with which parameters, what it has to do with other runs, and who did
 * what to it. Its buttons are actions: page.pin-run, page.label-run, page.compare-definition and
 * win.show-run. */

GtkWidget *runnel_run_details_new      (void);
void       runnel_run_details_set_run  (RunnelRunDetails      *self,
                                        const RunnelRunRecord *record);
void       runnel_run_details_set_relatives (RunnelRunDetails *self,
                                        GPtrArray             *children,
                                        GPtrArray             *successors);
void       runnel_run_details_set_audit (RunnelRunDetails     *self,
                                        GPtrArray             *audit);

G_END_DECLS
