/* runnel-duration.h: spans of time as people write them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  runnel_duration_parse  (const char  *text,
                                  gint64      *ret_microseconds,
                                  GError     **error);
char     *runnel_duration_format (gint64       microseconds);

G_END_DECLS
