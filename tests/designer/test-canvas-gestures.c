/* test-canvas-gestures.c: pointer and wheel on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

#define LEFT GDK_BUTTON_PRIMARY
#define MIDDLE GDK_BUTTON_MIDDLE

static void
test_click_selects (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "test", 0);
  fixture_assert_selected (&fixture, "test");
  g_assert_cmpuint (fixture.n_selection_changed, ==, 1);

  fixture_click (&fixture, "lint", 0);
  fixture_assert_selected (&fixture, "lint");

  fixture_press (&fixture, -50, -50, LEFT, 0);
  fixture_release (&fixture, -50, -50, 0);
  fixture_assert_selected (&fixture, "");
  fixture_tear_down (&fixture);
}

static void
test_modified_click (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "build", 0);
  fixture_click (&fixture, "test", GDK_SHIFT_MASK);
  fixture_click (&fixture, "lint", GDK_CONTROL_MASK);
  fixture_assert_selected (&fixture, "build test lint");

  fixture_click (&fixture, "test", GDK_SHIFT_MASK);
  fixture_assert_selected (&fixture, "build test lint");
  fixture_click (&fixture, "test", GDK_CONTROL_MASK);
  fixture_assert_selected (&fixture, "build lint");

  fixture_click (&fixture, "lint", 0);
  fixture_assert_selected (&fixture, "lint");
  fixture_tear_down (&fixture);
}

static void
test_drag (void)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  before = fixture_get_text (&fixture);
  fixture_get_middle (&fixture, "lint", &x, &y);

  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x + 30, y + 20, 0);
  fixture_move (&fixture, x + 61, y + 43, 0);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_release (&fixture, x + 61, y + 43, 0);
  fixture_assert_position (&fixture, "lint", 384, 200);
  fixture_assert_position (&fixture, "test", 320, 0);

  g_assert_true (runnel_document_undo (fixture.document));
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_assert_position (&fixture, "lint", 320, 160);
  fixture_tear_down (&fixture);
}

static void
test_drag_without_grid (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "lint", &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x + 61, y + 43, GDK_SHIFT_MASK);
  fixture_release (&fixture, x + 61, y + 43, GDK_SHIFT_MASK);
  fixture_assert_position (&fixture, "lint", 381, 203);
  fixture_tear_down (&fixture);
}

/* all selected steps move, as one edit */
static void
test_drag_selected (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_activate (&fixture, "select-all");
  fixture_get_middle (&fixture, "test", &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x + 80, y + 160, 0);
  fixture_release (&fixture, x + 80, y + 160, 0);
  fixture_assert_position (&fixture, "build", 80, 160);
  fixture_assert_position (&fixture, "package", 720, 160);
  fixture_assert_selected (&fixture, "build test lint package");

  runnel_document_undo (fixture.document);
  fixture_assert_position (&fixture, "build", 0, 0);
  fixture_assert_position (&fixture, "package", 640, 0);
  fixture_tear_down (&fixture);
}

static void
test_drag_escape (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "test", &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x + 80, y + 80, 0);
  fixture_activate (&fixture, "escape");
  fixture_release (&fixture, x + 80, y + 80, 0);
  fixture_assert_position (&fixture, "test", 320, 0);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_box (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_press (&fixture, 250, -40, LEFT, 0);
  fixture_move (&fixture, 600, 250, 0);
  fixture_release (&fixture, 600, 250, 0);
  fixture_assert_selected (&fixture, "test lint");

  fixture_press (&fixture, -40, -40, LEFT, GDK_SHIFT_MASK);
  fixture_move (&fixture, 50, 50, GDK_SHIFT_MASK);
  fixture_release (&fixture, 50, 50, GDK_SHIFT_MASK);
  fixture_assert_selected (&fixture, "build test lint");

  fixture_press (&fixture, 280, 100, LEFT, GDK_CONTROL_MASK);
  fixture_move (&fixture, 700, -40, GDK_CONTROL_MASK);
  fixture_release (&fixture, 700, -40, GDK_CONTROL_MASK);
  fixture_assert_selected (&fixture, "build lint package");
  fixture_tear_down (&fixture);
}

static void
assert_pan (Fixture *fixture,
            guint    button)
{
  int x = fixture->canvas->view.x;
  int y = fixture->canvas->view.y;

  runnel_canvas_pointer_press (fixture->canvas, button, 1, 500, 400, 0);
  runnel_canvas_pointer_motion (fixture->canvas, 450, 420, 0);
  runnel_canvas_pointer_motion (fixture->canvas, 400, 430, 0);
  runnel_canvas_pointer_release (fixture->canvas, 400, 430, 0);
  g_assert_cmpint (fixture->canvas->view.x, ==, x + 100);
  g_assert_cmpint (fixture->canvas->view.y, ==, y - 30);
}

