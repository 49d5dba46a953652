/* test-stroke.c: lines have the ink of their length and width, and each pixel gets it once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-raster-stroke.h"

#define SIDE 400

static double
wire_length (const RunnelWire *wire)
{
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  const guint n_curves = runnel_wire_get_curves (wire, curves);
  double length = 0;

  for (guint i = 0; i < n_curves; i++)
    {
      float ax = curves[i].x[0], ay = curves[i].y[0], bx, by;

      for (guint j = 1; j <= 500; j++, ax = bx, ay = by)
        {
          runnel_curve_get_point (&curves[i], j / 500.f, &bx, &by);
          length += hypot (bx - ax, by - ay);
        }
    }

  return length;
}

/* White on black: the sum of the pixels is the covered area. */
static double
ink_of (const RunnelWire   *wire,
        const RunnelStroke *stroke)
{
  g_autofree guint32 *pixels = g_new (guint32, SIDE * SIDE);
  const RunnelInk ink = { pixels, SIDE, -SIDE / 2, -SIDE / 2, SIDE, SIDE };
  double sum = 0;

  for (guint i = 0; i < SIDE * SIDE; i++)
    pixels[i] = 0xff000000;
  runnel_ink_stroke (&ink, 0, 0, wire, stroke);
  for (guint i = 0; i < SIDE * SIDE; i++)
    sum += (pixels[i] & 0xff) / 255.0;

  return sum;
}

/* Forward, or so far back that the way does not cross itself: an overlap would count once. */
static void
random_wire (RunnelWire *wire,
             GRand      *rand)
{
  const double x = g_rand_boolean (rand) ? g_rand_double_range (rand, 30, 150)
                                         : g_rand_double_range (rand, -100, -30);

  runnel_wire_go (wire, RUNNEL_LINKS_CURVED, 0, 0, x, g_rand_double_range (rand, -80, 80));
}

/* A gap or an overlap where two pieces meet would show in the sum. */
static void
test_area (gconstpointer data)
{
  const float width = GPOINTER_TO_UINT (data) / 4.f;
  GRand *rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 60; i++)
    {
      const RunnelStroke stroke = { width, 0, 0, 0.15f, 0xffffffff };
      RunnelWire wire;
      double area;

      random_wire (&wire, rand);
      area = wire_length (&wire) * width;
      /* A thin line may lose a corner of a pixel where it turns from level to upright. */
      g_assert_cmpfloat_with_epsilon (ink_of (&wire, &stroke), area, 0.03 * area + 4);
    }

  g_rand_free (rand);
}

static void
test_dashes (void)
{
  GRand *rand = g_rand_new_with_seed (8);

  for (guint i = 0; i < 40; i++)
    {
      const RunnelStroke stroke = { 2, 6, 3, 0.15f, 0xffffffff };
      RunnelWire wire;

      random_wire (&wire, rand);
      g_assert_cmpfloat_with_epsilon (ink_of (&wire, &stroke) / (wire_length (&wire) * 2), 2 / 3.0,
                                      0.1);
    }

  g_rand_free (rand);
}

/* A translucent line is nowhere darker than its colour: nothing is painted twice. */
static void
test_once (void)
{
  g_autofree guint32 *pixels = g_new (guint32, SIDE * SIDE);
  const RunnelInk ink = { pixels, SIDE, 0, 0, SIDE, SIDE };
  const RunnelStroke stroke = { 7, 0, 0, 0.15f, 0x80ffffff };
  RunnelWire wire;

  for (guint i = 0; i < SIDE * SIDE; i++)
    pixels[i] = 0xff000000;
  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 0, 0, 300, 250);
  runnel_ink_stroke (&ink, 40, 40, &wire, &stroke);
  for (guint i = 0; i < SIDE * SIDE; i++)
    g_assert_cmpuint (pixels[i] & 0xff, <=, 0x81);
}

static void
test_point (void)
{
  const RunnelStroke stroke = { 2, 4, 4, 0.15f, 0xffffffff };
  const RunnelWire nowhere = { 0 };

  g_assert_cmpfloat (ink_of (&nowhere, &stroke), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/canvas/stroke/area/hairline", GUINT_TO_POINTER (5), test_area);
  g_test_add_data_func ("/canvas/stroke/area/usual", GUINT_TO_POINTER (7), test_area);
  g_test_add_data_func ("/canvas/stroke/area/wide", GUINT_TO_POINTER (24), test_area);
  g_test_add_func ("/canvas/stroke/dashes", test_dashes);
  g_test_add_func ("/canvas/stroke/once", test_once);
  g_test_add_func ("/canvas/stroke/point", test_point);
  return g_test_run ();
}
