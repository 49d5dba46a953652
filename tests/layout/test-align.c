/* test-align.c: cards in a line, and at equal distances
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "layout/runnel-align.h"
#include "layout/runnel-measures.h"

static void
assert_points (const RunnelPoint *points,
               const RunnelPoint *expected,
               guint              n_points)
{
  for (guint i = 0; i < n_points; i++)
    {
      g_assert_cmpfloat (points[i].x, ==, expected[i].x);
      g_assert_cmpfloat (points[i].y, ==, expected[i].y);
    }
}

static void
test_edges (void)
{
  const struct
  {
    RunnelAlignment alignment;
    RunnelPoint expected[3];
  } cases[] = {
    { RUNNEL_ALIGN_LEFT, { { 0, 0 }, { 0, 200 }, { 0, 400 } } },
    { RUNNEL_ALIGN_CENTER, { { 304, 0 }, { 304, 200 }, { 304, 400 } } },
    { RUNNEL_ALIGN_RIGHT, { { 600, 0 }, { 600, 200 }, { 600, 400 } } },
    { RUNNEL_ALIGN_TOP, { { 300, 0 }, { 0, 0 }, { 600, 0 } } },
    { RUNNEL_ALIGN_MIDDLE, { { 300, 200 }, { 0, 200 }, { 600, 200 } } },
    { RUNNEL_ALIGN_BOTTOM, { { 300, 400 }, { 0, 400 }, { 600, 400 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RunnelPoint points[] = { { 300, 0 }, { 0, 200 }, { 600, 400 } };

      runnel_align (cases[i].alignment, points, 3);
      assert_points (points, cases[i].expected, 3);
    }
}

/* a row aligned at the left becomes a column, not a pile */
static void
test_no_pile (void)
{
  RunnelPoint points[] = { { 640, 0 }, { 0, 0 }, { 320, 0 } };
  const RunnelPoint expected[] = { { 0, 208 }, { 0, 0 }, { 0, 104 } };

  runnel_align (RUNNEL_ALIGN_LEFT, points, 3);
  assert_points (points, expected, 3);
}

static void
test_distribute (void)
{
  RunnelPoint points[] = { { 0, 5 }, { 1000, 9 }, { 300, 7 }, { 310, 300 } };
  const RunnelPoint expected[] = { { 0, 5 }, { 1000, 9 }, { 336, 7 }, { 664, 300 } };

  runnel_distribute (FALSE, points, 4);
  assert_points (points, expected, 4);
}

/* where there is no room, the last gives way */
static void
test_distribute_crowd (void)
{
  RunnelPoint points[] = { { 0, 0 }, { 0, 40 }, { 0, 80 } };
  const RunnelPoint expected[] = { { 0, 0 }, { 0, 104 }, { 0, 208 } };

  runnel_distribute (TRUE, points, 3);
  assert_points (points, expected, 3);
}

static void
test_few (void)
{
  RunnelPoint points[] = { { 3, 4 }, { 800, 4 } };
  const RunnelPoint expected[] = { { 3, 4 }, { 800, 4 } };

  runnel_align (RUNNEL_ALIGN_TOP, NULL, 0);
  runnel_align (RUNNEL_ALIGN_TOP, points, 1);
  runnel_distribute (FALSE, points, 2);
  assert_points (points, expected, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layout/align/edges", test_edges);
  g_test_add_func ("/layout/align/no-pile", test_no_pile);
  g_test_add_func ("/layout/align/distribute", test_distribute);
  g_test_add_func ("/layout/align/distribute-crowd", test_distribute_crowd);
  g_test_add_func ("/layout/align/few", test_few);

  return g_test_run ();
}
