/* test-canvas.c: view, selection, keyboard, actions, states and accessibles of the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "canvas-fixture.h"
#include "designer/canvas/runnel-part-proxy.h"

static void
test_properties (void)
{
  Fixture fixture;
  RunnelDocument *document = NULL;
  double zoom;
  gboolean read_only;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  g_object_set (fixture.canvas, "zoom", 2.0, "read-only", TRUE, NULL);
  g_object_get (fixture.canvas, "zoom", &zoom, "read-only", &read_only, "document", &document, NULL);
  g_assert_cmpfloat (zoom, ==, 2.0);
  g_assert_true (read_only);
  g_assert_true (document == fixture.document);
  g_object_unref (document);
  fixture_tear_down (&fixture);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_zoom_notifies (void)
{
  Fixture fixture;
  guint count = 0;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  g_signal_connect_swapped (fixture.canvas, "notify::zoom", G_CALLBACK (count_cb), &count);
  runnel_canvas_set_zoom (fixture.canvas, 1.5);
  runnel_canvas_set_zoom (fixture.canvas, 1.5);
  g_assert_cmpuint (count, ==, 1);
  runnel_canvas_set_zoom (fixture.canvas, 100);
  g_assert_cmpfloat (runnel_canvas_get_zoom (fixture.canvas), ==, RUNNEL_CANVAS_MAX_ZOOM);
  fixture_tear_down (&fixture);
}

static gboolean
is_seen (Fixture    *fixture,
         const char *id)
{
  RunnelBox box, view;

  runnel_scene_get_node_box (fixture->canvas->scene, runnel_canvas_find_node (fixture->canvas, id),
                             &box);
  runnel_viewport_get_box (&fixture->canvas->view, &view);

  return box.x0 >= view.x0 && box.y0 >= view.y0 && box.x1 <= view.x1 && box.y1 <= view.y1;
}

static void
test_fit (void)
{
  static const char *const ids[] = { "build", "test", "lint", "package" };
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture.canvas->view.x = 100000;
  runnel_canvas_fit (fixture.canvas);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_true (is_seen (&fixture, ids[i]));
  g_assert_cmpfloat (runnel_canvas_get_zoom (fixture.canvas), <=, 1);

  fixture.canvas->view.x = 100000;
  runnel_canvas_set_selection (fixture.canvas, (const char *[]) { "lint", NULL });
  runnel_canvas_fit_selection (fixture.canvas);
  g_assert_true (is_seen (&fixture, "lint"));
  g_assert_cmpfloat (runnel_canvas_get_zoom (fixture.canvas), ==, 1);
  fixture_tear_down (&fixture);
}

static void
test_reveal (void)
{
  Fixture fixture;
  int x;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture.canvas->view.x = 100000;
  runnel_canvas_reveal (fixture.canvas, "package");
  g_assert_true (is_seen (&fixture, "package"));
  fixture_assert_selected (&fixture, "package");

  x = fixture.canvas->view.x;
  runnel_canvas_reveal (fixture.canvas, "package");
  g_assert_cmpint (fixture.canvas->view.x, ==, x);
  runnel_canvas_reveal (fixture.canvas, "no-such-step");
  fixture_assert_selected (&fixture, "package");
  fixture_tear_down (&fixture);
}

static void
test_selection (void)
{
  Fixture fixture;
  RunnelCanvasLink link = { "build", "lint", RUNNEL_ON_SUCCESS };

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_selection (fixture.canvas, (const char *[]) { "lint", "gone", "build", NULL });
  fixture_assert_selected (&fixture, "build lint");

  runnel_canvas_set_selected_link (fixture.canvas, &link);
  fixture_assert_selected (&fixture, "");
  g_assert_true (runnel_canvas_get_selected_link (fixture.canvas, &link));
  g_assert_cmpstr (link.to, ==, "lint");

  runnel_canvas_select_all (fixture.canvas);
  fixture_assert_selected (&fixture, "build test lint package");
  g_assert_false (runnel_canvas_get_selected_link (fixture.canvas, &link));
  runnel_canvas_select_none (fixture.canvas);
  fixture_assert_selected (&fixture, "");

  runnel_canvas_set_selection (fixture.canvas, (const char *[]) { "test", NULL });
  fixture_activate (&fixture, "select-upstream");
  fixture_assert_selected (&fixture, "build test");
  fixture_activate (&fixture, "select-downstream");
  fixture_assert_selected (&fixture, "build test lint package");
  fixture_tear_down (&fixture);
}

static void
test_walk (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_walk (fixture.canvas, GTK_DIR_RIGHT);
  fixture_assert_selected (&fixture, "build");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_RIGHT);
  fixture_assert_selected (&fixture, "test");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_DOWN);
  fixture_assert_selected (&fixture, "lint");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_LEFT);
  fixture_assert_selected (&fixture, "build");

  fixture_activate (&fixture, "activate");
  g_assert_cmpstr (fixture.activated, ==, "build");
  fixture_activate (&fixture, "rename");
  g_assert_cmpstr (fixture.renamed, ==, "build");
  fixture_tear_down (&fixture);
}

/* Whether an action would do something: a disabled one is not activated. */
static gboolean
is_enabled (Fixture    *fixture,
            const char *action)
{
  g_autofree char *name = g_strconcat ("canvas.", action, NULL);
  GtkWidget *button = gtk_button_new ();
  gboolean sensitive;

  gtk_widget_set_parent (button, GTK_WIDGET (fixture->canvas));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
  sensitive = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);

  return sensitive;
}

