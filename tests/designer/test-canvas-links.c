/* test-canvas-links.c: links made, moved, cut and interrupted by pointer and key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

#define LEFT GDK_BUTTON_PRIMARY
#define BESIDE 10 /* logical pixels from a port to the place where an end of a link is taken hold of */

static void
drag (Fixture         *fixture,
      double           x0,
      double           y0,
      double           x1,
      double           y1,
      GdkModifierType  modifiers)
{
  fixture_press (fixture, x0, y0, LEFT, modifiers);
  fixture_move (fixture, (x0 + x1) / 2, (y0 + y1) / 2, modifiers);
  fixture_move (fixture, x1, y1, modifiers);
  fixture_release (fixture, x1, y1, modifiers);
}

static void
assert_hint (Fixture    *fixture,
             const char *pattern)
{
  g_autofree char *hint = runnel_canvas_make_hint (fixture->canvas);

  if (pattern == NULL)
    g_assert_null (hint);
  else
    g_assert_true (hint != NULL && g_pattern_match_simple (pattern, hint));
}

/* one step back leads to the text of the file */
static void
assert_one_edit (Fixture *fixture)
{
  g_autofree char *text = NULL;
  g_autoptr(RunnelPipeline) original = runnel_pipeline_new_from_text (FIXTURE_PIPELINE, -1, NULL,
                                                                      NULL);
  g_autofree char *expected = runnel_pipeline_to_text (original, NULL);

  g_assert_cmpuint (runnel_document_get_n_changes (fixture->document), ==, 1);
  g_assert_true (runnel_document_undo (fixture->document));
  text = fixture_get_text (fixture);
  g_assert_cmpstr (text, ==, expected);
}

static void
get_link_end (Fixture    *fixture,
              const char *id,
              RunnelPort  port,
              double     *ret_x,
              double     *ret_y)
{
  fixture_get_port (fixture, id, port, ret_x, ret_y);
  *ret_x += port == RUNNEL_PORT_INPUT ? -BESIDE : BESIDE;
}

static void
get_link_middle (Fixture    *fixture,
                 const char *from,
                 const char *to,
                 double     *ret_x,
                 double     *ret_y)
{
  float x, y;
  guint link;

  g_assert_true (runnel_scene_find_link (fixture->canvas->scene,
                                         runnel_canvas_find_node (fixture->canvas, from),
                                         runnel_canvas_find_node (fixture->canvas, to), &link));
  runnel_scene_get_link_middle (fixture->canvas->scene, link, &x, &y);
  *ret_x = x;
  *ret_y = y;
}

/* from an input to the step that is to come before, or to one of its ports */
static void
test_backwards (void)
{
  Fixture fixture;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "package", RUNNEL_PORT_INPUT, &x0, &y0);
  fixture_get_middle (&fixture, "lint", &x1, &y1);
  drag (&fixture, x0, y0, x1, y1, 0);
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);

  fixture_get_port (&fixture, "package", RUNNEL_PORT_INPUT, &x0, &y0);
  fixture_get_port (&fixture, "lint", RUNNEL_PORT_FAILURE, &x1, &y1);
  drag (&fixture, x0, y0, x1, y1, 0);
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_FAILURE));
  fixture_tear_down (&fixture);
}

