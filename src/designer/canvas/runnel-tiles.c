/* runnel-tiles.c: keeps painted parts of a scene from frame to frame
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At rest, squares anchored to the world's pixels at the exact zoom: panning shows them
 * elsewhere, an edit repaints the stale part of a few. While the zoom changes nothing can
 * be kept, so the whole view is painted into one of three buffers in turn: the ones before
 * may still be in use by who shows them.
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-pool.h"
#include "designer/canvas/runnel-scene-private.h"
#include "designer/canvas/runnel-tiles.h"

#define MIN_TILES 160         /* 40 MB; more only when more are in view */
#define SLACK 3               /* see runnel-raster.c */
#define N_VIEWS 3
#define JOB_WIDTH 400         /* pieces of a whole view */
#define JOB_HEIGHT 250
#define TILE_PIXELS (RUNNEL_TILE_SIZE * RUNNEL_TILE_SIZE)

/* Device pixels; empty when x1 <= x0. */
typedef struct
{
  int x0;
  int y0;
  int x1;
  int y1;
} Rect;

typedef struct
{
  gint64 place;        /* column and row in one, the key in `by_place` */
  int column;          /* in tiles from the world's origin */
  int row;
  guint32 *pixels;
  Rect stale;          /* within the tile */
  guint64 generation;
  guint64 last_used;   /* number of the frame */
  gboolean in_use;     /* it has a place */
} Tile;

typedef struct
{
  guint32 *pixels;
  RunnelViewport viewport;
  guint64 generation;
} View;

/* A piece to paint, device pixels from the world's origin. */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
  guint32 *pixels;
  int stride;
} Job;

struct _RunnelTiles
{
  RunnelScene *scene;
  RunnelRaster *raster;
  RunnelPool *pool;

  GPtrArray *tiles;         /* of Tile; the index is the buffer's number + N_VIEWS */
  GHashTable *by_place;     /* place (the tile's) -> Tile */
  View views[N_VIEWS];
  guint next_view;
  int last_view;            /* the one shown in the last frame, or -1 */

  RunnelViewport viewport;  /* of the last frame; zoom 0 = there was none */
  guint64 raster_revision;
  guint64 frame;
  guint64 generation;

  GArray *jobs;             /* of Job */
  GArray *blits;            /* of RunnelBlit */
  RunnelTilesStats stats;
};

static gint64
to_place (int column,
          int row)
{
  return (gint64) ((guint64) (guint32) column << 32 | (guint32) row);
}

static Tile *
find_tile (RunnelTiles *self,
           int          column,
           int          row)
{
  const gint64 place = to_place (column, row);

  return g_hash_table_lookup (self->by_place, &place);
}

static void
free_tile (gpointer data)
{
  Tile *tile = data;

  g_free (tile->pixels);
  g_free (tile);
}

/**
 * runnel_tiles_new:
 * @scene: (transfer none): must outlive the tiles, which take its damage
 * @raster: (transfer none): must outlive the tiles, and paint for nobody else
 * @n_threads: with the caller; 0 = one per processor
 *
 * Returns: (transfer full): tiles, with nothing painted yet
 */
RunnelTiles *
runnel_tiles_new (RunnelScene  *scene,
                  RunnelRaster *raster,
                  guint         n_threads)
{
  RunnelTiles *self;

  g_return_val_if_fail (scene != NULL && raster != NULL, NULL);

  self = g_new0 (RunnelTiles, 1);
  self->scene = scene;
  self->raster = raster;
  self->pool = runnel_pool_new (n_threads);
  self->tiles = g_ptr_array_new_with_free_func (free_tile);
  self->by_place = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->jobs = g_array_new (FALSE, FALSE, sizeof (Job));
  self->blits = g_array_new (FALSE, FALSE, sizeof (RunnelBlit));
  self->last_view = -1;
  return self;
}

void
runnel_tiles_free (RunnelTiles *self)
{
  g_return_if_fail (self != NULL);

  runnel_pool_free (self->pool);
  g_hash_table_unref (self->by_place);
  g_ptr_array_unref (self->tiles);
  g_array_unref (self->jobs);
  g_array_unref (self->blits);
  for (guint i = 0; i < N_VIEWS; i++)
    g_free (self->views[i].pixels);
  g_free (self);
}

/* --- Painting --- */

static void
add_job (RunnelTiles *self,
         int x, int y,
         int width, int height,
         guint32     *pixels,
         int          stride)
{
  const Job job = { x, y, width, height, pixels, stride };

  g_array_append_val (self->jobs, job);
  self->stats.pixels_painted += (guint64) width * height;
}

