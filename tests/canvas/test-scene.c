/* test-scene.c: nodes, links and areas, and what their changes make stale
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-pick.h"
#include "designer/canvas/runnel-scene-private.h"
#include "fixture.h"

static gboolean
is_damaged (RunnelScene *scene,
            float        x,
            float        y)
{
  gboolean all;
  guint n_boxes;
  const RunnelBox *boxes = runnel_scene_get_damage (scene, &n_boxes, &all);

  for (guint i = 0; i < n_boxes; i++)
    {
      if (x >= boxes[i].x0 && x < boxes[i].x1 && y >= boxes[i].y0 && y < boxes[i].y1)
        return TRUE;
    }

  return all;
}

static gboolean
is_clean (RunnelScene *scene)
{
  gboolean all;
  guint n_boxes;

  runnel_scene_get_damage (scene, &n_boxes, &all);
  return n_boxes == 0 && !all;
}

static void
test_nodes (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_COMMAND, 10, 20);
  const guint b = runnel_scene_add_node (scene, "b", RUNNEL_ICON_HTTP, 300, 20);
  RunnelBox box;
  guint found;

  g_assert_cmpuint (runnel_scene_get_n_nodes (scene), ==, 2);
  g_assert_true (runnel_scene_find_node (scene, "b", &found));
  g_assert_cmpuint (found, ==, b);
  runnel_scene_get_node_box (scene, a, &box);
  g_assert_cmpfloat (box.x1, ==, 10 + RUNNEL_NODE_WIDTH);

  runnel_scene_rename_node (scene, b, "c");
  g_assert_false (runnel_scene_find_node (scene, "b", &found));
  g_assert_true (runnel_scene_find_node (scene, "c", &found));
  g_assert_cmpstr (runnel_scene_get_node_id (scene, b), ==, "c");

  runnel_scene_remove_node (scene, a);
  g_assert_false (runnel_scene_has_node (scene, a));
  g_assert_cmpuint (runnel_scene_get_n_nodes (scene), ==, 1);
  g_assert_cmpuint (runnel_scene_add_node (scene, "a", RUNNEL_ICON_STEP, 0, 0), ==,
                    a); /* the place is used again */
  g_assert_cmpuint (runnel_scene_get_node_limit (scene), ==, 2);
}

static void
test_links (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_STEP, 0, 0);
  const guint b = runnel_scene_add_node (scene, "b", RUNNEL_ICON_STEP, 300, 0);
  const guint c = runnel_scene_add_node (scene, "c", RUNNEL_ICON_STEP, 600, 0);
  const guint ab = runnel_scene_add_link (scene, a, b, RUNNEL_ON_SUCCESS);
  const guint ac = runnel_scene_add_link (scene, a, c, RUNNEL_ON_FAILURE);
  const guint bc = runnel_scene_add_link (scene, b, c, RUNNEL_ON_ALWAYS);
  guint from, to, link;
  RunnelOn on;

  g_assert_cmpuint (runnel_scene_first_out (scene, a), ==, ac);
  g_assert_cmpuint (runnel_scene_next_out (scene, ac), ==, ab);
  g_assert_cmpuint (runnel_scene_next_out (scene, ab), ==, RUNNEL_NO_INDEX);
  g_assert_cmpuint (runnel_scene_first_in (scene, c), ==, bc);
  g_assert_cmpuint (runnel_scene_next_in (scene, bc), ==, ac);
  runnel_scene_get_link (scene, ac, &from, &to, &on);
  g_assert_cmpuint (from, ==, a);
  g_assert_cmpuint (to, ==, c);
  g_assert_cmpint (on, ==, RUNNEL_ON_FAILURE);
  g_assert_true (runnel_scene_find_link (scene, a, c, &link));
  g_assert_cmpuint (link, ==, ac);
  g_assert_false (runnel_scene_find_link (scene, c, a, &link));

  runnel_scene_remove_link (scene, ac);
  g_assert_cmpuint (runnel_scene_first_out (scene, a), ==, ab);
  runnel_scene_remove_node (scene, b); /* takes both of its links along */
  g_assert_cmpuint (runnel_scene_get_n_links (scene), ==, 0);
  g_assert_cmpuint (runnel_scene_first_out (scene, a), ==, RUNNEL_NO_INDEX);
  g_assert_cmpuint (runnel_scene_first_in (scene, c), ==, RUNNEL_NO_INDEX);
}

