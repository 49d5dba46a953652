/* test-find-bar.c: finding steps on the canvas, and in the files of a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/find/runnel-find-bar.h"
#include "designer/find/runnel-find-page.h"
#include "designer/runnel-editor-page.h"
#include "window-fixture.h"

static GtkApplication *application;

typedef struct
{
  RunnelWindow *window;
  RunnelEditorPage *page;
  RunnelCanvas *canvas;
  RunnelFindBar *bar;
} Fixture;

static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *const kinds[] = { "wait", "http", "http" };

  fixture->window = runnel_window_new (application);
  gtk_window_present (GTK_WINDOW (fixture->window));
  runnel_window_open_new (fixture->window);
  fixture->page = RUNNEL_EDITOR_PAGE (runnel_window_get_active_page (fixture->window));
  fixture->canvas = runnel_editor_page_get_canvas (fixture->page);
  fixture->bar = RUNNEL_FIND_BAR (find_child (GTK_WIDGET (fixture->page), RUNNEL_TYPE_FIND_BAR));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_free (runnel_canvas_add_kind (fixture->canvas, kinds[i], NULL, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
activate (Fixture    *fixture,
          const char *name)
{
  g_action_group_activate_action (
    G_ACTION_GROUP (runnel_page_get_actions (RUNNEL_PAGE (fixture->page))), name, NULL);
}

static void
assert_selected (Fixture    *fixture,
                 const char *id)
{
  g_auto(GStrv) selected = runnel_canvas_get_selection (fixture->canvas);

  g_assert_cmpuint (g_strv_length (selected), ==, 1);
  g_assert_cmpstr (selected[0], ==, id);
}

static gboolean
is_marked (Fixture    *fixture,
           const char *id)
{
  guint node = runnel_canvas_find_node (fixture->canvas, id);

  return (runnel_scene_get_node_flags (fixture->canvas->scene, node) & RUNNEL_NODE_FOUND) != 0;
}

static void
test_steps (Fixture       *fixture,
            gconstpointer  data)
{
  activate (fixture, "find");
  g_assert_true (runnel_find_bar_is_open (fixture->bar));
  runnel_find_bar_set_text (fixture->bar, "http");
  assert_selected (fixture, "http");
  g_assert_true (is_marked (fixture, "http"));
  g_assert_true (is_marked (fixture, "http-2"));
  g_assert_false (is_marked (fixture, "wait"));

  activate (fixture, "find-next");
  assert_selected (fixture, "http-2");
  activate (fixture, "find-next");
  assert_selected (fixture, "http");
  activate (fixture, "find-previous");
  assert_selected (fixture, "http-2");
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  activate (fixture, "find");
  runnel_find_bar_set_text (fixture->bar, "http");
  runnel_find_bar_close (fixture->bar);
  g_assert_false (is_marked (fixture, "http"));
  /* F3 goes on with what was looked for. */
  activate (fixture, "find-next");
  g_assert_true (runnel_find_bar_is_open (fixture->bar));
  g_assert_true (is_marked (fixture, "http"));
}

/* A step that comes back has its mark. */
static void
test_edits (Fixture       *fixture,
            gconstpointer  data)
{
  activate (fixture, "find");
  runnel_find_bar_set_text (fixture->bar, "wait");
  assert_selected (fixture, "wait");
  runnel_canvas_delete (fixture->canvas);
  g_assert_cmpuint (runnel_canvas_find_node (fixture->canvas, "wait"), ==, RUNNEL_NO_INDEX);
  activate (fixture, "undo");
  g_assert_true (is_marked (fixture, "wait"));
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  RunnelPage *page;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.find-in-files", NULL);
  page = runnel_window_get_active_page (fixture->window);
  g_assert_true (RUNNEL_IS_FIND_PAGE (page));
  /* One tab is enough. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.find-in-files", NULL);
  g_assert_true (runnel_window_get_active_page (fixture->window) == page);
}

#define ADD(name, function) \
  g_test_add ("/designer/find-bar/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) app = window_fixture_init (&argc, &argv);

  application = app;
  ADD ("steps", test_steps);
  ADD ("close", test_close);
  ADD ("edits", test_edits);
  ADD ("files", test_files);
  return g_test_run ();
}
