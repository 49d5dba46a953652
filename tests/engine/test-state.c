/* test-state.c: the states of runs and steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-state.h"

static void
test_names (void)
{
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    {
      RunnelState state = RUNNEL_N_STATES;

      g_assert_true (runnel_state_from_string (runnel_state_to_string (i), &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_cmpstr (runnel_state_to_string (RUNNEL_STATE_TIMED_OUT), ==, "timed-out");
}

static void
test_unknown_name (void)
{
  RunnelState state = RUNNEL_STATE_FAILED;

  g_assert_false (runnel_state_from_string ("Succeeded", &state));
  g_assert_false (runnel_state_from_string (NULL, &state));
  g_assert_cmpint (state, ==, RUNNEL_STATE_FAILED);
}

static void
test_classes (void)
{
  guint n_terminal = 0;
  guint n_failures = 0;

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    {
      n_terminal += runnel_state_is_terminal (i);
      n_failures += runnel_state_is_failure (i);
      g_assert_false (runnel_state_is_failure (i) && !runnel_state_is_terminal (i));
    }
  g_assert_cmpuint (n_terminal, ==, 6);
  g_assert_cmpuint (n_failures, ==, 3);
  g_assert_false (runnel_state_is_terminal (RUNNEL_STATE_WAITING));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/state/names", test_names);
  g_test_add_func ("/engine/state/unknown-name", test_unknown_name);
  g_test_add_func ("/engine/state/classes", test_classes);
  return g_test_run ();
}
