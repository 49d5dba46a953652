/* runnel-palette-item.h: a command or a step that the command palette offers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/commands/runnel-command.h"
#include "model/runnel-step.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PALETTE_ITEM (runnel_palette_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPaletteItem, runnel_palette_item, RUNNEL, PALETTE_ITEM, GObject)

RunnelPaletteItem   *runnel_palette_item_new_command  (const RunnelCommand *command,
                                                       const char          *obstacle);
RunnelPaletteItem   *runnel_palette_item_new_step     (RunnelStep          *step);
const RunnelCommand *runnel_palette_item_get_command  (RunnelPaletteItem   *self);
const char          *runnel_palette_item_get_step     (RunnelPaletteItem   *self);
const char          *runnel_palette_item_get_title    (RunnelPaletteItem   *self);
const char          *runnel_palette_item_get_heading  (RunnelPaletteItem   *self);
const char          *runnel_palette_item_get_obstacle (RunnelPaletteItem   *self);
char                *runnel_palette_item_get_keys     (RunnelPaletteItem   *self);
guint                runnel_palette_item_rank         (RunnelPaletteItem   *self,
                                                       const char          *typed);

G_END_DECLS
