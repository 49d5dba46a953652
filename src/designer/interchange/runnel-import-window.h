/* runnel-import-window.h: files of other systems, looked at before they are opened as pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_IMPORT_WINDOW (runnel_import_window_get_type ())
G_DECLARE_FINAL_TYPE (RunnelImportWindow, runnel_import_window, RUNNEL, IMPORT_WINDOW, AdwWindow)

/* Signal "open" (const char *name, const char *text): a pipeline was chosen to be opened; its name
 * and the text of its file. */

GtkWindow  *runnel_import_window_new         (GtkWindow          *parent,
                                              GListModel         *files);
const char *runnel_import_window_get_showing (RunnelImportWindow *self);

G_END_DECLS
