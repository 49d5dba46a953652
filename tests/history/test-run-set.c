/* test-run-set.c: a set of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history/runnel-run-set.h"

static void
test_members (void)
{
  static const gint64 members[] = { 1, 63, 64, 65, 128, 100000 };
  g_autoptr(RunnelRunSet) set = runnel_run_set_new ();
  guint n_found = 0;

  g_assert_true (runnel_run_set_is_empty (set));
  g_assert_false (runnel_run_set_has (set, 1));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    runnel_run_set_add (set, members[i]);
  runnel_run_set_add (set, 64);
  g_assert_false (runnel_run_set_is_empty (set));
  for (gint64 run = -1; run < 200000; run++)
    if (runnel_run_set_has (set, run))
      g_assert_cmpint (run, ==, members[n_found++]);
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (members));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/run-set/members", test_members);
  return g_test_run ();
}
