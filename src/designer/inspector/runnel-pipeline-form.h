/* runnel-pipeline-form.h: the properties of the pipeline itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PIPELINE_FORM (runnel_pipeline_form_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPipelineForm, runnel_pipeline_form, RUNNEL, PIPELINE_FORM, AdwBin)

GtkWidget *runnel_pipeline_form_new             (RunnelDocument     *document);
void       runnel_pipeline_form_update          (RunnelPipelineForm *self);
void       runnel_pipeline_form_flush           (RunnelPipelineForm *self);
void       runnel_pipeline_form_set_diagnostics (RunnelPipelineForm *self,
                                                 RunnelDiagnostics  *diagnostics);
void       runnel_pipeline_form_reveal          (RunnelPipelineForm *self,
                                                 const char         *key);

G_END_DECLS
