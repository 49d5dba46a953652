/* runnel-export-dialog.h: asks how a picture is to be exported
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/pictures/runnel-picture-file.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_EXPORT_DIALOG (runnel_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RunnelExportDialog, runnel_export_dialog, RUNNEL, EXPORT_DIALOG, AdwWindow)

/* Signal "export" (): the person has chosen; the dialog is closed by then. */

RunnelExportDialog *runnel_export_dialog_new            (GtkWindow            *parent,
                                                         gboolean              has_selection,
                                                         RunnelPaletteName     palette);
void                runnel_export_dialog_get_options    (RunnelExportDialog   *self,
                                                         RunnelPictureOptions *ret_options);
gboolean            runnel_export_dialog_wants_selection (RunnelExportDialog  *self);

G_END_DECLS
