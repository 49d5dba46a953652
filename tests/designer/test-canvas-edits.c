/* test-canvas-edits.c: connecting, deleting, clipboard, adding, layout; the scene follows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

static void
drag_from_port (Fixture    *fixture,
                const char *from,
                RunnelPort  port,
                double      x,
                double      y)
{
  double port_x, port_y;

  fixture_get_port (fixture, from, port, &port_x, &port_y);
  fixture_press (fixture, port_x, port_y, GDK_BUTTON_PRIMARY, 0);
  fixture_move (fixture, (port_x + x) / 2, (port_y + y) / 2, 0);
  fixture_move (fixture, x, y, 0);
}

static void
connect_by_drag (Fixture    *fixture,
                 const char *from,
                 RunnelPort  port,
                 const char *to)
{
  double x, y;

  fixture_get_middle (fixture, to, &x, &y);
  drag_from_port (fixture, from, port, x, y);
  fixture_release (fixture, x, y, 0);
}

static void
test_connect (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  connect_by_drag (&fixture, "lint", RUNNEL_PORT_SUCCESS, "package");
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_SUCCESS));

  connect_by_drag (&fixture, "lint", RUNNEL_PORT_FAILURE, "package");
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_FAILURE));

  connect_by_drag (&fixture, "build", RUNNEL_PORT_ALWAYS, "package");
  g_assert_true (fixture_needs (&fixture, "package", "build", RUNNEL_ON_ALWAYS));
  g_assert_null (fixture.refused);

  g_assert_cmpuint (runnel_scene_get_n_links (fixture.canvas->scene), ==, 6);
  runnel_document_undo (fixture.document);
  g_assert_cmpuint (runnel_scene_get_n_links (fixture.canvas->scene), ==, 5);
  fixture_tear_down (&fixture);
}

/* what the document forbids is said while dragging, and again when it is tried */
static void
test_connect_refused (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "build", &x, &y);
  drag_from_port (&fixture, "package", RUNNEL_PORT_SUCCESS, x, y);
  g_assert_nonnull (fixture.canvas->connecting.refusal);
  fixture_move (&fixture, 0, 400, 0);
  g_assert_null (fixture.canvas->connecting.refusal);
  fixture_move (&fixture, x, y, 0);
  fixture_release (&fixture, x, y, 0);
  g_assert_nonnull (fixture.refused);
  g_assert_cmpuint (fixture_get_step (&fixture, "build")->n_needs, ==, 0);

  g_clear_pointer (&fixture.refused, g_free);
  connect_by_drag (&fixture, "build", RUNNEL_PORT_SUCCESS, "test");
  g_assert_nonnull (fixture.refused);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

/* the link snaps to an input nearby */
static void
test_connect_near (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "package", RUNNEL_PORT_INPUT, &x, &y);
  drag_from_port (&fixture, "lint", RUNNEL_PORT_SUCCESS, x - 15, y);
  fixture_release (&fixture, x - 15, y, 0);
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_SUCCESS));
  fixture_tear_down (&fixture);
}

/* a click on a port, then a click on a step */
static void
test_connect_by_clicks (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_port (&fixture, "lint", RUNNEL_PORT_FAILURE, &x, &y);
  fixture_press (&fixture, x, y, GDK_BUTTON_PRIMARY, 0);
  fixture_release (&fixture, x, y, 0);
  g_assert_true (runnel_canvas_is_connecting (fixture.canvas));

  fixture_click (&fixture, "package", 0);
  g_assert_false (runnel_canvas_is_connecting (fixture.canvas));
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_FAILURE));
  fixture_tear_down (&fixture);
}

static void
test_connect_escape (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  drag_from_port (&fixture, "lint", RUNNEL_PORT_SUCCESS, 700, 300);
  fixture_activate (&fixture, "escape");
  fixture_release (&fixture, 700, 300, 0);
  g_assert_false (runnel_canvas_is_connecting (fixture.canvas));
  g_assert_false (gtk_widget_get_visible (fixture.canvas->quick_add));
  fixture_tear_down (&fixture);
}

/* a link dropped on empty space asks for the step that it is to lead to */
static void
test_connect_to_new (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  drag_from_port (&fixture, "lint", RUNNEL_PORT_FAILURE, 640, 300);
  fixture_release (&fixture, 640, 300, 0);
  g_assert_true (gtk_widget_get_visible (fixture.canvas->quick_add));

  g_signal_emit_by_name (fixture.canvas->quick_add, "kind-chosen", "script");
  fixture_assert_selected (&fixture, "script");
  g_assert_true (fixture_needs (&fixture, "script", "lint", RUNNEL_ON_FAILURE));
  fixture_assert_position (&fixture, "script", 640, 264);
  fixture_tear_down (&fixture);
}

