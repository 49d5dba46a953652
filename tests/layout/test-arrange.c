/* test-arrange.c: the layered layout
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-arrange.h"
#include "layout/runnel-measures.h"

#define COLUMN (RUNNEL_NODE_WIDTH + RUNNEL_COLUMN_GAP)
#define ROW (RUNNEL_NODE_HEIGHT + RUNNEL_ROW_GAP)

static void
arrange_with (RunnelArrangeGraph       graph,
              guint                    n_steps,
              const RunnelArrangeLink *links,
              guint                    n_links,
              RunnelPoint             *points)
{
  g_autofree RunnelArrangeSize *sizes = g_new (RunnelArrangeSize, n_steps + 1);

  for (guint i = 0; i < n_steps; i++)
    sizes[i] = (RunnelArrangeSize) { RUNNEL_NODE_WIDTH, RUNNEL_NODE_HEIGHT };

  graph.n_steps = n_steps;
  graph.sizes = sizes;
  graph.links = links;
  graph.n_links = n_links;
  runnel_arrange_graph (&graph, points);
}

static void
arrange (guint                    n_steps,
         const RunnelArrangeLink *links,
         guint                    n_links,
         RunnelPoint             *points)
{
  arrange_with ((RunnelArrangeGraph) { 0 }, n_steps, links, n_links, points);
}

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
      for (int d = -8; d <= 8; d++)
        g_assert_false (g_hash_table_contains (rows, GINT_TO_POINTER ((int) points[i].y / 8 + d)));
      g_hash_table_add (rows, GINT_TO_POINTER ((int) points[i].y / 8));
    }
}

static void
test_empty (void)
{
  arrange (0, NULL, 0, NULL);
}

static void
test_chain (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 } };
  RunnelPoint points[3];

  arrange (3, links, 2, points);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (points[i].x, ==, i * COLUMN);
      g_assert_cmpfloat (points[i].y, ==, points[0].y);
    }
}

static void
test_diamond (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 0, 2 }, { 1, 3 }, { 2, 3 } };
  RunnelPoint points[4];

  arrange (4, links, 4, points);

  g_assert_cmpfloat (points[1].x, ==, points[2].x);
  g_assert_cmpfloat (fabs (points[1].y - points[2].y), >=, ROW);
  g_assert_cmpfloat (points[0].y, ==, points[3].y);
  assert_no_overlap (points, 4);
}

/* a start that only a late step needs stands beside that step's column, not at the far left */
static void
test_late_start (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 4, 3 } };
  RunnelPoint points[5];

  arrange (5, links, 4, points);

  g_assert_cmpfloat (points[4].x, ==, points[2].x);
  assert_no_overlap (points, 5);
}

static void
test_crossing (void)
{
  const RunnelArrangeLink links[] = { { 0, 3 }, { 1, 2 }, { 4, 0 }, { 4, 1 } };
  RunnelPoint points[5];

  arrange (5, links, 4, points);

  g_assert_true ((points[0].y < points[1].y) == (points[3].y < points[2].y));
}

static void
test_long_link_keeps_lane (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 0, 3 } };
  RunnelPoint points[4];
  double straight;

  arrange (4, links, 4, points);

  straight = (points[0].y + points[3].y) / 2;
  g_assert_cmpfloat (fabs (points[1].y - straight), >, 8);
}

static void
test_cycle (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 1, 2 }, { 2, 0 }, { 1, 1 }, { 0, 1 } };
  RunnelPoint points[3];

  arrange (3, links, G_N_ELEMENTS (links), points);
  assert_no_overlap (points, 3);
}

static void
test_parts (void)
{
  const RunnelArrangeLink links[] = { { 0, 2 }, { 1, 3 } };
  RunnelPoint points[16];

  arrange (16, links, 2, points);

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

      arrange (n_steps, links, n_links, points);
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
  arrange (n_steps, links, n_links, points);
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

  arrange (n_steps, links, n_links, points);
  g_assert_cmpfloat (points[n_steps - 1].x, ==, (n_steps - 1) * COLUMN);
  assert_no_overlap (points, n_steps);
}

/* two branches of which either may be above: they stay as they were */
static void
test_keeps_order (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 0, 2 }, { 1, 3 }, { 2, 3 } };
  const RunnelPoint before[] = { { 0, 0 }, { 300, 500 }, { 300, 100 }, { NAN, NAN } };
  RunnelPoint points[4];

  arrange (4, links, 4, points);
  g_assert_cmpfloat (points[1].y, <, points[2].y);

  arrange_with ((RunnelArrangeGraph) { .before = before }, 4, links, 4, points);
  g_assert_cmpfloat (points[1].y, >, points[2].y);
}

