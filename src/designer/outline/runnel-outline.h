/* runnel-outline.h: the steps of a pipeline as a list beside the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/canvas/runnel-canvas.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_OUTLINE (runnel_outline_get_type ())
G_DECLARE_FINAL_TYPE (RunnelOutline, runnel_outline, RUNNEL, OUTLINE, AdwBin)

GtkWidget *runnel_outline_new        (void);
void       runnel_outline_set_canvas (RunnelOutline *self,
                                      RunnelCanvas  *canvas);
void       runnel_outline_focus      (RunnelOutline *self);

G_END_DECLS
