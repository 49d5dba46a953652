/* runnel-scene-step.h: a node of the scene shows a step of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

void runnel_scene_show_step      (RunnelScene  *self,
                                  guint         node,
                                  RunnelStep   *step,
                                  RunnelBadges  badges);
void runnel_scene_add_step_links (RunnelScene  *self,
                                  guint         node,
                                  RunnelStep   *step);

G_END_DECLS
