/* test-overview.c: a small picture of a whole scene
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-overview.h"
#include "fixture.h"

#define WIDTH 200
#define HEIGHT 130

static void
paint (RunnelOverview *overview,
       int             density,
       guint           n_items)
{
  runnel_overview_begin (overview, runnel_palette_get (RUNNEL_PALETTE_LIGHT), WIDTH, HEIGHT,
                         density);
  while (!runnel_overview_paint (overview, n_items))
    ;
}

static guint32
get_pixel (RunnelOverview *overview,
           double          world_x,
           double          world_y)
{
  const RunnelViewport *map = runnel_overview_get_map (overview);
  double x, y;

  runnel_viewport_from_world (map, world_x, world_y, &x, &y);
  return runnel_overview_get_pixels (overview)[(int) (y * map->density) * map->width
                                               + (int) (x * map->density)];
}

static void
test_empty (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  g_autoptr(RunnelOverview) overview = runnel_overview_new (scene);

  paint (overview, 1, 100);
  g_assert_cmphex (get_pixel (overview, 0, 0), ==, runnel_palette_get (RUNNEL_PALETTE_LIGHT)->canvas);
}

static void
test_states_and_selection (void)
{
  const RunnelPalette *palette = runnel_palette_get (RUNNEL_PALETTE_LIGHT);
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  g_autoptr(RunnelOverview) overview = runnel_overview_new (scene);
  guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_COMMAND, 0, 0);
  guint b = runnel_scene_add_node (scene, "b", RUNNEL_ICON_COMMAND, 400, 0);
  guint c = runnel_scene_add_node (scene, "c", RUNNEL_ICON_COMMAND, 800, 0);

  runnel_scene_set_node_state (scene, a, RUNNEL_STATE_FAILED, -1, NULL);
  runnel_scene_set_node_flags (scene, b, RUNNEL_NODE_SELECTED, RUNNEL_NODE_SELECTED);
  runnel_scene_set_node_badges (scene, c, RUNNEL_BADGE_ERROR);
  paint (overview, 2, 1000);
  g_assert_cmphex (get_pixel (overview, 100, 36), ==, palette->states[RUNNEL_STATE_FAILED]);
  g_assert_cmphex (get_pixel (overview, 398, 36), ==, palette->accent);
  g_assert_cmphex (get_pixel (overview, 900, 36), ==, palette->error);
  g_assert_cmphex (get_pixel (overview, 320, 36), ==, palette->canvas);
}

/* Where many steps share a pixel, the one that failed is seen, wherever it is in the order. */
static void
test_failure_is_seen (void)
{
  const RunnelPalette *palette = runnel_palette_get (RUNNEL_PALETTE_LIGHT);
  g_autoptr(RunnelScene) scene = fixture_layered (20000, 1);
  g_autoptr(RunnelOverview) overview = runnel_overview_new (scene);
  RunnelBox box;

  for (guint i = 0; i < 20000; i++)
    runnel_scene_set_node_state (scene, i, i == 777 ? RUNNEL_STATE_TIMED_OUT
                                                    : RUNNEL_STATE_SUCCEEDED, -1, NULL);
  paint (overview, 1, G_MAXUINT);
  runnel_scene_get_node_box (scene, 777, &box);
  g_assert_cmphex (get_pixel (overview, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2), ==,
                   palette->states[RUNNEL_STATE_TIMED_OUT]);
}

static void
test_in_parts_as_in_whole (void)
{
  g_autoptr(RunnelScene) scene = fixture_showcase ();
  g_autoptr(RunnelOverview) whole = runnel_overview_new (scene);
  g_autoptr(RunnelOverview) parts = runnel_overview_new (scene);

  paint (whole, 2, G_MAXUINT);
  paint (parts, 2, 3);
  g_assert_cmpmem (runnel_overview_get_pixels (whole), 4 * WIDTH * HEIGHT * 4,
                   runnel_overview_get_pixels (parts), 4 * WIDTH * HEIGHT * 4);
}

/* All of the scene is inside, and the map says where. */
static void
test_map (void)
{
  g_autoptr(RunnelScene) scene = fixture_layered (1000, 1);
  g_autoptr(RunnelOverview) overview = runnel_overview_new (scene);
  RunnelBox box, seen;

  paint (overview, 1, G_MAXUINT);
  runnel_scene_get_extents (scene, &box);
  runnel_viewport_get_box (runnel_overview_get_map (overview), &seen);
  g_assert_cmpfloat (seen.x0, <, box.x0);
  g_assert_cmpfloat (seen.y0, <, box.y0);
  g_assert_cmpfloat (seen.x1, >, box.x1);
  g_assert_cmpfloat (seen.y1, >, box.y1);
}

/* The steps of a closed group are behind the card that stands for it. */
static void
test_hidden_is_not_shown (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  g_autoptr(RunnelOverview) overview = runnel_overview_new (scene);
  guint a = runnel_scene_add_node (scene, "a", RUNNEL_ICON_COMMAND, 0, 0);
  guint b = runnel_scene_add_node (scene, "b", RUNNEL_ICON_COMMAND, 400, 0);

  runnel_scene_add_node (scene, "c", RUNNEL_ICON_COMMAND, 800, 0);
  runnel_scene_set_node_host (scene, b, a);
  paint (overview, 1, G_MAXUINT);
  g_assert_cmphex (get_pixel (overview, 500, 36), ==,
                   runnel_palette_get (RUNNEL_PALETTE_LIGHT)->canvas);
}

/* A scene that shrinks between two parts. */
static void
test_cleared_meanwhile (void)
{
  g_autoptr(RunnelScene) scene = fixture_layered (1000, 1);
  g_autoptr(RunnelOverview) overview = runnel_overview_new (scene);

  runnel_overview_begin (overview, runnel_palette_get (RUNNEL_PALETTE_DARK), WIDTH, HEIGHT, 1);
  g_assert_false (runnel_overview_paint (overview, 500));
  runnel_scene_clear (scene);
  while (!runnel_overview_paint (overview, 500))
    ;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/overview/empty", test_empty);
  g_test_add_func ("/canvas/overview/states-and-selection", test_states_and_selection);
  g_test_add_func ("/canvas/overview/failure-is-seen", test_failure_is_seen);
  g_test_add_func ("/canvas/overview/in-parts-as-in-whole", test_in_parts_as_in_whole);
  g_test_add_func ("/canvas/overview/map", test_map);
  g_test_add_func ("/canvas/overview/hidden-is-not-shown", test_hidden_is_not_shown);
  g_test_add_func ("/canvas/overview/cleared-meanwhile", test_cleared_meanwhile);

  return g_test_run ();
}
