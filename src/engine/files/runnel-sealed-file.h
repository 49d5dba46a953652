/* runnel-sealed-file.h: a small text file that knows whether it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean runnel_sealed_file_write (const char  *path,
                                   const char  *text,
                                   GError     **error);
char    *runnel_sealed_file_read  (const char  *path,
                                   GError     **error);

G_END_DECLS
