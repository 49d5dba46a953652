/* test-window.c: windows, tabs and files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "designer/code/runnel-code-view.h"
#include "designer/runnel-editor-page.h"
#include "engine/limits/runnel-state-dir.h"
#include "util/runnel-remove-tree.h"
#include "window-fixture.h"

#define PIPELINE \
  "{\"format\": 1, \"name\": \"Nightly\", \"steps\": [" \
  "{\"id\": \"make\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}]}"

typedef struct
{
  RunnelWindow *window;
  char *folder;
  char *path;
  GFile *file;
} Fixture;

static GtkApplication *application;

static void
write_text (Fixture    *fixture,
            const char *text)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("runnel-window-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "nightly.runnel.json", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  write_text (fixture, PIPELINE);
  fixture->window = runnel_window_new (application);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static RunnelEditorPage *
get_page (Fixture *fixture)
{
  RunnelPage *page = runnel_window_get_active_page (fixture->window);

  g_assert_true (RUNNEL_IS_EDITOR_PAGE (page));
  return RUNNEL_EDITOR_PAGE (page);
}

static RunnelEditorPage *
open_and_wait (Fixture *fixture)
{
  runnel_window_open_file (fixture->window, fixture->file);
  while (!runnel_editor_page_get_document (get_page (fixture)))
    g_main_context_iteration (NULL, TRUE);
  return get_page (fixture);
}

static GAction *
get_action (RunnelEditorPage *page,
            const char       *name)
{
  return g_action_map_lookup_action (
    G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (page))), name);
}

static void
rename_pipeline (RunnelEditorPage *page,
                 const char       *name)
{
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), name);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_set_member ("name", value);

  g_assert_true (runnel_document_apply (runnel_editor_page_get_document (page), edit, NULL));
}

static void
test_begins_with_the_start_page (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_assert_null (runnel_window_get_active_page (fixture->window));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new", NULL);
  g_assert_false (runnel_page_get_modified (RUNNEL_PAGE (get_page (fixture))));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-tab", NULL);
  while (runnel_window_get_active_page (fixture->window))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  RunnelEditorPage *page = open_and_wait (fixture);

  g_assert_cmpstr (runnel_page_get_title (RUNNEL_PAGE (page)), ==, "Nightly");
  g_assert_cmpstr (runnel_page_get_subtitle (RUNNEL_PAGE (page)), ==, fixture->folder);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Nightly");
  runnel_window_open_new (fixture->window);
  g_assert_true (get_page (fixture) != page);
  /* A file is open once. */
  runnel_window_open_file (fixture->window, fixture->file);
  g_assert_true (get_page (fixture) == page);
}

static void
test_broken_file (Fixture       *fixture,
                  gconstpointer  data)
{
  RunnelEditorPage *page;

  write_text (fixture, "{\"format\": 1, ");
  runnel_window_open_file (fixture->window, fixture->file);
  page = get_page (fixture);
  while (!g_action_get_enabled (get_action (page, "reload")))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (runnel_editor_page_get_document (page));
  g_assert_false (g_action_get_enabled (get_action (page, "save")));
  write_text (fixture, PIPELINE);
  g_action_activate (get_action (page, "reload"), NULL);
  while (!runnel_editor_page_get_document (page))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_action_get_enabled (get_action (page, "save")));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean *is_saved = user_data;
  g_autoptr(GError) error = NULL;

  *is_saved = runnel_page_save_finish (RUNNEL_PAGE (object), result, &error);
  g_assert_no_error (error);
}

static void
test_edit_undo_save (Fixture       *fixture,
                     gconstpointer  data)
{
  RunnelEditorPage *page = open_and_wait (fixture);
  g_autofree char *text = NULL;
  gboolean is_saved = FALSE;

  g_assert_false (g_action_get_enabled (get_action (page, "undo")));
  rename_pipeline (page, "Weekly");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "• Weekly");
  g_action_activate (get_action (page, "undo"), NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Nightly");
  g_action_activate (get_action (page, "redo"), NULL);
  runnel_page_save_async (RUNNEL_PAGE (page), saved_cb, &is_saved);
  while (!is_saved)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (runnel_page_get_modified (RUNNEL_PAGE (page)));
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Weekly"));
}

