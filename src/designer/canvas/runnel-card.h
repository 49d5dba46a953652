/* runnel-card.h: the detailed card of a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-brush.h"
#include "designer/canvas/runnel-scene-private.h"

G_BEGIN_DECLS

/* A card being painted: of which step, and with what. */
typedef struct
{
  RunnelBrush *brush;
  const RunnelPalette *palette;
  const RunnelNode *node;
  const RunnelNodeDetail *detail;
  gboolean in_run;
  gboolean off;       /* disabled or bypassed */
  RunnelColor back;
} RunnelCard;

void        runnel_card_init            (RunnelCard          *self,
                                         RunnelBrush         *brush,
                                         const RunnelPalette *palette,
                                         RunnelScene         *scene,
                                         guint                node);
void        runnel_card_paint           (const RunnelCard    *self);
RunnelColor runnel_change_get_color     (RunnelChange         self,
                                         const RunnelPalette *palette);
void        runnel_card_paint_change    (const RunnelCard    *self);
void        runnel_card_paint_badges    (const RunnelCard    *self);
void        runnel_card_paint_state     (const RunnelCard    *self);
void        runnel_card_paint_trend     (const RunnelCard    *self);
RunnelColor runnel_card_get_state_color (const RunnelCard    *self);
RunnelColor runnel_card_get_kind_color  (const RunnelCard    *self);

G_END_DECLS
