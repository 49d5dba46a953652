/* runnel-run-deleter.h: deletes runs, after telling what would be lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "history/runnel-history-service.h"

G_BEGIN_DECLS

/* Called now and then: how many of how many runs are deleted. */
typedef void (*RunnelDeletedFunc) (guint n_deleted, guint n_runs, gpointer user_data);

void     runnel_run_deleter_ask_async  (GtkWindow            *parent,
                                        RunnelHistoryService *history,
                                        const gint64         *runs,
                                        guint                 n_runs,
                                        RunnelDeletedFunc     progress,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean runnel_run_deleter_ask_finish (GAsyncResult         *result,
                                        guint                *ret_deleted,
                                        guint                *ret_live,
                                        GError              **error);

G_END_DECLS
