/* runnel-file-dialog.h: asks for a file to open or to save to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_FILES_PIPELINES, /* pipelines first, all files as the second filter */
  RUNNEL_FILES_ANY,
} RunnelFileFilter;

void   runnel_file_dialog_open_async  (GtkWindow           *parent,
                                       const char          *title,
                                       RunnelFileFilter     filter,
                                       GFile               *folder,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GFile *runnel_file_dialog_open_finish (GAsyncResult        *result,
                                       GError             **error);
void   runnel_file_dialog_save_async  (GtkWindow           *parent,
                                       const char          *title,
                                       GFile               *folder,
                                       const char          *name,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GFile *runnel_file_dialog_save_finish (GAsyncResult        *result,
                                       GError             **error);
void   runnel_file_dialog_choose_folder_async  (GtkWindow           *parent,
                                                const char          *title,
                                                GFile               *folder,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
GFile *runnel_file_dialog_choose_folder_finish (GAsyncResult        *result,
                                                GError             **error);

G_END_DECLS
