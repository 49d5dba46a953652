/* fixture.h: scenes for the tests, benchmarks and pictures of the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-raster.h"
#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

/* A pipeline with every kind, state, badge, link and area. */
RunnelScene *fixture_showcase       (void);
/* Layers of 8 to 200 steps with 1.5 links each: 85 % to the next layer, 90 % within three rows. */
RunnelScene *fixture_layered        (guint        n_nodes,
                                     guint32      seed);
/* One random edit of any sort. */
void         fixture_edit           (RunnelScene *scene,
                                     GRand       *rand);
RunnelViewport fixture_fit          (RunnelScene *scene,
                                     int          width,
                                     int          height,
                                     int          density);
guint32     *fixture_paint          (RunnelRaster         *raster,
                                     RunnelScene          *scene,
                                     const RunnelViewport *viewport);

G_END_DECLS
