/* test-artifacts-list.c: the files that a step left to its run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "designer/runs/runnel-artifacts-list.h"
#include "history/runnel-history.h"

#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

typedef struct
{
  RunnelArtifactsList *list;
  GtkWidget *window;
  GPtrArray *artifacts;
  char *message;
} Fixture;

static void
add_artifact (Fixture    *fixture,
              const char *step,
              const char *path,
              gint64      size)
{
  RunnelArtifactRecord *record = g_new0 (RunnelArtifactRecord, 1);

  record->step = g_strdup (step);
  record->file = runnel_artifact_new (path, size, SHA, 0);
  g_ptr_array_add (fixture->artifacts, record);
}

static void
message_cb (Fixture    *fixture,
            const char *text)
{
  g_free (fixture->message);
  fixture->message = g_strdup (text);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->artifacts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_artifact_record_free);
  add_artifact (fixture, "build", "out/app", 2000000);
  add_artifact (fixture, "build", "out/app.sig", 64);
  add_artifact (fixture, "test", "report.html", 1);
  fixture->list = RUNNEL_ARTIFACTS_LIST (runnel_artifacts_list_new ());
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  g_signal_connect_swapped (fixture->list, "message", G_CALLBACK (message_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_ptr_array_unref (fixture->artifacts);
  g_free (fixture->message);
}

static void
show (Fixture    *fixture,
      const char *step)
{
  runnel_artifacts_list_set (fixture->list, fixture->artifacts, step, "/runs/12");
}

static GtkWidget *
get_box (Fixture *fixture)
{
  return gtk_widget_get_first_child (GTK_WIDGET (fixture->list));
}

static const char *
get_title (Fixture *fixture)
{
  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_first_child (get_box (fixture))));
}

static guint
count_files (Fixture *fixture)
{
  GtkWidget *scroller = gtk_widget_get_last_child (get_box (fixture));
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))));
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->list)));
  show (fixture, "build");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->list)));
  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_nonnull (strstr (get_title (fixture), "2 artifacts, 2.0"));
  show (fixture, "test");
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_nonnull (strstr (get_title (fixture), "1 artifact, 1"));
  show (fixture, "other");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->list)));
  show (fixture, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->list)));
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
test_copy_path (Fixture       *fixture,
                gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->list));
  g_autofree char *text = NULL;

  show (fixture, "build");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->list), "artifacts.copy-path", "s",
                                             "/runs/12/artifacts/build/out/app"));
  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "/runs/12/artifacts/build/out/app");
}

/* The file may be gone, or no program may know what to do with it: the person is told. */
static void
test_open_fails (Fixture       *fixture,
                 gconstpointer  data)
{
  show (fixture, "build");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->list), "artifacts.open", "s",
                                             "/nonexistent/file.of-no-known-type"));
  while (fixture->message == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->message, !=, "");
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/designer/artifacts-list/files", test_files);
  add ("/designer/artifacts-list/copy-path", test_copy_path);
  add ("/designer/artifacts-list/open-fails", test_open_fails);

  return g_test_run ();
}
