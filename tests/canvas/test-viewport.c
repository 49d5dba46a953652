/* test-viewport.c: from pixels to the world and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-viewport.h"

static void
test_round_trip (void)
{
  const RunnelViewport viewport = { 0.73, 2, -120, 340, 1600, 1000 };
  double x, y;

  runnel_viewport_to_world (&viewport, 123, 456, &x, &y);
  runnel_viewport_from_world (&viewport, x, y, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 123, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 456, 1e-9);
}

/* What is under the pointer stays there, to a pixel, through many small steps. */
static void
test_zoom_at (void)
{
  for (int density = 1; density <= 2; density++)
    {
      RunnelViewport viewport = { 1, density, -70, 90, 1600, 1000 };
      double before_x, before_y, x, y;

      for (guint i = 0; i < 20; i++)
        {
          runnel_viewport_to_world (&viewport, 311, 222, &before_x, &before_y);
          runnel_viewport_zoom_at (&viewport, viewport.zoom * (i < 10 ? 1.2 : 0.8), 311, 222);
          runnel_viewport_from_world (&viewport, before_x, before_y, &x, &y);
          g_assert_cmpfloat_with_epsilon (x, 311, 1);
          g_assert_cmpfloat_with_epsilon (y, 222, 1);
        }
    }
}

static void
test_fit (void)
{
  const RunnelBox box = { -100, 50, 3100, 650 };
  RunnelViewport viewport = { 1, 2, 0, 0, 1600, 1000 };
  RunnelBox seen;

  runnel_viewport_fit (&viewport, &box, 20, 1);
  runnel_viewport_get_box (&viewport, &seen);
  g_assert_cmpfloat (seen.x0, <, box.x0);
  g_assert_cmpfloat (seen.x1, >, box.x1);
  g_assert_cmpfloat (seen.y0, <, box.y0);
  g_assert_cmpfloat (seen.y1, >, box.y1);
  g_assert_cmpfloat_with_epsilon (viewport.zoom, 760.0 / 3200, 1e-6);

  runnel_viewport_fit (&viewport, &(RunnelBox) { 0, 0, 10, 10 }, 20, 1);
  g_assert_cmpfloat (viewport.zoom, ==, 1);
}

static void
test_center (void)
{
  RunnelViewport viewport = { 0.5, 1, 0, 0, 1600, 1000 };
  double x, y;

  runnel_viewport_center_on (&viewport, 777, -333);
  runnel_viewport_to_world (&viewport, 800, 500, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 777, 2);
  g_assert_cmpfloat_with_epsilon (y, -333, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/viewport/round-trip", test_round_trip);
  g_test_add_func ("/canvas/viewport/zoom-at", test_zoom_at);
  g_test_add_func ("/canvas/viewport/fit", test_fit);
  g_test_add_func ("/canvas/viewport/center", test_center);
  return g_test_run ();
}