static void
test_backwards_on_empty (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "build", RUNNEL_PORT_INPUT, &x, &y);
  runnel_canvas_view_pan (fixture.canvas, -300, 0);
  drag (&fixture, x, y, -100, 200, 0);
  g_assert_true (gtk_widget_get_visible (fixture.canvas->quick_add));
  g_signal_emit_by_name (fixture.canvas->quick_add, "kind-chosen", "wait");
  g_assert_true (fixture_needs (&fixture, "build", "wait", RUNNEL_ON_SUCCESS));
  fixture_assert_position (&fixture, "wait", -320, 168);
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_refusals (void)
{
  Fixture fixture;
  double x, y, target_x, target_y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "package", RUNNEL_PORT_SUCCESS, &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x + 60, y + 200, 0);
  assert_hint (&fixture, NULL);
  fixture_get_middle (&fixture, "build", &target_x, &target_y);
  fixture_move (&fixture, target_x, target_y, 0);
  assert_hint (&fixture, "*because it comes after it: build → test → package.");
  fixture_get_middle (&fixture, "package", &target_x, &target_y);
  fixture_move (&fixture, target_x, target_y, 0);
  assert_hint (&fixture, "*before itself*");
  fixture_activate (&fixture, "escape");
  fixture_release (&fixture, target_x, target_y, 0);

  fixture_get_port (&fixture, "build", RUNNEL_PORT_SUCCESS, &x, &y);
  fixture_get_middle (&fixture, "lint", &target_x, &target_y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, target_x, target_y, 0);
  assert_hint (&fixture, "*already*");
  fixture_release (&fixture, target_x, target_y, 0);
  g_assert_nonnull (fixture.refused);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_relink_target (void)
{
  Fixture fixture;
  RunnelCanvasLink link;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  get_link_end (&fixture, "package", RUNNEL_PORT_INPUT, &x0, &y0);
  fixture_get_middle (&fixture, "lint", &x1, &y1);
  drag (&fixture, x0, y0, x1, y1, 0);
  g_assert_true (fixture_needs (&fixture, "lint", "test", RUNNEL_ON_SUCCESS));
  g_assert_cmpuint (fixture_get_step (&fixture, "package")->n_needs, ==, 0);
  g_assert_true (runnel_canvas_get_selected_link (fixture.canvas, &link));
  g_assert_cmpstr (link.to, ==, "lint");
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

/* the other end stays; another port of the same step is another outcome */
static void
test_relink_source (void)
{
  Fixture fixture;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  get_link_end (&fixture, "test", RUNNEL_PORT_SUCCESS, &x0, &y0);
  fixture_get_port (&fixture, "test", RUNNEL_PORT_FAILURE, &x1, &y1);
  drag (&fixture, x0, y0, x1, y1, 0);
  g_assert_true (fixture_needs (&fixture, "package", "test", RUNNEL_ON_FAILURE));
  assert_one_edit (&fixture);

  get_link_end (&fixture, "test", RUNNEL_PORT_SUCCESS, &x0, &y0);
  fixture_get_middle (&fixture, "lint", &x1, &y1);
  drag (&fixture, x0, y0, x1, y1, 0);
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_SUCCESS));
  g_assert_false (fixture_needs (&fixture, "package", "test", RUNNEL_ON_SUCCESS));
  fixture_tear_down (&fixture);
}

