/* runnel-rollback-dialog.h: takes back what a run did, after showing what that would be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void   runnel_rollback_dialog_start_async  (GtkWindow            *parent,
                                            gint64                run,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gint64 runnel_rollback_dialog_start_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
