/* runnel-alert-source.h: rules, channels and incidents for the application, off its thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "alerts/runnel-alert-config.h"

G_BEGIN_DECLS

void               runnel_alert_source_load_async   (GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
RunnelAlertConfig *runnel_alert_source_load_finish  (GAsyncResult         *result,
                                                     GError              **error);
void               runnel_alert_source_set_async    (const char           *table,
                                                     const char           *name,
                                                     JsonObject           *values,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           runnel_alert_source_set_finish   (GAsyncResult         *result,
                                                     GError              **error);
void               runnel_alert_source_call_async   (const char *const    *arguments,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           runnel_alert_source_call_finish  (GAsyncResult         *result,
                                                     GError              **error);

G_END_DECLS
