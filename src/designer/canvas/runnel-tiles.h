/* runnel-tiles.h: keeps painted parts of a scene from frame to frame
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-raster.h"

G_BEGIN_DECLS

#define RUNNEL_TILE_SIZE 256 /* device pixels */

/* One picture to show at whole device pixels. While `buffer`, `pixels` and `generation`
 * are those of an earlier frame, so is the picture: only its place may differ. A buffer's
 * memory stays where it is as long as the number `buffer` keeps the same `pixels`. */
typedef struct
{
  int x;               /* device pixels from the widget's top left corner; may be negative */
  int y;
  int width;
  int height;
  int stride;          /* bytes */
  const guint32 *pixels;
  guint buffer;        /* below runnel_tiles_get_buffer_limit(): index for what you keep per buffer */
  guint64 generation;  /* changes whenever the pixels do; unique among all buffers */
} RunnelBlit;

/* How the last frame came about, for tests and benchmarks. */
typedef struct
{
  guint tiles_reused;
  guint tiles_painted;
  guint64 pixels_painted;
} RunnelTilesStats;

typedef struct _RunnelTiles RunnelTiles;

/* `n_threads` counts the caller; 0 = one per processor. Scene and raster are borrowed and must outlive it. */
RunnelTiles      *runnel_tiles_new              (RunnelScene          *scene,
                                                 RunnelRaster         *raster,
                                                 guint                 n_threads);
void              runnel_tiles_free             (RunnelTiles          *self);
/* Brings everything inside `viewport` up to date, and takes the scene's damage. While the zoom
 * changes from frame to frame there is one blit, the whole view; at rest there is one per tile.
 * (transfer none): valid until the next call. */
const RunnelBlit *runnel_tiles_update           (RunnelTiles          *self,
                                                 const RunnelViewport *viewport,
                                                 guint                *ret_n_blits);
guint             runnel_tiles_get_buffer_limit (RunnelTiles          *self);
void              runnel_tiles_get_stats        (RunnelTiles          *self,
                                                 RunnelTilesStats     *ret_stats);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTiles, runnel_tiles_free)

G_END_DECLS
