/* runnel-window-interchange.c: files of other systems, opened as pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "designer/interchange/runnel-import-window.h"
#include "designer/runnel-editor-page.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window-private.h"
#include "model/runnel-edit.h"

/* The whole pipeline comes as one change, so the document is new and unsaved. */
static void
open_imported_cb (RunnelWindow *self,
                  const char   *name,
                  const char   *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_autoptr(RunnelEdit) edit = NULL;
  RunnelEditorPage *page;

  if (!pipeline)
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
      return;
    }
  page = runnel_editor_page_new ();
  edit = runnel_edit_new_replace_all (pipeline);
  runnel_document_apply (runnel_editor_page_get_document (page), edit, NULL);
  runnel_window_add_page (self, RUNNEL_PAGE (page));
}

/**
 * runnel_window_import:
 * @files: a list of #GFile, folders among them
 *
 * Shows files of other systems, to be opened as pipelines.
 */
void
runnel_window_import (RunnelWindow *self,
                      GListModel   *files)
{
  GtkWindow *window;

  g_return_if_fail (RUNNEL_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  window = runnel_import_window_new (GTK_WINDOW (self), files);
  g_signal_connect_object (window, "open", G_CALLBACK (open_imported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
import_file (RunnelWindow *self,
             GFile        *file)
{
  g_autoptr(GListStore) files = g_list_store_new (G_TYPE_FILE);

  runnel_settings_set_folder (file);
  g_list_store_append (files, file);
  runnel_window_import (self, G_LIST_MODEL (files));
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GFile) file = runnel_file_dialog_open_finish (result, NULL);

  if (file)
    import_file (RUNNEL_WINDOW (object), file);
}

static void
folder_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GFile) folder = runnel_file_dialog_choose_folder_finish (result, NULL);

  if (folder)
    import_file (RUNNEL_WINDOW (object), folder);
}

static void
import_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_autoptr(GFile) folder = runnel_settings_get_folder ();

  runnel_file_dialog_open_async (user_data, _("Import a File"), RUNNEL_FILES_ANY, folder, NULL,
                                 file_chosen_cb, NULL);
}

static void
import_folder_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  g_autoptr(GFile) folder = runnel_settings_get_folder ();

  runnel_file_dialog_choose_folder_async (user_data, _("Import a Folder"), folder, NULL,
                                          folder_chosen_cb, NULL);
}

/* Pipelines are opened, all else is looked at as files of other systems. */
gboolean
_runnel_window_drop_cb (GtkDropTarget *target,
                        const GValue  *value,
                        double         x,
                        double         y,
                        RunnelWindow  *self)
{
  g_autoptr(GListStore) others = g_list_store_new (G_TYPE_FILE);
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l; l = l->next)
    {
      g_autofree char *name = g_file_get_basename (l->data);

      if (name && g_str_has_suffix (name, ".json"))
        runnel_window_open_file (self, l->data);
      else
        g_list_store_append (others, l->data);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (others)) > 0)
    runnel_window_import (self, G_LIST_MODEL (others));
  return files != NULL;
}

void
_runnel_window_interchange_init (RunnelWindow *self)
{
  const GActionEntry entries[] = {
    { "import", import_action },
    { "import-folder", import_folder_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
