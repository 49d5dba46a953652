/* runnel-folder-lock.h: one process at a time in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int  runnel_folder_lock   (const char  *folder,
                           gint64       patience,
                           GError     **error);
void runnel_folder_unlock (int          lock);

G_END_DECLS
