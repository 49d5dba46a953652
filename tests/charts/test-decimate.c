/* test-decimate.c: no more points than there are pixels to see them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-decimate.h"

static void
assert_kept (const double *x,
             const double *y,
             guint         n_points,
             const char   *expected)
{
  g_autoptr(GArray) kept = runnel_decimate (x, y, n_points);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < kept->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (kept, guint, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_columns (void)
{
  assert_kept ((double[]) { 0, 1, 2 }, (double[]) { 5, 6, 7 }, 3, "0 1 2");
  /* the first, the lowest, the highest and the last, in their order */
  assert_kept ((double[]) { 3.0, 3.1, 3.2, 3.3, 3.4, 3.5, 4 }, (double[]) { 5, 9, 6, 6, 1, 4, 0 }, 7,
               "0 1 4 5 6");
  assert_kept ((double[]) { 3.0, 3.1, 3.2 }, (double[]) { 5, 5, 5 }, 3, "0 2");
  assert_kept (NULL, NULL, 0, "");
}

static void
test_gaps (void)
{
  assert_kept ((double[]) { 0, 1, 2, 3 }, (double[]) { 5, NAN, NAN, 7 }, 4, "0 1 3");
  /* also inside of a column */
  assert_kept ((double[]) { 0.1, 0.2, 0.3 }, (double[]) { 5, NAN, 7 }, 3, "0 1 2");
  assert_kept ((double[]) { 0, 1 }, (double[]) { NAN, NAN }, 2, "0");
}

/* The pixels from the lowest to the highest of each column stay the same, and so do the points
 * through which a line comes in and goes out. */
static void
test_random (void)
{
  enum { N = 5000, WIDTH = 300 };
  double x[N], y[N];

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr(GArray) kept = NULL;
      double all_low[WIDTH], all_high[WIDTH], kept_low[WIDTH], kept_high[WIDTH];

      for (guint i = 0; i < N; i++)
        {
          x[i] = (double) i * WIDTH / N;
          y[i] = g_test_rand_double ();
        }
      for (guint i = 0; i < WIDTH; i++)
        {
          all_low[i] = kept_low[i] = 2;
          all_high[i] = kept_high[i] = -1;
        }
      kept = runnel_decimate (x, y, N);
      g_assert_cmpuint (kept->len, <=, 4 * WIDTH);
      for (guint i = 0; i < N; i++)
        {
          all_low[(int) x[i]] = MIN (all_low[(int) x[i]], y[i]);
          all_high[(int) x[i]] = MAX (all_high[(int) x[i]], y[i]);
        }
      for (guint i = 0; i < kept->len; i++)
        {
          guint point = g_array_index (kept, guint, i);

          g_assert_true (i == 0 || point > g_array_index (kept, guint, i - 1));
          kept_low[(int) x[point]] = MIN (kept_low[(int) x[point]], y[point]);
          kept_high[(int) x[point]] = MAX (kept_high[(int) x[point]], y[point]);
        }
      for (guint i = 0; i < WIDTH; i++)
        {
          g_assert_cmpfloat (all_low[i], ==, kept_low[i]);
          g_assert_cmpfloat (all_high[i], ==, kept_high[i]);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/decimate/columns", test_columns);
  g_test_add_func ("/charts/decimate/gaps", test_gaps);
  g_test_add_func ("/charts/decimate/random", test_random);

  return g_test_run ();
}
