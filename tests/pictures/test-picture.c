/* test-picture.c: draws a scene as a vector picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/pictures/runnel-picture-file.h"
#include "designer/pictures/runnel-picture.h"

#include "../golden.h"
#include "sample.h"

static char *
draw (RunnelScene       *scene,
      RunnelPaletteName  palette)
{
  const RunnelPictureOptions options = { RUNNEL_PICTURE_SVG, palette, 0, "Sample" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = runnel_picture_to_bytes (scene, &options, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_golden (void)
{
  g_autoptr(RunnelScene) scene = sample_scene_new (SAMPLE);
  g_autofree char *light = draw (scene, RUNNEL_PALETTE_LIGHT);
  g_autofree char *dark = draw (scene, RUNNEL_PALETTE_DARK);

  assert_golden (light, "pictures", "sample.svg");
  assert_golden (dark, "pictures", "sample-dark.svg");
}

static void
test_run (void)
{
  g_autoptr(RunnelScene) scene = sample_scene_new (SAMPLE);
  g_autofree char *svg = NULL;
  guint node;

  g_assert_true (runnel_scene_find_node (scene, "build", &node));
  runnel_scene_set_node_state (scene, node, RUNNEL_STATE_SUCCEEDED, -1, "Succeeded · 3 s");
  g_assert_true (runnel_scene_find_node (scene, "test", &node));
  runnel_scene_set_node_state (scene, node, RUNNEL_STATE_FAILED, -1, "Failed");
  runnel_scene_set_node_legs (scene, node,
                              &(RunnelLegs) { .counts = { [RUNNEL_STATE_SUCCEEDED] = 2,
                                                          [RUNNEL_STATE_FAILED] = 1 } });
  svg = draw (scene, RUNNEL_PALETTE_LIGHT);
  assert_golden (svg, "pictures", "run.svg");
}

static void
test_part (void)
{
  const char *ids[] = { "test", NULL };
  g_autoptr(RunnelScene) scene = sample_scene_new (SAMPLE);
  RunnelBox box;

  runnel_scene_keep_nodes (scene, ids);
  g_assert_cmpuint (runnel_scene_get_n_nodes (scene), ==, 1);
  g_assert_cmpuint (runnel_scene_get_n_links (scene), ==, 0);
  g_assert_true (runnel_scene_has_area (scene, 0));  /* the group around it */
  g_assert_false (runnel_scene_has_area (scene, 1)); /* the note far off */
  g_assert_true (runnel_picture_get_box (scene, &box));
  g_assert_cmpfloat (box.x0, ==, 312 - 24 - 24);
}

static void
test_description (void)
{
  g_autoptr(RunnelScene) scene = sample_scene_new (SAMPLE);
  g_autofree char *text = runnel_picture_describe (scene);

  g_assert_cmpstr (text, ==, "A pipeline of 3 steps: Build, Test, Tell");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/pictures/picture/golden", test_golden);
  g_test_add_func ("/pictures/picture/run", test_run);
  g_test_add_func ("/pictures/picture/part", test_part);
  g_test_add_func ("/pictures/picture/description", test_description);

  return g_test_run ();
}
