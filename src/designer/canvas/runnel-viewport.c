/* runnel-viewport.c: which part of the world is seen, and how large
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-viewport.h"

void
runnel_viewport_to_world (const RunnelViewport *self,
                          double                x,
                          double                y,
                          double               *ret_x,
                          double               *ret_y)
{
  const double scale = self->zoom * self->density;

  *ret_x = (x * self->density + self->x) / scale;
  *ret_y = (y * self->density + self->y) / scale;
}

void
runnel_viewport_from_world (const RunnelViewport *self,
                            double                x,
                            double                y,
                            double               *ret_x,
                            double               *ret_y)
{
  const double scale = self->zoom * self->density;

  *ret_x = (x * scale - self->x) / self->density;
  *ret_y = (y * scale - self->y) / self->density;
}

void
runnel_viewport_zoom_at (RunnelViewport *self,
                         double          zoom,
                         double          x,
                         double          y)
{
  double world_x, world_y;

  g_return_if_fail (zoom > 0);

  runnel_viewport_to_world (self, x, y, &world_x, &world_y);
  self->zoom = zoom;
  self->x = (int) lround (world_x * zoom * self->density - x * self->density);
  self->y = (int) lround (world_y * zoom * self->density - y * self->density);
}

void
runnel_viewport_center_on (RunnelViewport *self,
                           double          x,
                           double          y)
{
  const double scale = self->zoom * self->density;

  self->x = (int) lround (x * scale - self->width / 2.0);
  self->y = (int) lround (y * scale - self->height / 2.0);
}

void
runnel_viewport_fit (RunnelViewport  *self,
                     const RunnelBox *box,
                     double           margin,
                     double           max_zoom)
{
  const double width = MAX (box->x1 - box->x0, 1.0);
  const double height = MAX (box->y1 - box->y0, 1.0);
  const double room_x = MAX (self->width / (double) self->density - 2 * margin, 1.0);
  const double room_y = MAX (self->height / (double) self->density - 2 * margin, 1.0);

  self->zoom = MIN (MIN (room_x / width, room_y / height), max_zoom);
  runnel_viewport_center_on (self, (box->x0 + box->x1) / 2.0, (box->y0 + box->y1) / 2.0);
}

void
runnel_viewport_get_box (const RunnelViewport *self,
                         RunnelBox            *ret_box)
{
  const double scale = self->zoom * self->density;

  *ret_box = (RunnelBox) { self->x / scale, self->y / scale,
                           (self->x + (double) self->width) / scale,
                           (self->y + (double) self->height) / scale };
}
