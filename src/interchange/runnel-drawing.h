/* runnel-drawing.h: the steps and links of a pipeline in languages for drawings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-target.h"

G_BEGIN_DECLS

extern const RunnelCapability runnel_drawing_capabilities[RUNNEL_N_FEATURES];

char *runnel_drawing_to_mermaid (const RunnelFlow     *flow);
char *runnel_drawing_to_dot     (const RunnelFlow     *flow);
char *_runnel_drawing_say_step  (const RunnelFlowStep *step);

G_END_DECLS
