/* runnel-cli-kinds.h: the declarations of kinds, told to people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-kind.h"

G_BEGIN_DECLS

const char *runnel_cli_field_get_type_name (const RunnelField *field);
void        runnel_cli_kinds_print_manual  (void);

G_END_DECLS
