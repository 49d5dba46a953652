/* runnel-pins.h: steps that stay where they are on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

GHashTable *runnel_pipeline_list_pinned (RunnelPipeline *self);

G_END_DECLS
