/* runnel-tile-layout.h: children of one width in rows, as many beside each other as there is room
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_TILE_LAYOUT (runnel_tile_layout_get_type ())
G_DECLARE_FINAL_TYPE (RunnelTileLayout, runnel_tile_layout, RUNNEL, TILE_LAYOUT, GtkLayoutManager)

/* Properties: "tile-width" (int, how narrow a child may get before it stands below the others),
 * "max-columns" (int). Rows have as many children as each other where that can be; what is left
 * for the last row fills it. */

guint runnel_tile_layout_count_columns (int   width,
                                        int   tile_width,
                                        guint max_columns,
                                        guint n_children);

G_END_DECLS
