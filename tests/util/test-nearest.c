/* test-nearest.c: the word somebody probably meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "util/runnel-nearest.h"

static const char *const names[] = { "name", "needs", "timeout", "retry", "env", "a", NULL };

static void
test_found (void)
{
  g_assert_cmpstr (runnel_nearest ("need", names), ==, "needs");
  g_assert_cmpstr (runnel_nearest ("timeuot", names), ==, "timeout");
  g_assert_cmpstr (runnel_nearest ("Timeout", names), ==, "timeout");
  g_assert_cmpstr (runnel_nearest ("nmae", names), ==, "name");
  g_assert_cmpstr (runnel_nearest ("envs", names), ==, "env");
}

static void
test_none (void)
{
  g_autofree char *hostile = g_strnfill (1000000, 'n');

  g_assert_null (runnel_nearest ("matrix", names));
  g_assert_null (runnel_nearest ("b", names));
  g_assert_null (runnel_nearest ("", names));
  g_assert_null (runnel_nearest (hostile, names));
}

static void
test_suggest (void)
{
  RunnelNearest search = { .word = "tiemout" };
  g_autofree char *nothing = runnel_nearest_suggest (&search);
  g_autofree char *sentence = NULL;

  for (gsize i = 0; names[i]; i++)
    runnel_nearest_consider (&search, names[i]);
  sentence = runnel_nearest_suggest (&search);
  g_assert_null (nothing);
  g_assert_cmpstr (sentence, ==, "did you mean “timeout”?");
}

/* Of those that are equally near, the first. */
static void
test_first (void)
{
  const char *const alike[] = { "step-b", "step-a", NULL };

  g_assert_cmpstr (runnel_nearest ("step-c", alike), ==, "step-b");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/nearest/found", test_found);
  g_test_add_func ("/util/nearest/none", test_none);
  g_test_add_func ("/util/nearest/suggest", test_suggest);
  g_test_add_func ("/util/nearest/first", test_first);

  return g_test_run ();
}
