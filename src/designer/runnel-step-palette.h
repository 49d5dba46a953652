/* runnel-step-palette.h: the kinds of steps, to be found and dragged onto the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_STEP_PALETTE (runnel_step_palette_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStepPalette, runnel_step_palette, RUNNEL, STEP_PALETTE, AdwBin)

/* Signal "kind-activated" (const char *name): Enter or double click on a kind. */

GtkWidget *runnel_step_palette_new   (void);
void       runnel_step_palette_focus (RunnelStepPalette *self);

G_END_DECLS
