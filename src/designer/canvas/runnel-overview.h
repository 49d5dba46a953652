/* runnel-overview.h: a small picture of a whole scene
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-scene.h"
#include "designer/canvas/runnel-viewport.h"

G_BEGIN_DECLS

/* Painted bit by bit, so that a large scene never takes the time of a frame. Pixels are as those
 * of the raster. */
typedef struct _RunnelOverview RunnelOverview;

RunnelOverview       *runnel_overview_new        (RunnelScene          *scene);
void                  runnel_overview_free       (RunnelOverview       *self);
void                  runnel_overview_begin      (RunnelOverview       *self,
                                                  const RunnelPalette  *palette,
                                                  int                   width,
                                                  int                   height,
                                                  int                   density);
gboolean              runnel_overview_paint      (RunnelOverview       *self,
                                                  guint                 n_items);
const RunnelViewport *runnel_overview_get_map    (RunnelOverview       *self);
const guint32        *runnel_overview_get_pixels (RunnelOverview       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelOverview, runnel_overview_free)

G_END_DECLS
