/* test-pick.c: what is under the pointer, against looking at everything
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-pick.h"
#include "designer/canvas/runnel-scene-private.h"
#include "fixture.h"

#define ALL_PORTS (RUNNEL_PICK_INPUTS | RUNNEL_PICK_OUTPUTS)
#define N_POINTS 400
#define TOLERANCE 6.f

static guint
slow_node (RunnelScene *scene,
           float        x,
           float        y)
{
  guint best = RUNNEL_NO_INDEX;
  gboolean best_selected = FALSE;

  for (guint i = 0; i < scene->nodes->len; i++)
    {
      const RunnelNode *node = runnel_scene_node (scene, i);
      const gboolean selected = (node->flags & RUNNEL_NODE_SELECTED) != 0;

      if (node->alive && x >= node->x && x < node->x + RUNNEL_NODE_WIDTH && y >= node->y &&
          y < node->y + RUNNEL_NODE_HEIGHT &&
          (best == RUNNEL_NO_INDEX || selected >= best_selected))
        {
          best = i;
          best_selected = selected;
        }
    }

  return best;
}

static float
slow_link (RunnelScene *scene,
           float        x,
           float        y)
{
  float best = INFINITY;

  runnel_scene_settle (scene);
  for (guint i = 0; i < scene->links->len; i++)
    {
      if (runnel_scene_link (scene, i)->alive)
        best = MIN (best, runnel_wire_distance (&runnel_scene_link (scene, i)->wire, x, y));
    }

  return best;
}

static void
check_point (RunnelScene *scene,
             float        x,
             float        y)
{
  const float distance = slow_link (scene, x, y);
  const guint expected = slow_node (scene, x, y);
  guint node = RUNNEL_NO_INDEX, link;

  g_assert_true (runnel_pick_node (scene, x, y, &node) == (expected != RUNNEL_NO_INDEX));
  g_assert_cmpuint (node, ==, expected);

  g_assert_true (runnel_pick_link (scene, x, y, TOLERANCE, &link) == (distance <= TOLERANCE));
  if (distance <= TOLERANCE)
    g_assert_cmpfloat (runnel_wire_distance (&runnel_scene_link (scene, link)->wire, x, y), ==,
                       distance);
}

static void
check_box (RunnelScene     *scene,
           const RunnelBox *box)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint next = 0;

  runnel_pick_nodes_in (scene, box, nodes);
  for (guint i = 0; i < scene->nodes->len; i++)
    {
      const RunnelBox card = runnel_node_get_box (runnel_scene_node (scene, i));

      if (runnel_scene_node (scene, i)->alive && runnel_box_intersects (&card, box))
        g_assert_cmpuint (g_array_index (nodes, guint, next++), ==, i);
    }
  g_assert_cmpuint (next, ==, nodes->len);
}

static void
test_against_all (void)
{
  g_autoptr(RunnelScene) scene = fixture_layered (800, 9);
  GRand *rand = g_rand_new_with_seed (6);
  RunnelBox box;

  runnel_scene_get_extents (scene, &box);
  for (guint i = 0; i < N_POINTS; i++)
    {
      const float x = g_rand_double_range (rand, box.x0 - 50, box.x1 + 50);
      const float y = g_rand_double_range (rand, box.y0 - 50, box.y1 + 50);

      check_point (scene, x, y);
      check_box (scene, &(RunnelBox) { x, y, x + 700, y + 300 });
      fixture_edit (scene, rand);
    }

  g_rand_free (rand);
}

static void
test_ports (void)
{
  g_autoptr(RunnelScene) scene = fixture_layered (300, 2);
  RunnelPort port;
  guint node;
  float x, y;

  for (RunnelPort expected = 0; expected < RUNNEL_N_PORTS; expected++)
    {
      runnel_scene_get_port_position (scene, 150, expected, &x, &y);
      g_assert_true (runnel_pick_port (scene, x + 3, y - 3, 2, ALL_PORTS, &node, &port));
      g_assert_cmpuint (node, ==, 150);
      g_assert_cmpint (port, ==, expected);
    }

  runnel_scene_get_port_position (scene, 150, RUNNEL_PORT_INPUT, &x, &y);
  g_assert_true (runnel_pick_port (scene, x - 14, y, 10, ALL_PORTS, &node, &port));
  g_assert_false (runnel_pick_port (scene, x - 14, y, 8, ALL_PORTS, &node, &port));
  g_assert_false (runnel_pick_port (scene, x, y, 10, RUNNEL_PICK_OUTPUTS, &node, &port));
}

/* a long cut finds the same links as its pieces do */
static void
test_links_across (void)
{
  g_autoptr(RunnelScene) scene = fixture_layered (300, 4);
  g_autoptr(GArray) links = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GHashTable) found = g_hash_table_new (NULL, NULL);
  RunnelBox box;

  runnel_scene_get_extents (scene, &box);
  runnel_pick_links_across (scene, box.x0, box.y0, box.x1, box.y1, links);
  g_assert_cmpuint (links->len, >, 5);

  for (guint i = 0; i < links->len; i++)
    g_hash_table_add (found, GUINT_TO_POINTER (g_array_index (links, guint, i)));
  g_assert_cmpuint (g_hash_table_size (found), ==, links->len);

  g_array_set_size (links, 0);
  for (guint i = 0; i < 40; i++)
    {
      const float width = (box.x1 - box.x0) / 40, height = (box.y1 - box.y0) / 40;

      runnel_pick_links_across (scene, box.x0 + i * width, box.y0 + i * height,
                                box.x0 + (i + 1) * width, box.y0 + (i + 1) * height, links);
    }

  for (guint i = 0; i < links->len; i++)
    g_assert_true (g_hash_table_contains (found,
                                          GUINT_TO_POINTER (g_array_index (links, guint, i))));
  g_assert_cmpuint (links->len, >=, g_hash_table_size (found));
}

static void
test_areas (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint note =
    runnel_scene_add_area (scene, RUNNEL_AREA_NOTE, &(RunnelBox){ 0, 0, 50, 50 }, NULL, 0);
  const guint group =
    runnel_scene_add_area (scene, RUNNEL_AREA_GROUP, &(RunnelBox){ 0, 0, 100, 100 }, NULL, 0);
  guint area;

  g_assert_true (runnel_pick_area (scene, 10, 10, &area));
  g_assert_cmpuint (area, ==, note); /* notes lie above groups */
  g_assert_true (runnel_pick_area (scene, 70, 10, &area));
  g_assert_cmpuint (area, ==, group);
  g_assert_false (runnel_pick_area (scene, 170, 10, &area));
}

static void
test_nothing (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  RunnelPort port;
  guint index;

  g_assert_false (runnel_pick_node (scene, 0, 0, &index));
  g_assert_false (runnel_pick_link (scene, 0, 0, 6, &index));
  g_assert_false (runnel_pick_port (scene, 0, 0, 6, ALL_PORTS, &index, &port));
  g_assert_false (runnel_pick_area (scene, 0, 0, &index));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/pick/against-all", test_against_all);
  g_test_add_func ("/canvas/pick/ports", test_ports);
  g_test_add_func ("/canvas/pick/links-across", test_links_across);
  g_test_add_func ("/canvas/pick/areas", test_areas);
  g_test_add_func ("/canvas/pick/nothing", test_nothing);
  return g_test_run ();
}
