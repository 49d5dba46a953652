/* test-snap.c: where a card falls in with its neighbours
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-snap.h"

static void
add (RunnelScene *scene,
     const char  *id,
     double       x,
     double       y)
{
  runnel_scene_add_node (scene, id, RUNNEL_ICON_COMMAND, x, y);
}

static RunnelBox
make_card (double x,
           double y)
{
  return (RunnelBox) { x, y, x + RUNNEL_NODE_WIDTH, y + RUNNEL_NODE_HEIGHT };
}

static void
assert_found (RunnelScene *scene,
              double       x,
              double       y,
              double       expected_dx,
              double       expected_dy)
{
  RunnelBox card = make_card (x, y);
  double dx, dy;

  runnel_snap_find (scene, &card, 6, &dx, &dy);
  g_assert_cmpint (isnan (dx), ==, isnan (expected_dx));
  g_assert_cmpint (isnan (dy), ==, isnan (expected_dy));
  if (!isnan (dx))
    g_assert_cmpfloat (dx, ==, expected_dx);
  if (!isnan (dy))
    g_assert_cmpfloat (dy, ==, expected_dy);
}

static void
test_line (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();

  add (scene, "a", 3, 5);
  assert_found (scene, 400, 9, NAN, -4);
  assert_found (scene, 400, 12, NAN, NAN);
  assert_found (scene, 0, 300, 3, NAN);
  assert_found (scene, 9, 4000, NAN, NAN);
}

/* in the middle between two, and beyond either as far as they are apart */
static void
test_equal_gaps (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();

  add (scene, "a", 0, 0);
  add (scene, "b", 600, 0);
  assert_found (scene, 303, 40, -3, NAN);
  assert_found (scene, 1196, 40, 4, NAN);
  assert_found (scene, -595, 40, -5, NAN);
  assert_found (scene, 340, 40, NAN, NAN);
}

/* what is dragged along is no neighbour */
static void
test_selected (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();

  add (scene, "a", 0, 0);
  runnel_scene_set_node_flags (scene, 0, RUNNEL_NODE_SELECTED, RUNNEL_NODE_SELECTED);
  assert_found (scene, 400, 2, NAN, NAN);
}

static void
test_guides (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  RunnelBox card = make_card (400, 0);
  RunnelBox guides[RUNNEL_SNAP_MAX_GUIDES];

  g_assert_cmpuint (runnel_snap_list_guides (scene, &card, guides), ==, 0);

  add (scene, "a", 0, 0);
  add (scene, "b", 400, 300);
  add (scene, "c", 800, 20);
  g_assert_cmpuint (runnel_snap_list_guides (scene, &card, guides), ==, 2);
  g_assert_cmpfloat (guides[0].x0, ==, RUNNEL_NODE_WIDTH);
  g_assert_cmpfloat (guides[0].x1, ==, 400);
  g_assert_cmpfloat (guides[0].y0, ==, RUNNEL_NODE_HEIGHT / 2);
  g_assert_cmpfloat (guides[1].x0, ==, 400 + RUNNEL_NODE_WIDTH / 2);
  g_assert_cmpfloat (guides[1].y0, ==, RUNNEL_NODE_HEIGHT);
  g_assert_cmpfloat (guides[1].y1, ==, 300);

  add (scene, "d", 1000, 0);
  g_assert_cmpuint (runnel_snap_list_guides (scene, &card, guides), ==, 3);
  g_assert_cmpfloat (guides[1].x0, ==, 400 + RUNNEL_NODE_WIDTH);
  g_assert_cmpfloat (guides[1].x1, ==, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canvas/snap/line", test_line);
  g_test_add_func ("/canvas/snap/equal-gaps", test_equal_gaps);
  g_test_add_func ("/canvas/snap/selected", test_selected);
  g_test_add_func ("/canvas/snap/guides", test_guides);

  return g_test_run ();
}
