/* runnel-router.h: finds a way for a link that goes round the cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-wire.h"

G_BEGIN_DECLS

#define RUNNEL_ROUTER_MAX_CARDS 400 /* among which a way is looked for: past more, no eye follows a link */

/* Stores in `boxes`, an array of RunnelBox, the cards that touch `area`, or RUNNEL_ROUTER_MAX_CARDS and
 * one more of them when there are more. */
typedef void (*RunnelRouterGather) (const RunnelBox *area,
                                    GArray          *boxes,
                                    gpointer         user_data);

/* Routes one link after the other. The way depends on where the link's ends are and on which
 * cards lie in the area that was looked at, and on nothing else: not on the order in which
 * cards were added or moved, nor on other links. */
typedef struct _RunnelRouter RunnelRouter;

RunnelRouter *runnel_router_new   (RunnelRouterGather  gather,
                                   gpointer            user_data);
void          runnel_router_free  (RunnelRouter       *self);
/* `ret_area`: while no card in there changes, the way stays the same. */
gboolean      runnel_router_route (RunnelRouter       *self,
                                   RunnelLinkStyle     style,
                                   float               x1,
                                   float               y1,
                                   float               x2,
                                   float               y2,
                                   RunnelWire         *ret_wire,
                                   RunnelBox          *ret_area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRouter, runnel_router_free)

G_END_DECLS
