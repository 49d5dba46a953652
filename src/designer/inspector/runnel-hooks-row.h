/* runnel-hooks-row.h: the field with the steps that run on one occasion
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_HOOKS_ROW (runnel_hooks_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelHooksRow, runnel_hooks_row, RUNNEL, HOOKS_ROW, RunnelFieldRow)

RunnelFieldRow *runnel_hooks_row_new (const char *occasion);

G_END_DECLS
