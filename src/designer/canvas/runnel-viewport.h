/* runnel-viewport.h: which part of the world is seen, and how large
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

#define RUNNEL_ZOOM_MIN 0.05
#define RUNNEL_ZOOM_MAX 4.0
#define RUNNEL_ZOOM_STEP 1.2

/* The offset is in whole device pixels, so that panning never changes a pixel's
 * value. Device pixel = world unit * zoom * density - offset. */
typedef struct
{
  double zoom;   /* logical pixels per world unit; any value > 0, the limits above are for people */
  int density;   /* device pixels per logical pixel: GTK's scale factor */
  int x;         /* device pixels from the world's origin to the left edge */
  int y;         /* ... to the top edge */
  int width;     /* device pixels */
  int height;
} RunnelViewport;

/* Points are in logical pixels of the widget. */
void runnel_viewport_to_world   (const RunnelViewport *self,
                                 double                x,
                                 double                y,
                                 double               *ret_x,
                                 double               *ret_y);
void runnel_viewport_from_world (const RunnelViewport *self,
                                 double                x,
                                 double                y,
                                 double               *ret_x,
                                 double               *ret_y);
/* Zooms so that what is under the point stays there; the zoom is not limited here. */
void runnel_viewport_zoom_at    (RunnelViewport       *self,
                                 double                zoom,
                                 double                x,
                                 double                y);
/* Shows all of `box` in the middle with `margin` logical pixels around, at most at `max_zoom`. */
void runnel_viewport_fit        (RunnelViewport       *self,
                                 const RunnelBox      *box,
                                 double                margin,
                                 double                max_zoom);
void runnel_viewport_center_on  (RunnelViewport       *self,
                                 double                x,
                                 double                y); /* world units */
void runnel_viewport_get_box    (const RunnelViewport *self,
                                 RunnelBox            *ret_box);

G_END_DECLS
