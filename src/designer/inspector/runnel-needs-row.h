/* runnel-needs-row.h: the field with the links into a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_NEEDS_ROW (runnel_needs_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelNeedsRow, runnel_needs_row, RUNNEL, NEEDS_ROW, RunnelFieldRow)

RunnelFieldRow *runnel_needs_row_new      (void);
void            runnel_needs_row_set_step (RunnelNeedsRow *self,
                                           RunnelPipeline *pipeline,
                                           const char     *id);

GtkWidget      *runnel_needs_on_drop_down_new (RunnelOn on);
GtkWidget      *runnel_needs_handles_check_new (gboolean handles);

G_END_DECLS
