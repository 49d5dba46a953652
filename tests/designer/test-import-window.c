/* test-import-window.c: files of other systems, looked at before they are opened as pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "designer/interchange/runnel-import-window.h"
#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-export.h"
#include "interchange/runnel-portability.h"
#include "util/runnel-remove-tree.h"

typedef struct
{
  char *folder;
  GListStore *files;
} Fixture;

static void
fixture_set_up (Fixture       *self,
                gconstpointer  user_data)
{
  self->folder = g_dir_make_tmp ("runnel-import-XXXXXX", NULL);
  self->files = g_list_store_new (G_TYPE_FILE);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  user_data)
{
  runnel_remove_tree (self->folder, NULL);
  g_free (self->folder);
  g_object_unref (self->files);
}

static void
add_path (Fixture    *self,
          const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_list_store_append (self->files, file);
}

static RunnelImportWindow *
open_window (Fixture    *self,
             const char *page)
{
  GtkWindow *window = runnel_import_window_new (NULL, G_LIST_MODEL (self->files));

  gtk_window_present (window);
  while (!g_str_equal (runnel_import_window_get_showing (RUNNEL_IMPORT_WINDOW (window)), page))
    g_main_context_iteration (NULL, TRUE);
  return RUNNEL_IMPORT_WINDOW (window);
}

static GtkWidget *
find_suggested (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_suggested (child);
  return found;
}

static void
test_unknown (Fixture       *self,
              gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (self->folder, "words.txt", NULL);
  RunnelImportWindow *window;

  g_assert_true (g_file_set_contents (path, "Only words.\n", -1, NULL));
  add_path (self, path);
  window = open_window (self, "file-error");
  g_assert_false (gtk_widget_get_sensitive (find_suggested (GTK_WIDGET (window))));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_empty_folder (Fixture       *self,
                   gconstpointer  user_data)
{
  RunnelImportWindow *window;

  add_path (self, self->folder);
  window = open_window (self, "error");
  g_assert_false (gtk_widget_get_sensitive (find_suggested (GTK_WIDGET (window))));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_close (Fixture       *self,
            gconstpointer  user_data)
{
  GtkWindow *window;

  add_path (self, self->folder);
  window = runnel_import_window_new (NULL, G_LIST_MODEL (self->files));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (window);
  gtk_window_destroy (window);
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* A system that is written and read. */
static const RunnelTarget *
find_system (void)
{
  g_autoptr(GPtrArray) targets = runnel_portability_list_targets ();

  for (guint i = 0; i < targets->len; i++)
    {
      const RunnelTarget *target = g_ptr_array_index (targets, i);

      if (target->import)
        return target;
    }
  return NULL;
}

static void
opened_cb (RunnelImportWindow *window,
           const char         *name,
           const char         *text,
           char              **ret_text)
{
  g_free (*ret_text);
  *ret_text = g_strdup (text);
}

static void
test_open (Fixture       *self,
           gconstpointer  user_data)
{
  const RunnelTarget *target = find_system ();
  g_autofree char *path = g_build_filename (self->folder, "p.runnel.json", NULL);
  g_autofree char *opened = NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelPipeline) read = NULL;
  g_autoptr(RunnelExport) export = NULL;
  g_autoptr(GPtrArray) files = NULL;
  RunnelImportWindow *window;

  if (!target)
    {
      g_test_skip ("there is no system that is written and read");
      return;
    }
  pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, \"steps\": [{\"id\": \"make\", \"kind\": \"script\","
    " \"with\": {\"run\": \"echo made\"}}]}", -1, NULL, NULL);
  export = runnel_export_new (target, NULL);
  export->allow_loss = TRUE;
  files = runnel_export_make (export, pipeline, path, NULL);
  g_assert_true (runnel_export_write (files, NULL));
  add_path (self, ((RunnelExportFile *) g_ptr_array_index (files, 0))->path);

  window = open_window (self, "source");
  g_signal_connect (window, "open", G_CALLBACK (opened_cb), &opened);
  g_signal_emit_by_name (find_suggested (GTK_WIDGET (window)), "clicked");
  g_assert_nonnull (opened);
  read = runnel_pipeline_new_from_text (opened, -1, NULL, NULL);
  g_assert_true (runnel_pipeline_find_step (read, "make", NULL));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/designer/import-window/" name, Fixture, NULL, fixture_set_up, function,           \
              fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();
  ADD ("unknown", test_unknown);
  ADD ("empty-folder", test_empty_folder);
  ADD ("close", test_close);
  ADD ("open", test_open);

  return g_test_run ();
}
