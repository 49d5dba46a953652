/* runnel-rerun-dialog.h: runs a pipeline again, after showing what changed since
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-launcher.h"

G_BEGIN_DECLS

void   runnel_rerun_dialog_start_async  (GtkWindow            *parent,
                                         const RunnelRerun    *rerun,
                                         const char           *path,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gint64 runnel_rerun_dialog_start_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
