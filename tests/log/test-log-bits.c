/* test-log-bits.c: which of the lines of a block
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log/runnel-log-bits.h"

#define MOST 300

static void
check (const RunnelLogBits *bits,
       const gboolean      *expected)
{
  guint n = 0, next = 0;

  for (guint i = 0; i < bits->n; i++)
    {
      g_assert_cmpint (runnel_log_bits_get (bits, i), ==, expected[i]);
      g_assert_cmpuint (runnel_log_bits_count (bits, i), ==, n);
      if (!expected[i])
        continue;
      g_assert_cmpuint (runnel_log_bits_find (bits, n), ==, i);
      for (; next <= i; next++)
        g_assert_cmpuint (runnel_log_bits_next (bits, next), ==, i);
      n++;
    }
  g_assert_cmpuint (runnel_log_bits_count (bits, G_MAXUINT), ==, n);
  g_assert_cmpuint (runnel_log_bits_find (bits, n), ==, bits->n);
  g_assert_cmpuint (runnel_log_bits_next (bits, next), ==, bits->n);
  g_assert_false (runnel_log_bits_get (bits, bits->n));
}

static void
test_random (void)
{
  for (guint turn = 0; turn < 200; turn++)
    {
      guint n = g_test_rand_int_range (0, MOST);
      g_autofree RunnelLogBits *bits = runnel_log_bits_new (n);
      g_autofree RunnelLogBits *copy = NULL;
      gboolean expected[MOST] = { FALSE, };

      for (guint step = 0; step < 10 && n > 0; step++)
        {
          guint from = g_test_rand_int_range (0, n), to = g_test_rand_int_range (0, MOST + 50);
          gboolean value = g_test_rand_bit ();

          runnel_log_bits_set_range (bits, from, to, value);
          for (guint i = from; i < to && i < n; i++)
            expected[i] = value;
          from = g_test_rand_int_range (0, n);
          runnel_log_bits_set (bits, from);
          expected[from] = TRUE;
        }
      check (bits, expected);
      copy = runnel_log_bits_copy (bits);
      check (copy, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/bits/random", test_random);
  return g_test_run ();
}
