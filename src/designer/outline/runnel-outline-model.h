/* runnel-outline-model.h: the steps of a pipeline as a list, in the groups they are in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "designer/outline/runnel-outline-item.h"
#include "designer/outline/runnel-outline-order.h"

G_BEGIN_DECLS

/* A GListModel of RunnelOutlineItem; an item is made when it is first asked for. */
#define RUNNEL_TYPE_OUTLINE_MODEL (runnel_outline_model_get_type ())
G_DECLARE_FINAL_TYPE (RunnelOutlineModel, runnel_outline_model, RUNNEL, OUTLINE_MODEL, GObject)

RunnelOutlineModel *runnel_outline_model_new          (void);
void                runnel_outline_model_set_pipeline (RunnelOutlineModel *self,
                                                       RunnelPipeline     *pipeline);
RunnelPipeline     *runnel_outline_model_get_pipeline (RunnelOutlineModel *self);
void                runnel_outline_model_set_order    (RunnelOutlineModel *self,
                                                       RunnelOutlineOrder  order);
void                runnel_outline_model_set_filter   (RunnelOutlineModel *self,
                                                       const char         *text);
void                runnel_outline_model_set_active   (RunnelOutlineModel *self,
                                                       gboolean            active);
gboolean            runnel_outline_model_is_closed    (RunnelOutlineModel *self,
                                                       const char         *group);
void                runnel_outline_model_set_closed   (RunnelOutlineModel *self,
                                                       const char         *group,
                                                       gboolean            closed);
gboolean            runnel_outline_model_find_step    (RunnelOutlineModel *self,
                                                       const char         *id,
                                                       guint              *ret_position);

G_END_DECLS