static void
paint_job (guint    index,
           gpointer user_data)
{
  RunnelTiles *self = user_data;
  const Job *job = &g_array_index (self->jobs, Job, index);

  runnel_raster_paint_rect (self->raster, self->scene, job->x, job->y, job->width, job->height,
                            job->pixels, job->stride);
}

/* Text and masks are prepared for the box around all jobs, then the threads share them. */
static void
run_jobs (RunnelTiles          *self,
          const RunnelViewport *viewport)
{
  RunnelViewport all = *viewport;
  Rect around = { G_MAXINT, G_MAXINT, G_MININT, G_MININT };

  if (self->jobs->len == 0)
    return;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      const Job *job = &g_array_index (self->jobs, Job, i);

      around =
        (Rect){ MIN (around.x0, job->x), MIN (around.y0, job->y),
                MAX (around.x1, job->x + job->width), MAX (around.y1, job->y + job->height) };
    }

  all.x = around.x0;
  all.y = around.y0;
  all.width = around.x1 - around.x0;
  all.height = around.y1 - around.y0;
  runnel_raster_prepare (self->raster, self->scene, &all);
  runnel_pool_run (self->pool, self->jobs->len, paint_job, self);
  g_array_set_size (self->jobs, 0);
}

/* --- Tiles --- */

static int
tile_floor (int pixel)
{
  return pixel >= 0 ? pixel / RUNNEL_TILE_SIZE
                    : -((RUNNEL_TILE_SIZE - 1 - pixel) / RUNNEL_TILE_SIZE);
}

static Rect
tiles_of (const Rect *pixels)
{
  return (Rect) { tile_floor (pixels->x0), tile_floor (pixels->y0),
                  tile_floor (pixels->x1 - 1) + 1, tile_floor (pixels->y1 - 1) + 1 };
}

static void
make_all_stale (RunnelTiles *self)
{
  g_hash_table_remove_all (self->by_place);
  for (guint i = 0; i < self->tiles->len; i++)
    ((Tile *) g_ptr_array_index (self->tiles, i))->in_use = FALSE;
}

static void
make_stale (Tile       *tile,
            const Rect *pixels)
{
  const int left = tile->column * RUNNEL_TILE_SIZE, top = tile->row * RUNNEL_TILE_SIZE;
  const Rect part = { MAX (pixels->x0 - left, 0), MAX (pixels->y0 - top, 0),
                      MIN (pixels->x1 - left, RUNNEL_TILE_SIZE),
                      MIN (pixels->y1 - top, RUNNEL_TILE_SIZE) };

  if (tile->stale.x1 <= tile->stale.x0)
    tile->stale = part;
  else
    tile->stale = (Rect) { MIN (tile->stale.x0, part.x0), MIN (tile->stale.y0, part.y0),
                           MAX (tile->stale.x1, part.x1), MAX (tile->stale.y1, part.y1) };
}

/* Clamped: a box may reach farther than an int. */
static int
to_pixel (double world,
          double scale,
          int    slack)
{
  return (int) CLAMP (world * scale + slack, G_MININT / 2, G_MAXINT / 2);
}

static Rect
to_pixels (const RunnelBox *box,
           double           scale,
           int              density)
{
  const int slack = (SLACK + 1) * density;

  return (Rect) { to_pixel (box->x0, scale, -slack), to_pixel (box->y0, scale, -slack),
                  to_pixel (box->x1, scale, slack), to_pixel (box->y1, scale, slack) };
}

/* Fewer places are in the box, or fewer tiles are kept: looks through the fewer. */
static void
make_box_stale (RunnelTiles *self,
                const Rect  *pixels)
{
  const Rect places = tiles_of (pixels);
  const gint64 n_places = ((gint64) places.x1 - places.x0) * ((gint64) places.y1 - places.y0);

  if (n_places > self->tiles->len)
    {
      for (guint i = 0; i < self->tiles->len; i++)
        {
          Tile *tile = g_ptr_array_index (self->tiles, i);

          if (tile->in_use && tile->column >= places.x0 && tile->column < places.x1
              && tile->row >= places.y0 && tile->row < places.y1)
            make_stale (tile, pixels);
        }
      return;
    }

  for (int row = places.y0; row < places.y1; row++)
    {
      for (int column = places.x0; column < places.x1; column++)
        {
          Tile *tile = find_tile (self, column, row);

          if (tile != NULL)
            make_stale (tile, pixels);
        }
    }
}

