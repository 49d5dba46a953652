/* test-raster.c: pictures as they should be, and in parts as in whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RUNNEL_UPDATE_GOLDEN=1 writes the pictures in golden/ anew: look at them before committing.
 */
#include "config.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#include "designer/canvas/runnel-tiles.h"
#include "fixture.h"

#define SHAPES_OF_CAIRO 11600 /* the version whose anti-aliasing the icons in golden/ have */
#define MAX_DIFFERENCE 40     /* of one channel, where another version drew them */

/* --- Golden pictures --- */

/* No text: fonts differ from machine to machine. */
static RunnelScene *
wordless_showcase (void)
{
  RunnelScene *scene = fixture_showcase ();

  for (guint i = 0; i < runnel_scene_get_node_limit (scene); i++)
    {
      runnel_scene_set_node_title (scene, i, "");
      runnel_scene_set_node_summary (scene, i, NULL);
      runnel_scene_set_node_count (scene, i, NULL);
      if (runnel_scene_get_node_flags (scene, i) & RUNNEL_NODE_IN_RUN)
        runnel_scene_set_node_state (scene, i, runnel_scene_get_node_state (scene, i),
                                     i == 2 ? 0.4 : -1, NULL);
    }
  for (guint i = 0; i < runnel_scene_get_area_limit (scene); i++)
    {
      RunnelBox box;

      runnel_scene_get_area_box (scene, i, &box);
      runnel_scene_set_area (scene, i, &box, NULL,
                             runnel_scene_get_area_kind (scene, i) == RUNNEL_AREA_NOTE
                               ? RUNNEL_TINT_PAPER : i, FALSE);
    }

  return scene;
}

static char *
golden_path (const char *name)
{
  return g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests", "canvas", "golden", name, NULL);
}

static int
difference (const guint8 *a,
            const guint8 *b,
            gsize         n_bytes)
{
  int largest = 0;

  for (gsize i = 0; i < n_bytes; i++)
    largest = MAX (largest, abs (a[i] - b[i]));

  return largest;
}

static void
compare_golden (const char           *name,
                const guint32        *pixels,
                const RunnelViewport *viewport)
{
  g_autofree char *path = golden_path (name);
  const int stride = viewport->width * 4;
  cairo_surface_t *made = cairo_image_surface_create_for_data (
    (guchar *) pixels, CAIRO_FORMAT_ARGB32, viewport->width, viewport->height, stride);
  cairo_surface_t *golden;

  if (g_getenv ("RUNNEL_UPDATE_GOLDEN") != NULL)
    g_assert_cmpint (cairo_surface_write_to_png (made, path), ==, CAIRO_STATUS_SUCCESS);

  golden = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (golden), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (golden), ==, viewport->width);
  g_assert_cmpint (cairo_image_surface_get_height (golden), ==, viewport->height);

  for (int y = 0; y < viewport->height; y++)
    {
      const guint8 *row =
        cairo_image_surface_get_data (golden) + y * cairo_image_surface_get_stride (golden);
      const guint8 *made_row = (const guint8 *) pixels + y * stride;

      /* The fourth byte is that of alpha, or none in a file without it. */
      for (int x = 0; x < viewport->width; x++)
        g_assert_cmpint (difference (row + x * 4, made_row + x * 4, 3), <=,
                         cairo_version () / 100 == SHAPES_OF_CAIRO / 100 ? 0 : MAX_DIFFERENCE);
    }

  cairo_surface_destroy (golden);
  cairo_surface_destroy (made);
}

typedef struct
{
  const char *name;
  RunnelPaletteName palette;
  double zoom;
  int density;
  RunnelLinkStyle links;
} Golden;

static const Golden goldens[] = {
  { "light-0.1.png", RUNNEL_PALETTE_LIGHT, 0.1, 1 },
  { "light-0.3.png", RUNNEL_PALETTE_LIGHT, 0.3, 1 },
  { "light-1.png", RUNNEL_PALETTE_LIGHT, 1, 1 },
  { "light-0.5-hidpi.png", RUNNEL_PALETTE_LIGHT, 0.5, 2 },
  { "light-angular-1.png", RUNNEL_PALETTE_LIGHT, 1, 1, RUNNEL_LINKS_ANGULAR },
  { "dark-0.7.png", RUNNEL_PALETTE_DARK, 0.7, 1 },
  { "high-contrast-1.5.png", RUNNEL_PALETTE_HIGH_CONTRAST, 1.5, 1 },
  { "high-contrast-dark-0.3.png", RUNNEL_PALETTE_HIGH_CONTRAST_DARK, 0.3, 1 },
};

