/* test-curve.c: a number that changes from time to time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts/runnel-curve.h"

static RunnelCurve *
make_curve (const RunnelCurvePoint *changes,
            guint                   n_changes)
{
  g_autoptr(GArray) array = g_array_new (FALSE, FALSE, sizeof (RunnelCurvePoint));

  g_array_append_vals (array, changes, n_changes);
  return runnel_curve_new (array);
}

static void
test_values (void)
{
  const RunnelCurvePoint changes[] = { { 30, -1 }, { 10, 1 }, { 20, 2 }, { 30, -2 }, { 20, 0.5 } };
  g_autoptr(RunnelCurve) curve = make_curve (changes, G_N_ELEMENTS (changes));

  g_assert_cmpuint (curve->points->len, ==, 3);
  g_assert_cmpfloat (curve->max, ==, 3.5);
  g_assert_cmpfloat (runnel_curve_get_value (curve, 9), ==, 0);
  g_assert_cmpfloat (runnel_curve_get_value (curve, 10), ==, 1);
  g_assert_cmpfloat (runnel_curve_get_value (curve, 19), ==, 1);
  g_assert_cmpfloat (runnel_curve_get_value (curve, 20), ==, 3.5);
  g_assert_cmpfloat (runnel_curve_get_value (curve, 30), ==, 0.5);
  g_assert_cmpfloat (runnel_curve_get_value (curve, G_MAXINT64), ==, 0.5);
}

static void
test_empty (void)
{
  g_autoptr(RunnelCurve) curve = make_curve (NULL, 0);

  g_assert_cmpfloat (curve->max, ==, 0);
  g_assert_cmpfloat (runnel_curve_get_value (curve, 5), ==, 0);
  g_assert_cmpfloat (runnel_curve_get_max (curve, 0, 100), ==, 0);
}

/* What goes up and down again in fractions ends at nothing. */
static void
test_back_to_zero (void)
{
  g_autoptr(GArray) changes = g_array_new (FALSE, FALSE, sizeof (RunnelCurvePoint));
  g_autoptr(RunnelCurve) curve = NULL;

  for (gint64 i = 0; i < 1000; i++)
    {
      const RunnelCurvePoint up = { i, 0.1 }, down = { 2000 - i, -0.1 };

      g_array_append_val (changes, up);
      g_array_append_val (changes, down);
    }
  curve = runnel_curve_new (changes);
  g_assert_cmpfloat (runnel_curve_get_value (curve, 3000), ==, 0);
}

/* The same by looking at each moment. */
static double
get_max_slowly (const RunnelCurve *curve,
                gint64             from,
                gint64             to)
{
  double max = 0;

  for (gint64 time = from; time < to; time++)
    max = MAX (max, runnel_curve_get_value (curve, time));
  return max;
}

static void
test_max_like_brute_force (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint n = 1; n <= 5000; n *= 3)
    {
      g_autoptr(GArray) changes = g_array_new (FALSE, FALSE, sizeof (RunnelCurvePoint));
      g_autoptr(RunnelCurve) curve = NULL;

      for (guint i = 0; i < n; i++)
        {
          gint64 start = g_rand_int_range (rand, 0, 2000);
          const RunnelCurvePoint up = { start, 1 };
          const RunnelCurvePoint down = { start + g_rand_int_range (rand, 1, 300), -1 };

          g_array_append_val (changes, up);
          g_array_append_val (changes, down);
        }
      curve = runnel_curve_new (changes);
      for (guint i = 0; i < 200; i++)
        {
          gint64 from = g_rand_int_range (rand, -10, 2300);
          gint64 to = from + g_rand_int_range (rand, 1, i < 100 ? 20 : 2000);

          g_assert_cmpfloat (runnel_curve_get_max (curve, from, to), ==,
                             get_max_slowly (curve, from, to));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/curve/values", test_values);
  g_test_add_func ("/charts/curve/empty", test_empty);
  g_test_add_func ("/charts/curve/back-to-zero", test_back_to_zero);
  g_test_add_func ("/charts/curve/max-like-brute-force", test_max_like_brute_force);
  return g_test_run ();
}
