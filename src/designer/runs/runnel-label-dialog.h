/* runnel-label-dialog.h: gives runs labels, and takes them away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "history/runnel-history-service.h"

G_BEGIN_DECLS

void     runnel_label_dialog_ask_async  (GtkWindow            *parent,
                                         RunnelHistoryService *history,
                                         const gint64         *runs,
                                         guint                 n_runs,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean runnel_label_dialog_ask_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