static void
test_relink_to_nothing (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  get_link_end (&fixture, "package", RUNNEL_PORT_INPUT, &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x, y + 300, 0);
  assert_hint (&fixture, "*remove the link*");
  fixture_activate (&fixture, "escape");
  fixture_release (&fixture, x, y + 300, 0);
  g_assert_false (runnel_document_get_modified (fixture.document));

  drag (&fixture, x, y, x, y + 300, 0);
  g_assert_cmpuint (fixture_get_step (&fixture, "package")->n_needs, ==, 0);
  g_assert_false (gtk_widget_get_visible (fixture.canvas->quick_add));
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_relink_back_or_click (void)
{
  Fixture fixture;
  RunnelCanvasLink link;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  get_link_end (&fixture, "package", RUNNEL_PORT_INPUT, &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_move (&fixture, x, y + 300, 0);
  fixture_move (&fixture, x, y + 6, 0);
  assert_hint (&fixture, NULL);
  fixture_release (&fixture, x, y + 6, 0);
  g_assert_false (runnel_document_get_modified (fixture.document));

  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_release (&fixture, x, y, 0);
  g_assert_true (runnel_canvas_get_selected_link (fixture.canvas, &link));
  g_assert_cmpstr (link.to, ==, "package");
  g_assert_false (runnel_canvas_is_connecting (fixture.canvas));
  fixture_tear_down (&fixture);
}

static void
test_click_click (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "package", RUNNEL_PORT_INPUT, &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_release (&fixture, x, y, 0);
  g_assert_true (runnel_canvas_is_connecting (fixture.canvas));
  fixture_get_middle (&fixture, "lint", &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_release (&fixture, x, y, 0);
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

/* the input that is not quite hit takes the link, an output beside it does not */
static void
test_snap (void)
{
  Fixture fixture;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "lint", RUNNEL_PORT_SUCCESS, &x0, &y0);
  fixture_get_port (&fixture, "package", RUNNEL_PORT_INPUT, &x1, &y1);
  drag (&fixture, x0, y0, x1 - 22, y1 + 8, 0);
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_SUCCESS));
  fixture_tear_down (&fixture);
}

static char *
add_loose (Fixture *fixture)
{
  RunnelPoint point = { 0, 400 };

  return runnel_canvas_add_kind (fixture->canvas, "wait", &point, NULL);
}

static void
test_drop_on_link (void)
{
  g_autofree char *id = NULL;
  Fixture fixture;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  id = add_loose (&fixture);
  fixture_get_middle (&fixture, id, &x0, &y0);
  get_link_middle (&fixture, "test", "package", &x1, &y1);

  fixture_press (&fixture, x0, y0, LEFT, 0);
  fixture_move (&fixture, x1, y1 + 8, 0);
  assert_hint (&fixture, "*“test” and “package”*");
  fixture_move (&fixture, x1, y1 + 8, GDK_ALT_MASK);
  assert_hint (&fixture, NULL);
  fixture_move (&fixture, x1, y1 + 8, 0);
  fixture_release (&fixture, x1, y1 + 8, 0);

  g_assert_true (fixture_needs (&fixture, id, "test", RUNNEL_ON_SUCCESS));
  g_assert_true (fixture_needs (&fixture, "package", id, RUNNEL_ON_SUCCESS));
  g_assert_cmpuint (fixture_get_step (&fixture, "package")->n_needs, ==, 1);
  g_assert_cmpuint (runnel_document_get_n_changes (fixture.document), ==, 2);
  runnel_document_undo (fixture.document);
  fixture_assert_position (&fixture, id, 0, 400);
  g_assert_true (fixture_needs (&fixture, "package", "test", RUNNEL_ON_SUCCESS));

  drag (&fixture, x0, y0, x1, y1, GDK_ALT_MASK);
  g_assert_true (fixture_needs (&fixture, "package", "test", RUNNEL_ON_SUCCESS));
  fixture_tear_down (&fixture);
}

/* a step that has its place in the order keeps it wherever it is dropped */
static void
test_drop_linked (void)
{
  Fixture fixture;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "lint", &x0, &y0);
  get_link_middle (&fixture, "test", "package", &x1, &y1);
  drag (&fixture, x0, y0, x1, y1, 0);
  g_assert_true (fixture_needs (&fixture, "package", "test", RUNNEL_ON_SUCCESS));
  g_assert_true (fixture_needs (&fixture, "lint", "build", RUNNEL_ON_SUCCESS));
  fixture_tear_down (&fixture);
}