/* The second save comes while the first is on its way to the disk, and has what was done meanwhile. */
static void
test_save_twice (Fixture       *fixture,
                 gconstpointer  data)
{
  RunnelEditorPage *page = open_and_wait (fixture);
  g_autofree char *text = NULL;
  gboolean is_saved = FALSE, is_saved_again = FALSE;

  rename_pipeline (page, "Weekly");
  runnel_page_save_async (RUNNEL_PAGE (page), saved_cb, &is_saved);
  rename_pipeline (page, "Monthly");
  runnel_page_save_async (RUNNEL_PAGE (page), saved_cb, &is_saved_again);
  while (!is_saved || !is_saved_again)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (runnel_page_get_modified (RUNNEL_PAGE (page)));
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Monthly"));
}

static void
test_panels (Fixture       *fixture,
             gconstpointer  data)
{
  const char *const names[] = { "palette", "inspector", "bottom", "code" };
  RunnelEditorPage *page = open_and_wait (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GAction *action = get_action (page, names[i]);
      g_autoptr(GVariant) before = g_action_get_state (action);
      g_autoptr(GVariant) after = NULL;

      g_action_activate (action, NULL);
      after = g_action_get_state (action);
      g_assert_true (g_variant_get_boolean (after) == !g_variant_get_boolean (before));
      g_action_activate (action, NULL);
    }
}

static GtkTextView *
find_code (GtkWidget *widget)
{
  if (GTK_SOURCE_IS_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget)) &&
      gtk_widget_get_ancestor (widget, RUNNEL_TYPE_CODE_VIEW))
    return GTK_TEXT_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTextView *found = find_code (child);

      if (found)
        return found;
    }
  return NULL;
}

