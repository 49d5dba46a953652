/* runnel-step-card.h: what a step's card says about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

char         *runnel_step_card_get_summary    (RunnelStep *step);
const char   *runnel_step_card_get_kind_title (RunnelStep *step);
RunnelBadges  runnel_step_card_get_badges     (RunnelStep *step);
char         *runnel_step_card_get_count      (RunnelStep *step);

G_END_DECLS
