/* runnel-raster-stroke.h: draws the way of a link with even, smooth lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-raster-ink.h"
#include "designer/canvas/runnel-wire.h"

G_BEGIN_DECLS

/* Lengths in device pixels. */
typedef struct
{
  float width;
  float dash;     /* 0 = one unbroken line */
  float gap;
  float tolerance; /* that straight pieces may be off the curve */
  RunnelColor color;
} RunnelStroke;

/* `wire` is in device pixels from the whole pixel (x, y). */
void runnel_ink_stroke (const RunnelInk    *self,
                        int x, int y,
                        const RunnelWire   *wire,
                        const RunnelStroke *stroke);

G_END_DECLS
