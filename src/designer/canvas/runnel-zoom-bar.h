/* runnel-zoom-bar.h: tells the zoom of a canvas, and changes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_ZOOM_BAR (runnel_zoom_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelZoomBar, runnel_zoom_bar, RUNNEL, ZOOM_BAR, GtkWidget)

GtkWidget *runnel_zoom_bar_new (RunnelCanvas *canvas);

G_END_DECLS
