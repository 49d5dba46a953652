/* runnel-figure-tile.h: one number, and how it changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "charts/runnel-figures.h"

G_BEGIN_DECLS

GtkWidget *runnel_figure_tile_new (const RunnelFigure *figure);

G_END_DECLS