static void
test_pan (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  assert_pan (&fixture, MIDDLE);
  fixture.canvas->pointer.space_down = TRUE;
  assert_pan (&fixture, LEFT);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_wheel (void)
{
  Fixture fixture;
  RunnelCanvas *canvas;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  canvas = fixture.canvas;

  runnel_canvas_pointer_scroll (canvas, 0, 1, TRUE, 0);
  g_assert_cmpint (canvas->view.x, ==, -100);
  g_assert_cmpint (canvas->view.y, >, -100);

  runnel_canvas_pointer_scroll (canvas, 0, 1, TRUE, GDK_SHIFT_MASK);
  g_assert_cmpint (canvas->view.x, >, -100);

  fixture_get_middle (&fixture, "test", &x, &y);
  fixture_move (&fixture, x, y, 0);
  runnel_canvas_pointer_scroll (canvas, 0, -1, TRUE, GDK_CONTROL_MASK);
  g_assert_cmpfloat_with_epsilon (canvas->view.zoom, 1.2, 1e-6);
  fixture_to_widget (&fixture, x, y, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, canvas->pointer.x, 1);
  g_assert_cmpfloat_with_epsilon (y, canvas->pointer.y, 1);
  fixture_tear_down (&fixture);
}

/* the preference turns the wheel round, and leaves the touchpad alone */
static void
test_wheel_zooms (void)
{
  Fixture fixture;
  RunnelCanvas *canvas;
  int y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  canvas = fixture.canvas;
  g_object_set (canvas, "wheel-zooms", TRUE, NULL);

  runnel_canvas_pointer_scroll (canvas, 0, -1, TRUE, 0);
  g_assert_cmpfloat_with_epsilon (canvas->view.zoom, 1.2, 1e-6);
  y = canvas->view.y;
  runnel_canvas_pointer_scroll (canvas, 0, 1, TRUE, GDK_CONTROL_MASK);
  g_assert_cmpint (canvas->view.y, >, y);
  runnel_canvas_pointer_scroll (canvas, 0, 20, FALSE, 0);
  runnel_canvas_pointer_scroll (canvas, 0, 1, TRUE, GDK_SHIFT_MASK);
  g_assert_cmpfloat_with_epsilon (canvas->view.zoom, 1.2, 1e-6);
  fixture_tear_down (&fixture);
}

/* fractions of a pixel add up */
static void
test_touchpad (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  for (guint i = 0; i < 10; i++)
    runnel_canvas_pointer_scroll (fixture.canvas, 0.3, -0.5, FALSE, 0);
  g_assert_cmpint (fixture.canvas->view.x, ==, -97);
  g_assert_cmpint (fixture.canvas->view.y, ==, -105);
  fixture_tear_down (&fixture);
}

static void
test_zoom_limits (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  for (guint i = 0; i < 40; i++)
    runnel_canvas_zoom_in (fixture.canvas);
  g_assert_cmpfloat (runnel_canvas_get_zoom (fixture.canvas), ==, RUNNEL_CANVAS_MAX_ZOOM);
  for (guint i = 0; i < 80; i++)
    runnel_canvas_zoom_out (fixture.canvas);
  g_assert_cmpfloat (runnel_canvas_get_zoom (fixture.canvas), ==, RUNNEL_CANVAS_MIN_ZOOM);
  fixture_activate (&fixture, "zoom-100");
  g_assert_cmpfloat (runnel_canvas_get_zoom (fixture.canvas), ==, 1.0);
  fixture_tear_down (&fixture);
}

/* a step held at the edge goes on moving, and the view with it */
static void
test_edge_pan (void)
{
  Fixture fixture;
  RunnelPoint point;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "package", &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  runnel_canvas_pointer_motion (fixture.canvas, FIXTURE_WIDTH - 10, 150, 0);
  while (fixture.canvas->view.x < 300)
    g_main_context_iteration (NULL, TRUE);

  runnel_canvas_pointer_release (fixture.canvas, FIXTURE_WIDTH - 10, 150, 0);
  g_assert_true (runnel_pipeline_get_position (fixture.pipeline, "package", &point));
  g_assert_cmpfloat (point.x, >, 1100);
  g_assert_cmpuint (fixture.canvas->pointer.edge_pan_id, ==, 0);
  fixture_tear_down (&fixture);
}

static void
test_select_link (void)
{
  Fixture fixture;
  RunnelCanvasLink link;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "build", RUNNEL_PORT_SUCCESS, &x0, &y0);
  fixture_get_port (&fixture, "test", RUNNEL_PORT_INPUT, &x1, &y1);
  fixture_press (&fixture, (x0 + x1) / 2, (y0 + y1) / 2, LEFT, 0);
  fixture_release (&fixture, (x0 + x1) / 2, (y0 + y1) / 2, 0);

  g_assert_true (runnel_canvas_get_selected_link (fixture.canvas, &link));
  g_assert_cmpstr (link.from, ==, "build");
  g_assert_cmpstr (link.to, ==, "test");

  fixture_activate (&fixture, "link-on::failure");
  g_assert_true (fixture_needs (&fixture, "test", "build", RUNNEL_ON_FAILURE));
  g_assert_false (fixture_needs (&fixture, "test", "build", RUNNEL_ON_SUCCESS));
  g_assert_true (runnel_canvas_get_selected_link (fixture.canvas, &link));
  g_assert_cmpint (link.on, ==, RUNNEL_ON_FAILURE);

  fixture_activate (&fixture, "delete");
  g_assert_cmpuint (fixture_get_step (&fixture, "test")->n_needs, ==, 0);
  g_assert_false (runnel_canvas_get_selected_link (fixture.canvas, &link));

  runnel_document_undo (fixture.document);
  runnel_document_undo (fixture.document);
  g_assert_true (fixture_needs (&fixture, "test", "build", RUNNEL_ON_SUCCESS));
  fixture_tear_down (&fixture);
}

