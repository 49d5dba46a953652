/* test-pool.c: every job is done once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-pool.h"

#define N_JOBS 1000

static void
count (guint    job,
       gpointer user_data)
{
  int *counts = user_data;

  g_atomic_int_inc (&counts[job]);
}

static void
test_run (gconstpointer data)
{
  g_autoptr(RunnelPool) pool = runnel_pool_new (GPOINTER_TO_UINT (data));
  g_autofree int *counts = g_new0 (int, N_JOBS);

  for (guint round = 1; round <= 200; round++)
    {
      runnel_pool_run (pool, N_JOBS - round, count, counts);
      for (guint i = 0; i < N_JOBS - round; i++)
        g_assert_cmpint (counts[i], ==, (int) round);
    }
  g_assert_cmpint (counts[N_JOBS - 1], ==, 0);
}

static void
test_no_jobs (void)
{
  g_autoptr(RunnelPool) pool = runnel_pool_new (2);

  runnel_pool_run (pool, 0, count, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/canvas/pool/run/1", GUINT_TO_POINTER (1), test_run);
  g_test_add_data_func ("/canvas/pool/run/2", GUINT_TO_POINTER (2), test_run);
  g_test_add_data_func ("/canvas/pool/run/5", GUINT_TO_POINTER (5), test_run);
  g_test_add_func ("/canvas/pool/no-jobs", test_no_jobs);
  return g_test_run ();
}
