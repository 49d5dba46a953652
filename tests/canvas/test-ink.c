/* test-ink.c: colour on pixels, and never outside the clip
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>

#include "designer/canvas/runnel-raster-ink.h"

#define SIDE 64
#define UNTOUCHED 0xff123456

/* A clip in the middle of a larger buffer. */
static RunnelInk
make_ink (guint32 *pixels)
{
  for (guint i = 0; i < SIDE * SIDE; i++)
    pixels[i] = UNTOUCHED;

  return (RunnelInk) { pixels + 20 * SIDE + 20, SIDE, 1000, -500, 24, 24 };
}

static void
check_outside (const guint32 *pixels)
{
  for (int y = 0; y < SIDE; y++)
    {
      for (int x = 0; x < SIDE; x++)
        {
          if (x < 20 || y < 20 || x >= 44 || y >= 44)
            g_assert_cmphex (pixels[y * SIDE + x], ==, UNTOUCHED);
        }
    }
}

static void
test_clip (void)
{
  g_autofree guint32 *pixels = g_new (guint32, SIDE * SIDE);
  guint8 coverage[9] = { 255, 255, 255, 255, 128, 255, 255, 255, 255 };
  const RunnelPatch patch = { 0, 1, coverage };
  GRand *rand = g_rand_new_with_seed (2);
  RunnelMask *mask = g_malloc0 (sizeof (RunnelMask) + 100);

  *mask = (RunnelMask) { -5, -5, 10, 10 };
  for (guint i = 0; i < 100; i++)
    mask->data[i] = 200;

  for (guint i = 0; i < 2000; i++)
    {
      const RunnelInk ink = make_ink (pixels);
      const int x = g_rand_int_range (rand, 950, 1060), y = g_rand_int_range (rand, -560, -440);

      runnel_ink_fill (&ink, x, y, x + g_rand_int_range (rand, -5, 60),
                       y + g_rand_int_range (rand, -5, 60), 0xffff0000);
      runnel_ink_mask (&ink, x, y, mask, 0x80008000);
      runnel_ink_patch (&ink, x, y, x + g_rand_int_range (rand, 3, 60),
                        y + g_rand_int_range (rand, 3, 60), &patch, 0xff00ff00);
      check_outside (pixels);
    }

  g_free (mask);
  g_rand_free (rand);
}

static void
test_patch (void)
{
  g_autofree guint32 *pixels = g_new (guint32, SIDE * SIDE);
  guint8 coverage[9] = { 0, 255, 0, 255, 0, 255, 0, 255, 0 };
  const RunnelPatch patch = { 1, 1, coverage };
  const RunnelInk ink = make_ink (pixels);
  const guint32 *inside = ink.pixels;

  runnel_ink_patch (&ink, 1002, -498, 1010, -490, &patch,
                    0xffffffff); /* a frame one pixel outside */
  g_assert_cmphex (inside[1 * SIDE + 1], ==, UNTOUCHED);               /* its corner is empty */
  g_assert_cmphex (inside[1 * SIDE + 5], ==, 0xffffffff);
  g_assert_cmphex (inside[10 * SIDE + 5], ==, 0xffffffff);
  g_assert_cmphex (inside[5 * SIDE + 1], ==, 0xffffffff);
  g_assert_cmphex (inside[5 * SIDE + 10], ==, 0xffffffff);
  g_assert_cmphex (inside[5 * SIDE + 5], ==, UNTOUCHED);
}

static void
test_blend (void)
{
  guint32 pixel;

  g_assert_cmphex (runnel_ink_premultiply (0xff123456), ==, 0xff123456);
  g_assert_cmphex (runnel_ink_premultiply (0x00123456), ==, 0);
  g_assert_cmphex (runnel_color_mix (0xff000000, 0xffffffff, 1), ==, 0xffffffff);
  g_assert_cmphex (runnel_color_with_alpha (0xff123456, 0.5), ==, 0x80123456);

  for (guint cover = 0; cover <= 255; cover++)
    {
      pixel = 0xff000000;
      runnel_ink_cover (&pixel, 0xffffffff, cover);
      g_assert_cmphex (pixel >> 24, ==, 0xff);
      g_assert_cmpint (abs ((int) (pixel & 0xff) - (int) cover), <=, 1);
      g_assert_cmphex (pixel & 0xff, ==, pixel >> 8 & 0xff);
      pixel = 0xffffffff;
      runnel_ink_cover (&pixel, 0x80000000, cover);
      g_assert_cmphex (pixel >> 24, ==, 0xff);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/ink/clip", test_clip);
  g_test_add_func ("/canvas/ink/patch", test_patch);
  g_test_add_func ("/canvas/ink/blend", test_blend);
  return g_test_run ();
}
