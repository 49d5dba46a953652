/* runnel-job-bar.h: how far long work has come, with a button that stops it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_JOB_BAR (runnel_job_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelJobBar, runnel_job_bar, RUNNEL, JOB_BAR, GtkWidget)

GCancellable *runnel_job_bar_begin        (RunnelJobBar *self,
                                           const char   *text);
gboolean      runnel_job_bar_is_active    (RunnelJobBar *self);
void          runnel_job_bar_set_fraction (RunnelJobBar *self,
                                           double        fraction);
void          runnel_job_bar_end          (RunnelJobBar *self);

G_END_DECLS
