/* test-grid.c: finding items by place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-grid.h"

#define N_ITEMS 3000

static RunnelBox
random_box (GRand *rand,
            float  spread)
{
  const float x = g_rand_double_range (rand, -spread, spread),
              y = g_rand_double_range (rand, -spread, spread);
  const float width = g_rand_double_range (rand, 0, 500),
              height = g_rand_double_range (rand, 0, 500);

  if (g_rand_int_range (rand, 0, 20) == 0)
    return (RunnelBox) { 0, 0, -INFINITY, 0 };

  return (RunnelBox) { x, y, x + width, y + height };
}

static gboolean
touches (const RunnelBox *a,
         const RunnelBox *b)
{
  return a->x0 <= b->x1 && b->x0 <= a->x1 && a->y0 <= b->y1 && b->y0 <= a->y1;
}

/* Nothing that touches may be missing; what is far away must not be there. */
static void
check_query (RunnelGrid      *grid,
             const RunnelBox *boxes,
             guint            n_items,
             const RunnelBox *where,
             const guint8    *touched)
{
  g_autofree guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (n_items));

  runnel_grid_query (grid, where, bits);
  for (guint i = 0; i < n_items; i++)
    {
      if (boxes[i].x1 >= boxes[i].x0 && touches (&boxes[i], where))
        g_assert_true (runnel_bits_get (bits, i));
      else if (!touched[i] && (boxes[i].x1 < boxes[i].x0 || boxes[i].x0 > where->x1 + 1300 ||
                               boxes[i].y1 < where->y0 - 1300))
        g_assert_false (runnel_bits_get (bits, i));
    }
}

static void
test_query (void)
{
  GRand *rand = g_rand_new_with_seed (4);
  g_autoptr(RunnelGrid) grid = runnel_grid_new ();
  g_autofree RunnelBox *boxes = g_new (RunnelBox, N_ITEMS);
  g_autofree guint8 *touched = g_new0 (guint8, N_ITEMS);

  for (guint i = 0; i < N_ITEMS; i++)
    boxes[i] = random_box (rand, 12000);
  runnel_grid_build (grid, boxes, N_ITEMS);

  for (guint i = 0; i < 400; i++)
    {
      const RunnelBox where = random_box (rand, 12000);
      const guint moved = g_rand_int_range (rand, 0, N_ITEMS);

      if (where.x1 >= where.x0)
        check_query (grid, boxes, N_ITEMS, &where, touched);

      boxes[moved] = random_box (rand, 20000); /* some leave what the cells cover */
      touched[moved] = TRUE;
      runnel_grid_touch (grid, moved);
    }

  g_rand_free (rand);
}

static void
test_far_item (void)
{
  g_autoptr(RunnelGrid) grid = runnel_grid_new ();
  const RunnelBox boxes[] = { { 0, 0, 1, 1 }, { 4e6f, 4e6f, 4e6f, 4e6f }, { -4e6f, 0, 4e6f, 100 } };
  guint64 bits[1] = { 0 };

  runnel_grid_build (grid, boxes, G_N_ELEMENTS (boxes)); /* must not make millions of cells */
  runnel_grid_query (grid, &(RunnelBox) { -10, -10, 10, 10 }, bits);
  g_assert_true (runnel_bits_get (bits, 0));
  g_assert_true (runnel_bits_get (bits, 2));
  g_assert_false (runnel_bits_get (bits, 1));
}

static void
test_empty (void)
{
  g_autoptr(RunnelGrid) grid = runnel_grid_new ();
  guint64 bits[2] = { 0 };

  runnel_grid_query (grid, &(RunnelBox) { -1e9f, -1e9f, 1e9f, 1e9f }, bits);
  g_assert_cmpuint (bits[0], ==, 0);
  runnel_grid_touch (grid, 100);
  runnel_grid_touch (grid, 100);
  runnel_grid_query (grid, &(RunnelBox) { 0, 0, 1, 1 }, bits);
  g_assert_true (runnel_bits_get (bits, 100));
  runnel_grid_build (grid, NULL, 0);
  bits[1] = 0;
  runnel_grid_query (grid, &(RunnelBox) { 0, 0, 1, 1 }, bits);
  g_assert_cmpuint (bits[1], ==, 0);
}

static void
test_worn (void)
{
  g_autoptr(RunnelGrid) grid = runnel_grid_new ();
  const RunnelBox boxes[2000] = { { 0, 0, 1, 1 } };

  runnel_grid_build (grid, boxes, G_N_ELEMENTS (boxes));
  g_assert_false (runnel_grid_is_worn (grid));
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    runnel_grid_touch (grid, i);
  g_assert_true (runnel_grid_is_worn (grid));
  runnel_grid_build (grid, boxes, G_N_ELEMENTS (boxes));
  g_assert_false (runnel_grid_is_worn (grid));
}

static void
test_bits (void)
{
  guint64 bits[3] = { 0 };

  runnel_bits_set (bits, 0);
  runnel_bits_set (bits, 63);
  runnel_bits_set (bits, 130);
  g_assert_cmpuint (runnel_bits_next (bits, 131, 0), ==, 0);
  g_assert_cmpuint (runnel_bits_next (bits, 131, 1), ==, 63);
  g_assert_cmpuint (runnel_bits_next (bits, 131, 64), ==, 130);
  g_assert_cmpuint (runnel_bits_next (bits, 131, 131), ==, RUNNEL_NO_INDEX);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/grid/query", test_query);
  g_test_add_func ("/canvas/grid/far-item", test_far_item);
  g_test_add_func ("/canvas/grid/empty", test_empty);
  g_test_add_func ("/canvas/grid/worn", test_worn);
  g_test_add_func ("/canvas/grid/bits", test_bits);
  return g_test_run ();
}
