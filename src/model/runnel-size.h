/* runnel-size.h: amounts of data as people write them, "5 GB"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  runnel_size_parse     (const char *text,
                                 guint64    *ret_size, /* bytes */
                                 GError    **error);
char     *runnel_size_to_string (guint64     size);

G_END_DECLS
