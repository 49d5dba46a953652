/* runnel-file-watch.h: tells when somebody else changes a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_FILE_WATCH (runnel_file_watch_get_type ())
G_DECLARE_FINAL_TYPE (RunnelFileWatch, runnel_file_watch, RUNNEL, FILE_WATCH, GObject)

/* Signal "changed" (): the file is another one than when it was accepted last. */

RunnelFileWatch *runnel_file_watch_new    (GFile           *file);
void             runnel_file_watch_accept (RunnelFileWatch *self);

G_END_DECLS
