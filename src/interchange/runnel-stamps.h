/* runnel-stamps.h: what targets share that keep a file for each step that is over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-target.h"

G_BEGIN_DECLS

char *_runnel_stamps_get_need  (const RunnelFlow     *flow,
                                const RunnelFlowStep *step,
                                guint                 position);
char *_runnel_stamps_dup_title (const RunnelFlow     *flow);
void  _runnel_stamps_judge     (const RunnelFlow     *flow,
                                const RunnelFlowStep *step,
                                RunnelFeature         feature,
                                RunnelCapability     *verdict);

G_END_DECLS