static Tile *
add_tile (RunnelTiles *self)
{
  Tile *tile = g_new0 (Tile, 1);

  tile->pixels = g_malloc (TILE_PIXELS * sizeof (guint32));
  g_ptr_array_add (self->tiles, tile);
  return tile;
}

/* One without a place, or a new one while there may be more, or the one not shown for longest. */
static Tile *
find_room (RunnelTiles *self)
{
  Tile *oldest = NULL;

  for (guint i = 0; i < self->tiles->len; i++)
    {
      Tile *tile = g_ptr_array_index (self->tiles, i);

      if (!tile->in_use)
        return tile;
      if (tile->last_used != self->frame && (oldest == NULL || tile->last_used < oldest->last_used))
        oldest = tile;
    }

  if (oldest == NULL || self->tiles->len < MIN_TILES)
    return add_tile (self);

  g_hash_table_remove (self->by_place, &oldest->place);
  return oldest;
}

static Tile *
place_tile (RunnelTiles *self,
            int          column,
            int          row)
{
  Tile *tile = find_room (self);

  tile->column = column;
  tile->row = row;
  tile->in_use = TRUE;
  tile->stale = (Rect) { 0, 0, RUNNEL_TILE_SIZE, RUNNEL_TILE_SIZE };
  tile->place = to_place (column, row);
  g_hash_table_insert (self->by_place, &tile->place, tile);
  return tile;
}

static void
freshen_tile (RunnelTiles *self,
              Tile        *tile)
{
  const Rect *stale = &tile->stale;

  if (stale->x1 <= stale->x0)
    {
      self->stats.tiles_reused++;
      return;
    }

  add_job (self, tile->column * RUNNEL_TILE_SIZE + stale->x0,
           tile->row * RUNNEL_TILE_SIZE + stale->y0, stale->x1 - stale->x0, stale->y1 - stale->y0,
           tile->pixels + stale->y0 * RUNNEL_TILE_SIZE + stale->x0,
           RUNNEL_TILE_SIZE * sizeof (guint32));
  tile->stale = (Rect) { 0, 0, 0, 0 };
  tile->generation = ++self->generation;
  self->stats.tiles_painted++;
}

/* A tile inside the view of the zooming frame before is copied: the bytes are the same. */
static gboolean
copy_from_view (RunnelTiles *self,
                Tile        *tile)
{
  const View *view = self->last_view >= 0 ? &self->views[self->last_view] : NULL;
  int left, top;

  if (view == NULL)
    return FALSE;

  left = tile->column * RUNNEL_TILE_SIZE - view->viewport.x;
  top = tile->row * RUNNEL_TILE_SIZE - view->viewport.y;
  if (left < 0 || top < 0 || left + RUNNEL_TILE_SIZE > view->viewport.width
      || top + RUNNEL_TILE_SIZE > view->viewport.height)
    return FALSE;

  for (int y = 0; y < RUNNEL_TILE_SIZE; y++)
    memcpy (tile->pixels + y * RUNNEL_TILE_SIZE,
            view->pixels + (gsize) (top + y) * view->viewport.width + left,
            RUNNEL_TILE_SIZE * sizeof (guint32));

  tile->stale = (Rect) { 0, 0, 0, 0 };
  tile->generation = ++self->generation;
  return TRUE;
}

static void
add_tile_blit (RunnelTiles          *self,
               const Tile           *tile,
               guint                 index,
               const RunnelViewport *viewport)
{
  const RunnelBlit blit = {
    tile->column * RUNNEL_TILE_SIZE - viewport->x, tile->row * RUNNEL_TILE_SIZE - viewport->y,
    RUNNEL_TILE_SIZE, RUNNEL_TILE_SIZE, RUNNEL_TILE_SIZE * sizeof (guint32),
    tile->pixels, N_VIEWS + index, tile->generation,
  };

  g_array_append_val (self->blits, blit);
}

static void
add_blits (RunnelTiles          *self,
           const RunnelViewport *viewport)
{
  for (guint i = 0; i < self->tiles->len; i++)
    {
      const Tile *tile = g_ptr_array_index (self->tiles, i);

      if (tile->in_use && tile->last_used == self->frame)
        add_tile_blit (self, tile, i, viewport);
    }
}

static void
show_tiles (RunnelTiles          *self,
            const RunnelViewport *viewport)
{
  const Rect seen = { viewport->x, viewport->y, viewport->x + viewport->width,
                      viewport->y + viewport->height };
  const Rect places = tiles_of (&seen);

  for (int row = places.y0; row < places.y1; row++)
    {
      for (int column = places.x0; column < places.x1; column++)
        {
          Tile *tile = find_tile (self, column, row);

          if (tile == NULL)
            {
              tile = place_tile (self, column, row);
              copy_from_view (self, tile);
            }
          tile->last_used = self->frame;
          freshen_tile (self, tile);
        }
    }

  self->last_view = -1;
  run_jobs (self, viewport);
  add_blits (self, viewport);
}

