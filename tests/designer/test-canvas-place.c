/* test-canvas-place.c: where the view goes, and how it gets there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
assert_place (Fixture *fixture,
              double   x,
              double   y,
              double   zoom)
{
  RunnelPlace place;

  runnel_canvas_get_place (fixture->canvas, &place);
  g_assert_cmpfloat_with_epsilon (place.center.x, x, 1);
  g_assert_cmpfloat_with_epsilon (place.center.y, y, 1);
  g_assert_cmpfloat_with_epsilon (place.zoom, zoom, 1e-6);
}

static void
test_show_place (void)
{
  const RunnelPlace wanted = { { 300, 100 }, 0.8 };
  RunnelPlace place;
  Fixture fixture;
  guint n_changes = 0;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  g_signal_connect_swapped (fixture.canvas, "view-changed", G_CALLBACK (count_cb), &n_changes);
  runnel_canvas_show_place (fixture.canvas, &wanted);
  assert_place (&fixture, 300, 100, 0.8);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (runnel_canvas_get_place (fixture.canvas, &place));
  fixture_tear_down (&fixture);
}

/* There is no place to remember as long as all is seen. */
static void
test_fitted_is_no_place (void)
{
  RunnelPlace place;
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_fit (fixture.canvas);
  g_assert_false (runnel_canvas_get_place (fixture.canvas, &place));
  runnel_canvas_view_pan (fixture.canvas, 10, 0);
  g_assert_true (runnel_canvas_get_place (fixture.canvas, &place));
  runnel_canvas_fit (fixture.canvas);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "delete");
  g_assert_true (runnel_canvas_get_place (fixture.canvas, &place));
  fixture_tear_down (&fixture);
}

static void
test_nothing_there (void)
{
  const RunnelPlace nowhere = { { 90000, -4000 }, 1 };
  RunnelPlace place;
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_show_place (fixture.canvas, &nowhere);
  g_assert_false (runnel_canvas_get_place (fixture.canvas, &place));
  g_assert_cmpfloat (place.center.x, <, 1000);
  fixture_tear_down (&fixture);
}

/* A view of all stays one when the canvas becomes smaller; any other keeps its corner. */
static void
test_resize (void)
{
  Fixture fixture;
  RunnelPlace place;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_fit (fixture.canvas);
  runnel_canvas_view_resize (fixture.canvas, 500, 400);
  g_assert_cmpfloat (fixture.canvas->view.zoom, <, 0.5);
  g_assert_false (runnel_canvas_get_place (fixture.canvas, &place));
  runnel_canvas_set_zoom (fixture.canvas, 1);
  runnel_canvas_view_resize (fixture.canvas, 600, 400);
  g_assert_cmpfloat (fixture.canvas->view.zoom, ==, 1);
  fixture_tear_down (&fixture);
}

static void
test_steps_stop_at_100 (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_zoom (fixture.canvas, 0.9);
  runnel_canvas_zoom_in (fixture.canvas);
  g_assert_cmpfloat (fixture.canvas->view.zoom, ==, 1);
  runnel_canvas_zoom_in (fixture.canvas);
  g_assert_cmpfloat_with_epsilon (fixture.canvas->view.zoom, 1.2, 1e-6);
  runnel_canvas_set_zoom (fixture.canvas, 1.1);
  runnel_canvas_zoom_out (fixture.canvas);
  g_assert_cmpfloat (fixture.canvas->view.zoom, ==, 1);
  runnel_canvas_zoom_out (fixture.canvas);
  g_assert_cmpfloat_with_epsilon (fixture.canvas->view.zoom, 1 / 1.2, 1e-6);
  fixture_tear_down (&fixture);
}

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

