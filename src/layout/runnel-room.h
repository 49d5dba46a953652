/* runnel-room.h: which places on the canvas are taken
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "layout/runnel-box.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* Boxes in a grid of cells, for asking quickly whether another fits in. */
typedef struct _RunnelRoom RunnelRoom;

RunnelRoom *runnel_room_new       (double            gap);
void        runnel_room_free      (RunnelRoom       *self);
void        runnel_room_take      (RunnelRoom       *self,
                                   const RunnelBox *box);
gboolean    runnel_room_is_free   (RunnelRoom       *self,
                                   const RunnelBox *box);
RunnelPoint runnel_room_find_near (RunnelRoom       *self,
                                   const RunnelBox *box);
RunnelPoint runnel_room_find_shift (RunnelRoom       *self,
                                    const RunnelBox *boxes,
                                    guint             n_boxes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRoom, runnel_room_free)

G_END_DECLS
