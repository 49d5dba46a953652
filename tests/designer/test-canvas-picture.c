/* test-canvas-picture.c: the canvas on paper, on the clipboard and in files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "designer/pictures/runnel-export-dialog.h"
#include "designer/pictures/runnel-picture-print.h"

#include "canvas-fixture.h"

static void
test_copied_scene_shows_no_selection (void)
{
  g_autoptr(RunnelScene) all = NULL;
  g_autoptr(RunnelScene) part = NULL;
  Fixture fixture;
  guint node;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "test", 0);
  fixture_click (&fixture, "package", GDK_CONTROL_MASK);
  runnel_canvas_set_step_state (fixture.canvas, "test", RUNNEL_STATE_FAILED, "Failed");

  all = runnel_canvas_dup_scene (fixture.canvas, FALSE);
  g_assert_cmpuint (runnel_scene_get_n_nodes (all), ==, 4);
  g_assert_cmpuint (runnel_scene_get_n_links (all), ==, 3);
  g_assert_true (runnel_scene_find_node (all, "test", &node));
  g_assert_cmpint (runnel_scene_get_node_flags (all, node), ==, RUNNEL_NODE_IN_RUN);
  g_assert_cmpint (runnel_scene_get_node_state (all, node), ==, RUNNEL_STATE_FAILED);

  part = runnel_canvas_dup_scene (fixture.canvas, TRUE);
  g_assert_cmpuint (runnel_scene_get_n_nodes (part), ==, 2);
  g_assert_cmpuint (runnel_scene_get_n_links (part), ==, 1);
  fixture_tear_down (&fixture);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  const char *type;

  *(GInputStream **) user_data =
    gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, &type, NULL);
}

static void
assert_on_clipboard (GdkClipboard *clipboard,
                     const char   *type,
                     const char   *start)
{
  const char *types[] = { type, NULL };
  g_autoptr(GInputStream) stream = NULL;
  char bytes[64] = "";

  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, NULL, read_cb, &stream);
  while (stream == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_input_stream_read_all (stream, bytes, strlen (start), NULL, NULL, NULL);
  g_assert_true (g_str_has_prefix (bytes, start));
}

static void
test_copy (void)
{
  GdkClipboard *clipboard;
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  clipboard = gtk_widget_get_clipboard (fixture.window);
  gdk_clipboard_set_text (clipboard, "before");
  fixture_activate (&fixture, "copy-picture");
  while (!gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard),
                                                 "image/png"))
    g_main_context_iteration (NULL, TRUE);

  assert_on_clipboard (clipboard, "image/png", "\x89PNG");
  assert_on_clipboard (clipboard, "image/svg+xml", "<?xml");
  fixture_tear_down (&fixture);
}

static RunnelExportDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (RUNNEL_IS_EXPORT_DIALOG (window))
        return RUNNEL_EXPORT_DIALOG (window);
    }

  return NULL;
}

static void
test_export_asks (void)
{
  RunnelPictureOptions options;
  RunnelExportDialog *dialog;
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_activate (&fixture, "export");
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  runnel_export_dialog_get_options (dialog, &options);
  g_assert_cmpint (options.format, ==, RUNNEL_PICTURE_SVG);
  g_assert_cmpfloat (options.scale, ==, 0);
  g_assert_false (runnel_export_dialog_wants_selection (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
  fixture_tear_down (&fixture);
}

static void
test_pages (void)
{
  const RunnelBox box = { 0, 0, 2000, 500 };
  RunnelPrintPages pages;

  runnel_picture_lay_out_pages (&box, 500, 800, FALSE, &pages);
  g_assert_cmpuint (pages.columns * pages.rows, ==, 1);
  g_assert_cmpfloat (pages.scale, ==, 0.25);

  runnel_picture_lay_out_pages (&box, 500, 800, TRUE, &pages);
  g_assert_cmpuint (pages.columns, ==, 3);
  g_assert_cmpuint (pages.rows, ==, 1);
  g_assert_cmpfloat (pages.scale, ==, 0.75);
}

static void
test_print (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "runnel-print-XXXXXX", NULL);
  g_autoptr(GtkPrintOperation) operation = NULL;
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;
  Fixture fixture;
  gsize length;

  close (g_mkstemp (path));
  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  operation = runnel_picture_print_new (runnel_canvas_dup_scene (fixture.canvas, FALSE), "fixture");
  gtk_print_operation_set_allow_async (operation, FALSE);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_nonnull (memmem (content, length, "/Font", 5));
  g_unlink (path);
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/picture/copied-scene-shows-no-selection",
                   test_copied_scene_shows_no_selection);
  g_test_add_func ("/designer/canvas/picture/copy", test_copy);
  g_test_add_func ("/designer/canvas/picture/export-asks", test_export_asks);
  g_test_add_func ("/designer/canvas/picture/pages", test_pages);
  g_test_add_func ("/designer/canvas/picture/print", test_print);

  return g_test_run ();
}
