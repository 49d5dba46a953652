/* runnel-canvas-picture.c: the canvas on paper, on the clipboard and in files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-scene-pipeline.h"
#include "designer/compat/runnel-file-dialog.h"
#include "designer/pictures/runnel-export-dialog.h"
#include "designer/pictures/runnel-picture-print.h"
#include "designer/pictures/runnel-picture-task.h"
#include "designer/runnel-settings.h"

/**
 * runnel_canvas_dup_scene:
 * @selection: whether only the selected steps are wanted
 *
 * Returns: (transfer full): what is shown, for a thread to draw
 */
RunnelScene *
runnel_canvas_dup_scene (RunnelCanvas *self,
                         gboolean      selection)
{
  RunnelScene *scene = runnel_scene_copy (self->scene);
  g_auto(GStrv) ids = runnel_canvas_get_selection (self);

  if (selection && ids[0] != NULL)
    runnel_scene_keep_nodes (scene, (const char *const *) ids);

  return scene;
}

static const char *
get_title (RunnelCanvas *self)
{
  const char *name = self->pipeline != NULL ? runnel_pipeline_get_name (self->pipeline) : NULL;

  return name != NULL && *name != '\0' ? name : _("Pipeline");
}

static void
tell (RunnelCanvas *self,
      const char   *message)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (message));
}

static GtkWindow *
get_window (RunnelCanvas *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* --- The clipboard --- */

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelCanvas) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = runnel_picture_draw_finish (result, &error);
  g_autoptr(GdkContentProvider) content = NULL;
  GdkContentProvider *parts[2];

  if (files == NULL)
    {
      runnel_canvas_refuse (self, error->message);
      return;
    }

  parts[0] = gdk_content_provider_new_for_bytes ("image/png", g_ptr_array_index (files, 0));
  parts[1] = gdk_content_provider_new_for_bytes ("image/svg+xml", g_ptr_array_index (files, 1));
  content = gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  tell (self, _("Copied as a picture"));
}

/**
 * runnel_canvas_copy_picture:
 *
 * Puts a picture of the selected steps, or of all when none is selected, on the clipboard: as PNG
 * and as SVG, for what pastes it to choose.
 */
void
runnel_canvas_copy_picture (RunnelCanvas *self)
{
  const RunnelPaletteName palette = runnel_canvas_style_get_palette ();
  const RunnelPictureOptions options[] = {
    { RUNNEL_PICTURE_PNG, palette, 0, get_title (self) },
    { RUNNEL_PICTURE_SVG, palette, 0, get_title (self) },
  };

  runnel_picture_draw_async (runnel_canvas_dup_scene (self, TRUE), options,
                             G_N_ELEMENTS (options), NULL, copied_cb, g_object_ref (self));
}

/* --- A file --- */

typedef struct
{
  RunnelCanvas *canvas;
  RunnelScene *scene;           /* NULL while it is drawn */
  RunnelPictureOptions options;
  GFile *file;
} Export;

static void
export_free (Export *self)
{
  g_clear_object (&self->canvas);
  g_clear_pointer (&self->scene, runnel_scene_free);
  g_free ((char *) self->options.title);
  g_clear_object (&self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
export_fail (Export       *self,
             const GError *error)
{
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  message = g_strdup_printf (_("The picture was not exported: %s"), error->message);
  runnel_canvas_refuse (self->canvas, message);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Export) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *message = g_strdup_printf (_("Exported as %s"), shown);

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    tell (self->canvas, message);
  else
    export_fail (self, error);
}

static void
drawn_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Export) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = runnel_picture_draw_finish (result, &error);
  GFile *file = self->file;

  if (files == NULL)
    export_fail (self, error);
  else
    g_file_replace_contents_bytes_async (file, g_ptr_array_index (files, 0), NULL, FALSE,
                                         G_FILE_CREATE_NONE, NULL, written_cb,
                                         g_steal_pointer (&self));
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Export) self = user_data;
  g_autoptr(GError) error = NULL;
  RunnelScene *scene = g_steal_pointer (&self->scene);

  self->file = runnel_file_dialog_save_finish (result, &error);
  if (self->file == NULL)
    {
      runnel_scene_free (scene);
      export_fail (self, error);
      return;
    }

  runnel_picture_draw_async (scene, &self->options, 1, NULL, drawn_cb, self);
  g_steal_pointer (&self);
}

/* A pipeline's name may hold what a file's name may not. */
static char *
suggest_name (RunnelCanvas        *self,
              RunnelPictureFormat  format)
{
  g_autofree char *stem = g_strdelimit (g_strdup (get_title (self)), "/\\:*?\"<>|\n\t", '-');

  if (stem[0] == '.')
    stem[0] = '-';
  return g_strdup_printf ("%s.%s", stem, runnel_picture_format_to_string (format));
}

static void
export_cb (RunnelExportDialog *dialog,
           RunnelCanvas       *self)
{
  Export *export = g_new0 (Export, 1);
  g_autoptr(GFile) folder = runnel_settings_get_folder ();
  g_autofree char *name = NULL;

  export->canvas = g_object_ref (self);
  export->scene = runnel_canvas_dup_scene (self, runnel_export_dialog_wants_selection (dialog));
  runnel_export_dialog_get_options (dialog, &export->options);
  export->options.title = g_strdup (get_title (self));
  name = suggest_name (self, export->options.format);
  runnel_file_dialog_save_async (get_window (self), _("Export as Picture"), folder, name, NULL,
                                 file_chosen_cb, export);
}

/**
 * runnel_canvas_export:
 *
 * Asks how and where, and writes a picture of the canvas into a file.
 */
void
runnel_canvas_export (RunnelCanvas *self)
{
  RunnelExportDialog *dialog =
    runnel_export_dialog_new (get_window (self), runnel_canvas_get_n_selected (self) > 0,
                              runnel_canvas_style_get_palette ());

  g_signal_connect_object (dialog, "export", G_CALLBACK (export_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Paper --- */

static void
printed_cb (GtkPrintOperation       *operation,
            GtkPrintOperationResult  result,
            RunnelCanvas            *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  message = g_strdup_printf (_("The pipeline was not printed: %s"), error->message);
  runnel_canvas_refuse (self, message);
}

/**
 * runnel_canvas_print:
 *
 * Asks for a printer and prints the canvas, on one page or as a poster.
 */
void
runnel_canvas_print (RunnelCanvas *self)
{
  g_autoptr(GtkPrintOperation) operation =
    runnel_picture_print_new (runnel_canvas_dup_scene (self, FALSE), get_title (self));

  g_signal_connect_object (operation, "done", G_CALLBACK (printed_cb), self, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, get_window (self),
                           NULL);
}
