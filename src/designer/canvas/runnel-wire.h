/* runnel-wire.h: the way a link takes from port to port
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

#define RUNNEL_WIRE_STUB 12.f   /* from a port to where a link may go up or down */
#define RUNNEL_WIRE_MAX_TURNS 7
#define RUNNEL_WIRE_MAX_CURVES (4 * RUNNEL_WIRE_MAX_TURNS + 1)
#define RUNNEL_CURVE_MAX_PIECES 96

/* A cubic Bézier curve. */
typedef struct
{
  float x[4];
  float y[4];
} RunnelCurve;

/* From one level to the next. */
typedef struct
{
  float x;     /* of the upright part, or of the middle of the curve */
  float y;     /* the level after it */
  float reach; /* half the width of the curve, or the radius of the two corners */
} RunnelTurn;

/* Level out of an output port, level into an input port; between them a few turns from
 * level to level. */
typedef struct
{
  float x1;
  float y1;
  float x2;
  float y2;
  guint8 n_turns;
  guint8 style; /* RunnelLinkStyle */
  guint8 back;  /* it leads to the left */
  RunnelTurn turns[RUNNEL_WIRE_MAX_TURNS]; /* in the last one, y is y2 */
} RunnelWire;

/* Takes the plain way, whatever lies on it. */
void     runnel_wire_go          (RunnelWire        *self,
                                  RunnelLinkStyle    style,
                                  float              x1,
                                  float              y1,
                                  float              x2,
                                  float              y2);
void     runnel_wire_round_corners (RunnelWire      *self);
float    runnel_wire_get_reach   (float              y1,
                                  float              y2);
gboolean runnel_wire_equal       (const RunnelWire  *self,
                                  const RunnelWire  *other);
guint    runnel_wire_get_curves  (const RunnelWire  *self,
                                  RunnelCurve        ret_curves[RUNNEL_WIRE_MAX_CURVES]);
void     runnel_wire_get_box     (const RunnelWire  *self,
                                  RunnelBox         *ret_box);
/* Calls `visit` with boxes that together cover the wire closely. */
void     runnel_wire_cover       (const RunnelWire  *self,
                                  void             (*visit) (const RunnelBox *box, gpointer user_data),
                                  gpointer           user_data);
/* How far the wire's middle line is from a point. */
float    runnel_wire_distance    (const RunnelWire  *self,
                                  float              x,
                                  float              y);
/* Whether the middle line crosses what is inside `box`. */
gboolean runnel_wire_crosses     (const RunnelWire  *self,
                                  const RunnelBox   *box);
/* Whether the middle line crosses the straight line between two points. */
gboolean runnel_wire_is_cut      (const RunnelWire  *self,
                                  float              ax,
                                  float              ay,
                                  float              bx,
                                  float              by);
/* The point half way along the wire. */
void     runnel_wire_get_middle  (const RunnelWire  *self,
                                  float             *ret_x,
                                  float             *ret_y);

/* The number of straight pieces of equal parameter length that stay within `tolerance`. */
guint    runnel_curve_count      (const RunnelCurve *self,
                                  float              tolerance);
void     runnel_curve_get_point  (const RunnelCurve *self,
                                  float              t,
                                  float             *ret_x,
                                  float             *ret_y);

G_END_DECLS