static void
test_connect_by_keyboard (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "connect::always");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_RIGHT);
  fixture_activate (&fixture, "activate");
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_ALWAYS));

  runnel_canvas_set_selection (fixture.canvas, (const char *[]) { "package", "build", NULL });
  fixture_activate (&fixture, "connect::failure");
  g_assert_true (fixture_needs (&fixture, "package", "build", RUNNEL_ON_FAILURE));
  fixture_tear_down (&fixture);
}

static void
test_delete (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  before = fixture_get_text (&fixture);
  fixture_click (&fixture, "test", 0);
  fixture_activate (&fixture, "delete");
  g_assert_null (fixture_get_step (&fixture, "test"));
  g_assert_cmpuint (fixture_get_step (&fixture, "package")->n_needs, ==, 0);
  fixture_assert_selected (&fixture, "");
  g_assert_cmpuint (runnel_scene_get_n_nodes (fixture.canvas->scene), ==, 3);
  g_assert_cmpuint (runnel_scene_get_n_links (fixture.canvas->scene), ==, 1);

  fixture_activate (&fixture, "undo");
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (runnel_scene_get_n_nodes (fixture.canvas->scene), ==, 4);
  g_assert_cmpuint (runnel_scene_get_n_links (fixture.canvas->scene), ==, 3);
  fixture_assert_position (&fixture, "test", 320, 0);

  fixture_activate (&fixture, "redo");
  g_assert_cmpuint (runnel_scene_get_n_nodes (fixture.canvas->scene), ==, 3);
  fixture_tear_down (&fixture);
}

static void
test_paste (void)
{
  Fixture fixture;
  g_autofree char *text = NULL;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_selection (fixture.canvas, (const char *[]) { "test", "package", NULL });
  text = runnel_canvas_copy_text (fixture.canvas);
  runnel_canvas_add_pasted (fixture.canvas, text, (RunnelPoint) { 100, 300 });

  g_assert_cmpuint (runnel_pipeline_get_n_steps (fixture.pipeline), ==, 6);
  fixture_assert_selected (&fixture, "test-2 package-2");
  g_assert_true (fixture_needs (&fixture, "package-2", "test-2", RUNNEL_ON_SUCCESS));
  g_assert_cmpuint (fixture_get_step (&fixture, "test-2")->n_needs, ==, 0);
  fixture_assert_position (&fixture, "test-2", 104, 304);
  fixture_assert_position (&fixture, "package-2", 424, 304);

  runnel_document_undo (fixture.document);
  g_assert_cmpuint (runnel_pipeline_get_n_steps (fixture.pipeline), ==, 4);
  fixture_tear_down (&fixture);
}

/* what is pasted covers nothing that is there, and keeps its shape */
static void
test_paste_finds_room (void)
{
  Fixture fixture;
  g_autofree char *text = NULL;
  RunnelPoint point;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  text = runnel_pipeline_copy_steps (fixture.pipeline,
                                     (const char *const[]) { "test", "package", NULL });
  point = runnel_canvas_layout_find_room (fixture.canvas, text, (RunnelPoint) { 5, 403 });
  g_assert_cmpfloat (point.x, ==, 8);
  g_assert_cmpfloat (point.y, ==, 400);

  point = runnel_canvas_layout_find_room (fixture.canvas, text, (RunnelPoint) { 320, 0 });
  g_assert_cmpfloat (point.x, ==, 320);
  g_assert_cmpfloat (point.y, ==, 80);

  point = runnel_canvas_layout_find_room (fixture.canvas, "nonsense", (RunnelPoint) { 320, 0 });
  g_assert_cmpfloat (point.y, ==, 0);
  fixture_tear_down (&fixture);
}

static void
test_paste_nonsense (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_add_pasted (fixture.canvas, "good morning", (RunnelPoint) { 0, 0 });
  g_assert_nonnull (fixture.refused);
  g_assert_cmpuint (runnel_pipeline_get_n_steps (fixture.pipeline), ==, 4);
  fixture_tear_down (&fixture);
}

static void
wait_for_steps (Fixture *fixture,
                guint    n_steps)
{
  while (runnel_pipeline_get_n_steps (fixture->pipeline) != n_steps)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_clipboard (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "cut");
  g_assert_null (fixture_get_step (&fixture, "lint"));

  fixture_move (&fixture, 8, 400, 0);
  fixture_activate (&fixture, "paste");
  wait_for_steps (&fixture, 4);
  fixture_assert_position (&fixture, "lint", 8, 400);
  fixture_tear_down (&fixture);
}

