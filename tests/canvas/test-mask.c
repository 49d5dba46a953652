/* test-mask.c: coverage of outlines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-mask.h"

static guint
sum (const RunnelMask *mask)
{
  guint total = 0;

  for (int i = 0; i < mask->width * mask->height; i++)
    total += mask->data[i];

  return total;
}

static RunnelMask *
polygon (const double (*points)[2],
         guint          n_points,
         double         scale,
         double         x,
         double         y)
{
  g_autofree RunnelEdge *edges = g_new (RunnelEdge, n_points);

  for (guint i = 0; i < n_points; i++)
    edges[i] = (RunnelEdge){ points[i][0], points[i][1], points[(i + 1) % n_points][0],
                             points[(i + 1) % n_points][1] };

  return runnel_mask_new_from_edges (edges, n_points, scale, x, y);
}

static void
test_square (void)
{
  const double points[][2] = { { 0, 0 }, { 2, 0 }, { 2, 2 }, { 0, 2 } };
  g_autofree RunnelMask *mask = polygon (points, 4, 2, 0.5, 0.25);

  g_assert_cmpint (mask->x, ==, 0);
  g_assert_cmpint (mask->width, ==, 5);
  g_assert_cmpint (mask->height, ==, 5);
  g_assert_cmpint (mask->data[1 * 5 + 0], ==, 128);
  g_assert_cmpint (mask->data[1 * 5 + 1], ==, 255);
  g_assert_cmpint (mask->data[0 * 5 + 1], ==, 191);
  g_assert_cmpint (mask->data[4 * 5 + 1], ==, 64);
  g_assert_cmpint (mask->data[0], ==, 96);
}

/* The coverage adds up to the area, wherever the outline lies and whichever way it turns. */
static void
test_area (void)
{
  GRand *rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 300; i++)
    {
      const double a[2] = { g_rand_double_range (rand, -20, 20),
                            g_rand_double_range (rand, -20, 20) };
      const double b[2] = { g_rand_double_range (rand, -20, 20),
                            g_rand_double_range (rand, -20, 20) };
      const double c[2] = { g_rand_double_range (rand, -20, 20),
                            g_rand_double_range (rand, -20, 20) };
      const double points[][2] = { { a[0], a[1] }, { b[0], b[1] }, { c[0], c[1] } };
      const double area = fabs ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
      g_autofree RunnelMask *mask =
        polygon (points, 3, 1, g_rand_double (rand), g_rand_double (rand));

      g_assert_cmpfloat_with_epsilon (sum (mask) / 255.0, area, 0.6);
    }

  g_rand_free (rand);
}

static void
test_nothing (void)
{
  g_autofree RunnelMask *mask = runnel_mask_new_from_edges (NULL, 0, 1, 0, 0);

  g_assert_cmpint (mask->width, ==, 0);
}

static void
draw_dot (cairo_t       *cr,
          gconstpointer  data)
{
  cairo_rectangle (cr, -1, -1, 2, 1);
  cairo_fill (cr);
}

static void
test_drawn (void)
{
  g_autofree RunnelMask *mask = runnel_mask_new_drawn (3, draw_dot, NULL);

  g_assert_cmpint (mask->x, ==, -3);
  g_assert_cmpint (mask->width, ==, 6);
  g_assert_cmpuint (sum (mask), ==, 2 * 255);
  g_assert_cmpint (mask->data[2 * 6 + 2], ==, 255);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/mask/square", test_square);
  g_test_add_func ("/canvas/mask/area", test_area);
  g_test_add_func ("/canvas/mask/nothing", test_nothing);
  g_test_add_func ("/canvas/mask/drawn", test_drawn);
  return g_test_run ();
}
