/* runnel-canvas-view.c: which part of the world is seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

/* All that depends on the view: the picture, the actions, the places of the accessibles. */
static void
view_changed (RunnelCanvas *self,
              double        zoom_before,
              gboolean      fitted)
{
  self->fitted = fitted;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->area_editor != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  runnel_canvas_a11y_queue_update (self);
  runnel_canvas_emit_view_changed (self);

  if (zoom_before != self->view.zoom)
    {
      g_object_notify (G_OBJECT (self), "zoom");
      runnel_canvas_update_actions (self);
    }
}

void
runnel_canvas_view_resize (RunnelCanvas *self,
                           int           width,
                           int           height)
{
  int density = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (density != self->view.density)
    {
      self->view.x = (int) lround ((double) self->view.x * density / self->view.density);
      self->view.y = (int) lround ((double) self->view.y * density / self->view.density);
      self->view.density = density;
    }

  if (self->view.width != width * density || self->view.height != height * density)
    runnel_output_forget (self->output);

  self->view.width = width * density;
  self->view.height = height * density;
  runnel_canvas_a11y_queue_update (self);

  if (width > 0 && height > 0)
    runnel_canvas_place_resized (self);
  runnel_canvas_emit_view_changed (self);
}

/* Shows a place at once. `fitted`: what is shown there is all there is. */
void
runnel_canvas_view_set (RunnelCanvas      *self,
                        const RunnelPlace *place,
                        gboolean           fitted)
{
  double before = self->view.zoom;

  self->view.zoom = runnel_canvas_clamp_zoom (place->zoom);
  runnel_viewport_center_on (&self->view, place->center.x, place->center.y);
  self->rest_x = self->rest_y = 0;
  view_changed (self, before, fitted);
}

/* Moves what is seen by logical pixels; the view itself stays on whole device pixels. Whoever
 * takes the view in hand ends what moves it by itself. */
void
runnel_canvas_view_pan (RunnelCanvas *self,
                        double        dx,
                        double        dy)
{
  double x = dx * self->view.density + self->rest_x;
  double y = dy * self->view.density + self->rest_y;

  runnel_canvas_motion_stop (self);
  self->rest_x = x - round (x);
  self->rest_y = y - round (y);
  self->view.x += (int) round (x);
  self->view.y += (int) round (y);
  view_changed (self, self->view.zoom, FALSE);
}

void
runnel_canvas_view_zoom_at (RunnelCanvas *self,
                            double        zoom,
                            double        x,
                            double        y)
{
  double before = self->view.zoom;

  runnel_canvas_motion_stop (self);
  zoom = runnel_canvas_clamp_zoom (zoom);
  if (fabs (zoom - before) < 1e-9)
    return;

  runnel_viewport_zoom_at (&self->view, zoom, x, y);
  view_changed (self, before, FALSE);
}

void
runnel_canvas_view_to_world (RunnelCanvas *self,
                             double        x,
                             double        y,
                             double       *ret_x,
                             double       *ret_y)
{
  runnel_viewport_to_world (&self->view, x, y, ret_x, ret_y);
}

/* Where a box of the world is on the widget, in logical pixels. */
void
runnel_canvas_view_get_rect (RunnelCanvas    *self,
                             const RunnelBox *box,
                             graphene_rect_t *ret_rect)
{
  double x0, y0, x1, y1;

  runnel_viewport_from_world (&self->view, box->x0, box->y0, &x0, &y0);
  runnel_viewport_from_world (&self->view, box->x1, box->y1, &x1, &y1);
  graphene_rect_init (ret_rect, x0, y0, x1 - x0, y1 - y0);
}

/* Lets a popover point to a point of the widget, or to the nearest one that is seen. */
void
runnel_canvas_view_point_popover (RunnelCanvas *self,
                                  GtkWidget    *popover,
                                  double        x,
                                  double        y)
{
  GdkRectangle rect = { .width = 1, .height = 1 };

  rect.x = CLAMP (x, 0, gtk_widget_get_width (GTK_WIDGET (self)) - 1);
  rect.y = CLAMP (y, 0, gtk_widget_get_height (GTK_WIDGET (self)) - 1);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &rect);
}
