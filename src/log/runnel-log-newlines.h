/* runnel-log-newlines.h: counts the ends of lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize runnel_log_newlines_count (const char *text,
                                 gsize       length);

G_END_DECLS
