/* runnel-log-tail.h: the end of a log as a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As much as expressions see of a log, in bytes. */
#define RUNNEL_LOG_TAIL_SIZE (64 * 1024)

char *runnel_log_tail_read (const char *path,
                            gsize       size);

G_END_DECLS