static void
test_duplicate (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "duplicate");
  fixture_assert_selected (&fixture, "lint-2");
  fixture_assert_position (&fixture, "lint-2", 352, 192);
  g_assert_cmpstr (runnel_document_get_change_label (fixture.document, 0), ==, "Duplicate");
  fixture_tear_down (&fixture);
}

static void
test_drop_kind (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_to_widget (&fixture, 108, 436, &x, &y);
  g_assert_true (runnel_canvas_drop_text (fixture.canvas, "runnel-kind:command", x, y));
  fixture_assert_selected (&fixture, "command");
  fixture_assert_position (&fixture, "command", 0, 400);

  g_assert_false (runnel_canvas_drop_text (fixture.canvas, "runnel-kind:no-such-kind", x, y));
  g_assert_false (runnel_canvas_drop_text (fixture.canvas, "hello", x, y));
  fixture_tear_down (&fixture);
}

/* a step added without a place covers no other */
static void
test_add_free (void)
{
  Fixture fixture;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  RunnelPoint a, b;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  first = runnel_canvas_add_kind (fixture.canvas, "wait", NULL, NULL);
  second = runnel_canvas_add_kind (fixture.canvas, "wait", NULL,
                                  &(RunnelCanvasLink) { "lint", NULL, RUNNEL_ON_SUCCESS });
  g_assert_cmpstr (first, !=, second);
  g_assert_true (fixture_needs (&fixture, second, "lint", RUNNEL_ON_SUCCESS));
  g_assert_true (runnel_pipeline_get_position (fixture.pipeline, first, &a));
  g_assert_true (runnel_pipeline_get_position (fixture.pipeline, second, &b));
  g_assert_cmpfloat (b.y - a.y, >=, RUNNEL_NODE_HEIGHT);
  fixture_tear_down (&fixture);
}

static void
test_disable (void)
{
  Fixture fixture;
  guint node;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_selection (fixture.canvas, (const char *[]) { "test", "lint", NULL });
  node = runnel_canvas_find_node (fixture.canvas, "test");

  fixture_activate (&fixture, "disable");
  g_assert_cmpint (fixture_get_step (&fixture, "test")->enabled, ==, RUNNEL_DISABLED);
  g_assert_cmpint (fixture_get_step (&fixture, "lint")->enabled, ==, RUNNEL_DISABLED);
  g_assert_true (runnel_scene_get_node_flags (fixture.canvas->scene, node) & RUNNEL_NODE_DISABLED);

  fixture_activate (&fixture, "bypass");
  g_assert_cmpint (fixture_get_step (&fixture, "lint")->enabled, ==, RUNNEL_BYPASSED);
  fixture_activate (&fixture, "bypass");
  g_assert_cmpint (fixture_get_step (&fixture, "lint")->enabled, ==, RUNNEL_ENABLED);
  g_assert_false (runnel_scene_get_node_flags (fixture.canvas->scene, node)
                  & (RUNNEL_NODE_DISABLED | RUNNEL_NODE_BYPASSED));

  for (guint i = 0; i < 3; i++)
    runnel_document_undo (fixture.document);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_nudge (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "nudge::right");
  fixture_activate (&fixture, "nudge::up");
  fixture_assert_position (&fixture, "lint", 328, 152);
  fixture_activate (&fixture, "nudge-finely::down");
  fixture_assert_position (&fixture, "lint", 328, 153);
  fixture_tear_down (&fixture);
}

/* A copy is text for everybody, and comes back with its links when that is wanted. */
static void
test_paste_linked (void)
{
  Fixture fixture;
  GdkContentFormats *formats;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "copy");
  formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (fixture.canvas)));
  g_assert_true (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING));
  g_assert_true (gdk_content_formats_contain_mime_type (formats,
                                                        "application/x-runnel-steps+json"));

  fixture_activate (&fixture, "paste");
  while (!runnel_pipeline_find_step (fixture.pipeline, "lint-2", NULL))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (fixture_needs (&fixture, "lint-2", "build", RUNNEL_ON_SUCCESS));

  fixture_activate (&fixture, "paste-linked");
  while (!runnel_pipeline_find_step (fixture.pipeline, "lint-3", NULL))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (fixture_needs (&fixture, "lint-3", "build", RUNNEL_ON_SUCCESS));
  fixture_tear_down (&fixture);
}

/* What is no step is refused in words. */
static void
test_paste_foreign (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture.canvas)), "Dear all,");
  fixture_activate (&fixture, "paste");
  while (fixture.refused == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (fixture.refused, "There are no steps in this text: "));
  fixture_tear_down (&fixture);
}

