/* runnel-file-opener.h: shows a file with the program that the person uses for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     runnel_file_opener_open_async   (GtkWindow            *parent,
                                          GFile                *file,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
void     runnel_file_opener_reveal_async (GtkWindow            *parent,
                                          GFile                *file,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean runnel_file_opener_finish       (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
