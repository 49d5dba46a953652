/* runnel-file-dialog.c: asks for a file to open or to save to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkFileDialog came with GTK 4.10; GtkFileChooserNative works from 4.0 on and is
 * deprecated since. Only this file knows.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "model/runnel-pipeline.h"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GFile) file = NULL;

  g_assert (GTK_IS_FILE_CHOOSER_NATIVE (dialog));
  g_assert (G_IS_TASK (task));

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  if (file)
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("No file was chosen"));
}

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            const char     *pattern)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_filters (GtkFileChooser   *chooser,
             RunnelFileFilter  filter)
{
  if (filter == RUNNEL_FILES_ANY)
    return;
  add_filter (chooser, _("Pipelines"), "*" RUNNEL_FILE_SUFFIX);
  add_filter (chooser, _("All files"), "*");
}

static GtkFileChooserNative *
dialog_new (GtkWindow            *parent,
            const char           *title,
            GtkFileChooserAction  action,
            GFile                *folder)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (folder)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  return dialog;
}

/* The task keeps the dialog alive, and the dialog's answer ends the task. */
static void
run (GtkFileChooserNative *dialog,
     GTask                *task)
{
  g_task_set_task_data (task, dialog, g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * runnel_file_dialog_open_async:
 * @parent: (nullable): the window it belongs to
 * @title: what the file is for
 * @filter: which files to offer first
 * @folder: (nullable): where to begin
 * @cancellable: (nullable): cancels
 *
 * Asks for one existing file.
 */
void
runnel_file_dialog_open_async (GtkWindow           *parent,
                               const char          *title,
                               RunnelFileFilter     filter,
                               GFile               *folder,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkFileChooserNative *dialog = dialog_new (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, folder);

  g_task_set_source_tag (task, runnel_file_dialog_open_async);
  add_filters (GTK_FILE_CHOOSER (dialog), filter);
  run (dialog, task);
}

/**
 * runnel_file_dialog_open_finish:
 *
 * Returns: (transfer full) (nullable): the file; %G_IO_ERROR_CANCELLED when none was chosen
 */
GFile *
runnel_file_dialog_open_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_file_dialog_save_async:
 * @parent: (nullable): the window it belongs to
 * @title: what is saved
 * @folder: (nullable): where to begin
 * @name: the file name suggested; that of a pipeline offers pipelines first
 * @cancellable: (nullable): cancels
 *
 * Asks for a file to write; an existing one only after a confirmation.
 */
void
runnel_file_dialog_save_async (GtkWindow           *parent,
                               const char          *title,
                               GFile               *folder,
                               const char          *name,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkFileChooserNative *dialog = dialog_new (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, folder);

  g_task_set_source_tag (task, runnel_file_dialog_save_async);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  add_filters (GTK_FILE_CHOOSER (dialog), g_str_has_suffix (name, RUNNEL_FILE_SUFFIX)
                                            ? RUNNEL_FILES_PIPELINES : RUNNEL_FILES_ANY);
  run (dialog, task);
}

/**
 * runnel_file_dialog_save_finish:
 *
 * Returns: (transfer full) (nullable): the file; %G_IO_ERROR_CANCELLED when none was chosen
 */
GFile *
runnel_file_dialog_save_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_file_dialog_choose_folder_async:
 * @parent: (nullable): the window it belongs to
 * @title: what the folder is for
 * @folder: (nullable): where to begin
 * @cancellable: (nullable): cancels
 *
 * Asks for a folder.
 */
void
runnel_file_dialog_choose_folder_async (GtkWindow           *parent,
                                        const char          *title,
                                        GFile               *folder,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, runnel_file_dialog_choose_folder_async);
  run (dialog_new (parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, folder), task);
}

/**
 * runnel_file_dialog_choose_folder_finish:
 *
 * Returns: (transfer full) (nullable): the folder; %G_IO_ERROR_CANCELLED when none was chosen
 */
GFile *
runnel_file_dialog_choose_folder_finish (GAsyncResult  *result,
                                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

G_GNUC_END_IGNORE_DEPRECATIONS
