/* runnel-cleanup-dialog.h: asks whether to free space, and shows what would go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     runnel_cleanup_dialog_ask_async  (GtkWindow            *parent,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean runnel_cleanup_dialog_ask_finish (GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
