/* test-log-newlines.c: counts the ends of lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log/runnel-log-newlines.h"

static gsize
count_slowly (const char *text,
              gsize       length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n';
  return n;
}

/* All bytes, also those that differ from a newline in one bit, at all distances to the words. */
static void
test_random (void)
{
  g_autofree char *text = g_malloc (5000);

  for (guint turn = 0; turn < 500; turn++)
    {
      guint start = g_test_rand_int_range (0, 9), length = g_test_rand_int_range (0, 4990);

      for (guint i = 0; i < 5000; i++)
        text[i] = g_test_rand_bit () ? '\n' : (char) g_test_rand_int_range (0, 256);
      g_assert_cmpuint (runnel_log_newlines_count (text + start, length), ==,
                        count_slowly (text + start, length));
    }
}

static void
test_only_newlines (void)
{
  g_autofree char *text = g_strnfill (100000, '\n');

  g_assert_cmpuint (runnel_log_newlines_count (text, 100000), ==, 100000);
  g_assert_cmpuint (runnel_log_newlines_count (text, 0), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/newlines/random", test_random);
  g_test_add_func ("/log/newlines/only-newlines", test_only_newlines);
  return g_test_run ();
}