static void
test_golden (gconstpointer data)
{
  const Golden *golden = data;
  g_autoptr(RunnelScene) scene = wordless_showcase ();
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();
  const double scale = golden->zoom * golden->density;
  const RunnelViewport viewport = { golden->zoom, golden->density, 0, (int) (-16 * scale),
                                    (int) MIN (1580 * scale, 1000), (int) MIN (580 * scale, 560) };
  g_autofree guint32 *pixels = NULL;

  runnel_scene_set_link_style (scene, golden->links);
  runnel_raster_set_palette (raster, runnel_palette_get (golden->palette));
  pixels = fixture_paint (raster, scene, &viewport);
  compare_golden (golden->name, pixels, &viewport);
}

/* --- In parts as in whole --- */

static const struct
{
  double zoom;
  int density;
} scales[] = { { 0.07, 1 }, { 0.21, 1 }, { 0.21, 2 }, { 0.45, 1 }, { 0.83, 1 },
               { 1, 1 },    { 1.37, 1 }, { 0.9, 2 },  { 2.6, 1 } };

static void
paint_part (RunnelRaster         *raster,
            RunnelScene          *scene,
            const RunnelViewport *viewport,
            int x, int y,
            int width, int height,
            guint32              *pixels)
{
  runnel_raster_paint_rect (raster, scene, viewport->x + x, viewport->y + y, width, height,
                            pixels + y * viewport->width + x, viewport->width * 4);
}

/* Cuts the view into random pieces; each must have the bytes that it has in the whole. */
static void
test_parts (void)
{
  g_autoptr(RunnelScene) scene = fixture_showcase ();
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();
  GRand *rand = g_rand_new_with_seed (8);

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const RunnelViewport viewport = { scales[i].zoom,
                                        scales[i].density,
                                        g_rand_int_range (rand, -90, 300),
                                        g_rand_int_range (rand, -90, 200),
                                        500,
                                        400 };
      g_autofree guint32 *whole = fixture_paint (raster, scene, &viewport);
      g_autofree guint32 *parts = g_new0 (guint32, 500 * 400);

      for (int y = 0, height; y < viewport.height; y += height)
        {
          height = g_rand_int_range (rand, 1, MIN (90, viewport.height - y) + 1);
          for (int x = 0, width; x < viewport.width; x += width)
            {
              width = g_rand_int_range (rand, 1, MIN (120, viewport.width - x) + 1);
              paint_part (raster, scene, &viewport, x, y, width, height, parts);
            }
        }

      g_assert_cmpmem (parts, 500 * 400 * 4, whole, 500 * 400 * 4);
    }

  g_rand_free (rand);
}

/* Panning by whole pixels moves the picture and changes nothing else. */
static void
test_pan (void)
{
  g_autoptr(RunnelScene) scene = fixture_showcase ();
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();
  RunnelViewport viewport = { 0.83, 1, 0, 0, 600, 300 };
  g_autofree guint32 *before = fixture_paint (raster, scene, &viewport);
  g_autofree guint32 *after = NULL;

  viewport.x += 37;
  viewport.y -= 11;
  after = fixture_paint (raster, scene, &viewport);
  for (int y = 0; y < 300 - 11; y++)
    g_assert_cmpmem (after + (y + 11) * 600, (600 - 37) * 4, before + y * 600 + 37, (600 - 37) * 4);
}

static void
test_opaque (void)
{
  g_autoptr(RunnelScene) scene = fixture_showcase ();
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const RunnelViewport viewport = { scales[i].zoom, scales[i].density, 0, 0, 700, 300 };
      g_autofree guint32 *pixels = fixture_paint (raster, scene, &viewport);

      for (guint j = 0; j < 700 * 300; j++)
        g_assert_cmphex (pixels[j] >> 24, ==, 0xff);
    }
}

