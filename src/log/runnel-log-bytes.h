/* runnel-log-bytes.h: counts bytes of one kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sixteen bytes, with which the compiler does what the machine at hand can do at once. A comparison
 * gives 0xff where it is true. */
typedef guint8 RunnelLogBytes __attribute__ ((vector_size (16)));

gsize runnel_log_bytes_count (const char *text,
                              gsize       length,
                              char        byte);

G_END_DECLS