static void
test_drop_kind (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  get_link_middle (&fixture, "test", "package", &x, &y);
  fixture_to_widget (&fixture, x, y, &x, &y);
  runnel_canvas_drop_motion (fixture.canvas, x, y, 0);
  assert_hint (&fixture, "*“test” and “package”*");
  g_assert_true (runnel_canvas_drop_text (fixture.canvas, RUNNEL_CANVAS_KIND_PREFIX "wait", x, y));
  g_assert_true (fixture_needs (&fixture, "wait", "test", RUNNEL_ON_SUCCESS));
  g_assert_true (fixture_needs (&fixture, "package", "wait", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_plus (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  get_link_middle (&fixture, "build", "lint", &x, &y);
  fixture_press (&fixture, x + 7, y - 5, LEFT, 0);
  g_assert_cmpint (fixture.canvas->hovered_part, ==, RUNNEL_HIT_PLUS);
  fixture_release (&fixture, x + 7, y - 5, 0);
  g_assert_true (gtk_widget_get_visible (fixture.canvas->quick_add));
  g_signal_emit_by_name (fixture.canvas->quick_add, "kind-chosen", "http");
  g_assert_true (fixture_needs (&fixture, "http", "build", RUNNEL_ON_SUCCESS));
  g_assert_true (fixture_needs (&fixture, "lint", "http", RUNNEL_ON_SUCCESS));
  fixture_assert_selected (&fixture, "http");
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_insert_by_key (void)
{
  static const char *const linked[] = { "build", "test", NULL };
  static const char *const apart[] = { "build", "package", NULL };
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_selection (fixture.canvas, apart);
  fixture_activate (&fixture, "insert");
  g_assert_nonnull (fixture.refused);
  g_assert_false (gtk_widget_get_visible (fixture.canvas->quick_add));

  runnel_canvas_set_selection (fixture.canvas, linked);
  fixture_activate (&fixture, "insert");
  g_signal_emit_by_name (fixture.canvas->quick_add, "kind-chosen", "wait");
  g_assert_true (fixture_needs (&fixture, "wait", "build", RUNNEL_ON_SUCCESS));
  g_assert_true (fixture_needs (&fixture, "test", "wait", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_heal (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "test", 0);
  fixture_activate (&fixture, "delete-and-heal");
  g_assert_null (fixture_get_step (&fixture, "test"));
  g_assert_true (fixture_needs (&fixture, "package", "build", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_disconnect (void)
{
  static const char *const several[] = { "build", "test", "package", NULL };
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_selection (fixture.canvas, several);
  fixture_activate (&fixture, "disconnect");
  g_assert_cmpuint (fixture_get_step (&fixture, "test")->n_needs, ==, 0);
  g_assert_cmpuint (fixture_get_step (&fixture, "package")->n_needs, ==, 0);
  g_assert_true (fixture_needs (&fixture, "lint", "build", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);

  fixture_click (&fixture, "test", 0);
  fixture_activate (&fixture, "disconnect");
  g_assert_cmpuint (fixture_get_step (&fixture, "test")->n_needs, ==, 0);
  g_assert_cmpuint (fixture_get_step (&fixture, "package")->n_needs, ==, 0);
  fixture_tear_down (&fixture);
}

static void
test_cut (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_press (&fixture, 270, -60, LEFT, GDK_ALT_MASK);
  fixture_move (&fixture, 270, 100, GDK_ALT_MASK);
  assert_hint (&fixture, "*remove 1 link");
  fixture_move (&fixture, 270, 300, GDK_ALT_MASK);
  assert_hint (&fixture, "*remove 2 links");
  fixture_activate (&fixture, "escape");
  fixture_release (&fixture, 270, 300, GDK_ALT_MASK);
  g_assert_false (runnel_document_get_modified (fixture.document));
  for (guint i = 0; i < runnel_scene_get_link_limit (fixture.canvas->scene); i++)
    g_assert_cmpint (runnel_scene_get_link_flags (fixture.canvas->scene, i) & RUNNEL_LINK_DOOMED,
                     ==, 0);

  drag (&fixture, 270, -60, 270, 300, GDK_ALT_MASK);
  g_assert_cmpuint (fixture_get_step (&fixture, "test")->n_needs, ==, 0);
  g_assert_cmpuint (fixture_get_step (&fixture, "lint")->n_needs, ==, 0);
  g_assert_true (fixture_needs (&fixture, "package", "test", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_clone (void)
{
  static const char *const both[] = { "test", "package", NULL };
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_selection (fixture.canvas, both);
  fixture_get_middle (&fixture, "test", &x, &y);
  drag (&fixture, x, y, x + 2, y + 322, GDK_CONTROL_MASK);
  fixture_assert_position (&fixture, "test", 320, 0);
  fixture_assert_position (&fixture, "test-2", 320, 320);
  fixture_assert_position (&fixture, "package-2", 640, 320);
  g_assert_true (fixture_needs (&fixture, "package-2", "test-2", RUNNEL_ON_SUCCESS));
  fixture_assert_selected (&fixture, "test-2 package-2");
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_clone_on_link (void)
{
  Fixture fixture;
  double x0, y0, x1, y1;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "lint", &x0, &y0);
  get_link_middle (&fixture, "test", "package", &x1, &y1);
  drag (&fixture, x0, y0, x1, y1, GDK_CONTROL_MASK);
  g_assert_true (fixture_needs (&fixture, "lint-2", "test", RUNNEL_ON_SUCCESS));
  g_assert_true (fixture_needs (&fixture, "package", "lint-2", RUNNEL_ON_SUCCESS));
  g_assert_false (fixture_needs (&fixture, "lint-2", "build", RUNNEL_ON_SUCCESS));
  assert_one_edit (&fixture);
  fixture_tear_down (&fixture);
}

/* what would be done is refused where the hand is, and nothing is done */
static void
test_read_only (void)
{
  static const GdkModifierType modifiers[] = { 0, GDK_CONTROL_MASK };
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_read_only (fixture.canvas, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    {
      fixture_get_middle (&fixture, "test", &x, &y);
      fixture_press (&fixture, x, y, LEFT, modifiers[i]);
      fixture_move (&fixture, x + 90, y + 90, modifiers[i]);
      assert_hint (&fixture, "*only be looked at*");
      fixture_release (&fixture, x + 90, y + 90, modifiers[i]);
    }

  drag (&fixture, 270, -60, 270, 300, GDK_ALT_MASK);
  get_link_end (&fixture, "package", RUNNEL_PORT_INPUT, &x, &y);
  drag (&fixture, x, y, x, y + 300, 0);
  get_link_middle (&fixture, "test", "package", &x, &y);
  fixture_press (&fixture, x, y, LEFT, 0);
  fixture_release (&fixture, x, y, 0);
  g_assert_false (gtk_widget_get_visible (fixture.canvas->quick_add));
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

/* from far away ports are too small to be meant: the card is */
static void
test_far_away (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_zoom (fixture.canvas, 0.2);
  fixture_get_port (&fixture, "lint", RUNNEL_PORT_SUCCESS, &x, &y);
  fixture_press (&fixture, x - 10, y, LEFT, 0);
  g_assert_false (runnel_canvas_is_connecting (fixture.canvas));
  fixture_release (&fixture, x - 10, y, 0);
  fixture_assert_selected (&fixture, "lint");
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/links/backwards", test_backwards);
  g_test_add_func ("/designer/canvas/links/backwards-on-empty", test_backwards_on_empty);
  g_test_add_func ("/designer/canvas/links/refusals", test_refusals);
  g_test_add_func ("/designer/canvas/links/relink-target", test_relink_target);
  g_test_add_func ("/designer/canvas/links/relink-source", test_relink_source);
  g_test_add_func ("/designer/canvas/links/relink-to-nothing", test_relink_to_nothing);
  g_test_add_func ("/designer/canvas/links/relink-back-or-click", test_relink_back_or_click);
  g_test_add_func ("/designer/canvas/links/click-click", test_click_click);
  g_test_add_func ("/designer/canvas/links/snap", test_snap);
  g_test_add_func ("/designer/canvas/links/drop-on-link", test_drop_on_link);
  g_test_add_func ("/designer/canvas/links/drop-linked", test_drop_linked);
  g_test_add_func ("/designer/canvas/links/drop-kind", test_drop_kind);
  g_test_add_func ("/designer/canvas/links/plus", test_plus);
  g_test_add_func ("/designer/canvas/links/insert-by-key", test_insert_by_key);
  g_test_add_func ("/designer/canvas/links/heal", test_heal);
  g_test_add_func ("/designer/canvas/links/disconnect", test_disconnect);
  g_test_add_func ("/designer/canvas/links/cut", test_cut);
  g_test_add_func ("/designer/canvas/links/clone", test_clone);
  g_test_add_func ("/designer/canvas/links/clone-on-link", test_clone_on_link);
  g_test_add_func ("/designer/canvas/links/read-only", test_read_only);
  g_test_add_func ("/designer/canvas/links/far-away", test_far_away);

  return g_test_run ();
}
