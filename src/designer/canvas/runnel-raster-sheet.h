/* runnel-raster-sheet.h: everything that is drawn many times, made for one scale
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-raster-ink.h"
#include "designer/canvas/runnel-scene.h"
#include "designer/canvas/runnel-shapes.h"

G_BEGIN_DECLS

/* How much of a step is drawn. By zoom, not by device pixels: what matters is what an eye can read. */
typedef enum
{
  RUNNEL_DETAIL_BLOCKS, /* coloured rectangles */
  RUNNEL_DETAIL_BARS,   /* cards with a stripe for the state and bars for the text */
  RUNNEL_DETAIL_FULL,
} RunnelDetail;

#define RUNNEL_ZOOM_BARS 0.15
#define RUNNEL_ZOOM_FULL 0.4

typedef struct
{
  double scale;       /* device pixels per world unit */
  double zoom;
  int density;
  RunnelDetail detail;
  int card_width;     /* device pixels, as are all patches and masks */
  int card_height;
  RunnelPatch shadow;
  RunnelPatch card;
  RunnelPatch border;
  RunnelPatch thick_border;
  RunnelPatch ring;
  RunnelPatch focus;
  RunnelPatch tile;
  RunnelPatch area;
  RunnelPatch area_border;
  RunnelPatch area_ring;
  RunnelMask *shapes[RUNNEL_N_SHAPES];
  RunnelMask *icons[RUNNEL_N_ICONS]; /* made when first needed */
  guint phase;                       /* that of the running icon */
} RunnelSheet;

static inline int
runnel_sheet_px (const RunnelSheet *self,
                 double             world)
{
  return (int) __builtin_lrint (world * self->scale);
}

double runnel_sheet_shape_scale (const RunnelSheet   *self);
/* Makes everything anew when scale, density or line widths are others. */
void runnel_sheet_set_scale  (RunnelSheet         *self,
                              double               zoom,
                              int                  density,
                              const RunnelPalette *palette);
void runnel_sheet_need_icon  (RunnelSheet         *self,
                              RunnelIcon           icon,
                              guint                phase);
void runnel_sheet_clear      (RunnelSheet         *self);

G_END_DECLS
