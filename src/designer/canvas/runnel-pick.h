/* runnel-pick.h: what is under the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

/* Points and tolerances are in world units: divide those in logical pixels by the zoom.
 * All find the topmost and leave the return locations alone when there is none. */
gboolean runnel_pick_node       (RunnelScene     *scene,
                                 float            x,
                                 float            y,
                                 guint           *ret_node);
/* Which ports are meant. */
typedef enum
{
  RUNNEL_PICK_INPUTS  = 1 << RUNNEL_PORT_INPUT,
  RUNNEL_PICK_OUTPUTS = 1 << RUNNEL_PORT_ALWAYS | 1 << RUNNEL_PORT_SUCCESS
                        | 1 << RUNNEL_PORT_FAILURE,
} RunnelPickPorts;

/* The nearest port of those that are meant, not farther than `tolerance` from its rim. */
gboolean runnel_pick_port       (RunnelScene     *scene,
                                 float            x,
                                 float            y,
                                 float            tolerance,
                                 RunnelPickPorts  ports,
                                 guint           *ret_node,
                                 RunnelPort      *ret_port);
/* The nearest link not farther than `tolerance` from its middle line. */
gboolean runnel_pick_link       (RunnelScene     *scene,
                                 float            x,
                                 float            y,
                                 float            tolerance,
                                 guint           *ret_link);
/* Appends the indices (guint) of all links that the straight line from a to b crosses. */
void     runnel_pick_links_across (RunnelScene   *scene,
                                 float            ax,
                                 float            ay,
                                 float            bx,
                                 float            by,
                                 GArray          *links);
gboolean runnel_pick_area       (RunnelScene     *scene,
                                 float            x,
                                 float            y,
                                 guint           *ret_area);
/* Appends the indices (guint) of all nodes that touch `box`, in ascending order. */
void     runnel_pick_nodes_in   (RunnelScene     *scene,
                                 const RunnelBox *box,
                                 GArray          *nodes);

G_END_DECLS