static void
test_actions (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  g_assert_false (is_enabled (&fixture, "delete"));
  g_assert_false (is_enabled (&fixture, "undo"));
  g_assert_true (is_enabled (&fixture, "fit"));

  fixture_click (&fixture, "lint", 0);
  g_assert_true (is_enabled (&fixture, "delete"));
  g_assert_true (is_enabled (&fixture, "rename"));
  fixture_activate (&fixture, "delete");
  g_assert_false (is_enabled (&fixture, "delete"));
  g_assert_true (is_enabled (&fixture, "undo"));
  g_assert_false (is_enabled (&fixture, "redo"));

  runnel_canvas_set_read_only (fixture.canvas, TRUE);
  g_assert_false (is_enabled (&fixture, "undo"));
  g_assert_false (is_enabled (&fixture, "paste"));
  g_assert_true (is_enabled (&fixture, "select-all"));
  fixture_tear_down (&fixture);
}

static RunnelPartProxy *
find_proxy (Fixture    *fixture,
            const char *id)
{
  guint node = runnel_canvas_find_node (fixture->canvas, id);

  return g_hash_table_lookup (fixture->canvas->proxies,
                              runnel_canvas_get_part_key (RUNNEL_PART_STEP, node));
}

static void
test_states (void)
{
  Fixture fixture;
  guint node;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  node = runnel_canvas_find_node (fixture.canvas, "lint");
  runnel_canvas_set_step_state (fixture.canvas, "lint", RUNNEL_STATE_FAILED, "Failed, 2 s");
  runnel_canvas_set_step_state (fixture.canvas, "no-such-step", RUNNEL_STATE_RUNNING, NULL);
  runnel_canvas_set_problems (fixture.canvas, (const char *[]) { "lint", NULL });
  g_assert_cmpint (runnel_scene_get_node_state (fixture.canvas->scene, node), ==,
                   RUNNEL_STATE_FAILED);

  runnel_canvas_a11y_update (fixture.canvas);
  g_assert_cmpstr (runnel_part_proxy_get_label (find_proxy (&fixture, "lint")), ==,
                   "lint, Script, Failed, 2 s, has a problem");

  runnel_canvas_clear_states (fixture.canvas);
  runnel_canvas_set_problems (fixture.canvas, NULL);
  g_assert_false (runnel_scene_get_node_flags (fixture.canvas->scene, node) & RUNNEL_NODE_IN_RUN);
  runnel_canvas_a11y_update (fixture.canvas);
  g_assert_cmpstr (runnel_part_proxy_get_label (find_proxy (&fixture, "lint")), ==, "lint, Script");
  fixture_tear_down (&fixture);
}

static char *
explain_cb (const char *prefix,
            const char *id)
{
  return g_strconcat (prefix, id, NULL);
}

/* Why a step is what it is, is told of steps whose state is shown. */
static void
test_explain (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint node;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  g_signal_connect_swapped (fixture.canvas, "explain", G_CALLBACK (explain_cb), "So it is: ");
  node = runnel_canvas_find_node (fixture.canvas, "lint");
  before = runnel_canvas_make_tooltip (fixture.canvas, node);
  g_assert_null (strstr (before, "So it is"));
  runnel_canvas_set_step_state (fixture.canvas, "lint", RUNNEL_STATE_SKIPPED, "Skipped");
  after = runnel_canvas_make_tooltip (fixture.canvas, node);
  g_assert_true (g_str_has_suffix (after, "\nSo it is: lint"));
  fixture_tear_down (&fixture);
}

/* a state that came while the step was deleted is there when it comes back */
static void
test_state_survives_undo (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  runnel_canvas_delete (fixture.canvas);
  runnel_canvas_set_step_state (fixture.canvas, "lint", RUNNEL_STATE_SUCCEEDED, NULL);
  runnel_document_undo (fixture.document);
  g_assert_cmpint (runnel_scene_get_node_state (fixture.canvas->scene,
                                                runnel_canvas_find_node (fixture.canvas, "lint")),
                   ==, RUNNEL_STATE_SUCCEEDED);
  fixture_tear_down (&fixture);
}

