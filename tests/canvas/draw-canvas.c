/* draw-canvas.c: writes pictures of the canvas, to be looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw-canvas FOLDER: the showcase in every palette and at several zooms, and a large graph.
 */
#include "config.h"

#include <cairo.h>

#include "fixture.h"

static void
write_png (RunnelRaster         *raster,
           RunnelScene          *scene,
           const RunnelViewport *viewport,
           const char           *path)
{
  guint32 *pixels = fixture_paint (raster, scene, viewport);
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
    (guchar *) pixels, CAIRO_FORMAT_ARGB32, viewport->width, viewport->height, viewport->width * 4);

  if (cairo_surface_write_to_png (surface, path) != CAIRO_STATUS_SUCCESS)
    g_error ("Could not write %s", path);

  cairo_surface_destroy (surface);
  g_free (pixels);
}

static void
draw_zooms (RunnelRaster    *raster,
            const char      *folder,
            const char      *palette,
            RunnelLinkStyle  style)
{
  g_autoptr(RunnelScene) scene = fixture_showcase ();
  const double zooms[] = { 0.1, 0.3, 0.5, 1, 2 };

  runnel_scene_set_link_style (scene, style);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      const double zoom = zooms[i];
      const RunnelViewport viewport = { zoom,
                                        1,
                                        (int) (10 * zoom),
                                        (int) (-20 * zoom),
                                        (int) MIN (1540 * zoom, 1600),
                                        (int) MIN (580 * zoom, 1000) };
      g_autofree char *path = g_strdup_printf (
        "%s/%s-%s-%.1f.png", folder, palette, style == RUNNEL_LINKS_CURVED ? "curved" : "angular",
        zoom);

      write_png (raster, scene, &viewport, path);
    }
}

/* The middle of a large graph, where links skip layers. */
static void
draw_near (RunnelRaster    *raster,
           RunnelScene     *scene,
           const char      *folder,
           RunnelLinkStyle  style)
{
  RunnelViewport viewport = { 0.6, 1, 0, 0, 1600, 1000 };
  g_autofree char *path = g_strdup_printf (
    "%s/large-near-%s.png", folder, style == RUNNEL_LINKS_CURVED ? "curved" : "angular");
  RunnelBox box;

  runnel_scene_set_link_style (scene, style);
  runnel_scene_get_node_box (scene, 5000, &box);
  runnel_viewport_center_on (&viewport, box.x0, box.y0);
  write_png (raster, scene, &viewport, path);
}

int
main (int    argc,
      char **argv)
{
  const char *const names[] = { "light", "dark", "high-contrast", "high-contrast-dark" };
  g_autoptr(RunnelRaster) raster = runnel_raster_new ();
  g_autoptr(RunnelScene) large = fixture_layered (10000, 1);
  RunnelViewport viewport = fixture_fit (large, 1600, 1000, 1);
  g_autofree char *path = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: %s FOLDER\n", argv[0]);
      return 2;
    }

  path = g_build_filename (argv[1], "large-fit.png", NULL);
  write_png (raster, large, &viewport, path);
  draw_near (raster, large, argv[1], RUNNEL_LINKS_CURVED);
  draw_near (raster, large, argv[1], RUNNEL_LINKS_ANGULAR);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      runnel_raster_set_palette (raster, runnel_palette_get (i));
      draw_zooms (raster, argv[1], names[i], RUNNEL_LINKS_CURVED);
      draw_zooms (raster, argv[1], names[i], RUNNEL_LINKS_ANGULAR);
    }

  return 0;
}
