/* runnel-code-row.h: a field for many lines, as text or as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"
#include "model/runnel-kind.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CODE_ROW (runnel_code_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCodeRow, runnel_code_row, RUNNEL, CODE_ROW, RunnelFieldRow)

RunnelFieldRow *runnel_code_row_new          (RunnelFieldType  type);
RunnelFieldRow *runnel_code_row_new_prose    (void);
void            runnel_code_row_set_language (RunnelCodeRow   *self,
                                              const char      *language);

G_END_DECLS
