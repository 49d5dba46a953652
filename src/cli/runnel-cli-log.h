/* runnel-cli-log.h: the log of one attempt, read as it grows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *runnel_cli_log_read_tail (const char *path,
                                    guint       n_lines);
gboolean  runnel_cli_log_copy      (const char *path,
                                    gint64     *offset,
                                    void      (*heading) (gpointer user_data),
                                    gpointer    user_data);

G_END_DECLS
