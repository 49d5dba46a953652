/* test-log-bytes.c: counts bytes of one kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log/runnel-log-bytes.h"

static gsize
count_slowly (const char *text,
              gsize       length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n';
  return n;
}

/* Of all lengths, and from everywhere on. */
static void
test_random (void)
{
  g_autofree char *text = g_malloc (5000);

  for (guint turn = 0; turn < 500; turn++)
    {
      guint start = g_test_rand_int_range (0, 9), length = g_test_rand_int_range (0, 4990);

      for (guint i = 0; i < 5000; i++)
        text[i] = g_test_rand_bit () ? '\n' : (char) g_test_rand_int_range (0, 256);
      g_assert_cmpuint (runnel_log_bytes_count (text + start, length, '\n'), ==,
                        count_slowly (text + start, length));
    }
}

static void
test_only_one (void)
{
  g_autofree char *text = g_strnfill (100000, '\n');

  g_assert_cmpuint (runnel_log_bytes_count (text, 100000, '\n'), ==, 100000);
  g_assert_cmpuint (runnel_log_bytes_count (text, 0, '\n'), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/bytes/random", test_random);
  g_test_add_func ("/log/bytes/only-one", test_only_one);
  return g_test_run ();
}
