/* test-environment.c: the environment variables of an attempt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-environment.h"

static void
assert_block (RunnelEnvironment *self, const char *expected)
{
  g_autofree char *text = g_strjoinv (" ", (char **) runnel_environment_get_block (self));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_set (void)
{
  const char *inherited[] = { "A=1", "AB=2", NULL };
  g_autoptr(RunnelEnvironment) self = runnel_environment_new (inherited);

  assert_block (self, "A=1 AB=2");
  runnel_environment_set (self, "A", "x=y");
  runnel_environment_set (self, "C", "");
  assert_block (self, "A=x=y AB=2 C=");
  runnel_environment_unset (self, "AB");
  runnel_environment_unset (self, "Z");
  assert_block (self, "A=x=y C=");
}

static void
test_copy (void)
{
  const char *inherited[] = { "A=1", NULL };
  g_autoptr(RunnelEnvironment) self = runnel_environment_new (inherited);
  g_autoptr(RunnelEnvironment) copy = runnel_environment_copy (self);

  runnel_environment_set (copy, "A", "2");
  assert_block (self, "A=1");
  assert_block (copy, "A=2");
}

static void
test_names (void)
{
  g_assert_true (runnel_environment_is_name ("PATH"));
  g_assert_true (runnel_environment_is_name ("with space"));
  g_assert_false (runnel_environment_is_name (""));
  g_assert_false (runnel_environment_is_name ("A=B"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/environment/set", test_set);
  g_test_add_func ("/engine/environment/copy", test_copy);
  g_test_add_func ("/engine/environment/names", test_names);
  return g_test_run ();
}
