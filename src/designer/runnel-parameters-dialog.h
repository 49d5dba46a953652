/* runnel-parameters-dialog.h: asks for the parameters of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PARAMETERS_DIALOG (runnel_parameters_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RunnelParametersDialog, runnel_parameters_dialog, RUNNEL,
                      PARAMETERS_DIALOG, AdwWindow)

void        runnel_parameters_dialog_ask_async  (GtkWindow            *parent,
                                                 RunnelPipeline       *pipeline,
                                                 JsonObject           *values,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
JsonObject *runnel_parameters_dialog_ask_finish (GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
