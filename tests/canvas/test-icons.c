/* test-icons.c: every picture exists and stays in its square
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-icons.h"

#define SIDE 96
#define MARGIN 16

static void
test_icon (gconstpointer data)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  const guint8 *pixels;
  guint inside = 0, outside = 0;

  runnel_icon_draw (GPOINTER_TO_UINT (data), cr, MARGIN, MARGIN, SIDE - 2 * MARGIN);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  for (int y = 0; y < SIDE; y++)
    {
      for (int x = 0; x < SIDE; x++)
        {
          const guint8 cover = pixels[y * cairo_image_surface_get_stride (surface) + x];

          if (x >= MARGIN && x < SIDE - MARGIN && y >= MARGIN && y < SIDE - MARGIN)
            inside += cover;
          else
            outside += cover;
        }
    }

  g_assert_cmpuint (inside, >, 150 * 255);
  g_assert_cmpuint (outside, ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_kinds (void)
{
  g_assert_cmpint (runnel_icon_for_kind ("http"), ==, RUNNEL_ICON_HTTP);
  g_assert_cmpint (runnel_icon_for_kind ("pipeline"), ==, RUNNEL_ICON_PIPELINE);
  g_assert_cmpint (runnel_icon_for_kind ("no-such-kind"), ==, RUNNEL_ICON_STEP);
  g_assert_cmpint (runnel_icon_for_kind (NULL), ==, RUNNEL_ICON_STEP);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < RUNNEL_N_ICONS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/canvas/icons/picture/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_icon);
    }
  g_test_add_func ("/canvas/icons/kinds", test_kinds);
  return g_test_run ();
}
