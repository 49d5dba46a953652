/* test-compare-page.c: two versions on one canvas, and two sides merged by a person
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "designer/compare/runnel-compare-page.h"
#include "designer/compare/runnel-conflict-row.h"
#include "designer/compare/runnel-merge-page.h"

#include "canvas-fixture.h"

#define STEP(id, more) "{\"id\": \"" id "\", \"kind\": \"wait\"" more "}"
#define PIPELINE(steps) "{\"format\": 1, \"steps\": [" steps "]}"
#define OLD PIPELINE (STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") "," STEP ("c", ""))
#define NEW \
  PIPELINE (STEP ("a", ", \"priority\": 1") "," STEP ("b", "") "," STEP ("c", "") "," STEP ("d", ""))

/* Finds a widget of a type below another one. */
static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static GtkWidget *
show (RunnelPage *page)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static const char *
get_shown (RunnelPage *page)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (adw_bin_get_child (ADW_BIN (page))));
}

static void
wait_for (RunnelPage *page,
          const char *name)
{
  while (!g_str_equal (get_shown (page), name))
    g_main_context_iteration (NULL, TRUE);
}

static void
act (RunnelPage *page,
     const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (runnel_page_get_actions (page)), name, NULL);
}

static void
assert_selected (RunnelCanvas *canvas,
                 const char   *id)
{
  g_auto(GStrv) ids = runnel_canvas_get_selection (canvas);

  g_assert_cmpstr (ids[0], ==, id);
}

static void
test_compare (void)
{
  RunnelPage *page = runnel_compare_page_new (runnel_version_new_text (OLD, "old"),
                                              runnel_version_new_text (NEW, "new"));
  GtkWidget *window = show (page);
  RunnelCanvas *canvas;

  wait_for (page, "differences");
  canvas = RUNNEL_CANVAS (find (GTK_WIDGET (page), RUNNEL_TYPE_CANVAS));
  g_assert_true (runnel_canvas_get_read_only (canvas));
  g_assert_cmpuint (runnel_scene_get_n_nodes (canvas->scene), ==, 4);
  g_assert_cmpuint (runnel_scene_get_n_links (canvas->scene), ==, 1); /* the one of before */
  assert_selected (canvas, "a");

  act (page, "next-difference");
  assert_selected (canvas, "b");
  act (page, "next-difference");
  assert_selected (canvas, "d");
  act (page, "next-difference");
  assert_selected (canvas, "a");
  act (page, "previous-difference");
  assert_selected (canvas, "d");

  act (page, "only-changes");
  g_assert_cmpuint (runnel_scene_get_n_nodes (canvas->scene), ==, 3); /* without c */
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_same (void)
{
  RunnelPage *page = runnel_compare_page_new (runnel_version_new_text (OLD, "old"),
                                              runnel_version_new_text (OLD, "new"));
  GtkWidget *window = show (page);

  wait_for (page, "same");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_broken (void)
{
  RunnelPage *page = runnel_compare_page_new (runnel_version_new_text ("{", "old"),
                                              runnel_version_new_text (OLD, "new"));
  GtkWidget *window = show (page);

  wait_for (page, "error");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
set_flag (gboolean *flag)
{
  *flag = TRUE;
}

static void
test_merge (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "runnel-merge-XXXXXX", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GFile) file = NULL;
  gboolean merged = FALSE;
  RunnelPage *page;
  GtkWidget *window, *row;

  close (g_mkstemp (path));
  file = g_file_new_for_path (path);
  page = runnel_merge_page_new (
    runnel_version_new_text (PIPELINE (STEP ("a", "")), "base"),
    runnel_version_new_text (PIPELINE (STEP ("a", ", \"priority\": 1")), "ours"),
    runnel_version_new_text (PIPELINE (STEP ("a", ", \"priority\": 2") "," STEP ("b", "")), "theirs"),
    file);
  g_signal_connect_swapped (page, "merged", G_CALLBACK (set_flag), &merged);
  window = show (page);
  wait_for (page, "merge");

  row = find (GTK_WIDGET (page), RUNNEL_TYPE_CONFLICT_ROW);
  g_assert_nonnull (row);
  g_assert_cmpstr (runnel_conflict_row_get_path (RUNNEL_CONFLICT_ROW (row)), ==,
                   "steps.a.priority");
  runnel_merge_page_save (RUNNEL_MERGE_PAGE (page)); /* too early: nothing is decided */
  g_assert_false (merged);

  runnel_conflict_row_choose (RUNNEL_CONFLICT_ROW (row), RUNNEL_MERGE_THEIRS);
  runnel_merge_page_save (RUNNEL_MERGE_PAGE (page));
  while (!merged)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"priority\": 2"));
  g_assert_nonnull (strstr (text, "\"id\": \"b\""));
  gtk_window_destroy (GTK_WINDOW (window));
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/compare/compare", test_compare);
  g_test_add_func ("/designer/compare/same", test_same);
  g_test_add_func ("/designer/compare/broken", test_broken);
  g_test_add_func ("/designer/compare/merge", test_merge);

  return g_test_run ();
}
