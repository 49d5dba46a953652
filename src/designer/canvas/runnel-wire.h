/* runnel-wire.h: the way a link takes from port to port
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

#define RUNNEL_WIRE_MAX_CURVES 3
#define RUNNEL_CURVE_MAX_PIECES 96

/* A cubic Bézier curve. */
typedef struct
{
  float x[4];
  float y[4];
} RunnelCurve;

/* Forward it is one S-shaped curve; back to the left it leaves and arrives to the
 * right as well, and runs along a lane between or below the two cards. */
typedef struct
{
  float x1;
  float y1;
  float x2;
  float y2;
  float reach; /* how far the control points are from the ends, along x */
  float lane;  /* y of the way back, NAN when there is none */
} RunnelWire;

void     runnel_wire_route       (RunnelWire        *self,
                                  float              x1,
                                  float              y1,
                                  float              x2,
                                  float              y2);
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

/* The number of straight pieces of equal parameter length that stay within `tolerance`. */
guint    runnel_curve_count      (const RunnelCurve *self,
                                  float              tolerance);
void     runnel_curve_get_point  (const RunnelCurve *self,
                                  float              t,
                                  float             *ret_x,
                                  float             *ret_y);

G_END_DECLS
