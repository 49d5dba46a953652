/* test-levels.c: into the pipelines that steps run, out again, and new ones made of steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "designer/runnel-editor-page.h"
#include "window-fixture.h"

#define COMMAND(id) "{\"id\": \"" id "\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}"
#define ENTRY(id, file) \
  "{\"id\": \"" id "\", \"kind\": \"pipeline\", \"with\": {\"file\": \"" file "\"}}"
#define PIPELINE(name, steps) "{\"format\": 1, \"name\": \"" name "\", \"steps\": [" steps "]}"

typedef struct
{
  RunnelWindow *window;
  char *folder;
} Fixture;

static GtkApplication *application;

static GFile *
make_file (Fixture    *fixture,
           const char *name)
{
  return g_file_new_build_filename (fixture->folder, name, NULL);
}

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("runnel-levels-XXXXXX", NULL);
  write_file (fixture, "release.runnel.json",
              PIPELINE ("Release", COMMAND ("build") ", " ENTRY ("deploy", "deploy.runnel.json") ", "
                        ENTRY ("lost", "lost.runnel.json")));
  write_file (fixture, "deploy.runnel.json",
              PIPELINE ("Deploy", COMMAND ("copy") ", " ENTRY ("again", "release.runnel.json")));
  fixture->window = runnel_window_new (application);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static RunnelEditorPage *
get_page (Fixture *fixture)
{
  return RUNNEL_EDITOR_PAGE (runnel_window_get_active_page (fixture->window));
}

/* The page in front, once its document is there. */
static RunnelEditorPage *
wait_page (Fixture *fixture)
{
  while (!runnel_editor_page_get_document (get_page (fixture)))
    g_main_context_iteration (NULL, TRUE);
  return get_page (fixture);
}

static RunnelEditorPage *
open_release (Fixture *fixture)
{
  g_autoptr(GFile) file = make_file (fixture, "release.runnel.json");

  runnel_window_open_file (fixture->window, file);
  return wait_page (fixture);
}

static GAction *
get_action (RunnelEditorPage *page,
            const char       *name)
{
  return g_action_map_lookup_action (
    G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (page))), name);
}

static void
select_step (RunnelEditorPage *page,
             const char       *id)
{
  runnel_canvas_set_selection (runnel_editor_page_get_canvas (page),
                               (const char *const[]) { id, NULL });
}

static void
assert_title (RunnelEditorPage *page,
              const char       *title)
{
  g_assert_cmpstr (runnel_page_get_title (RUNNEL_PAGE (page)), ==, title);
}

static void
rename_pipeline (RunnelEditorPage *page,
                 const char       *name)
{
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), name);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_set_member ("name", value);

  g_assert_true (runnel_document_apply (runnel_editor_page_get_document (page), edit, NULL));
}

/* Gives the dialog that is open its answer. */
static void
answer (const char *response)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), response);
          gtk_window_destroy (window);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_enter_and_leave (Fixture       *fixture,
                      gconstpointer  data)
{
  RunnelEditorPage *release = open_release (fixture), *deploy;
  g_auto(GStrv) selection = NULL;

  g_assert_false (g_action_get_enabled (get_action (release, "enter")));
  g_assert_false (g_action_get_enabled (get_action (release, "leave")));
  select_step (release, "build");
  g_assert_false (g_action_get_enabled (get_action (release, "enter")));
  select_step (release, "deploy");
  g_action_activate (get_action (release, "enter"), NULL);
  deploy = wait_page (fixture);
  g_assert_true (deploy != release);
  assert_title (deploy, "Deploy");
  g_action_activate (get_action (deploy, "leave"), NULL);
  g_assert_true (get_page (fixture) == release);
  selection = runnel_canvas_get_selection (runnel_editor_page_get_canvas (release));
  g_assert_cmpstr (selection[0], ==, "deploy");
  /* It is the same when it is entered again. */
  g_action_activate (get_action (release, "enter"), NULL);
  g_assert_true (get_page (fixture) == deploy);
}

static void
test_circle (Fixture       *fixture,
             gconstpointer  data)
{
  RunnelEditorPage *release = open_release (fixture);

  runnel_editor_page_enter (release, "deploy");
  runnel_editor_page_enter (wait_page (fixture), "again");
  g_assert_true (get_page (fixture) == release);
  g_assert_false (g_action_get_enabled (get_action (release, "leave")));
}

