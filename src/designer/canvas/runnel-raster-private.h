/* runnel-raster-private.h: the parts of the raster, between its files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-card.h"
#include "designer/canvas/runnel-glyphs.h"
#include "designer/canvas/runnel-raster-ink.h"
#include "designer/canvas/runnel-raster-sheet.h"
#include "designer/canvas/runnel-raster.h"
#include "designer/canvas/runnel-scene-private.h"

G_BEGIN_DECLS

struct _RunnelRaster
{
  RunnelPalette palette;
  RunnelGlyphs *glyphs;
  RunnelSheet sheet;
  guint64 revision;
};

/* Puts a card on pixels. */
typedef struct
{
  RunnelBrush brush;
  RunnelRaster *raster;
  const RunnelInk *ink;
  guint phase;
  int x;                /* of the card, device pixels */
  int y;
} RunnelInkBrush;

void runnel_ink_brush_init      (RunnelInkBrush   *self,
                                 RunnelRaster     *raster,
                                 RunnelScene      *scene,
                                 guint             node,
                                 const RunnelInk  *ink);

/* Shapes and makes what painting the item needs; in the one preparing thread. */
void runnel_raster_prepare_card (RunnelRaster     *self,
                                 RunnelScene      *scene,
                                 guint             node);
void runnel_raster_prepare_area (RunnelRaster     *self,
                                 const RunnelArea *area);

void runnel_raster_paint_card   (RunnelRaster     *self,
                                 RunnelScene      *scene,
                                 guint             node,
                                 const RunnelInk  *ink);
void runnel_raster_paint_area   (RunnelRaster     *self,
                                 const RunnelArea *area,
                                 const RunnelInk  *ink);
void runnel_raster_paint_link   (RunnelRaster     *self,
                                 const RunnelLink *link,
                                 const RunnelInk  *ink);
/* What is under the line of a link on the path that is shown. */
void runnel_raster_paint_glow   (RunnelRaster     *self,
                                 const RunnelLink *link,
                                 const RunnelInk  *ink);

G_END_DECLS
