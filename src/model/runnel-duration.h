/* runnel-duration.h: spans of time as people write them, "1h30m"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  runnel_duration_parse     (const char *text,
                                     gint64     *ret_duration, /* microseconds */
                                     GError    **error);
char     *runnel_duration_to_string (gint64      duration);

G_END_DECLS
