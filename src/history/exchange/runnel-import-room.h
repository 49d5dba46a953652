/* runnel-import-room.h: the room on the disks that an import writes to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RunnelImportRoom RunnelImportRoom;

RunnelImportRoom *runnel_import_room_new  (const char        *runs_dir,
                                           const char        *database);
void              runnel_import_room_free (RunnelImportRoom  *self);
gboolean          runnel_import_room_take (RunnelImportRoom  *self,
                                           gsize              length,
                                           GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelImportRoom, runnel_import_room_free)

G_END_DECLS
