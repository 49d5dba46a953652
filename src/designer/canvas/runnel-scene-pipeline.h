/* runnel-scene-pipeline.h: a scene of a whole pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

RunnelScene *runnel_scene_new_from_pipeline (RunnelPipeline    *pipeline);
void         runnel_scene_keep_nodes        (RunnelScene       *self,
                                             const char *const *ids);

G_END_DECLS
