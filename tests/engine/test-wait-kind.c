/* test-wait-kind.c: what a step that waits waits for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-wait-kind.h"

static void
test_names (void)
{
  for (guint i = 0; i < RUNNEL_N_WAIT_KINDS; i++)
    g_assert_cmpint (runnel_wait_kind_from_string (runnel_wait_kind_to_string (i)), ==, i);
}

/* A later version may tell more of them apart. */
static void
test_unknown (void)
{
  g_assert_cmpint (runnel_wait_kind_from_string ("tide"), ==, RUNNEL_WAIT_UNKNOWN);
  g_assert_cmpint (runnel_wait_kind_from_string (NULL), ==, RUNNEL_WAIT_UNKNOWN);
  g_assert_cmpstr (runnel_wait_kind_to_string (99), ==, "unknown");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/wait-kind/names", test_names);
  g_test_add_func ("/engine/wait-kind/unknown", test_unknown);
  return g_test_run ();
}
