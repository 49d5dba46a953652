/* test-log-index.c: how many of something are in each block of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log/runnel-log-index.h"

#define MOST 60

static void
assert_find (RunnelLogIndex *index,
             guint64         n,
             guint64         block,
             guint           nth)
{
  guint64 found;
  guint found_nth;

  g_assert_true (runnel_log_index_find (index, n, &found, &found_nth));
  g_assert_cmpuint (found, ==, block);
  g_assert_cmpuint (found_nth, ==, nth);
}

static void
test_empty (void)
{
  g_autoptr(RunnelLogIndex) index = runnel_log_index_new ();
  guint64 block;
  guint nth;

  g_assert_true (runnel_log_index_is_exact (index));
  g_assert_cmpuint (runnel_log_index_get_total (index), ==, 0);
  g_assert_false (runnel_log_index_find (index, 0, &block, &nth));
}

static void
test_estimate (void)
{
  g_autoptr(RunnelLogIndex) index = runnel_log_index_new ();

  runnel_log_index_set_size (index, 4);
  runnel_log_index_set (index, 0, 100);
  runnel_log_index_set (index, 3, 200);
  g_assert_false (runnel_log_index_is_exact (index));
  g_assert_cmpuint (runnel_log_index_get_total (index), ==, 100 + 150 + 150 + 200);
  assert_find (index, 255, 2, 5);

  runnel_log_index_set (index, 1, 0);
  runnel_log_index_set (index, 2, 7);
  g_assert_true (runnel_log_index_is_exact (index));
  g_assert_cmpuint (runnel_log_index_get_total (index), ==, 307);
  assert_find (index, 99, 0, 99);
  assert_find (index, 100, 2, 0);
  assert_find (index, 107, 3, 0);
}

/* Against a list of where each one is. */
static void
check (RunnelLogIndex *index,
       const guint    *counts,
       guint           n_blocks)
{
  guint64 n = 0;
  guint64 block;
  guint nth;

  for (guint i = 0; i < n_blocks; i++)
    {
      g_assert_cmpuint (runnel_log_index_get_before (index, i), ==, n);
      for (guint k = 0; k < counts[i]; k++)
        assert_find (index, n++, i, k);
    }
  g_assert_cmpuint (runnel_log_index_get_total (index), ==, n);
  g_assert_false (runnel_log_index_find (index, n, &block, &nth));
}

static void
test_random (void)
{
  g_autoptr(RunnelLogIndex) index = runnel_log_index_new ();
  guint counts[MOST], n_blocks = 0;
  guint32 count;

  for (guint turn = 0; turn < 300; turn++)
    {
      guint size = g_test_rand_int_range (0, MOST);

      runnel_log_index_set_size (index, size);
      for (guint i = n_blocks; i < size; i++)
        {
          g_assert_false (runnel_log_index_get (index, i, &count));
          counts[i] = g_test_rand_bit () ? 0 : g_test_rand_int_range (0, 50);
          runnel_log_index_set (index, i, counts[i]);
        }
      n_blocks = size;
      for (guint k = 0; k < 3 && n_blocks > 0; k++)
        {
          guint block = g_test_rand_int_range (0, n_blocks);

          counts[block] = g_test_rand_int_range (0, 50);
          runnel_log_index_set (index, block, counts[block]);
        }
      check (index, counts, n_blocks);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/index/empty", test_empty);
  g_test_add_func ("/log/index/estimate", test_estimate);
  g_test_add_func ("/log/index/random", test_random);
  return g_test_run ();
}
