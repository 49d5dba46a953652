/* runnel-canvas-view.c: which part of the world is seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define FIT_MARGIN 48    /* logical pixels around what is fitted */
#define REVEAL_MARGIN 24 /* between a revealed step and the edge */

/* All that depends on the view: the picture, the actions, the places of the accessibles. */
static void
view_changed (RunnelCanvas *self,
              double        zoom_before)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  runnel_canvas_a11y_queue_update (self);

  if (zoom_before != self->view.zoom)
    {
      g_object_notify (G_OBJECT (self), "zoom");
      runnel_canvas_update_actions (self);
    }
}

static double
clamp_zoom (double zoom)
{
  return CLAMP (zoom, RUNNEL_CANVAS_MIN_ZOOM, RUNNEL_CANVAS_MAX_ZOOM);
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

  if (self->fit_pending && width > 0 && height > 0)
    runnel_canvas_fit (self);
}

/* Moves what is seen by logical pixels; the view itself stays on whole device pixels. */
void
runnel_canvas_view_pan (RunnelCanvas *self,
                        double        dx,
                        double        dy)
{
  double x = dx * self->view.density + self->rest_x;
  double y = dy * self->view.density + self->rest_y;

  self->rest_x = x - round (x);
  self->rest_y = y - round (y);
  self->view.x += (int) round (x);
  self->view.y += (int) round (y);
  view_changed (self, self->view.zoom);
}

void
runnel_canvas_view_zoom_at (RunnelCanvas *self,
                            double        zoom,
                            double        x,
                            double        y)
{
  double before = self->view.zoom;

  zoom = clamp_zoom (zoom);
  if (fabs (zoom - before) < 1e-9)
    return;

  runnel_viewport_zoom_at (&self->view, zoom, x, y);
  view_changed (self, before);
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

/* How far a span must move to lie inside 0..size; a span that is too long shows its start. */
static double
get_missing (double start,
             double length,
             double size)
{
  if (start < REVEAL_MARGIN || length + 2 * REVEAL_MARGIN > size)
    return start - REVEAL_MARGIN;

  return MAX (0, start + length + REVEAL_MARGIN - size);
}

/* Pans as little as it takes to see all of a step. */
void
runnel_canvas_view_reveal_node (RunnelCanvas *self,
                                guint         node)
{
  RunnelBox box;
  graphene_rect_t rect;
  double dx, dy;

  if (self->fit_pending)
    return;

  runnel_scene_get_node_box (self->scene, node, &box);
  runnel_canvas_view_get_rect (self, &box, &rect);
  dx = get_missing (rect.origin.x, rect.size.width, gtk_widget_get_width (GTK_WIDGET (self)));
  dy = get_missing (rect.origin.y, rect.size.height, gtk_widget_get_height (GTK_WIDGET (self)));

  if (dx != 0 || dy != 0)
    runnel_canvas_view_pan (self, dx, dy);
}

static void
fit_box (RunnelCanvas    *self,
         const RunnelBox *box)
{
  double before = self->view.zoom;

  runnel_viewport_fit (&self->view, box, FIT_MARGIN, 1.0);
  if (self->view.zoom < RUNNEL_CANVAS_MIN_ZOOM)
    {
      self->view.zoom = RUNNEL_CANVAS_MIN_ZOOM;
      runnel_viewport_center_on (&self->view, (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2);
    }

  view_changed (self, before);
}

/**
 * runnel_canvas_zoom_in:
 *
 * Zooms in by one step (1.2) around the middle.
 */
void
runnel_canvas_zoom_in (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_set_zoom (self, self->view.zoom * RUNNEL_ZOOM_STEP);
}

/**
 * runnel_canvas_zoom_out:
 *
 * Zooms out by one step (1.2) around the middle.
 */
void
runnel_canvas_zoom_out (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_set_zoom (self, self->view.zoom / RUNNEL_ZOOM_STEP);
}

/**
 * runnel_canvas_zoom_100:
 *
 * Shows one world unit as one logical pixel.
 */
void
runnel_canvas_zoom_100 (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_set_zoom (self, 1.0);
}

/**
 * runnel_canvas_fit:
 *
 * Shows the whole pipeline, not larger than 100 %. Before the canvas has a size this is put off
 * until it has one.
 */
void
runnel_canvas_fit (RunnelCanvas *self)
{
  RunnelBox box;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  self->fit_pending = self->view.width <= 0 || self->view.height <= 0;
  if (!self->fit_pending && runnel_scene_get_extents (self->scene, &box))
    fit_box (self, &box);
}

/**
 * runnel_canvas_fit_selection:
 *
 * Shows all selected steps, not larger than 100 %; the whole pipeline when none is selected.
 */
void
runnel_canvas_fit_selection (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = NULL;
  RunnelBox box;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  nodes = runnel_canvas_list_selected (self);
  if (nodes->len == 0)
    {
      runnel_canvas_fit (self);
      return;
    }

  runnel_scene_get_node_box (self->scene, g_array_index (nodes, guint, 0), &box);
  for (guint i = 1; i < nodes->len; i++)
    {
      RunnelBox next;

      runnel_scene_get_node_box (self->scene, g_array_index (nodes, guint, i), &next);
      box = (RunnelBox) { MIN (box.x0, next.x0), MIN (box.y0, next.y0),
                          MAX (box.x1, next.x1), MAX (box.y1, next.y1) };
    }

  fit_box (self, &box);
}

/**
 * runnel_canvas_reveal:
 * @id: id of a step; nothing happens when there is none
 *
 * Selects a step and makes sure that it is seen.
 */
void
runnel_canvas_reveal (RunnelCanvas *self,
                      const char   *id)
{
  guint node;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (id != NULL);

  node = runnel_canvas_find_node (self, id);
  if (node == RUNNEL_NO_INDEX)
    return;

  runnel_canvas_select_only (self, node);
  runnel_canvas_view_reveal_node (self, node);
}

/**
 * runnel_canvas_get_center:
 *
 * Returns: the middle of what is seen, in world units
 */
RunnelPoint
runnel_canvas_get_center (RunnelCanvas *self)
{
  RunnelPoint point = { 0, 0 };

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), point);

  runnel_canvas_view_to_world (self, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                               gtk_widget_get_height (GTK_WIDGET (self)) / 2.0, &point.x, &point.y);
  return point;
}
