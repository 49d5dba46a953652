/* runnel-raster.h: draws a scene into pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pango.h>

#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-scene.h"
#include "designer/canvas/runnel-viewport.h"

G_BEGIN_DECLS

/* Pixels are ARGB32 premultiplied in native byte order (CAIRO_FORMAT_ARGB32), always
 * opaque. A pixel's value depends on the scene, zoom and density alone, never on which
 * rectangle is painted: painting in parts gives the same bytes as painting whole. */
typedef struct _RunnelRaster RunnelRaster;

RunnelRaster *runnel_raster_new          (void);
void          runnel_raster_free         (RunnelRaster               *self);
void          runnel_raster_set_palette  (RunnelRaster               *self,
                                          const RunnelPalette        *palette); /* copied */
const RunnelPalette *runnel_raster_get_palette (RunnelRaster         *self);
/* The font of titles, such as "Cantarell 11"; its size is at zoom 1. The smaller texts follow it. */
void          runnel_raster_set_font     (RunnelRaster               *self,
                                          const PangoFontDescription *font);
/* Grows when all that was painted before is stale: another palette, another font. */
guint64       runnel_raster_get_revision (RunnelRaster               *self);

/* Paints the whole viewport in this thread. `stride` in bytes. */
void          runnel_raster_paint        (RunnelRaster               *self,
                                          RunnelScene                *scene,
                                          const RunnelViewport       *viewport,
                                          guint32                    *pixels,
                                          int                         stride);

/* The same in two steps, for many rectangles and threads: `prepare` shapes text and makes
 * masks for all that is inside `viewport`, in one thread; then `paint_rect` may be called
 * from any thread for any rectangle inside it, until the scene or the raster changes.
 * (x, y) is in device pixels from the world's origin. */
void          runnel_raster_prepare      (RunnelRaster               *self,
                                          RunnelScene                *scene,
                                          const RunnelViewport       *viewport);
void          runnel_raster_paint_rect   (RunnelRaster               *self,
                                          RunnelScene                *scene,
                                          int                         x,
                                          int                         y,
                                          int                         width,
                                          int                         height,
                                          guint32                    *pixels,
                                          int                         stride);

/* The address (transfer full) written at a point of the world in a note; NULL for none. */
char                *runnel_raster_find_link    (RunnelRaster               *self,
                                                 const RunnelBox            *box,
                                                 const char                 *text,
                                                 double                      x,
                                                 double                      y);

/* Paints what to lay over the picture so that all but the path that is shown is dimmed; not
 * opaque. */
void          runnel_raster_paint_veil   (RunnelRaster               *self,
                                          RunnelScene                *scene,
                                          const RunnelViewport       *viewport,
                                          guint32                    *pixels,
                                          int                         stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRaster, runnel_raster_free)

G_END_DECLS
