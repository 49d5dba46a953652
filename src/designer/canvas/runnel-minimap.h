/* runnel-minimap.h: the whole pipeline in a corner, and where in it the view is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas.h"

G_BEGIN_DECLS

/* Property: "enabled" (boolean): whether the person wants to see it where it is of use. */
#define RUNNEL_TYPE_MINIMAP (runnel_minimap_get_type ())
G_DECLARE_FINAL_TYPE (RunnelMinimap, runnel_minimap, RUNNEL, MINIMAP, GtkWidget)

GtkWidget *runnel_minimap_new      (RunnelCanvas  *canvas);
void       runnel_minimap_press    (RunnelMinimap *self,
                                    double         x,
                                    double         y);
void       runnel_minimap_drag     (RunnelMinimap *self,
                                    double         x,
                                    double         y);

G_END_DECLS
