/* runnel-pen-brush.h: draws the card of a step with a pen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-brush.h"
#include "designer/pictures/runnel-pen.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelBrush brush;
  RunnelPen *pen;
  double line;    /* width of borders, world units */
} RunnelPenBrush;

void runnel_pen_brush_init  (RunnelPenBrush      *self,
                             RunnelPen           *pen,
                             const RunnelPalette *palette);
/* A shape as a stamp. */
void runnel_pen_stamp_shape (RunnelPen           *pen,
                             RunnelShape          shape,
                             double x, double     y,
                             RunnelColor          color);

G_END_DECLS
