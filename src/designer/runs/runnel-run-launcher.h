/* runnel-run-launcher.h: starts runs as processes of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char   *runnel_run_launcher_find_program (void);
void    runnel_run_launcher_start_async  (GFile               *file,
                                          const char          *text,
                                          JsonObject          *parameters,
                                          guint                jobs,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gint64  runnel_run_launcher_start_finish (GAsyncResult        *result,
                                          GError             **error);

G_END_DECLS