#define WITHOUT_LAYOUT \
  "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}," \
  "{\"id\": \"b\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}, \"needs\": [\"a\"]}," \
  "{\"id\": \"c\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}, \"needs\": [\"a\"]}]}"

/* a file without places opens tidy and unmodified; the first change writes all places */
static void
test_without_layout (void)
{
  Fixture fixture;
  RunnelPoint a, b, c;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_set_up (&fixture, WITHOUT_LAYOUT);
  before = fixture_get_text (&fixture);
  g_assert_false (runnel_document_get_modified (fixture.document));
  a = runnel_canvas_layout_get_position (fixture.canvas, "a");
  b = runnel_canvas_layout_get_position (fixture.canvas, "b");
  c = runnel_canvas_layout_get_position (fixture.canvas, "c");
  g_assert_cmpfloat (b.x, >, a.x);
  g_assert_cmpfloat (b.y, !=, c.y);

  fixture_click (&fixture, "c", 0);
  fixture_activate (&fixture, "nudge::down");
  fixture_assert_position (&fixture, "a", a.x, a.y);
  fixture_assert_position (&fixture, "b", b.x, b.y);
  fixture_assert_position (&fixture, "c", c.x, c.y + RUNNEL_SNAP);

  g_assert_true (runnel_document_undo (fixture.document));
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpfloat (runnel_canvas_layout_get_position (fixture.canvas, "c").y, ==, c.y);
  fixture_tear_down (&fixture);
}

static void
apply (Fixture    *fixture,
       RunnelEdit *edit)
{
  g_autoptr(RunnelEdit) owned = edit;
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_document_apply (fixture->document, owned, &error));
  g_assert_no_error (error);
}

/* edits made elsewhere, in the inspector, are seen at once; a renamed step stays selected */
static void
test_follow (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;
  guint node;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "test", 0);
  node = runnel_canvas_find_node (fixture.canvas, "test");

  apply (&fixture, runnel_edit_new_rename_step (fixture.pipeline, "test", "check", &error));
  fixture_assert_selected (&fixture, "check");
  g_assert_cmpuint (runnel_canvas_find_node (fixture.canvas, "check"), ==, node);
  g_assert_cmpuint (runnel_canvas_find_node (fixture.canvas, "test"), ==, RUNNEL_NO_INDEX);
  g_assert_cmpuint (runnel_scene_get_n_links (fixture.canvas->scene), ==, 3);
  fixture_assert_position (&fixture, "check", 320, 0);

  apply (&fixture, runnel_edit_new_disconnect (
    fixture.pipeline, &(RunnelLinkName) { "build", "lint", RUNNEL_ON_SUCCESS }, 1));
  g_assert_cmpuint (runnel_scene_get_n_links (fixture.canvas->scene), ==, 2);

  runnel_document_undo (fixture.document);
  runnel_document_undo (fixture.document);
  fixture_assert_selected (&fixture, "test");
  g_assert_cmpuint (runnel_scene_get_n_links (fixture.canvas->scene), ==, 3);
  fixture_tear_down (&fixture);
}

/* a change from elsewhere ends a drag instead of confusing it */
static void
test_change_while_dragging (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "test", &x, &y);
  fixture_press (&fixture, x, y, GDK_BUTTON_PRIMARY, 0);
  fixture_move (&fixture, x + 80, y + 80, 0);
  apply (&fixture, runnel_edit_new_delete_steps (fixture.pipeline,
                                                 (const char *[]) { "test", NULL }));
  fixture_move (&fixture, x + 120, y + 80, 0);
  fixture_release (&fixture, x + 120, y + 80, 0);
  g_assert_null (fixture_get_step (&fixture, "test"));
  fixture_tear_down (&fixture);
}

static void
do_action (Fixture *fixture)
{
  static const char *const names[] = {
    "select-all", "select-none", "delete", "duplicate", "undo", "redo", "tidy", "tidy-to::down", "disable",
    "bypass", "connect::success", "connect::failure", "escape", "activate", "select-upstream",
    "select-downstream", "fit", "zoom-in", "zoom-out",
  };
  const char *name = names[g_test_rand_int_range (0, G_N_ELEMENTS (names))];
  g_autofree char *detailed = g_strconcat ("canvas.", name, NULL);
  g_autofree char *action = NULL;
  g_autoptr(GVariant) parameter = NULL;

  if (g_str_equal (name, "duplicate") && runnel_pipeline_get_n_steps (fixture->pipeline) > 40)
    return;

  g_action_parse_detailed_name (detailed, &action, &parameter, NULL);
  gtk_widget_activate_action_variant (GTK_WIDGET (fixture->canvas), action, parameter);
}

