/* runnel-export-window.h: a pipeline as code of another system, looked at before it is written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "interchange/runnel-portability.h"
#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_EXPORT_WINDOW (runnel_export_window_get_type ())
G_DECLARE_FINAL_TYPE (RunnelExportWindow, runnel_export_window, RUNNEL, EXPORT_WINDOW, AdwWindow)

GtkWindow  *runnel_export_window_new         (GtkWindow          *parent,
                                              RunnelDocument     *document,
                                              RunnelPortability  *portability,
                                              const char         *system);
char       *runnel_export_window_get_text    (RunnelExportWindow *self);
const char *runnel_export_window_get_showing (RunnelExportWindow *self);

G_END_DECLS