static void
test_tab_leaves (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_walk (fixture.canvas, GTK_DIR_RIGHT);
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture.canvas), GTK_DIR_TAB_FORWARD));
  fixture_tear_down (&fixture);
}

static void
test_pipeline_only (void)
{
  Fixture fixture;
  g_autoptr(RunnelPipeline) other = runnel_pipeline_new ();

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_set_pipeline (fixture.canvas, fixture.pipeline);
  g_assert_null (runnel_canvas_get_document (fixture.canvas));
  fixture_click (&fixture, "lint", 0);
  fixture_assert_selected (&fixture, "lint");
  runnel_canvas_delete (fixture.canvas);
  g_assert_nonnull (fixture_get_step (&fixture, "lint"));

  runnel_canvas_set_pipeline (fixture.canvas, other);
  g_assert_cmpuint (runnel_scene_get_n_nodes (fixture.canvas->scene), ==, 0);
  runnel_canvas_set_document (fixture.canvas, NULL);
  runnel_canvas_fit (fixture.canvas);
  fixture_tear_down (&fixture);
}

#define ODD_PIPELINE \
  "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"a\", \"kind\": \"command\", \"needs\": [\"a\", \"ghost\", \"b\", 5]}," \
  "{\"id\": \"b\", \"kind\": \"no-such-kind\", \"needs\": [\"a\"], \"with\": {\"run\": 3}}," \
  "{\"id\": \"a\", \"kind\": \"script\"}, {\"kind\": \"wait\"}, {}]," \
  "\"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\", \"ghost\", 7]}, 3]," \
  "\"notes\": [{\"id\": \"n\", \"text\": \"hello\"}, {}]," \
  "\"layout\": {\"notes\": {\"n\": [10, 20, 100]}}}"

/* steps that can't be named have no card; nothing else goes wrong */
static void
test_odd_file (void)
{
  Fixture fixture;
  g_autofree char *id = NULL;

  fixture_set_up (&fixture, ODD_PIPELINE);
  g_assert_cmpuint (runnel_scene_get_n_nodes (fixture.canvas->scene), ==, 2);
  runnel_canvas_select_all (fixture.canvas);
  runnel_canvas_tidy (fixture.canvas);
  runnel_canvas_duplicate (fixture.canvas);
  runnel_canvas_delete (fixture.canvas);
  id = runnel_canvas_add_kind (fixture.canvas, "command", NULL,
                               &(RunnelCanvasLink) { "a", NULL, RUNNEL_ON_FAILURE });
  g_assert_nonnull (id);
  while (runnel_document_undo (fixture.document))
    ;
  g_assert_cmpuint (runnel_scene_get_n_nodes (fixture.canvas->scene), ==, 2);
  fixture_tear_down (&fixture);
}

static void
test_menus (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_get_middle (&fixture, "lint", &x, &y);
  fixture_to_widget (&fixture, x, y, &x, &y);
  runnel_canvas_popup_menu (fixture.canvas, x, y);
  fixture_assert_selected (&fixture, "lint");
  g_assert_true (gtk_widget_get_visible (fixture.canvas->menu));
  gtk_popover_popdown (GTK_POPOVER (fixture.canvas->menu));

  fixture_activate (&fixture, "menu");
  g_assert_true (gtk_widget_get_visible (fixture.canvas->menu));
  gtk_popover_popdown (GTK_POPOVER (fixture.canvas->menu));
  runnel_canvas_popup_menu (fixture.canvas, 10, 10);
  g_assert_true (gtk_widget_get_visible (fixture.canvas->menu));
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/properties", test_properties);
  g_test_add_func ("/designer/canvas/zoom-notifies", test_zoom_notifies);
  g_test_add_func ("/designer/canvas/fit", test_fit);
  g_test_add_func ("/designer/canvas/reveal", test_reveal);
  g_test_add_func ("/designer/canvas/selection", test_selection);
  g_test_add_func ("/designer/canvas/walk", test_walk);
  g_test_add_func ("/designer/canvas/actions", test_actions);
  g_test_add_func ("/designer/canvas/states", test_states);
  g_test_add_func ("/designer/canvas/explain", test_explain);
  g_test_add_func ("/designer/canvas/state-survives-undo", test_state_survives_undo);
  g_test_add_func ("/designer/canvas/tab-leaves", test_tab_leaves);
  g_test_add_func ("/designer/canvas/pipeline-only", test_pipeline_only);
  g_test_add_func ("/designer/canvas/odd-file", test_odd_file);
  g_test_add_func ("/designer/canvas/menus", test_menus);

  return g_test_run ();
}
