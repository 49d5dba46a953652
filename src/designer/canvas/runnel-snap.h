/* runnel-snap.h: where a card falls in with its neighbours
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

#define RUNNEL_SNAP_MAX_GUIDES 4

void  runnel_snap_find        (RunnelScene     *scene,
                               const RunnelBox *card,
                               double           tolerance,
                               double          *ret_dx,
                               double          *ret_dy);
guint runnel_snap_list_guides (RunnelScene     *scene,
                               const RunnelBox *card,
                               RunnelBox        ret_guides[RUNNEL_SNAP_MAX_GUIDES]);

G_END_DECLS