/* Anything a person may do, in any order. */
static void
do_something (Fixture *fixture)
{
  double x = g_test_rand_int_range (-50, FIXTURE_WIDTH + 50);
  double y = g_test_rand_int_range (-50, FIXTURE_HEIGHT + 50);
  GdkModifierType modifiers = g_test_rand_int_range (0, 2) * GDK_SHIFT_MASK
                              | g_test_rand_int_range (0, 2) * GDK_CONTROL_MASK;

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
    case 1:
      runnel_canvas_pointer_press (fixture->canvas, g_test_rand_int_range (1, 3), 1, x, y,
                                   modifiers);
      break;
    case 2:
    case 3:
      runnel_canvas_pointer_motion (fixture->canvas, x, y, modifiers);
      break;
    case 4:
      runnel_canvas_pointer_release (fixture->canvas, x, y, modifiers);
      break;
    case 5:
      runnel_canvas_walk (fixture->canvas, g_test_rand_int_range (GTK_DIR_UP, GTK_DIR_RIGHT + 1));
      break;
    case 6:
      if (runnel_pipeline_get_n_steps (fixture->pipeline) < 40)
        g_free (runnel_canvas_add_kind (fixture->canvas, "command", NULL, NULL));
      break;
    default:
      do_action (fixture);
    }
}

/* The scene shows the steps and links of the document and no others. */
static void
assert_alike (Fixture *fixture)
{
  RunnelScene *scene = fixture->canvas->scene;
  guint n_steps = runnel_pipeline_get_n_steps (fixture->pipeline);
  guint n_links = 0;

  g_assert_cmpuint (runnel_scene_get_n_nodes (scene), ==, n_steps);
  for (guint i = 0; i < n_steps; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (fixture->pipeline, i);

      g_assert_cmpuint (runnel_canvas_find_node (fixture->canvas, step->id), !=, RUNNEL_NO_INDEX);
      n_links += step->n_needs;
    }
  g_assert_cmpuint (runnel_scene_get_n_links (scene), ==, n_links);
}

static void
test_random (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  before = fixture_get_text (&fixture);

  for (guint i = 0; i < 3000; i++)
    {
      do_something (&fixture);
      assert_alike (&fixture);
    }

  runnel_canvas_pointer_cancel (fixture.canvas);
  while (runnel_document_undo (fixture.document))
    assert_alike (&fixture);

  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/edits/connect", test_connect);
  g_test_add_func ("/designer/canvas/edits/connect-refused", test_connect_refused);
  g_test_add_func ("/designer/canvas/edits/connect-near", test_connect_near);
  g_test_add_func ("/designer/canvas/edits/connect-by-clicks", test_connect_by_clicks);
  g_test_add_func ("/designer/canvas/edits/connect-escape", test_connect_escape);
  g_test_add_func ("/designer/canvas/edits/connect-to-new", test_connect_to_new);
  g_test_add_func ("/designer/canvas/edits/connect-by-keyboard", test_connect_by_keyboard);
  g_test_add_func ("/designer/canvas/edits/delete", test_delete);
  g_test_add_func ("/designer/canvas/edits/paste", test_paste);
  g_test_add_func ("/designer/canvas/edits/paste-finds-room", test_paste_finds_room);
  g_test_add_func ("/designer/canvas/edits/paste-nonsense", test_paste_nonsense);
  g_test_add_func ("/designer/canvas/edits/clipboard", test_clipboard);
  g_test_add_func ("/designer/canvas/edits/duplicate", test_duplicate);
  g_test_add_func ("/designer/canvas/edits/drop-kind", test_drop_kind);
  g_test_add_func ("/designer/canvas/edits/add-free", test_add_free);
  g_test_add_func ("/designer/canvas/edits/disable", test_disable);
  g_test_add_func ("/designer/canvas/edits/nudge", test_nudge);
  g_test_add_func ("/designer/canvas/edits/paste-linked", test_paste_linked);
  g_test_add_func ("/designer/canvas/edits/paste-foreign", test_paste_foreign);
  g_test_add_func ("/designer/canvas/edits/without-layout", test_without_layout);
  g_test_add_func ("/designer/canvas/edits/follow", test_follow);
  g_test_add_func ("/designer/canvas/edits/change-while-dragging", test_change_while_dragging);
  g_test_add_func ("/designer/canvas/edits/random", test_random);

  return g_test_run ();
}
