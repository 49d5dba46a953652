/* runnel-import-files.h: the folder of a run that is being imported
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "history/exchange/runnel-import-room.h"

G_BEGIN_DECLS

typedef struct _RunnelImportFiles RunnelImportFiles;

RunnelImportFiles *runnel_import_files_new        (const char         *folder,
                                                   RunnelImportRoom   *room,
                                                   GError            **error);
void               runnel_import_files_free       (RunnelImportFiles  *self);
gboolean           runnel_import_files_begin      (RunnelImportFiles  *self,
                                                   JsonObject         *object,
                                                   GError            **error);
gboolean           runnel_import_files_add        (RunnelImportFiles  *self,
                                                   JsonObject         *object,
                                                   GError            **error);
gboolean           runnel_import_files_end        (RunnelImportFiles  *self,
                                                   JsonObject         *object,
                                                   GError            **error);
gboolean           runnel_import_files_is_open    (RunnelImportFiles  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelImportFiles, runnel_import_files_free)

G_END_DECLS
