/* runnel-step-bar.h: why a step of a run is what it is, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_STEP_BAR (runnel_step_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStepBar, runnel_step_bar, RUNNEL, STEP_BAR, AdwBin)

/* Its buttons are the actions page.freeze-step and page.thaw-step. */

GtkWidget *runnel_step_bar_new       (void);
void       runnel_step_bar_explain   (RunnelStepBar *self,
                                      const char    *explanation);
void       runnel_step_bar_set_holds (RunnelStepBar *self,
                                      gboolean       can_freeze,
                                      gboolean       can_thaw);

G_END_DECLS
