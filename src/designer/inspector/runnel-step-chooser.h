/* runnel-step-chooser.h: a popover that finds a step among many
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_STEP_CHOOSER (runnel_step_chooser_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStepChooser, runnel_step_chooser, RUNNEL, STEP_CHOOSER, GtkPopover)

/* Signal "chosen" (const char *id). */

typedef gboolean (*RunnelStepFilter) (RunnelPipeline *pipeline,
                                      RunnelStep     *step,
                                      gpointer        user_data);

GtkWidget *runnel_step_chooser_new  (void);
void       runnel_step_chooser_fill (RunnelStepChooser *self,
                                     RunnelPipeline    *pipeline,
                                     RunnelStepFilter   filter,
                                     gpointer           user_data);

G_END_DECLS
