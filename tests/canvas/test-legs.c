/* test-legs.c: how the bar of a matrix step is divided
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-legs.h"

static void
test_split (void)
{
  const RunnelLegs legs = { { [RUNNEL_STATE_SUCCEEDED] = 6,
                              [RUNNEL_STATE_FAILED] = 2,
                              [RUNNEL_STATE_PENDING] = 2 } };
  RunnelLegsPart parts[RUNNEL_N_STATES];

  g_assert_cmpuint (runnel_legs_count (&legs), ==, 10);
  g_assert_cmpuint (runnel_legs_split (&legs, 112, parts), ==, 3);
  g_assert_cmpint (parts[0].state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (parts[0].pattern, ==, RUNNEL_LEGS_SOLID);
  g_assert_cmpfloat (parts[0].start, ==, 0);
  g_assert_cmpfloat (parts[0].end, ==, 64);
  g_assert_cmpint (parts[1].state, ==, RUNNEL_STATE_FAILED);
  g_assert_cmpint (parts[1].pattern, ==, RUNNEL_LEGS_TALL);
  g_assert_cmpfloat (parts[1].end, ==, 88);
  g_assert_cmpint (parts[2].state, ==, RUNNEL_STATE_PENDING);
  g_assert_cmpfloat (parts[2].end, ==, 112);
}

/* one failure among many is seen, and the parts still fill the bar */
static void
test_one_of_many (void)
{
  const RunnelLegs legs = { { [RUNNEL_STATE_SUCCEEDED] = 9999, [RUNNEL_STATE_TIMED_OUT] = 1 } };
  RunnelLegsPart parts[RUNNEL_N_STATES];

  g_assert_cmpuint (runnel_legs_split (&legs, 200, parts), ==, 2);
  g_assert_cmpfloat (parts[1].end - parts[1].start, >=, 4);
  g_assert_cmpfloat_with_epsilon (parts[1].end, 200, 1e-9);
}

static void
test_every_state_has_a_part (void)
{
  RunnelLegsPart parts[RUNNEL_N_STATES];
  RunnelLegs legs;
  guint seen = 0;

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    legs.counts[i] = 1;
  g_assert_cmpuint (runnel_legs_split (&legs, 100, parts), ==, RUNNEL_N_STATES);
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    seen |= 1u << parts[i].state;
  g_assert_cmphex (seen, ==, (1u << RUNNEL_N_STATES) - 1);
}

static void
test_none (void)
{
  const RunnelLegs legs = { { 0 } };
  RunnelLegsPart parts[RUNNEL_N_STATES];

  g_assert_cmpuint (runnel_legs_split (&legs, 100, parts), ==, 0);
  g_assert_true (runnel_legs_equal (&legs, &(RunnelLegs) { { 0 } }));
  g_assert_true (runnel_legs_equal (NULL, NULL));
  g_assert_false (runnel_legs_equal (&legs, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/legs/split", test_split);
  g_test_add_func ("/canvas/legs/one-of-many", test_one_of_many);
  g_test_add_func ("/canvas/legs/every-state-has-a-part", test_every_state_has_a_part);
  g_test_add_func ("/canvas/legs/none", test_none);
  return g_test_run ();
}
