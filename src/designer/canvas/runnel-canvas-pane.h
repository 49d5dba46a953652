/* runnel-canvas-pane.h: a canvas, and over its corner what shows the way on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas.h"

G_BEGIN_DECLS

/* Property: "minimap" (boolean): whether a minimap is shown where it is of use. */
#define RUNNEL_TYPE_CANVAS_PANE (runnel_canvas_pane_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCanvasPane, runnel_canvas_pane, RUNNEL, CANVAS_PANE, GtkWidget)

GtkWidget *runnel_canvas_pane_new (RunnelCanvas *canvas);

G_END_DECLS
