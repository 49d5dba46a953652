/* test-hit.c: what lies under the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-hit.h"

static const double xs[] = { 10, 20, 20, 50 };
static const double ys[] = { 5, 8, 8, NAN };

static void
test_first (void)
{
  g_assert_cmpuint (runnel_hit_find_first (xs, 4, 0), ==, 0);
  g_assert_cmpuint (runnel_hit_find_first (xs, 4, 20), ==, 1);
  g_assert_cmpuint (runnel_hit_find_first (xs, 4, 21), ==, 3);
  g_assert_cmpuint (runnel_hit_find_first (xs, 4, 51), ==, 4);
}

static void
test_nearest (void)
{
  g_assert_cmpuint (runnel_hit_find_nearest (xs, 4, -100), ==, 0);
  g_assert_cmpuint (runnel_hit_find_nearest (xs, 4, 14), ==, 0);
  g_assert_cmpuint (runnel_hit_find_nearest (xs, 4, 15), ==, 0);
  g_assert_cmpuint (runnel_hit_find_nearest (xs, 4, 16), ==, 1);
  g_assert_cmpuint (runnel_hit_find_nearest (xs, 4, 900), ==, 3);
  g_assert_cmpuint (runnel_hit_find_nearest (NULL, 0, 1), ==, RUNNEL_NO_HIT);
}

static void
test_point (void)
{
  g_assert_cmpuint (runnel_hit_find_point (xs, ys, 4, 12, 6, 5), ==, 0);
  g_assert_cmpuint (runnel_hit_find_point (xs, ys, 4, 19, 8, 5), ==, 2); /* it is on top */
  g_assert_cmpuint (runnel_hit_find_point (xs, ys, 4, 15, 30, 5), ==, RUNNEL_NO_HIT);
  g_assert_cmpuint (runnel_hit_find_point (xs, ys, 4, 50, 5, 5), ==, RUNNEL_NO_HIT);
}

/* as a search through all of them */
static void
test_random (void)
{
  enum { N = 300 };
  double x[N], y[N];

  for (guint round = 0; round < 200; round++)
    {
      double pointer_x = g_test_rand_double_range (-20, 320), pointer_y = g_test_rand_double_range (0, 50);
      double nearest = 12;
      guint found = RUNNEL_NO_HIT;

      for (guint i = 0; i < N; i++)
        {
          x[i] = i + (i > 0 ? g_test_rand_double () : 0);
          y[i] = g_test_rand_double_range (0, 50);
          if (i > 0)
            x[i] = MAX (x[i], x[i - 1]);
          if (hypot (x[i] - pointer_x, y[i] - pointer_y) <= nearest)
            {
              nearest = hypot (x[i] - pointer_x, y[i] - pointer_y);
              found = i;
            }
        }
      g_assert_cmpuint (runnel_hit_find_point (x, y, N, pointer_x, pointer_y, 12), ==, found);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/hit/first", test_first);
  g_test_add_func ("/charts/hit/nearest", test_nearest);
  g_test_add_func ("/charts/hit/point", test_point);
  g_test_add_func ("/charts/hit/random", test_random);

  return g_test_run ();
}
