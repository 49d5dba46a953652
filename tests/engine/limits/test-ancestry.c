/* test-ancestry.c: the steps inside which a run takes place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/limits/runnel-ancestry.h"

static void
test_has (void)
{
  const char *ancestry = "12:deploy,15:migrate.2";

  g_assert_true (runnel_ancestry_has (ancestry, 12, "deploy"));
  g_assert_true (runnel_ancestry_has (ancestry, 15, "migrate.2"));
  g_assert_true (runnel_ancestry_has (ancestry, 15, NULL));
  g_assert_false (runnel_ancestry_has (ancestry, 12, "migrate.2"));
  g_assert_false (runnel_ancestry_has (ancestry, 1, NULL));
  g_assert_false (runnel_ancestry_has ("", 12, NULL));
}

static void
test_from_environment (void)
{
  g_autofree char *none = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  none = runnel_ancestry_from_environment ();
  g_assert_cmpstr (none, ==, "");

  g_setenv ("RUNNEL_RUN_ID", "12", TRUE);
  g_setenv ("RUNNEL_STEP", "deploy", TRUE);
  one = runnel_ancestry_from_environment ();
  g_assert_cmpstr (one, ==, "12:deploy");

  g_setenv (RUNNEL_ENV_ANCESTRY, "3:all", TRUE);
  two = runnel_ancestry_from_environment ();
  g_assert_cmpstr (two, ==, "3:all,12:deploy");

  runnel_ancestry_hand_on (two);
  g_assert_cmpstr (g_getenv (RUNNEL_ENV_ANCESTRY), ==, two);
  runnel_ancestry_hand_on (NULL);
  g_assert_null (g_getenv (RUNNEL_ENV_ANCESTRY));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("RUNNEL_RUN_ID");
  g_unsetenv ("RUNNEL_STEP");
  g_unsetenv (RUNNEL_ENV_ANCESTRY);
  g_test_add_func ("/engine/limits/ancestry/has", test_has);
  g_test_add_func ("/engine/limits/ancestry/from-environment", test_from_environment);

  return g_test_run ();
}
