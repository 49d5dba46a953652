/* runnel-remove-tree.h: removes a folder with everything in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean runnel_remove_tree (const char  *path,
                             GError     **error);

G_END_DECLS
