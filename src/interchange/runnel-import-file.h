/* runnel-import-file.h: files of other systems, found and read as pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-target.h"

G_BEGIN_DECLS

#define RUNNEL_IMPORT_MAX_SIZE (16 * 1024 * 1024) /* bytes; larger files are not read */

RunnelImport *runnel_import_read_text   (const RunnelTarget  *target,
                                         const char          *path,
                                         const char          *text,
                                         gsize                length,
                                         GError             **error);
RunnelImport *runnel_import_read_file   (const RunnelTarget  *target,
                                         const char          *path,
                                         GError             **error);
GPtrArray    *runnel_import_list_folder (const RunnelTarget  *target,
                                         const char          *path,
                                         GError             **error);

G_END_DECLS