/* parts are stacked in the order in which they were seen */
static void
test_keeps_order_of_parts (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 2, 3 } };
  const RunnelPoint before[] = { { 0, 900 }, { 300, 900 }, { 0, 100 }, { 300, 100 } };
  RunnelPoint points[4];

  arrange_with ((RunnelArrangeGraph) { .before = before }, 4, links, 2, points);
  g_assert_cmpfloat (points[2].y, <, points[0].y);
}

static void
test_down (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 }, { 0, 2 }, { 1, 3 }, { 2, 3 } };
  const RunnelArrangeGraph graph = { .direction = RUNNEL_DIRECTION_DOWN };
  RunnelPoint points[4];

  arrange_with (graph, 4, links, 4, points);

  g_assert_cmpfloat (points[0].y, <, points[1].y);
  g_assert_cmpfloat (points[1].y, ==, points[2].y);
  g_assert_cmpfloat (points[2].y, <, points[3].y);
  g_assert_cmpfloat (fabs (points[1].x - points[2].x), >=, RUNNEL_NODE_WIDTH + RUNNEL_ROW_GAP);
  g_assert_cmpfloat (points[0].x, ==, points[3].x);
}

typedef struct
{
  double x0, y0, x1, y1;
} Frame;

/* the frame that the canvas draws around the members */
static Frame
get_frame (const RunnelPoint *points,
           const guint       *group_of,
           guint              n_points,
           guint              group)
{
  Frame frame = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < n_points; i++)
    if (group_of[i] == group)
      frame = (Frame) { MIN (frame.x0, points[i].x - RUNNEL_GROUP_PADDING),
                        MIN (frame.y0, points[i].y - RUNNEL_GROUP_PADDING - RUNNEL_GROUP_TITLE),
                        MAX (frame.x1, points[i].x + RUNNEL_NODE_WIDTH + RUNNEL_GROUP_PADDING),
                        MAX (frame.y1, points[i].y + RUNNEL_NODE_HEIGHT + RUNNEL_GROUP_PADDING) };

  return frame;
}

static void
assert_foreign_outside (const RunnelPoint *points,
                        const guint       *group_of,
                        guint              n_points,
                        guint              group)
{
  const Frame frame = get_frame (points, group_of, n_points, group);

  for (guint i = 0; i < n_points; i++)
    g_assert_true (group_of[i] == group || points[i].x >= frame.x1 || points[i].y >= frame.y1
                   || points[i].x + RUNNEL_NODE_WIDTH <= frame.x0
                   || points[i].y + RUNNEL_NODE_HEIGHT <= frame.y0);
}

static void
assert_apart (const RunnelPoint *points,
              guint              n_points)
{
  for (guint i = 0; i < n_points; i++)
    for (guint k = 0; k < i; k++)
      g_assert_true (fabs (points[i].x - points[k].x) >= RUNNEL_NODE_WIDTH
                     || fabs (points[i].y - points[k].y) >= RUNNEL_NODE_HEIGHT);
}

/* no foreign step gets into a frame, also when the group is needed by what it needs */
static void
test_groups (void)
{
  for (guint round = 0; round < 50; round++)
    {
      guint n_steps = g_test_rand_int_range (4, 60);
      guint n_links = n_steps * 3 / 2;
      g_autofree RunnelArrangeLink *links = g_new (RunnelArrangeLink, n_links);
      g_autofree RunnelPoint *points = g_new (RunnelPoint, n_steps);
      g_autofree guint *group_of = g_new (guint, n_steps);
      RunnelArrangeGraph graph = { .group_of = group_of, .n_groups = 4 };

      graph.direction = round % 2;
      for (guint i = 0; i < n_steps; i++)
        group_of[i] = g_test_rand_bit () ? (guint) g_test_rand_int_range (0, 3) : G_MAXUINT;
      for (guint i = 0; i < n_links; i++)
        {
          guint to = g_test_rand_int_range (1, n_steps);

          links[i] = (RunnelArrangeLink) { g_test_rand_int_range (0, to), to };
        }

      arrange_with (graph, n_steps, links, n_links, points);
      assert_apart (points, n_steps);
      for (guint group = 0; group < 3; group++)
        assert_foreign_outside (points, group_of, n_steps, group);
    }
}

static void
test_cancelled (void)
{
  const RunnelArrangeLink links[] = { { 0, 1 } };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  RunnelPoint points[2];

  g_cancellable_cancel (cancellable);
  arrange_with ((RunnelArrangeGraph) { .cancellable = cancellable }, 2, links, 1, points);
  assert_no_overlap (points, 2);
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
  g_test_add_func ("/layout/arrange/keeps-order", test_keeps_order);
  g_test_add_func ("/layout/arrange/keeps-order-of-parts", test_keeps_order_of_parts);
  g_test_add_func ("/layout/arrange/down", test_down);
  g_test_add_func ("/layout/arrange/groups", test_groups);
  g_test_add_func ("/layout/arrange/cancelled", test_cancelled);

  return g_test_run ();
}
