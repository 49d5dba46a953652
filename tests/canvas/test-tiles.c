/* test-tiles.c: what is kept from frame to frame shows the same as painting anew
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-tiles.h"
#include "fixture.h"

#define WIDTH 700
#define HEIGHT 500

typedef struct
{
  RunnelScene *scene;
  RunnelRaster *raster;
  RunnelRaster *fresh;   /* paints the same from nothing */
  RunnelTiles *tiles;
  RunnelViewport viewport;
} Bed;

static void
set_up (Bed           *bed,
        gconstpointer  data)
{
  bed->scene = fixture_showcase ();
  bed->raster = runnel_raster_new ();
  bed->fresh = runnel_raster_new ();
  bed->tiles = runnel_tiles_new (bed->scene, bed->raster, GPOINTER_TO_UINT (data));
  bed->viewport = (RunnelViewport) { 1, 1, 0, 0, WIDTH, HEIGHT };
}

static void
tear_down (Bed           *bed,
           gconstpointer  data)
{
  runnel_tiles_free (bed->tiles);
  runnel_raster_free (bed->raster);
  runnel_raster_free (bed->fresh);
  runnel_scene_free (bed->scene);
}

/* Puts the blits together as a widget would. */
static guint32 *
show (Bed *bed)
{
  guint32 *shown = g_new0 (guint32, WIDTH * HEIGHT);
  guint n_blits;
  const RunnelBlit *blits = runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);

  for (guint i = 0; i < n_blits; i++)
    {
      const RunnelBlit *blit = &blits[i];
      const int x0 = MAX (blit->x, 0), x1 = MIN (blit->x + blit->width, WIDTH);

      g_assert_cmpuint (blit->buffer, <, runnel_tiles_get_buffer_limit (bed->tiles));
      for (int y = MAX (blit->y, 0); y < MIN (blit->y + blit->height, HEIGHT); y++)
        memcpy (shown + y * WIDTH + x0,
                blit->pixels + (y - blit->y) * (blit->stride / 4) + (x0 - blit->x), (x1 - x0) * 4);
    }

  return shown;
}

static void
assert_right (Bed *bed)
{
  g_autofree guint32 *shown = show (bed);
  g_autofree guint32 *expected = fixture_paint (bed->fresh, bed->scene, &bed->viewport);

  g_assert_cmpmem (shown, WIDTH * HEIGHT * 4, expected, WIDTH * HEIGHT * 4);
}

/* Random edits, pans and zooms: at every moment, byte for byte what a fresh picture has. */
static void
test_random (Bed           *bed,
             gconstpointer  data)
{
  GRand *rand = g_rand_new_with_seed (11);
  const double zooms[] = { 0.09, 0.3, 0.62, 1, 1.9 };

  for (guint i = 0; i < 250; i++)
    {
      switch (g_rand_int_range (rand, 0, 6))
        {
        case 0:
          bed->viewport.x += g_rand_int_range (rand, -150, 150);
          bed->viewport.y += g_rand_int_range (rand, -150, 150);
          break;
        case 1:
          if (g_rand_int_range (rand, 0, 3) == 0)
            runnel_viewport_zoom_at (
              &bed->viewport, zooms[g_rand_int_range (rand, 0, G_N_ELEMENTS (zooms))], 300, 200);
          break;
        default:
          for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
            fixture_edit (bed->scene, rand);
          break;
        }
      assert_right (bed);
    }

  g_rand_free (rand);
}

static void
test_hidpi (Bed           *bed,
            gconstpointer  data)
{
  GRand *rand = g_rand_new_with_seed (12);

  for (guint i = 0; i < 40; i++)
    {
      bed->viewport.density = 1 + (i / 10) % 2;
      fixture_edit (bed->scene, rand);
      assert_right (bed);
    }

  g_rand_free (rand);
}

