/* runnel-replace-file.h: a file that is there as a whole, at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean runnel_replace_file (const char    *path,
                              gconstpointer  content,
                              gsize          length,
                              int            mode,
                              GError       **error);

G_END_DECLS