static void
test_double_click (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "lint", &x, &y);
  fixture_to_widget (&fixture, x, y, &x, &y);
  fixture_click (&fixture, "lint", 0);
  runnel_canvas_pointer_press (fixture.canvas, LEFT, 2, x, y, 0);
  runnel_canvas_pointer_release (fixture.canvas, x, y, 0);
  g_assert_cmpstr (fixture.activated, ==, "lint");

  runnel_canvas_pointer_press (fixture.canvas, LEFT, 2, 60, 500, 0);
  runnel_canvas_pointer_release (fixture.canvas, 60, 500, 0);
  g_assert_true (gtk_widget_get_visible (fixture.canvas->quick_add));
  fixture_tear_down (&fixture);
}

static void
test_read_only (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_read_only (fixture.canvas, TRUE);
  before = fixture_get_text (&fixture);

  fixture_get_middle (&fixture, "test", &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x + 100, y + 100, 0);
  fixture_release (&fixture, x + 100, y + 100, 0);
  fixture_assert_selected (&fixture, "test");
  runnel_canvas_delete (fixture.canvas);
  runnel_canvas_tidy (fixture.canvas);
  runnel_canvas_duplicate (fixture.canvas);
  g_assert_null (runnel_canvas_add_kind (fixture.canvas, "command", NULL, NULL));
  g_assert_false (runnel_canvas_connect (fixture.canvas, "lint", "package", RUNNEL_ON_SUCCESS));

  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_tear_down (&fixture);
}

/* a key that begins something else gives up the drag, with all that it moved */
static void
test_connect_in_drag (void)
{
  Fixture fixture;
  RunnelBox box;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_press (&fixture, 400, 40, GDK_BUTTON_PRIMARY, 0);
  fixture_move (&fixture, 500, 300, 0);
  fixture_activate (&fixture, "connect::success");
  g_assert_true (runnel_canvas_is_connecting (fixture.canvas));
  runnel_scene_get_node_box (fixture.canvas->scene,
                             runnel_canvas_find_node (fixture.canvas, "test"), &box);
  g_assert_cmpfloat (box.x0, ==, 320);
  g_assert_cmpfloat (box.y0, ==, 0);
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/gestures/click-selects", test_click_selects);
  g_test_add_func ("/designer/canvas/gestures/modified-click", test_modified_click);
  g_test_add_func ("/designer/canvas/gestures/drag", test_drag);
  g_test_add_func ("/designer/canvas/gestures/drag-without-grid", test_drag_without_grid);
  g_test_add_func ("/designer/canvas/gestures/drag-selected", test_drag_selected);
  g_test_add_func ("/designer/canvas/gestures/drag-escape", test_drag_escape);
  g_test_add_func ("/designer/canvas/gestures/box", test_box);
  g_test_add_func ("/designer/canvas/gestures/pan", test_pan);
  g_test_add_func ("/designer/canvas/gestures/wheel", test_wheel);
  g_test_add_func ("/designer/canvas/gestures/wheel-zooms", test_wheel_zooms);
  g_test_add_func ("/designer/canvas/gestures/touchpad", test_touchpad);
  g_test_add_func ("/designer/canvas/gestures/zoom-limits", test_zoom_limits);
  g_test_add_func ("/designer/canvas/gestures/edge-pan", test_edge_pan);
  g_test_add_func ("/designer/canvas/gestures/select-link", test_select_link);
  g_test_add_func ("/designer/canvas/gestures/double-click", test_double_click);
  g_test_add_func ("/designer/canvas/gestures/read-only", test_read_only);
  g_test_add_func ("/designer/canvas/gestures/connect-in-drag", test_connect_in_drag);

  return g_test_run ();
}
