/* runnel-area-look.h: what groups and notes look like, whatever they are painted with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-markup.h"
#include "designer/canvas/runnel-scene-private.h"

G_BEGIN_DECLS

/* What the texts and the sheet of an area are painted in. */
typedef struct
{
  RunnelColor fill;
  RunnelColor border;
  RunnelColor inks[RUNNEL_N_INKS];
} RunnelAreaColors;

RunnelAreaColors runnel_area_get_colors   (const RunnelArea    *self,
                                           const RunnelPalette *palette);
/* From the corner of the area: x0 and x1 are the ends of lines, y0 is the first baseline, y1 the
 * height that all lines of a note have; world units. */
RunnelBox        runnel_area_get_text_box (const RunnelArea    *self);

G_END_DECLS