static void
test_reuse (Bed           *bed,
            gconstpointer  data)
{
  RunnelTilesStats stats;
  guint n_blits, again;
  const RunnelBlit *blits = runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);
  const guint64 generation = blits[0].generation;
  const guint32 *pixels = blits[0].pixels;

  g_assert_cmpuint (n_blits, ==, 6); /* 3 by 2 tiles */
  blits = runnel_tiles_update (bed->tiles, &bed->viewport, &again);
  runnel_tiles_get_stats (bed->tiles, &stats);
  g_assert_cmpuint (stats.tiles_painted, ==, 0);
  g_assert_cmpuint (stats.tiles_reused, ==, 6);
  g_assert_cmpuint (blits[0].generation, ==, generation);
  g_assert_true (blits[0].pixels == pixels);

  bed->viewport.x += 100; /* one column of tiles comes in */
  runnel_tiles_update (bed->tiles, &bed->viewport, &again);
  runnel_tiles_get_stats (bed->tiles, &stats);
  g_assert_cmpuint (stats.tiles_painted, ==, 2);
}

/* An edit repaints the part that is stale. */
static void
test_edit_is_small (Bed           *bed,
                    gconstpointer  data)
{
  RunnelTilesStats stats;
  guint n_blits, node;

  runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);
  g_assert_true (runnel_scene_find_node (bed->scene, "Configure", &node));
  runnel_scene_set_node_state (bed->scene, node, RUNNEL_STATE_FAILED, -1, "Failed");
  runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);
  runnel_tiles_get_stats (bed->tiles, &stats);
  g_assert_cmpuint (stats.pixels_painted, >, 0);
  g_assert_cmpuint (stats.pixels_painted, <, 3 * RUNNEL_NODE_WIDTH * RUNNEL_NODE_HEIGHT);
}

static void
test_zoom_is_whole (Bed           *bed,
                    gconstpointer  data)
{
  RunnelTilesStats stats;
  guint n_blits;

  runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);
  runnel_viewport_zoom_at (&bed->viewport, 1.1, 0, 0);
  runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);
  g_assert_cmpuint (n_blits, ==, 1);

  /* At rest, what lies whole in the last picture is not painted again. */
  runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);
  runnel_tiles_get_stats (bed->tiles, &stats);
  g_assert_cmpuint (n_blits, >, 1);
  g_assert_cmpuint (stats.tiles_reused, ==, 2);
}

static void
test_palette (Bed           *bed,
              gconstpointer  data)
{
  assert_right (bed);
  runnel_raster_set_palette (bed->raster, runnel_palette_get (RUNNEL_PALETTE_DARK));
  runnel_raster_set_palette (bed->fresh, runnel_palette_get (RUNNEL_PALETTE_DARK));
  assert_right (bed);
}

/* However far one goes, memory stays within bounds. */
static void
test_limit (Bed           *bed,
            gconstpointer  data)
{
  guint n_blits;

  for (guint i = 0; i < 100; i++)
    {
      bed->viewport.x += WIDTH;
      runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits);
    }
  g_assert_cmpuint (runnel_tiles_get_buffer_limit (bed->tiles), <=, 170);

  bed->viewport.width = 0;
  g_assert_nonnull (runnel_tiles_update (bed->tiles, &bed->viewport, &n_blits));
  g_assert_cmpuint (n_blits, ==, 0);
}

#define ADD(name, func, n_threads) g_test_add ("/canvas/tiles/" name, Bed, GUINT_TO_POINTER (n_threads), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("random/1-thread", test_random, 1);
  ADD ("random/2-threads", test_random, 2);
  ADD ("random/4-threads", test_random, 4);
  ADD ("hidpi", test_hidpi, 2);
  ADD ("reuse", test_reuse, 2);
  ADD ("edit-is-small", test_edit_is_small, 2);
  ADD ("zoom-is-whole", test_zoom_is_whole, 2);
  ADD ("palette", test_palette, 2);
  ADD ("limit", test_limit, 2);
  return g_test_run ();
}
