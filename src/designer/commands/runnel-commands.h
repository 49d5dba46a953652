/* runnel-commands.h: all commands of the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/commands/runnel-command.h"

G_BEGIN_DECLS

void                 runnel_commands_add    (const RunnelCommand *command);
const RunnelCommand *runnel_commands_lookup (const char          *name);
GPtrArray           *runnel_commands_list   (void);

G_END_DECLS
