/* runnel-log-pack.h: a log that nobody writes to any more, compressed in its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean runnel_log_pack (const char    *path,
                          gint64        *ret_saved,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
