/* test-canvas-trace.c: links and the path through a step stand out, and links say what they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

static RunnelLinkFlags
get_flags (Fixture    *fixture,
           const char *from,
           const char *to)
{
  RunnelCanvas *canvas = fixture->canvas;
  guint link;

  g_assert_true (runnel_scene_find_link (canvas->scene, runnel_canvas_find_node (canvas, from),
                                         runnel_canvas_find_node (canvas, to), &link));
  return runnel_scene_get_link_flags (canvas->scene, link);
}

/* Each of the three links of the pipeline: nothing, or upstream, or downstream. */
static void
assert_traced (Fixture         *fixture,
               RunnelLinkFlags  build_test,
               RunnelLinkFlags  build_lint,
               RunnelLinkFlags  test_package)
{
  const RunnelLinkFlags mask = RUNNEL_LINK_UPSTREAM | RUNNEL_LINK_DOWNSTREAM;

  g_assert_cmpuint (get_flags (fixture, "build", "test") & mask, ==, build_test);
  g_assert_cmpuint (get_flags (fixture, "build", "lint") & mask, ==, build_lint);
  g_assert_cmpuint (get_flags (fixture, "test", "package") & mask, ==, test_package);
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  fixture_click (fixture, "test", 0);
  runnel_canvas_pointer_leave (fixture->canvas);
  assert_traced (fixture, RUNNEL_LINK_UPSTREAM, 0, RUNNEL_LINK_DOWNSTREAM);

  fixture_activate (fixture, "select-all");
  assert_traced (fixture, 0, 0, 0); /* no single step to speak of */

  runnel_canvas_set_selection (fixture->canvas, (const char *const[]) { "build", NULL });
  assert_traced (fixture, RUNNEL_LINK_DOWNSTREAM, RUNNEL_LINK_DOWNSTREAM, RUNNEL_LINK_DOWNSTREAM);

  fixture_activate (fixture, "trace");
  assert_traced (fixture, 0, 0, 0);
  fixture_activate (fixture, "trace");
  fixture_activate (fixture, "select-none");
  assert_traced (fixture, 0, 0, 0);
}

/* Only a pointer that rests on a step changes the picture; what is selected waits meanwhile. */
static void
test_hover (Fixture       *fixture,
            gconstpointer  data)
{
  double x, y;

  runnel_canvas_set_selection (fixture->canvas, (const char *const[]) { "package", NULL });
  fixture_get_middle (fixture, "lint", &x, &y);
  fixture_move (fixture, x, y, 0);
  assert_traced (fixture, RUNNEL_LINK_UPSTREAM, 0, RUNNEL_LINK_UPSTREAM);

  while (!fixture->canvas->trace.rested)
    g_main_context_iteration (NULL, TRUE);
  assert_traced (fixture, 0, RUNNEL_LINK_UPSTREAM, 0);
  g_assert_cmpfloat (fixture->canvas->veil.opacity, ==, 1); /* the rest is dimmed */

  runnel_canvas_pointer_leave (fixture->canvas);
  assert_traced (fixture, RUNNEL_LINK_UPSTREAM, 0, RUNNEL_LINK_UPSTREAM);
  g_assert_cmpfloat (fixture->canvas->veil.opacity, ==, 0);
}

/* Who works with a step sees everything. */
static void
test_press (Fixture       *fixture,
            gconstpointer  data)
{
  double x, y;

  fixture_get_middle (fixture, "test", &x, &y);
  fixture_move (fixture, x, y, 0);
  while (!fixture->canvas->trace.rested)
    g_main_context_iteration (NULL, TRUE);

  fixture_press (fixture, x, y, GDK_BUTTON_PRIMARY, 0);
  g_assert_cmpfloat (fixture->canvas->veil.opacity, ==, 0);
  fixture_move (fixture, x + 40, y + 40, 0);
  g_assert_cmpfloat (fixture->canvas->veil.opacity, ==, 0);
  fixture_release (fixture, x + 40, y + 40, 0);
  assert_traced (fixture, RUNNEL_LINK_UPSTREAM, 0, RUNNEL_LINK_DOWNSTREAM); /* it is selected */
}

