/* runnel-alert-process.h: `runnel alerts`, called by the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     runnel_alert_process_call_async  (const char *const    *arguments,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean runnel_alert_process_call_finish (GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
