/* runnel-outline-row.h: what the outline shows of a step or a group
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas.h"
#include "designer/outline/runnel-outline-model.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_OUTLINE_ROW (runnel_outline_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelOutlineRow, runnel_outline_row, RUNNEL, OUTLINE_ROW, GtkWidget)

GtkWidget         *runnel_outline_row_new         (RunnelOutlineModel *model,
                                                   RunnelCanvas       *canvas);
void               runnel_outline_row_set_item    (RunnelOutlineRow   *self,
                                                   RunnelOutlineItem  *item);
RunnelOutlineItem *runnel_outline_row_get_item    (RunnelOutlineRow   *self);
void               runnel_outline_row_update_marks (RunnelOutlineRow  *self);

G_END_DECLS
