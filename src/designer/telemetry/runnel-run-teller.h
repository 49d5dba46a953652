/* runnel-run-teller.h: tells receivers of runs once more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void  runnel_run_teller_tell_async  (const gint64         *runs,
                                     guint                 n_runs,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char *runnel_run_teller_tell_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