/* --- The whole view --- */

static void
paint_view (RunnelTiles          *self,
            View                 *view,
            const RunnelViewport *viewport)
{
  const int stride = viewport->width * (int) sizeof (guint32);

  if (view->pixels == NULL || view->viewport.width != viewport->width ||
      view->viewport.height != viewport->height)
    {
      g_free (view->pixels);
      view->pixels = g_malloc ((gsize) viewport->height * stride);
    }

  view->viewport = *viewport;
  view->generation = ++self->generation;
  for (int y = 0; y < viewport->height; y += JOB_HEIGHT)
    {
      for (int x = 0; x < viewport->width; x += JOB_WIDTH)
        add_job (self, viewport->x + x, viewport->y + y, MIN (JOB_WIDTH, viewport->width - x),
                 MIN (JOB_HEIGHT, viewport->height - y),
                 view->pixels + (gsize) y * viewport->width + x, stride);
    }

  run_jobs (self, viewport);
}

static void
show_view (RunnelTiles          *self,
           const RunnelViewport *viewport)
{
  const guint index = self->next_view;
  View *view = &self->views[index];
  RunnelBlit blit;

  make_all_stale (self);
  paint_view (self, view, viewport);
  blit = (RunnelBlit){ 0,
                       0,
                       viewport->width,
                       viewport->height,
                       viewport->width * (int) sizeof (guint32),
                       view->pixels,
                       index,
                       view->generation };
  g_array_append_val (self->blits, blit);
  self->last_view = (int) index;
  self->next_view = (index + 1) % N_VIEWS;
}

/* --- A frame --- */

static void
take_damage (RunnelTiles          *self,
             const RunnelViewport *viewport)
{
  const double scale = viewport->zoom * viewport->density;
  const guint64 revision = runnel_raster_get_revision (self->raster);
  const RunnelBox *boxes;
  gboolean all;
  guint n_boxes;

  boxes = runnel_scene_get_damage (self->scene, &n_boxes, &all);
  if (all || revision != self->raster_revision)
    make_all_stale (self);
  if (all || n_boxes > 0 || revision != self->raster_revision)
    self->last_view = -1;

  for (guint i = 0; !all && i < n_boxes; i++)
    {
      const Rect pixels = to_pixels (&boxes[i], scale, viewport->density);

      make_box_stale (self, &pixels);
    }

  self->raster_revision = revision;
  runnel_scene_clear_damage (self->scene);
}

static gboolean
is_zooming (RunnelTiles          *self,
            const RunnelViewport *viewport)
{
  return self->viewport.zoom != 0
         && (self->viewport.zoom != viewport->zoom || self->viewport.density != viewport->density);
}

/**
 * runnel_tiles_update:
 * @viewport: what is to be shown
 * @ret_n_blits: where to store how many pictures make up the view
 *
 * Returns: (transfer none): the pictures, which do not overlap and cover the view;
 *   valid until the next call
 */
const RunnelBlit *
runnel_tiles_update (RunnelTiles          *self,
                     const RunnelViewport *viewport,
                     guint                *ret_n_blits)
{
  g_return_val_if_fail (self != NULL && viewport != NULL && ret_n_blits != NULL, NULL);
  g_return_val_if_fail (viewport->zoom > 0 && viewport->density > 0, NULL);

  self->frame++;
  self->stats = (RunnelTilesStats) { 0 };
  g_array_set_size (self->blits, 0);

  if (viewport->width > 0 && viewport->height > 0)
    {
      take_damage (self, viewport);
      if (is_zooming (self, viewport))
        show_view (self, viewport);
      else
        show_tiles (self, viewport);
      self->viewport = *viewport;
    }

  *ret_n_blits = self->blits->len;
  return (const RunnelBlit *) (gpointer) self->blits->data;
}

/**
 * runnel_tiles_get_buffer_limit:
 *
 * Returns: a number above every @buffer of the blits so far; it only grows
 */
guint
runnel_tiles_get_buffer_limit (RunnelTiles *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return N_VIEWS + self->tiles->len;
}

void
runnel_tiles_get_stats (RunnelTiles      *self,
                        RunnelTilesStats *ret_stats)
{
  g_return_if_fail (self != NULL && ret_stats != NULL);

  *ret_stats = self->stats;
}
