/* runnel-scene-changes.h: a scene of two versions of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

const char *runnel_change_get_title   (RunnelChange      self);
void        runnel_scene_show_changes (RunnelScene      *self,
                                       RunnelComparison *comparison);

G_END_DECLS
