/* runnel-raster-ink.h: puts colour on pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-mask.h"
#include "designer/canvas/runnel-palette.h"

G_BEGIN_DECLS

/* Pixels to paint on, which are also the clip. Positions given to the functions are device
 * pixels from the world's origin, as are x and y here. */
typedef struct
{
  guint32 *pixels;
  int stride;      /* in pixels */
  int x;
  int y;
  int width;
  int height;
} RunnelInk;

/* A frame that stretches: `edge` pixels at each side as they are, one in the middle repeated. */
typedef struct
{
  int margin;      /* pixels by which it is larger than what it frames */
  int edge;
  guint8 *data;    /* (2 * edge + 1) squared */
} RunnelPatch;

static inline guint32
runnel_ink_scale (guint32 color,
                  guint32 by)
{
  guint32 even = (color & 0x00ff00ff) * by + 0x00800080;
  guint32 odd = ((color >> 8) & 0x00ff00ff) * by + 0x00800080;

  even = ((even + ((even >> 8) & 0x00ff00ff)) >> 8) & 0x00ff00ff;
  odd = (odd + ((odd >> 8) & 0x00ff00ff)) & 0xff00ff00;
  return even | odd;
}

static inline guint32
runnel_ink_premultiply (RunnelColor color)
{
  return runnel_ink_scale (color | 0xff000000, color >> 24);
}

/* `color` is premultiplied from here on. */
static inline void
runnel_ink_blend (guint32 *pixel,
                  guint32  color)
{
  *pixel = color + runnel_ink_scale (*pixel, 255 - (color >> 24));
}

/* The canvas below is opaque, so an opaque colour needs no more than this; `share` is 0 to 256. */
static inline void
runnel_ink_lerp (guint32 *pixel,
                 guint32  color,
                 guint32  share)
{
  const guint32 even = (color & 0x00ff00ff) * share + (*pixel & 0x00ff00ff) * (256 - share);
  const guint32 odd = ((color >> 8) & 0x00ff00ff) * share + ((*pixel >> 8) & 0x00ff00ff) * (256 - share);

  *pixel = ((even >> 8) & 0x00ff00ff) | (odd & 0xff00ff00);
}

static inline void
runnel_ink_cover (guint32 *pixel,
                  guint32  color,
                  guint32  coverage)
{
  if (coverage == 0)
    return;

  if (color >= 0xff000000)
    runnel_ink_lerp (pixel, color, coverage + (coverage >> 7));
  else
    runnel_ink_blend (pixel, runnel_ink_scale (color, coverage));
}

static inline guint32 *
runnel_ink_at (const RunnelInk *self,
               int              x,
               int              y)
{
  return self->pixels + (gssize) (y - self->y) * self->stride + (x - self->x);
}

static inline gboolean
runnel_ink_touches (const RunnelInk *self,
                    int x0, int y0,
                    int x1, int y1)
{
  return x0 < self->x + self->width && self->x < x1 && y0 < self->y + self->height && self->y < y1;
}

RunnelColor runnel_color_with_alpha (RunnelColor        self,
                                     double             alpha);
RunnelColor runnel_color_mix        (RunnelColor        self,
                                     RunnelColor        other,
                                     double             share);  /* of the other */

/* One row of coverage, all of it inside the clip. */
void        runnel_ink_cover_run    (guint32           *pixels,
                                     const guint8      *coverage,
                                     int                n_pixels,
                                     guint32            color);
void        runnel_ink_fill         (const RunnelInk   *self,
                                     int x0, int y0,
                                     int x1, int y1,
                                     guint32            color);
void        runnel_ink_mask         (const RunnelInk   *self,
                                     int x, int y,
                                     const RunnelMask  *mask,
                                     guint32            color);
/* Frames the rectangle. It must be at least 2 * (edge - margin) + 1 wide and high. */
void        runnel_ink_patch        (const RunnelInk   *self,
                                     int x0, int y0,
                                     int x1, int y1,
                                     const RunnelPatch *patch,
                                     guint32            color);

G_END_DECLS
