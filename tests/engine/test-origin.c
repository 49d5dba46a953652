/* test-origin.c: from where somebody does something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <unistd.h>

#include "engine/runnel-origin.h"

static void
assert_origin (const char *expected)
{
  g_autofree char *origin = runnel_origin_describe ();

  g_assert_cmpstr (origin, ==, expected);
}

/* From the least to the most telling; without a terminal, which tests do not have for sure. */
static void
test_describe (void)
{
  if (!isatty (STDIN_FILENO) && !isatty (STDOUT_FILENO) && !isatty (STDERR_FILENO))
    assert_origin ("background");
  g_setenv ("SSH_CONNECTION", "192.0.2.7 50022 192.0.2.1 22", TRUE);
  assert_origin ("ssh 192.0.2.7");
  g_setenv ("RUNNEL_ORIGIN", "two\nlines", TRUE);
  assert_origin ("ssh 192.0.2.7");
  g_setenv ("RUNNEL_ORIGIN", "application", TRUE);
  assert_origin ("application");
  g_setenv ("RUNNEL_RUN_ID", "12", TRUE);
  assert_origin ("application");
  g_setenv ("RUNNEL_STEP", "deploy", TRUE);
  assert_origin ("step deploy of run 12");
}

static void
test_valid (void)
{
  g_autofree char *too_long = g_strnfill (RUNNEL_MAX_ORIGIN_LENGTH + 1, 'x');

  g_assert_true (runnel_origin_is_valid ("terminal pts/3"));
  g_assert_false (runnel_origin_is_valid (NULL));
  g_assert_false (runnel_origin_is_valid (""));
  g_assert_false (runnel_origin_is_valid ("\x1b[31mred"));
  g_assert_false (runnel_origin_is_valid ("\xff"));
  g_assert_false (runnel_origin_is_valid (too_long));
}

int
main (int argc, char **argv)
{
  static const char *const variables[] = {
    "SSH_CONNECTION", "RUNNEL_ORIGIN", "RUNNEL_RUN_ID", "RUNNEL_STEP",
  };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/origin/describe", test_describe);
  g_test_add_func ("/engine/origin/valid", test_valid);
  return g_test_run ();
}
