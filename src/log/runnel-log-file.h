/* runnel-log-file.h: a log that is a file, and may grow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-source.h"

G_BEGIN_DECLS

RunnelLogSource *runnel_log_file_open (const char *path);

G_END_DECLS