/* A scene of hostile proportions is painted without harm. */
static void
test_extremes (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();
  g_autofree char *title = g_strnfill (20000, 'W');
  const double places[] = { 0, 1e7, -1e7 };

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      runnel_scene_add_node (scene, id, RUNNEL_ICON_STEP, places[i % 3], places[i / 3]);
      runnel_scene_set_node_title (scene, i, i == 0 ? title : "\n\t\xe2\x80\xae\xf0\x9f\x98\x80");
      for (guint j = 0; j <= i; j++)
        runnel_scene_add_link (scene, i, j, (i + j) % 4);
    }

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const RunnelViewport viewport = {
        scales[i].zoom * (i == 8 ? 3 : 1), scales[i].density, -40, -40, 200, 150
      };
      g_autofree guint32 *pixels = fixture_paint (raster, scene, &viewport);
      g_autofree guint32 *tiny = NULL;
      const RunnelViewport far = { 1e-5, 1, -100, -75, 200, 150 };

      tiny = fixture_paint (raster, scene, &far);
      g_assert_cmphex (pixels[0] >> 24, ==, 0xff);
      g_assert_cmphex (tiny[0] >> 24, ==, 0xff);
    }
}

/* The steps on the path are seen as they are, its links are painted, and the rest is dimmed. */
static void
test_veil (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();
  const RunnelViewport viewport = { 1, 1, -20, -20, 700, 300 };
  g_autofree guint32 *picture = NULL;
  g_autofree guint32 *veil = g_new (guint32, 700 * 300);
  guint link;

  runnel_scene_add_node (scene, "a", RUNNEL_ICON_STEP, 0, 0);
  runnel_scene_add_node (scene, "b", RUNNEL_ICON_STEP, 320, 0);
  runnel_scene_add_node (scene, "c", RUNNEL_ICON_STEP, 320, 160);
  link = runnel_scene_add_link (scene, 0, 1, RUNNEL_ON_SUCCESS);
  runnel_scene_add_link (scene, 0, 2, RUNNEL_ON_SUCCESS);
  runnel_scene_set_link_flags (scene, link, RUNNEL_LINK_DOWNSTREAM, RUNNEL_LINK_DOWNSTREAM);
  picture = fixture_paint (raster, scene, &viewport);
  runnel_raster_paint_veil (raster, scene, &viewport, veil, 700 * 4);

  g_assert_cmphex (veil[(20 + 36) * 700 + 20 + 100], ==, 0); /* on "a" */
  g_assert_cmphex (veil[(20 + 36) * 700 + 20 + 400], ==, 0); /* on "b" */
  g_assert_cmphex (veil[(20 + 196) * 700 + 20 + 400] >> 24, ==, 0x80);
  g_assert_cmphex (veil[0] >> 24, ==, 0x80);
  g_assert_cmphex (veil[(20 + 36) * 700 + 20 + 268], ==, picture[(20 + 36) * 700 + 20 + 268]);
}

static void
test_revision (void)
{
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();
  PangoFontDescription *font = pango_font_description_from_string ("Sans 10");
  const guint64 first = runnel_raster_get_revision (raster);

  runnel_raster_set_palette (raster, runnel_palette_get (RUNNEL_PALETTE_DARK));
  g_assert_cmpuint (runnel_raster_get_revision (raster), >, first);
  g_assert_cmphex (runnel_raster_get_palette (raster)->canvas, ==,
                   runnel_palette_get (RUNNEL_PALETTE_DARK)->canvas);
  runnel_raster_set_font (raster, font);
  g_assert_cmpuint (runnel_raster_get_revision (raster), >, first + 1);
  pango_font_description_free (font);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *path = g_strconcat ("/canvas/raster/golden/", goldens[i].name, NULL);

      g_test_add_data_func (path, &goldens[i], test_golden);
    }
  g_test_add_func ("/canvas/raster/parts", test_parts);
  g_test_add_func ("/canvas/raster/pan", test_pan);
  g_test_add_func ("/canvas/raster/opaque", test_opaque);
  g_test_add_func ("/canvas/raster/extremes", test_extremes);
  g_test_add_func ("/canvas/raster/veil", test_veil);
  g_test_add_func ("/canvas/raster/revision", test_revision);
  return g_test_run ();
}
