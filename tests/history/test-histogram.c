/* test-histogram.c: how many durations were how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-histogram.h"
#include "util/runnel-sort.h"

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

/* durations from microseconds to months, as many of each size */
static gint64
draw_value (void)
{
  int bits = g_test_rand_int_range (0, 43);

  return (G_GINT64_CONSTANT (1) << bits) +
         (gint64) (g_test_rand_double () * (G_GINT64_CONSTANT (1) << bits));
}

/* buckets lie next to each other, without holes and without overlap */
static void
test_buckets (void)
{
  const guint last = RUNNEL_HISTOGRAM_MAX_BUCKET;

  g_assert_cmpuint (runnel_histogram_get_bucket (G_MAXINT64), ==, last);
  g_assert_cmpuint (runnel_histogram_get_bucket (-5), ==, 0);
  for (guint bucket = 0; bucket <= last; bucket++)
    {
      gint64 low = runnel_histogram_get_low (bucket), high = runnel_histogram_get_high (bucket);

      g_assert_cmpint (low, <=, high);
      g_assert_cmpuint (runnel_histogram_get_bucket (low), ==, bucket);
      g_assert_cmpuint (runnel_histogram_get_bucket (high), ==, bucket);
      if (bucket < last)
        g_assert_cmpint (high + 1, ==, runnel_histogram_get_low (bucket + 1));
    }
  g_assert_cmpint (runnel_histogram_get_high (last), ==, G_MAXINT64);
}

static void
check_percentile (const RunnelHistogram *histogram,
                  const gint64          *sorted,
                  guint                  n,
                  guint                  percent)
{
  guint rank = (n * percent + 99) / 100;
  gint64 exact = sorted[MAX (rank, 1) - 1];
  gint64 found = runnel_histogram_get_percentile (histogram, percent);

  g_assert_cmpfloat (ABS (found - exact), <=, exact * RUNNEL_HISTOGRAM_ERROR);
}

static void
test_percentiles (void)
{
  for (guint round = 0; round < 200; round++)
    {
      guint n = g_test_rand_int_range (1, 400);
      g_autofree gint64 *values = g_new (gint64, n);
      RunnelHistogram histogram = { 0, };

      for (guint i = 0; i < n; i++)
        {
          values[i] = draw_value ();
          runnel_histogram_add (&histogram, values[i]);
        }
      runnel_sort (values, n, sizeof *values, compare_values);
      g_assert_cmpint (histogram.total, ==, n);
      for (guint percent = 1; percent <= 100; percent++)
        check_percentile (&histogram, values, n, percent);
      runnel_histogram_clear (&histogram);
    }
}

static void
test_empty (void)
{
  RunnelHistogram histogram = { 0, };

  g_assert_cmpint (runnel_histogram_get_percentile (&histogram, 50), ==, -1);
  runnel_histogram_add (&histogram, 12);
  g_assert_cmpint (runnel_histogram_get_percentile (&histogram, 1), ==, 12);
  g_assert_cmpint (runnel_histogram_get_percentile (&histogram, 100), ==, 12);
  runnel_histogram_clear (&histogram);
  g_assert_cmpint (runnel_histogram_get_percentile (&histogram, 50), ==, -1);
}

static void
assert_same (const RunnelHistogram *a,
             const RunnelHistogram *b)
{
  g_assert_cmpint (a->total, ==, b->total);
  g_assert_cmpuint (runnel_histogram_get_n_bins (a), ==, runnel_histogram_get_n_bins (b));
  for (guint i = 0; i < runnel_histogram_get_n_bins (a); i++)
    {
      g_assert_cmpuint (runnel_histogram_get_bin (a, i).bucket, ==,
                        runnel_histogram_get_bin (b, i).bucket);
      g_assert_cmpint (runnel_histogram_get_bin (a, i).count, ==,
                       runnel_histogram_get_bin (b, i).count);
    }
}

/* two halves together are the whole, and the whole without a half is the other one */
static void
test_merge (void)
{
  RunnelHistogram halves[2] = { { 0, }, { 0, } }, whole = { 0, }, merged = { 0, };

  for (guint i = 0; i < 1000; i++)
    {
      gint64 value = draw_value ();

      runnel_histogram_add (&halves[g_test_rand_bit () ? 1 : 0], value);
      runnel_histogram_add (&whole, value);
    }
  runnel_histogram_merge (&merged, &halves[0], 1);
  runnel_histogram_merge (&merged, &halves[1], 1);
  assert_same (&merged, &whole);
  runnel_histogram_merge (&merged, &halves[0], -1);
  assert_same (&merged, &halves[1]);
  runnel_histogram_merge (&merged, &halves[1], -1);
  g_assert_cmpuint (runnel_histogram_get_n_bins (&merged), ==, 0);
  runnel_histogram_clear (&merged);
  runnel_histogram_clear (&whole);
  runnel_histogram_clear (&halves[0]);
  runnel_histogram_clear (&halves[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/histogram/buckets", test_buckets);
  g_test_add_func ("/history/histogram/percentiles", test_percentiles);
  g_test_add_func ("/history/histogram/empty", test_empty);
  g_test_add_func ("/history/histogram/merge", test_merge);

  return g_test_run ();
}
