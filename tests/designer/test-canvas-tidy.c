/* test-canvas-tidy.c: steps put in order on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

/* the chain build, test, package out of order, lint far away */
#define UNTIDY \
  "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"build\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}," \
  "{\"id\": \"test\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}, \"needs\": [\"build\"]}," \
  "{\"id\": \"package\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}, \"needs\": [\"test\"]}," \
  "{\"id\": \"lint\", \"kind\": \"command\", \"with\": {\"argv\": [\"lint\"]}, \"needs\": [\"build\"]}" \
  "], \"layout\": {\"steps\": {\"build\": [400, 0], \"test\": [8, 160], \"package\": [200, 320]," \
  " \"lint\": [2000, 800]}}}"

static void
wait_until_tidy (Fixture *fixture)
{
  while (fixture->canvas->tidying != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tidy (Fixture    *fixture,
      const char *action)
{
  fixture_activate (fixture, action);
  wait_until_tidy (fixture);
}

static RunnelPoint
get_point (Fixture    *fixture,
           const char *id)
{
  RunnelPoint point;

  g_assert_true (runnel_pipeline_get_position (fixture->pipeline, id, &point));
  return point;
}

/* where the card is on the canvas */
static RunnelPoint
get_card (Fixture    *fixture,
          const char *id)
{
  RunnelBox box;

  runnel_scene_get_node_box (fixture->canvas->scene, runnel_canvas_find_node (fixture->canvas, id),
                             &box);
  return (RunnelPoint) { box.x0, box.y0 };
}

static void
test_all (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_set_up (&fixture, UNTIDY);
  before = fixture_get_text (&fixture);
  tidy (&fixture, "tidy");

  fixture_assert_position (&fixture, "build", 8, get_point (&fixture, "build").y);
  g_assert_cmpfloat (get_point (&fixture, "test").x, >, get_point (&fixture, "build").x + 216);
  g_assert_cmpfloat (get_point (&fixture, "test").x, ==, get_point (&fixture, "lint").x);
  g_assert_cmpfloat (get_point (&fixture, "test").y, <, get_point (&fixture, "lint").y);
  g_assert_cmpfloat (get_card (&fixture, "lint").x, ==, get_point (&fixture, "lint").x);

  g_assert_true (runnel_document_undo (fixture.document));
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

/* only the selected steps move, and not upon the others */
static void
test_selection (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, UNTIDY);
  fixture_click (&fixture, "build", 0);
  fixture_click (&fixture, "test", GDK_SHIFT_MASK);
  tidy (&fixture, "tidy");

  fixture_assert_position (&fixture, "package", 200, 320);
  fixture_assert_position (&fixture, "lint", 2000, 800);
  g_assert_cmpfloat (get_point (&fixture, "test").y, ==, get_point (&fixture, "build").y);
  fixture_assert_selected (&fixture, "build test");
  fixture_tear_down (&fixture);
}

static void
test_direction (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, UNTIDY);
  tidy (&fixture, "tidy-to::down");
  g_assert_cmpfloat (get_point (&fixture, "test").y, >, get_point (&fixture, "build").y + 72);
  g_assert_cmpfloat (get_point (&fixture, "test").y, ==, get_point (&fixture, "lint").y);

  tidy (&fixture, "tidy");
  g_assert_cmpfloat (get_point (&fixture, "test").x, ==, get_point (&fixture, "lint").x);

  g_object_set (fixture.canvas, "tidy-down", TRUE, NULL);
  tidy (&fixture, "tidy");
  g_assert_cmpfloat (get_point (&fixture, "test").y, ==, get_point (&fixture, "lint").y);

  tidy (&fixture, "tidy-to::right");
  g_assert_cmpfloat (get_point (&fixture, "test").x, ==, get_point (&fixture, "lint").x);
  fixture_tear_down (&fixture);
}

/* Escape gives it up, and so does a change of what is thought about */
static void
test_cancel (void)
{
  Fixture fixture;
  RunnelPoint build;

  fixture_set_up (&fixture, UNTIDY);
  fixture_activate (&fixture, "tidy");
  fixture_activate (&fixture, "escape");
  g_assert_null (fixture.canvas->tidying);
  fixture_iterate ();
  fixture_assert_position (&fixture, "build", 400, 0);

  fixture_click (&fixture, "lint", 0);
  build = get_point (&fixture, "build");
  fixture_activate (&fixture, "tidy");
  fixture_activate (&fixture, "delete");
  g_assert_null (fixture.canvas->tidying);
  fixture_iterate ();
  fixture_assert_position (&fixture, "build", build.x, build.y);
  fixture_tear_down (&fixture);
}

/* closing the window while a thread thinks */
static void
test_close (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, UNTIDY);
  fixture_activate (&fixture, "tidy");
  fixture_tear_down (&fixture);
}

/* what takes long is said, with a way out */
static void
test_busy (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, UNTIDY);
  runnel_canvas_busy_show (fixture.canvas, "Thinking");
  while (gtk_widget_get_width (fixture.canvas->busy) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_get_mapped (fixture.canvas->busy));

  runnel_canvas_busy_hide (fixture.canvas);
  g_assert_null (fixture.canvas->busy);
  fixture_tear_down (&fixture);
}

static void
set_animations (gboolean wanted)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", wanted, NULL);
}

/* the document is there at once, the card comes after; the frame follows */
static void
test_travel (void)
{
  Fixture fixture;
  RunnelPoint before, after;

  set_animations (TRUE);
  fixture_set_up (&fixture, UNTIDY);
  before = get_card (&fixture, "build");
  tidy (&fixture, "tidy");
  after = get_point (&fixture, "build");
  g_assert_cmpfloat (after.x, !=, before.x);
  g_assert_cmpfloat (get_card (&fixture, "build").x, >, after.x);

  while (get_card (&fixture, "build").x != after.x)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (get_card (&fixture, "lint").y, ==, get_point (&fixture, "lint").y);

  fixture_activate (&fixture, "undo");
  g_assert_cmpfloat (get_card (&fixture, "build").x, <, before.x);
  fixture_activate (&fixture, "redo");
  fixture_activate (&fixture, "undo");
  while (get_card (&fixture, "build").x != before.x)
    g_main_context_iteration (NULL, TRUE);

  fixture_tear_down (&fixture);
  set_animations (FALSE);
}

/* who takes hold of a card on its way finds it where it belongs */
static void
test_travel_ends_at_press (void)
{
  Fixture fixture;
  double x, y;

  set_animations (TRUE);
  fixture_set_up (&fixture, UNTIDY);
  tidy (&fixture, "tidy");
  fixture_get_middle (&fixture, "package", &x, &y);
  fixture_press (&fixture, x, y, 1, 0);
  g_assert_cmpfloat (get_card (&fixture, "package").x, ==, get_point (&fixture, "package").x);
  fixture_release (&fixture, x, y, 0);
  fixture_tear_down (&fixture);
  set_animations (FALSE);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/tidy/all", test_all);
  g_test_add_func ("/designer/canvas/tidy/selection", test_selection);
  g_test_add_func ("/designer/canvas/tidy/direction", test_direction);
  g_test_add_func ("/designer/canvas/tidy/cancel", test_cancel);
  g_test_add_func ("/designer/canvas/tidy/close", test_close);
  g_test_add_func ("/designer/canvas/tidy/busy", test_busy);
  g_test_add_func ("/designer/canvas/tidy/travel", test_travel);
  g_test_add_func ("/designer/canvas/tidy/travel-ends-at-press", test_travel_ends_at_press);

  return g_test_run ();
}
