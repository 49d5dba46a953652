/* runnel-duration-bar.h: how long a run takes against how long it usually takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_DURATION_BAR (runnel_duration_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelDurationBar, runnel_duration_bar, RUNNEL, DURATION_BAR, GtkWidget)

GtkWidget *runnel_duration_bar_new (void);
void       runnel_duration_bar_set (RunnelDurationBar *self,
                                    gint64             duration,
                                    gint64             usual,
                                    gboolean           is_active);

G_END_DECLS
