/* runnel-import-run.h: a run that is being imported, until it is in the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "history/exchange/runnel-import-files.h"
#include "history/runnel-history.h"

G_BEGIN_DECLS

typedef struct _RunnelImportRun RunnelImportRun;

RunnelImportRun   *runnel_import_run_new       (const char         *folder,
                                                JsonObject         *head,
                                                guint64             line,
                                                RunnelImportRoom   *room,
                                                GError            **error);
void               runnel_import_run_free      (RunnelImportRun    *self);
RunnelImportFiles *runnel_import_run_get_files (RunnelImportRun    *self);
gboolean           runnel_import_run_add_line  (RunnelImportRun    *self,
                                                const char         *line,
                                                gsize               length,
                                                guint64             number,
                                                GError            **error);
gboolean           runnel_import_run_store     (RunnelImportRun    *self,
                                                RunnelHistory      *history,
                                                const char         *host,
                                                const char         *text,
                                                gsize               length,
                                                guint64            *ret_line,
                                                GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelImportRun, runnel_import_run_free)

G_END_DECLS
