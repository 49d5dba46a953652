/* runnel-parameters-row.h: the field with the parameters a pipeline declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PARAMETERS_ROW (runnel_parameters_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelParametersRow, runnel_parameters_row, RUNNEL, PARAMETERS_ROW,
                      RunnelFieldRow)

RunnelFieldRow *runnel_parameters_row_new (void);

G_END_DECLS