static void
test_damage_of_move (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_STEP, 0, 0);
  const guint b = runnel_scene_add_node (scene, "b", RUNNEL_ICON_STEP, 1000, 0);

  runnel_scene_add_link (scene, a, b, RUNNEL_ON_SUCCESS);
  g_assert_false (is_clean (scene));
  runnel_scene_clear_damage (scene);
  runnel_scene_move_node (scene, b, 1000, 0);
  g_assert_true (is_clean (scene));

  runnel_scene_move_node (scene, b, 1000, 500);
  g_assert_true (is_damaged (scene, 1010, 10));  /* where it was */
  g_assert_true (is_damaged (scene, 1010, 510)); /* where it is */
  g_assert_true (is_damaged (scene, 600, 36));   /* where the link was */
  g_assert_true (is_damaged (scene, 608, 286));  /* where it is: halfway */
  g_assert_false (is_damaged (scene, 100, 20));  /* the other end stays */
  g_assert_false (is_damaged (scene, 400, 450)); /* not all of the link's box */
}

static void
test_damage_of_state (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_STEP, 0, 0);
  const guint64 revision = runnel_scene_get_revision (scene);

  runnel_scene_clear_damage (scene);
  runnel_scene_set_node_state (scene, a, RUNNEL_STATE_RUNNING, 0.5, "Running");
  g_assert_true (is_damaged (scene, 10, 10));
  g_assert_cmpuint (runnel_scene_get_revision (scene), >, revision);
  g_assert_true (runnel_scene_get_node_flags (scene, a) & RUNNEL_NODE_IN_RUN);

  runnel_scene_clear_damage (scene);
  runnel_scene_set_node_state (scene, a, RUNNEL_STATE_RUNNING, 0.5, "Running");
  g_assert_true (is_clean (scene));
  runnel_scene_set_phase (scene, 3); /* its icon turns, nothing else changes */
  g_assert_true (is_damaged (scene, 67, 55));
  g_assert_false (is_damaged (scene, 20, 20));

  runnel_scene_clear_damage (scene);
  runnel_scene_clear_states (scene);
  g_assert_true (is_damaged (scene, 10, 10));
  g_assert_cmpint (runnel_scene_get_node_state (scene, a), ==, RUNNEL_STATE_PENDING);
  g_assert_false (runnel_scene_get_node_flags (scene, a) & RUNNEL_NODE_IN_RUN);
}

static void
test_areas (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint note =
    runnel_scene_add_area (scene, RUNNEL_AREA_NOTE, &(RunnelBox){ 0, 0, 100, 50 }, "Hello", 0);
  RunnelBox box;

  runnel_scene_clear_damage (scene);
  runnel_scene_set_area (scene, note, &(RunnelBox) { 500, 0, 600, 50 }, "Moved", 0, TRUE);
  g_assert_true (is_damaged (scene, 10, 10));
  g_assert_true (is_damaged (scene, 510, 10));
  runnel_scene_get_area_box (scene, note, &box);
  g_assert_cmpfloat (box.x0, ==, 500);
  g_assert_true (runnel_scene_get_extents (scene, &box));
  g_assert_cmpfloat (box.x1, ==, 600);

  runnel_scene_remove_area (scene, note);
  g_assert_false (runnel_scene_has_area (scene, note));
  g_assert_false (runnel_scene_get_extents (scene, &box));
}

/* Groups by depth, then notes. */
static void
test_area_order (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const RunnelBox box = { 0, 0, 100, 100 };
  const guint note = runnel_scene_add_area (scene, RUNNEL_AREA_NOTE, &box, NULL, 0);
  const guint inner = runnel_scene_add_area (scene, RUNNEL_AREA_GROUP, &box, NULL, 0);
  const guint outer = runnel_scene_add_area (scene, RUNNEL_AREA_GROUP, &box, NULL, 0);

  runnel_scene_set_area_depth (scene, inner, 1);
  runnel_scene_settle (scene);
  g_assert_cmpuint (scene->area_order->len, ==, 3);
  g_assert_cmpuint (g_array_index (scene->area_order, guint, 0), ==, outer);
  g_assert_cmpuint (g_array_index (scene->area_order, guint, 1), ==, inner);
  g_assert_cmpuint (g_array_index (scene->area_order, guint, 2), ==, note);
}

