/* runnel-raster-sheet.h: everything that is drawn many times, made for one scale
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-raster-ink.h"
#include "designer/canvas/runnel-scene.h"

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

/* The measures of a card, world units. */
#define RUNNEL_CARD_RADIUS 9
#define RUNNEL_TILE_X 14        /* the tinted square behind the kind's icon */
#define RUNNEL_TILE_Y 18
#define RUNNEL_KIND_TILE 36
#define RUNNEL_KIND_ICON 20
#define RUNNEL_STATE_ICON 14
#define RUNNEL_BADGE_ICON 10
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