/* The text beside the canvas, when it says something. */
static GtkTextBuffer *
show_code (RunnelEditorPage *page)
{
  GtkTextView *view = find_code (GTK_WIDGET (page));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  g_action_activate (get_action (page, "code"), NULL);
  while (gtk_text_buffer_get_char_count (buffer) == 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  return buffer;
}

static void
find_text (GtkTextBuffer *buffer,
           const char    *text,
           GtkTextIter   *start,
           GtkTextIter   *end)
{
  gtk_text_buffer_get_start_iter (buffer, start);
  g_assert_true (gtk_text_iter_forward_search (start, text, 0, start, end, NULL));
}

static gboolean
has_background (const GtkTextIter *iter)
{
  GSList *tags = gtk_text_iter_get_tags (iter);
  gboolean has = FALSE;

  for (GSList *l = tags; l; l = l->next)
    {
      gboolean is_set;

      g_object_get (l->data, "paragraph-background-set", &is_set, NULL);
      has |= is_set;
    }
  g_slist_free (tags);
  return has;
}

static void
test_code_shares_selection (Fixture       *fixture,
                            gconstpointer  data)
{
  RunnelEditorPage *page = open_and_wait (fixture);
  RunnelCanvas *canvas = runnel_editor_page_get_canvas (page);
  GtkTextBuffer *buffer = show_code (page);
  g_auto(GStrv) selection = NULL;
  GtkTextIter start, end;

  find_text (buffer, "\"argv\"", &start, &end);
  gtk_text_buffer_place_cursor (buffer, &start);
  selection = runnel_canvas_get_selection (canvas);
  g_assert_cmpuint (g_strv_length (selection), ==, 1);
  g_assert_cmpstr (selection[0], ==, "make");
  g_assert_true (has_background (&start));
  runnel_canvas_select_none (canvas);
  find_text (buffer, "\"argv\"", &start, &end);
  g_assert_false (has_background (&start));
  g_action_activate (get_action (page, "code"), NULL);
}

/* What is wrong makes the page modified, and is not saved without a word. */
static void
test_code_is_wrong (Fixture       *fixture,
                    gconstpointer  data)
{
  RunnelEditorPage *page = open_and_wait (fixture);
  GtkTextBuffer *buffer = show_code (page);
  gboolean is_saved = FALSE;
  GtkTextIter start, end;

  find_text (buffer, "\"Nightly\",", &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  g_assert_true (runnel_page_get_modified (RUNNEL_PAGE (page)));
  runnel_editor_page_flush (page);
  g_assert_false (runnel_document_get_modified (runnel_editor_page_get_document (page)));
  g_assert_true (runnel_page_get_modified (RUNNEL_PAGE (page)));
  gtk_text_buffer_undo (buffer);
  find_text (buffer, "Nightly", &start, &end);
  gtk_text_buffer_insert (buffer, &end, " and Daily", -1);
  runnel_page_save_async (RUNNEL_PAGE (page), saved_cb, &is_saved);
  while (!is_saved)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (runnel_page_get_modified (RUNNEL_PAGE (page)));
  g_assert_cmpstr (runnel_page_get_title (RUNNEL_PAGE (page)), ==, "Nightly and Daily");
  g_action_activate (get_action (page, "code"), NULL);
}

static void
test_two_windows (Fixture       *fixture,
                  gconstpointer  data)
{
  RunnelEditorPage *page = open_and_wait (fixture);
  GList *windows;

  runnel_window_open_new (fixture->window);
  runnel_window_show_page (fixture->window, RUNNEL_PAGE (page));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.move-to-new-window", NULL);
  windows = gtk_application_get_windows (application);
  g_assert_cmpuint (g_list_length (windows), ==, 2);
  g_assert_false (runnel_window_show_file (fixture->window, fixture->file));
  for (GList *l = windows; l; l = l->next)
    if (l->data != fixture->window)
      {
        g_assert_true (runnel_window_show_file (l->data, fixture->file));
        gtk_window_destroy (l->data);
        break;
      }
}

static guint
count_views (void)
{
  g_autofree char *folder = runnel_state_dir_get ("views");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Closing the tab writes what is remembered, in a thread. */
static void
close_and_wait (Fixture *fixture)
{
  guint wake = g_timeout_add (5, wake_cb, NULL);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-tab", NULL);
  while (runnel_window_get_active_page (fixture->window) || count_views () == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

static void
forget_views (void)
{
  g_autofree char *folder = runnel_state_dir_get ("views");

  runnel_remove_tree (folder, NULL);
}

static void
wait_for_zoom (RunnelEditorPage *page,
               double            zoom)
{
  while (runnel_canvas_get_zoom (runnel_editor_page_get_canvas (page)) != zoom)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_comes_back_to_its_place (Fixture       *fixture,
                              gconstpointer  data)
{
  const RunnelPlace wanted = { { 100, 50 }, 1.5 };
  RunnelEditorPage *page = open_and_wait (fixture);
  RunnelPlace place;

  runnel_canvas_show_place (runnel_editor_page_get_canvas (page), &wanted);
  wait_for_zoom (page, 1.5);
  close_and_wait (fixture);

  page = open_and_wait (fixture);
  wait_for_zoom (page, 1.5);
  g_assert_true (runnel_canvas_get_place (runnel_editor_page_get_canvas (page), &place));
  g_assert_cmpfloat_with_epsilon (place.center.x, wanted.center.x, 1);
  g_assert_cmpfloat_with_epsilon (place.center.y, wanted.center.y, 1);
  forget_views ();
}

/* A reload is no reason to look elsewhere. */
static void
test_reload_keeps_the_place (Fixture       *fixture,
                             gconstpointer  data)
{
  const RunnelPlace wanted = { { 100, 50 }, 2 };
  RunnelEditorPage *page = open_and_wait (fixture);
  RunnelDocument *before = runnel_editor_page_get_document (page);

  runnel_canvas_show_place (runnel_editor_page_get_canvas (page), &wanted);
  wait_for_zoom (page, 2);
  g_action_activate (get_action (page, "reload"), NULL);
  while (runnel_editor_page_get_document (page) == before)
    g_main_context_iteration (NULL, TRUE);
  wait_for_zoom (page, 2);
  close_and_wait (fixture);
  forget_views ();
}

#define ADD(name, function) \
  g_test_add ("/designer/window/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) app = window_fixture_init (&argc, &argv);

  application = app;
  ADD ("begins-with-the-start-page", test_begins_with_the_start_page);
  ADD ("open", test_open);
  ADD ("broken-file", test_broken_file);
  ADD ("edit-undo-save", test_edit_undo_save);
  ADD ("save-twice", test_save_twice);
  ADD ("panels", test_panels);
  ADD ("code-shares-selection", test_code_shares_selection);
  ADD ("code-is-wrong", test_code_is_wrong);
  ADD ("two-windows", test_two_windows);
  ADD ("comes-back-to-its-place", test_comes_back_to_its_place);
  ADD ("reload-keeps-the-place", test_reload_keeps_the_place);
  return g_test_run ();
}
