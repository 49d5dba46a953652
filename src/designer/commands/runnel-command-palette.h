/* runnel-command-palette.h: everything that can be done, found by typing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/commands/runnel-palette-item.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_COMMAND_PALETTE (runnel_command_palette_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCommandPalette, runnel_command_palette, RUNNEL, COMMAND_PALETTE, AdwBin)

/* Signals: "command" (const char *name), "step" (const char *id): what was chosen; the palette is
 * hidden again by then, and the keyboard is where it was before. */

void runnel_command_palette_popup   (RunnelCommandPalette *self,
                                     GPtrArray            *commands,
                                     RunnelPipeline       *pipeline);
void runnel_command_palette_popdown (RunnelCommandPalette *self);

G_END_DECLS