/* A file is open once, also below a tab that shows another level. */
static void
test_open_shows_level (Fixture       *fixture,
                       gconstpointer  data)
{
  RunnelEditorPage *release = open_release (fixture), *deploy;
  g_autoptr(GFile) file = make_file (fixture, "release.runnel.json");
  g_autoptr(GFile) inner = make_file (fixture, "deploy.runnel.json");

  runnel_editor_page_enter (release, "deploy");
  deploy = wait_page (fixture);
  g_assert_true (runnel_window_show_file (fixture->window, file));
  g_assert_true (get_page (fixture) == release);
  g_assert_true (runnel_window_show_file (fixture->window, inner));
  g_assert_true (get_page (fixture) == deploy);
}

static void
test_unsaved_levels (Fixture       *fixture,
                     gconstpointer  data)
{
  RunnelEditorPage *release = open_release (fixture);
  g_autoptr(GPtrArray) levels = NULL;
  guint n_modified = 0;

  rename_pipeline (release, "One");
  runnel_editor_page_enter (release, "deploy");
  rename_pipeline (wait_page (fixture), "Two");
  g_action_activate (get_action (get_page (fixture), "leave"), NULL);
  levels = runnel_editor_page_list_levels (get_page (fixture));
  for (guint i = 0; i < levels->len; i++)
    n_modified += runnel_page_get_modified (g_ptr_array_index (levels, i));
  g_assert_cmpuint (n_modified, ==, 2);
  /* Closing asks before anything is lost. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-tab", NULL);
  g_assert_true (get_page (fixture) == release);
  answer ("cancel");
  for (guint i = 0; i < levels->len; i++)
    runnel_page_discard (g_ptr_array_index (levels, i));
}

static void
test_missing_file (Fixture       *fixture,
                   gconstpointer  data)
{
  RunnelEditorPage *release = open_release (fixture), *lost;
  g_autoptr(GFile) file = make_file (fixture, "lost.runnel.json");

  runnel_editor_page_enter (release, "lost");
  lost = get_page (fixture);
  g_assert_true (lost != release);
  while (!g_action_get_enabled (get_action (lost, "create")))
    g_main_context_iteration (NULL, TRUE);
  g_action_activate (get_action (lost, "create"), NULL);
  wait_page (fixture);
  g_assert_true (g_file_query_exists (file, NULL));
  g_action_activate (get_action (lost, "leave"), NULL);
  g_assert_true (get_page (fixture) == release);
}

static void
test_extract (Fixture       *fixture,
              gconstpointer  data)
{
  RunnelEditorPage *release = open_release (fixture);
  RunnelDocument *document = runnel_editor_page_get_document (release);
  RunnelPipeline *pipeline = runnel_document_get_pipeline (document);
  g_autoptr(GFile) file = make_file (fixture, "build.runnel.json");

  g_assert_false (g_action_get_enabled (get_action (release, "extract")));
  select_step (release, "build");
  g_action_activate (get_action (release, "extract"), NULL);
  answer ("extract");
  while (runnel_document_get_n_changes (document) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (runnel_document_get_change_label (document, 0), ==, "Extract build");
  g_assert_true (g_file_query_exists (file, NULL));
  g_assert_false (runnel_pipeline_find_step (pipeline, "build", NULL));
  /* The file had no places: the step is where the others were seen. */
  g_assert_true (runnel_pipeline_get_position (pipeline, "build-2", NULL));
  runnel_editor_page_enter (release, "build-2");
  g_assert_true (runnel_pipeline_find_step (
    runnel_document_get_pipeline (runnel_editor_page_get_document (wait_page (fixture))), "build",
    NULL));
  g_action_activate (get_action (get_page (fixture), "leave"), NULL);
  g_assert_true (runnel_document_undo (document));
  g_assert_true (runnel_pipeline_find_step (pipeline, "build", NULL));
}

#define ADD(name, function) \
  g_test_add ("/designer/levels/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) app = window_fixture_init (&argc, &argv);

  application = app;
  ADD ("enter-and-leave", test_enter_and_leave);
  ADD ("circle", test_circle);
  ADD ("open-shows-level", test_open_shows_level);
  ADD ("unsaved-levels", test_unsaved_levels);
  ADD ("missing-file", test_missing_file);
  ADD ("extract", test_extract);
  return g_test_run ();
}
