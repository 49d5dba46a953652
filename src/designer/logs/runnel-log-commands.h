/* runnel-log-commands.h: the commands of logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void runnel_log_commands_init (void);

G_END_DECLS
