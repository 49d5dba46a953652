/* runnel-log-shape.h: how a line lies on a grid of cells
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-block.h"
#include "log/runnel-log-marker.h"
#include "log/runnel-log-text.h"

G_BEGIN_DECLS

typedef struct _RunnelLogShape RunnelLogShape;

RunnelLogShape      *runnel_log_shape_new        (const RunnelLogSpan  *span,
                                                  const RunnelLogStyle *style);
RunnelLogShape      *runnel_log_shape_ref        (RunnelLogShape       *self);
void                 runnel_log_shape_unref      (RunnelLogShape       *self);
const RunnelLogText *runnel_log_shape_get_text   (RunnelLogShape       *self);
const RunnelLogMarker *runnel_log_shape_get_marker (RunnelLogShape     *self);
guint                runnel_log_shape_get_width  (RunnelLogShape       *self);
guint                runnel_log_shape_get_height (RunnelLogShape       *self,
                                                  guint                 columns);
gsize                runnel_log_shape_find_byte  (RunnelLogShape       *self,
                                                  guint                 cell,
                                                  guint                *ret_cell);
guint                runnel_log_shape_find_cell  (RunnelLogShape       *self,
                                                  gsize                 byte);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogShape, runnel_log_shape_unref)

G_END_DECLS
