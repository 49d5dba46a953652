/* test-export-window.c: a pipeline as code of another system, looked at before it is written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/interchange/runnel-export-job.h"
#include "designer/interchange/runnel-export-window.h"
#include "designer/interchange/runnel-sync.h"
#include "engine/kinds/runnel-kinds.h"
#include "model/runnel-edit.h"

#define PIPELINE                                                                                   \
  "{\"format\": 1, \"name\": \"Nightly\", \"steps\": ["                                            \
  "{\"id\": \"make\", \"kind\": \"script\", \"with\": {\"run\": \"echo made\\n\"}}]}"

static RunnelDocument *
document_new (const char *text)
{
  RunnelDocument *document = runnel_document_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_autoptr(RunnelEdit) edit = NULL;

  g_assert_no_error (error);
  edit = runnel_edit_new_replace_all (pipeline);
  g_assert_true (runnel_document_apply (document, edit, &error));
  return document;
}

static void
wait_for (RunnelExportWindow *window,
          const char         *page)
{
  while (!g_str_equal (runnel_export_window_get_showing (window), page))
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

/* Each system in turn shows what `runnel export` would print. */
static void
test_code (void)
{
  g_autoptr(RunnelDocument) document = document_new (PIPELINE);
  g_autoptr(GPtrArray) targets = runnel_portability_list_targets ();

  g_assert_cmpuint (targets->len, >, 0);
  for (guint i = 0; i < targets->len; i++)
    {
      const RunnelTarget *target = g_ptr_array_index (targets, i);
      GtkWindow *window = runnel_export_window_new (NULL, document, NULL, target->name);
      g_autofree char *text = NULL;

      g_test_message ("%s", target->name);
      gtk_window_present (window);
      while (g_str_equal (runnel_export_window_get_showing (RUNNEL_EXPORT_WINDOW (window)), "loading"))
        g_main_context_iteration (NULL, TRUE);
      text = runnel_export_window_get_text (RUNNEL_EXPORT_WINDOW (window));
      if (g_str_equal (runnel_export_window_get_showing (RUNNEL_EXPORT_WINDOW (window)), "code"))
        g_assert_cmpstr (text, !=, "");
      gtk_window_destroy (window);
    }
}

static void
test_error (void)
{
  g_autoptr(RunnelDocument) document = document_new (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"b\"]},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"a\"]}]}");
  GtkWindow *window = runnel_export_window_new (NULL, document, NULL, NULL);

  gtk_window_present (window);
  wait_for (RUNNEL_EXPORT_WINDOW (window), "error");
  gtk_window_destroy (window);
}

/* One that is closed while it looks. */
static void
test_close (void)
{
  g_autoptr(RunnelDocument) document = document_new (PIPELINE);
  GtkWindow *window = runnel_export_window_new (NULL, document, NULL, NULL);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (window);
  gtk_window_destroy (window);
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The switch writes an entry into the document, which can be undone, and takes it out again. */
static void
test_sync_switch (void)
{
  g_autoptr(RunnelDocument) document = document_new (PIPELINE);
  g_autoptr(GPtrArray) targets = runnel_portability_list_targets ();
  const RunnelTarget *target = g_ptr_array_index (targets, 0);
  GtkWindow *window = runnel_export_window_new (NULL, document, NULL, target->name);
  GtkWidget *button = find_widget (GTK_WIDGET (window), GTK_TYPE_SWITCH);
  g_autoptr(RunnelExport) kept = NULL;

  g_assert_null (runnel_sync_find (document, target));
  gtk_switch_set_active (GTK_SWITCH (button), TRUE);
  kept = runnel_sync_find (document, target);
  g_assert_nonnull (kept);
  g_assert_true (runnel_document_get_modified (document));
  gtk_switch_set_active (GTK_SWITCH (button), FALSE);
  g_assert_null (runnel_pipeline_get_member (runnel_document_get_pipeline (document), "exports"));
  gtk_window_destroy (window);
}

/* Entries of others stay, and what is so already is no change. */
static void
test_sync_set (void)
{
  g_autoptr(RunnelDocument) document = document_new (
    "{\"format\": 1, \"exports\": [{\"system\": \"abacus\"}], \"steps\": []}");
  g_autoptr(GPtrArray) targets = runnel_portability_list_targets ();
  g_autoptr(RunnelExport) export = runnel_export_new (g_ptr_array_index (targets, 0), "x");
  JsonNode *member;
  guint n_changes;

  runnel_sync_set (document, export, TRUE);
  n_changes = runnel_document_get_n_changes (document);
  runnel_sync_set (document, export, TRUE);
  g_assert_cmpuint (runnel_document_get_n_changes (document), ==, n_changes);
  member = runnel_pipeline_get_member (runnel_document_get_pipeline (document), "exports");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (member)), ==, 2);
  runnel_sync_set (document, export, FALSE);
  member = runnel_pipeline_get_member (runnel_document_get_pipeline (document), "exports");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (member)), ==, 1);
}

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}

static void
test_sync_job (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-sync-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "p.runnel.json", NULL);
  g_autofree char *made = g_build_filename (folder, "made", NULL);
  g_autoptr(GPtrArray) targets = runnel_portability_list_targets ();
  const RunnelTarget *target = g_ptr_array_index (targets, 0);
  g_autofree char *text = g_strdup_printf (
    "{\"format\": 1, \"exports\": [{\"system\": \"%s\", \"path\": \"made\", \"allow-loss\": true}],"
    " \"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}}]}",
    target->name);
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;

  runnel_export_job_sync_async (pipeline, path, synced_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (runnel_export_job_sync_finish (result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (made, &content, NULL, NULL));
  g_assert_cmpstr (content, !=, "");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();
  g_test_add_func ("/designer/export-window/code", test_code);
  g_test_add_func ("/designer/export-window/error", test_error);
  g_test_add_func ("/designer/export-window/close", test_close);
  g_test_add_func ("/designer/export-window/sync-switch", test_sync_switch);
  g_test_add_func ("/designer/export-window/sync-set", test_sync_set);
  g_test_add_func ("/designer/export-window/sync-job", test_sync_job);

  return g_test_run ();
}