static void
test_jump_is_seen (void)
{
  const RunnelPlace to = { { 200, 50 }, 0.5 };
  Fixture fixture;
  guint n_changes = 0;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  set_animations (TRUE);
  g_signal_connect_swapped (fixture.canvas, "view-changed", G_CALLBACK (count_cb), &n_changes);
  runnel_canvas_motion_jump (fixture.canvas, &to, FALSE);
  g_assert_cmpfloat (fixture.canvas->view.zoom, >, 0.9);
  while (fixture.canvas->view.zoom != 0.5)
    g_main_context_iteration (NULL, TRUE);
  assert_place (&fixture, 200, 50, 0.5);
  g_assert_cmpuint (n_changes, >, 1);
  set_animations (FALSE);
  fixture_tear_down (&fixture);
}

/* One who does not want animations is there at once. */
static void
test_jump_at_once (void)
{
  const RunnelPlace to = { { 200, 50 }, 0.5 };
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_motion_jump (fixture.canvas, &to, FALSE);
  assert_place (&fixture, 200, 50, 0.5);
  fixture_tear_down (&fixture);
}

static void
wait_for_motion (Fixture *fixture)
{
  int before = fixture->canvas->view.x;

  while (fixture->canvas->view.x == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_press_ends_jump (void)
{
  const RunnelPlace to = { { 4000, 50 }, 1 };
  Fixture fixture;
  RunnelPlace place;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  set_animations (TRUE);
  runnel_canvas_motion_jump (fixture.canvas, &to, FALSE);
  wait_for_motion (&fixture);
  runnel_canvas_pointer_press (fixture.canvas, GDK_BUTTON_MIDDLE, 1, 500, 300, 0);
  g_assert_null (fixture.canvas->motion.jump);
  runnel_canvas_pointer_release (fixture.canvas, 500, 300, 0);
  runnel_canvas_get_place (fixture.canvas, &place);
  g_assert_cmpfloat (place.center.x, <, 4000);
  set_animations (FALSE);
  fixture_tear_down (&fixture);
}

static void
test_glide (void)
{
  Fixture fixture;
  int before;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  set_animations (TRUE);
  before = fixture.canvas->view.x;
  runnel_canvas_motion_glide (fixture.canvas, 400, 0);
  while (fixture.canvas->motion.glide_id != 0)
    g_main_context_iteration (NULL, TRUE);
  /* The way to where it stands still is speed / friction. */
  g_assert_cmpint (fixture.canvas->view.x - before, >, 80);
  g_assert_cmpint (fixture.canvas->view.x - before, <=, 100);
  set_animations (FALSE);
  fixture_tear_down (&fixture);
}

static void
test_glide_ends (void)
{
  Fixture fixture;
  int before;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  set_animations (TRUE);
  runnel_canvas_motion_glide (fixture.canvas, 4000, 0);
  wait_for_motion (&fixture);
  before = fixture.canvas->view.x;
  runnel_canvas_pointer_scroll (fixture.canvas, 0, 10, FALSE, 0);
  g_assert_cmpuint (fixture.canvas->motion.glide_id, ==, 0);
  g_assert_cmpint (fixture.canvas->view.x, ==, before);
  set_animations (FALSE);

  runnel_canvas_motion_glide (fixture.canvas, 4000, 0);
  g_assert_cmpuint (fixture.canvas->motion.glide_id, ==, 0);
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/designer/canvas/place/show", test_show_place);
  g_test_add_func ("/designer/canvas/place/fitted-is-no-place", test_fitted_is_no_place);
  g_test_add_func ("/designer/canvas/place/nothing-there", test_nothing_there);
  g_test_add_func ("/designer/canvas/place/resize", test_resize);
  g_test_add_func ("/designer/canvas/place/steps-stop-at-100", test_steps_stop_at_100);
  g_test_add_func ("/designer/canvas/motion/jump-is-seen", test_jump_is_seen);
  g_test_add_func ("/designer/canvas/motion/jump-at-once", test_jump_at_once);
  g_test_add_func ("/designer/canvas/motion/press-ends-jump", test_press_ends_jump);
  g_test_add_func ("/designer/canvas/motion/glide", test_glide);
  g_test_add_func ("/designer/canvas/motion/glide-ends", test_glide_ends);

  return g_test_run ();
}