/* What is behind a host is neither seen nor picked, its links end at the host. */
static void
test_hosts (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint host = runnel_scene_add_node (scene, "host", RUNNEL_ICON_GROUP, 0, 0);
  const guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_COMMAND, 400, 0);
  const guint b = runnel_scene_add_node (scene, "b", RUNNEL_ICON_COMMAND, 800, 0);
  const guint c = runnel_scene_add_node (scene, "c", RUNNEL_ICON_COMMAND, 1200, 0);
  const guint inner = runnel_scene_add_link (scene, a, b, RUNNEL_ON_SUCCESS);
  const guint out = runnel_scene_add_link (scene, b, c, RUNNEL_ON_SUCCESS);
  RunnelBox box;
  guint node;

  runnel_scene_set_node_group (scene, host, 2);
  runnel_scene_set_node_host (scene, a, host);
  runnel_scene_set_node_host (scene, b, host);
  g_assert_cmpuint (runnel_scene_get_node_host (scene, a), ==, host);
  g_assert_true (runnel_scene_get_link_flags (scene, inner) & RUNNEL_LINK_HIDDEN);
  g_assert_false (runnel_scene_get_link_flags (scene, out) & RUNNEL_LINK_HIDDEN);
  g_assert_false (runnel_pick_node (scene, 410, 10, &node));
  g_assert_true (runnel_pick_node (scene, 10, 10, &node));
  g_assert_cmpuint (node, ==, host);
  g_assert_true (runnel_scene_get_extents (scene, &box));
  g_assert_cmpfloat (box.x0, ==, 0);

  runnel_scene_set_node_host (scene, b, RUNNEL_NO_INDEX);
  runnel_scene_move_node (scene, b, 800, 0);
  g_assert_false (runnel_scene_get_link_flags (scene, inner) & RUNNEL_LINK_HIDDEN);
  g_assert_true (runnel_pick_node (scene, 810, 10, &node));
  g_assert_cmpuint (node, ==, b);
}

/* Whatever is done, links and nodes agree about each other. */
static void
test_random_edits (void)
{
  g_autoptr(RunnelScene) scene = fixture_showcase ();
  GRand *rand = g_rand_new_with_seed (5);
  guint n_links = 0;

  for (guint i = 0; i < 20000; i++)
    fixture_edit (scene, rand);

  for (guint node = 0; node < runnel_scene_get_node_limit (scene); node++)
    {
      if (!runnel_scene_has_node (scene, node))
        continue;

      for (guint i = runnel_scene_first_out (scene, node); i != RUNNEL_NO_INDEX;
           i = runnel_scene_next_out (scene, i))
        {
          guint from, to;
          RunnelOn on;

          runnel_scene_get_link (scene, i, &from, &to, &on);
          g_assert_cmpuint (from, ==, node);
          g_assert_true (runnel_scene_has_node (scene, to));
          n_links++;
        }
    }
  g_assert_cmpuint (n_links, ==, runnel_scene_get_n_links (scene));

  runnel_scene_clear (scene);
  g_assert_cmpuint (runnel_scene_get_n_nodes (scene), ==, 0);
  g_assert_cmpuint (runnel_scene_add_node (scene, "first", RUNNEL_ICON_STEP, 0, 0), ==, 0);
  g_rand_free (rand);
}

static void
test_far_positions (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_STEP, 1e300, -1e300);
  RunnelBox box;

  runnel_scene_get_node_box (scene, a, &box);
  g_assert_cmpfloat (box.x1 - box.x0, ==, RUNNEL_NODE_WIDTH); /* near enough for floats to hold */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/scene/nodes", test_nodes);
  g_test_add_func ("/canvas/scene/links", test_links);
  g_test_add_func ("/canvas/scene/damage-of-move", test_damage_of_move);
  g_test_add_func ("/canvas/scene/damage-of-state", test_damage_of_state);
  g_test_add_func ("/canvas/scene/areas", test_areas);
  g_test_add_func ("/canvas/scene/area-order", test_area_order);
  g_test_add_func ("/canvas/scene/hosts", test_hosts);
  g_test_add_func ("/canvas/scene/random-edits", test_random_edits);
  g_test_add_func ("/canvas/scene/far-positions", test_far_positions);
  return g_test_run ();
}
