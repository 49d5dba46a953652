/* test-quick-add.c: the popover that searches the kinds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

static const RunnelCanvasLink after_lint = { "lint", NULL, RUNNEL_ON_SUCCESS };

static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
search (Fixture    *fixture,
        const char *text)
{
  GtkWidget *entry = find_child (fixture->canvas->quick_add, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

/* what is searched for is added where it was asked for, and the keyboard comes back */
static void
test_add (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 100, 400 }, &after_lint);
  search (&fixture, "http");
  fixture_assert_selected (&fixture, "http");
  fixture_assert_position (&fixture, "http", 104, 368);
  g_assert_true (fixture_needs (&fixture, "http", "lint", RUNNEL_ON_SUCCESS));
  g_assert_false (gtk_widget_get_visible (fixture.canvas->quick_add));
  g_assert_true (runnel_canvas_contains_focus (fixture.canvas));
  fixture_tear_down (&fixture);
}

static void
test_nothing_found (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 100, 400 }, NULL);
  search (&fixture, "no such kind");
  g_assert_cmpuint (runnel_pipeline_get_n_steps (fixture.pipeline), ==, 4);
  g_assert_true (gtk_widget_get_visible (fixture.canvas->quick_add));
  fixture_tear_down (&fixture);
}

/* the step that was to come before is gone in the meantime */
static void
test_gone (void)
{
  Fixture fixture;
  g_autoptr(RunnelEdit) edit = NULL;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 100, 400 }, &after_lint);
  edit = runnel_edit_new_delete_steps (fixture.pipeline, (const char *[]) { "lint", NULL });
  g_assert_true (runnel_document_apply (fixture.document, edit, NULL));
  search (&fixture, "wait");
  g_assert_cmpuint (fixture_get_step (&fixture, "wait")->n_needs, ==, 0);
  fixture_tear_down (&fixture);
}

/* what was added last is offered first, without typing */
static void
test_recent (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 100, 400 }, NULL);
  search (&fixture, "http");
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 400, 400 }, NULL);
  search (&fixture, "wait");
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 100, 600 }, NULL);
  search (&fixture, "");
  g_assert_nonnull (fixture_get_step (&fixture, "wait-2"));
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 400, 600 }, NULL);
  search (&fixture, "http");
  runnel_canvas_quick_add (fixture.canvas, (RunnelPoint) { 700, 600 }, NULL);
  search (&fixture, "");
  g_assert_nonnull (fixture_get_step (&fixture, "http-3"));
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/quick-add/add", test_add);
  g_test_add_func ("/designer/quick-add/nothing-found", test_nothing_found);
  g_test_add_func ("/designer/quick-add/gone", test_gone);
  g_test_add_func ("/designer/quick-add/recent", test_recent);

  return g_test_run ();
}
