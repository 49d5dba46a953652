/* runnel-step-form.h: the properties of one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_STEP_FORM (runnel_step_form_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStepForm, runnel_step_form, RUNNEL, STEP_FORM, AdwBin)

/* Signal "renamed" (const char *new_id): the step has another id now. */

GtkWidget *runnel_step_form_new             (RunnelDocument    *document,
                                             const char        *id);
void       runnel_step_form_update          (RunnelStepForm    *self);
void       runnel_step_form_flush           (RunnelStepForm    *self);
void       runnel_step_form_set_diagnostics (RunnelStepForm    *self,
                                             RunnelDiagnostics *diagnostics);
void       runnel_step_form_reveal          (RunnelStepForm    *self,
                                             const char        *key);

G_END_DECLS
