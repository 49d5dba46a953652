/* test-arrange.c: the layered layout
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-arrange.h"

static const RunnelArrangeMetrics metrics = { 224, 64, 96, 32 };

static void
assert_no_overlap (const RunnelPoint *points,
                   guint              n_points)
{
  g_autoptr(GHashTable) columns = g_hash_table_new_full (g_double_hash, g_double_equal, NULL,
                                                         (GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < n_points; i++)
    {
      GHashTable *rows = g_hash_table_lookup (columns, &points[i].x);

      if (rows == NULL)
        {
          rows = g_hash_table_new (NULL, NULL);
          g_hash_table_insert (columns, (gpointer) &points[i].x, rows);
        }

      g_assert_cmpfloat (fmod (points[i].y, 8), ==, 0);
      for (int d = -9; d <= 9; d++)
        g_assert_false (g_hash_table_contains (rows, GINT_TO_POINTER ((int) points[i].y / 8 + d)));
      g_hash_table_add (rows, GINT_TO_POINTER ((int) points[i].y / 8));
    }
}

static void
test_empty (void)
{
  runnel_arrange_graph (0, NULL, 0, &metrics, NULL);
}

static void
test_chain (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 } };
  RunnelPoint points[3];

  runnel_arrange_graph (3, links, 2, &metrics, points);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (points[i].x, ==, i * 320.0);
      g_assert_cmpfloat (points[i].y, ==, points[0].y);
    }
}

static void
test_diamond (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 0, 2 }, { 1, 3 }, { 2, 3 } };
  RunnelPoint points[4];

  runnel_arrange_graph (4, links, 4, &metrics, points);

  g_assert_cmpfloat (points[1].x, ==, points[2].x);
  g_assert_cmpfloat (fabs (points[1].y - points[2].y), >=, 96);
  g_assert_cmpfloat (points[0].y, ==, points[3].y);
  assert_no_overlap (points, 4);
}

/* a start that only a late step needs stands beside that step's column, not at the far left */
static void
test_late_start (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 4, 3 } };
  RunnelPoint points[5];

  runnel_arrange_graph (5, links, 4, &metrics, points);

  g_assert_cmpfloat (points[4].x, ==, points[2].x);
  assert_no_overlap (points, 5);
}

static void
test_crossing (void)
{
  const RunnelArrangeLink links[] = { { 0, 3 }, { 1, 2 }, { 4, 0 }, { 4, 1 } };
  RunnelPoint points[5];

  runnel_arrange_graph (5, links, 4, &metrics, points);

  g_assert_true ((points[0].y < points[1].y) == (points[3].y < points[2].y));
}

static void
test_long_link_keeps_lane (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 0, 3 } };
  RunnelPoint points[4];
  double straight;

  runnel_arrange_graph (4, links, 4, &metrics, points);

  straight = (points[0].y + points[3].y) / 2;
  g_assert_cmpfloat (fabs (points[1].y - straight), >, 8);
}

static void
test_cycle (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 }, { 2, 0 }, { 1, 1 }, { 0, 1 } };
  RunnelPoint points[3];

  runnel_arrange_graph (3, links, G_N_ELEMENTS (links), &metrics, points);
  assert_no_overlap (points, 3);
}

static void
test_parts (void)
{
  const RunnelArrangeLink links[] = { { 0, 2 }, { 1, 3 } };
  RunnelPoint points[16];

  runnel_arrange_graph (16, links, 2, &metrics, points);

  g_assert_cmpfloat (points[1].y, >, points[0].y);
  for (guint i = 4; i < 16; i++)
    g_assert_cmpfloat (points[i].y, >, points[1].y);
  assert_no_overlap (points, 16);
}

static void
assert_links_go_right (const RunnelArrangeLink *links,
                       guint                    n_links,
                       const RunnelPoint       *points)
{
  for (guint i = 0; i < n_links; i++)
    g_assert_cmpfloat (points[links[i].from].x, <, points[links[i].to].x);
}

static void
test_random (void)
{
  for (guint round = 0; round < 50; round++)
    {
      guint n_steps = g_test_rand_int_range (2, 120);
      guint n_links = n_steps * 3 / 2;
      g_autofree RunnelArrangeLink *links = g_new (RunnelArrangeLink, n_links);
      g_autofree RunnelPoint *points = g_new (RunnelPoint, n_steps);

      for (guint i = 0; i < n_links; i++)
        {
          guint to = g_test_rand_int_range (1, n_steps);

          links[i] = (RunnelArrangeLink) { g_test_rand_int_range (0, to), to };
        }

      runnel_arrange_graph (n_steps, links, n_links, &metrics, points);
      assert_links_go_right (links, n_links, points);
      assert_no_overlap (points, n_steps);
    }
}

static void
test_large (void)
{
  guint n_steps = 10000;
  guint n_links = 0;
  double elapsed;
  g_autofree RunnelArrangeLink *links = g_new (RunnelArrangeLink, n_steps * 2);
  g_autofree RunnelPoint *points = g_new (RunnelPoint, n_steps);

  for (guint i = 100; i < n_steps; i++)
    {
      links[n_links++] = (RunnelArrangeLink) { g_test_rand_int_range (i - 100, i - 50), i };
      if (i % 2 == 0)
        links[n_links++] = (RunnelArrangeLink) { g_test_rand_int_range (MAX ((int) i - 400, 0), i), i };
    }

  g_test_timer_start ();
  runnel_arrange_graph (n_steps, links, n_links, &metrics, points);
  elapsed = g_test_timer_elapsed ();
  g_test_minimized_result (elapsed, "10,000 steps, %u links: %.3f s", n_links, elapsed);
  assert_links_go_right (links, n_links, points);
  assert_no_overlap (points, n_steps);
}

/* the links that skip would need 12 million bends */
static void
test_deep (void)
{
  guint n_steps = 5000;
  g_autofree RunnelArrangeLink *links = g_new (RunnelArrangeLink, n_steps * 2);
  g_autofree RunnelPoint *points = g_new (RunnelPoint, n_steps);
  guint n_links = 0;

  for (guint i = 1; i < n_steps; i++)
    {
      links[n_links++] = (RunnelArrangeLink) { i - 1, i };
      links[n_links++] = (RunnelArrangeLink) { 0, i };
    }

  runnel_arrange_graph (n_steps, links, n_links, &metrics, points);
  g_assert_cmpfloat (points[n_steps - 1].x, ==, (n_steps - 1) * 320.0);
  assert_no_overlap (points, n_steps);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layout/arrange/empty", test_empty);
  g_test_add_func ("/layout/arrange/chain", test_chain);
  g_test_add_func ("/layout/arrange/diamond", test_diamond);
  g_test_add_func ("/layout/arrange/late-start", test_late_start);
  g_test_add_func ("/layout/arrange/crossing", test_crossing);
  g_test_add_func ("/layout/arrange/long-link-keeps-lane", test_long_link_keeps_lane);
  g_test_add_func ("/layout/arrange/cycle", test_cycle);
  g_test_add_func ("/layout/arrange/parts", test_parts);
  g_test_add_func ("/layout/arrange/random", test_random);
  g_test_add_func ("/layout/arrange/large", test_large);
  g_test_add_func ("/layout/arrange/deep", test_deep);

  return g_test_run ();
}