static void
disconnect (Fixture *fixture)
{
  const RunnelLinkName link = { "build", "test", RUNNEL_ON_SUCCESS };
  g_autoptr(RunnelEdit) edit = runnel_edit_new_disconnect (fixture->pipeline, &link, 1);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_document_apply (fixture->document, edit, &error));
  g_assert_no_error (error);
}

/* The path is that of the document as it is now. */
static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  RunnelCanvas *canvas = fixture->canvas;
  guint link;

  runnel_canvas_set_selection (canvas, (const char *const[]) { "build", NULL });
  disconnect (fixture);
  g_assert_false (runnel_scene_find_link (canvas->scene, runnel_canvas_find_node (canvas, "build"),
                                          runnel_canvas_find_node (canvas, "test"), &link));
  g_assert_cmpuint (get_flags (fixture, "test", "package"), ==, 0);
  g_assert_cmpuint (get_flags (fixture, "build", "lint"), ==, RUNNEL_LINK_DOWNSTREAM);

  runnel_document_undo (fixture->document);
  assert_traced (fixture, RUNNEL_LINK_DOWNSTREAM, RUNNEL_LINK_DOWNSTREAM, RUNNEL_LINK_DOWNSTREAM);
}

/* A link under the pointer shows the steps it joins, and says when it leads on. */
static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  RunnelCanvas *canvas = fixture->canvas;
  const guint build = runnel_canvas_find_node (canvas, "build");
  const guint test = runnel_canvas_find_node (canvas, "test");
  g_autofree char *text = NULL;

  fixture_move (fixture, (RUNNEL_NODE_WIDTH + 320) / 2.0, RUNNEL_NODE_HEIGHT / 2.0, 0);
  g_assert_cmpuint (canvas->hovered_link, !=, RUNNEL_NO_INDEX);
  g_assert_true (runnel_scene_get_node_flags (canvas->scene, build) & RUNNEL_NODE_HOVERED);
  g_assert_true (runnel_scene_get_node_flags (canvas->scene, test) & RUNNEL_NODE_HOVERED);
  text = runnel_canvas_describe_link (canvas, canvas->hovered_link);
  g_assert_cmpstr (text, ==, "build → test, on success");

  runnel_canvas_pointer_leave (canvas);
  g_assert_false (runnel_scene_get_node_flags (canvas->scene, build) & RUNNEL_NODE_HOVERED);

  /* It goes while the pointer is on it. */
  fixture_move (fixture, (RUNNEL_NODE_WIDTH + 320) / 2.0, RUNNEL_NODE_HEIGHT / 2.0, 0);
  disconnect (fixture);
  g_assert_cmpuint (canvas->hovered_link, ==, RUNNEL_NO_INDEX);
  g_assert_false (runnel_scene_get_node_flags (canvas->scene, test) & RUNNEL_NODE_HOVERED);
}

static void
count_cb (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_style (Fixture       *fixture,
            gconstpointer  data)
{
  RunnelScene *scene = fixture->canvas->scene;
  guint n_notified = 0;

  g_signal_connect_swapped (fixture->canvas, "notify::link-style", G_CALLBACK (count_cb),
                            &n_notified);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.link-style", "s", "angular");
  g_assert_cmpint (runnel_scene_get_link_style (scene), ==, RUNNEL_LINKS_ANGULAR);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.link-style", "s", "angular");
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_set (fixture->canvas, "link-style", RUNNEL_LINKS_CURVED, NULL);
  g_assert_cmpint (runnel_scene_get_link_style (scene), ==, RUNNEL_LINKS_CURVED);
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture_set_up (fixture, FIXTURE_PIPELINE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  fixture_tear_down (fixture);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);
  ADD ("/canvas/trace/selection", test_selection);
  ADD ("/canvas/trace/hover", test_hover);
  ADD ("/canvas/trace/press", test_press);
  ADD ("/canvas/trace/edit", test_edit);
  ADD ("/canvas/trace/link", test_link);
  ADD ("/canvas/trace/style", test_style);
  return g_test_run ();
}
