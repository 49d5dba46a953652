/* runnel-shapes.h: the small shapes on cards and at the ends of links
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-trace.h"

G_BEGIN_DECLS

/* The measures of a card, world units. */
#define RUNNEL_CARD_RADIUS 9
#define RUNNEL_TILE_X 14        /* the tinted square behind the kind's icon */
#define RUNNEL_TILE_Y 18
#define RUNNEL_KIND_TILE 36
#define RUNNEL_BADGE_RADIUS 8
#define RUNNEL_AREA_RADIUS 12

typedef enum
{
  RUNNEL_SHAPE_DISC,        /* a port with links */
  RUNNEL_SHAPE_DISC_BACK,   /* what is under a port or badge */
  RUNNEL_SHAPE_RING,        /* a port without links */
  RUNNEL_SHAPE_CROSS,       /* inside the port for failure */
  RUNNEL_SHAPE_DOT,         /* inside the port for always */
  RUNNEL_SHAPE_BADGE,
  RUNNEL_SHAPE_BADGE_RING,
  RUNNEL_SHAPE_END_SUCCESS, /* the end marks of links: where they arrive is the origin */
  RUNNEL_SHAPE_END_FAILURE,
  RUNNEL_SHAPE_END_FINISHED,
  RUNNEL_SHAPE_END_ALWAYS,
  RUNNEL_N_SHAPES
} RunnelShape;

/* Draws with the current source; one unit is one world unit. */
void runnel_shape_draw  (RunnelShape        self,
                         cairo_t           *cr);
/* Hands the parts to `trace` in place of drawing them. */
void runnel_shape_trace (RunnelShape        self,
                         cairo_t           *cr,
                         RunnelTraceFunc    trace,
                         gpointer           user_data);

G_END_DECLS
