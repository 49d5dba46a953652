/* runnel-canvas-place.c: where the view goes when it is told what to show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define FIT_MARGIN 48    /* logical pixels around what is fitted */
#define REVEAL_MARGIN 24 /* between a revealed step and the edge */

double
runnel_canvas_clamp_zoom (double zoom)
{
  return CLAMP (zoom, RUNNEL_CANVAS_MIN_ZOOM, RUNNEL_CANVAS_MAX_ZOOM);
}

static gboolean
has_size (RunnelCanvas *self)
{
  return self->view.width > 0 && self->view.height > 0;
}

/* The place from which all of a box is seen, not larger than 100 %. */
static RunnelPlace
find_fit (RunnelCanvas    *self,
          const RunnelBox *box)
{
  RunnelViewport view = self->view;

  runnel_viewport_fit (&view, box, FIT_MARGIN, 1.0);
  return (RunnelPlace) { { (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 },
                         runnel_canvas_clamp_zoom (view.zoom) };
}

/* --- Before there is a size --- */

/* Shows the whole pipeline at once, or as soon as there is a size. */
void
runnel_canvas_place_fit (RunnelCanvas *self)
{
  RunnelPlace place;
  RunnelBox box;

  runnel_canvas_motion_stop (self);
  self->pending_place.zoom = 0;
  self->fit_pending = !has_size (self);
  if (self->fit_pending || !runnel_scene_get_painted_extents (self->scene, &box))
    return;

  place = find_fit (self, &box);
  runnel_canvas_view_set (self, &place, TRUE);
}

static gboolean
shows_something (RunnelCanvas      *self,
                 const RunnelPlace *place)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  RunnelViewport view = self->view;
  RunnelBox box;

  view.zoom = place->zoom;
  runnel_viewport_center_on (&view, place->center.x, place->center.y);
  runnel_viewport_get_box (&view, &box);
  runnel_pick_nodes_in (self->scene, &box, nodes);

  return nodes->len > 0;
}

/* There is a size now, or another one: what was waited for is shown, and a view of all stays one. */
void
runnel_canvas_place_resized (RunnelCanvas *self)
{
  if (self->fit_pending && self->pending_place.zoom > 0)
    runnel_canvas_show_place (self, &self->pending_place);
  else if (self->fit_pending || self->fitted)
    runnel_canvas_place_fit (self);
}

/**
 * runnel_canvas_get_place:
 * @ret_place: (out): what is seen now
 *
 * Returns: %FALSE while it is the whole pipeline, fitted into the view: there is no place to
 *   remember then
 */
gboolean
runnel_canvas_get_place (RunnelCanvas *self,
                         RunnelPlace  *ret_place)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), FALSE);

  ret_place->center = runnel_canvas_get_center (self);
  ret_place->zoom = self->view.zoom;
  return !self->fitted && !self->fit_pending;
}

/**
 * runnel_canvas_show_place:
 * @place: what to show
 *
 * Shows a place of an earlier session at once, or as soon as the canvas has a size. The whole
 * pipeline is shown instead when no step is there any more.
 */
void
runnel_canvas_show_place (RunnelCanvas      *self,
                          const RunnelPlace *place)
{
  RunnelPlace wanted;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (place->zoom > 0);

  wanted = (RunnelPlace) { place->center, runnel_canvas_clamp_zoom (place->zoom) };
  if (!has_size (self))
    {
      self->fit_pending = TRUE;
      self->pending_place = wanted;
    }
  else if (shows_something (self, &wanted))
    {
      self->fit_pending = FALSE;
      runnel_canvas_motion_stop (self);
      runnel_canvas_view_set (self, &wanted, FALSE);
    }
  else
    {
      runnel_canvas_place_fit (self);
    }
}

/* --- What is asked for --- */

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

/* Pans as little as it takes to see all of a box. */
void
runnel_canvas_view_reveal_box (RunnelCanvas    *self,
                               const RunnelBox *box)
{
  RunnelPlace place;
  graphene_rect_t rect;
  double dx, dy;

  if (self->fit_pending)
    return;

  runnel_canvas_view_get_rect (self, box, &rect);
  dx = get_missing (rect.origin.x, rect.size.width, gtk_widget_get_width (GTK_WIDGET (self)));
  dy = get_missing (rect.origin.y, rect.size.height, gtk_widget_get_height (GTK_WIDGET (self)));
  if (dx == 0 && dy == 0)
    return;

  runnel_canvas_get_place (self, &place);
  place.center.x += dx / place.zoom;
  place.center.y += dy / place.zoom;
  runnel_canvas_motion_jump (self, &place, FALSE);
}

/* The same for a step, which may be in a closed group. */
void
runnel_canvas_view_reveal_node (RunnelCanvas *self,
                                guint         node)
{
  RunnelBox box;

  runnel_canvas_open_around (self, node);
  runnel_scene_get_node_box (self->scene, node, &box);
  runnel_canvas_view_reveal_box (self, &box);
}

/* Steps stop at 100 %, from wherever they come. */
static void
step_zoom (RunnelCanvas *self,
           double        factor)
{
  double before = self->view.zoom;
  double after = before * factor;
  gboolean passes = (before - 1) * (after - 1) < 0 && fabs (before - 1) > 1e-6;

  runnel_canvas_set_zoom (self, passes || fabs (after - 1) < 1e-6 ? 1 : after);
}

/**
 * runnel_canvas_zoom_in:
 *
 * Zooms in by one step (1.2) around the middle, or to 100 % if that is nearer.
 */
void
runnel_canvas_zoom_in (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  step_zoom (self, RUNNEL_ZOOM_STEP);
}

/**
 * runnel_canvas_zoom_out:
 *
 * Zooms out by one step (1.2) around the middle, or to 100 % if that is nearer.
 */
void
runnel_canvas_zoom_out (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  step_zoom (self, 1 / RUNNEL_ZOOM_STEP);
}

/**
 * runnel_canvas_zoom_100:
 *
 * Shows one world unit as one logical pixel.
 */
void
runnel_canvas_zoom_100 (RunnelCanvas *self)
{
  RunnelPlace place = { .zoom = 1 };

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  place.center = runnel_canvas_get_center (self);
  runnel_canvas_motion_jump (self, &place, FALSE);
}

/**
 * runnel_canvas_fit:
 *
 * Goes to where the whole pipeline is seen, not larger than 100 %. Before the canvas has a size
 * this is put off until it has one.
 */
void
runnel_canvas_fit (RunnelCanvas *self)
{
  RunnelPlace place;
  RunnelBox box;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!has_size (self) || !runnel_scene_get_painted_extents (self->scene, &box))
    {
      runnel_canvas_place_fit (self);
      return;
    }

  place = find_fit (self, &box);
  runnel_canvas_motion_jump (self, &place, TRUE);
}

static gboolean
get_selection_box (RunnelCanvas *self,
                   RunnelBox    *ret_box)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  g_autoptr(GPtrArray) areas = runnel_canvas_list_selected_areas (self);
  RunnelBox all = { G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT };

  for (guint i = 0; i < nodes->len; i++)
    {
      RunnelBox box;

      runnel_scene_get_node_box (self->scene, g_array_index (nodes, guint, i), &box);
      runnel_canvas_extend_box (&all, &box);
    }
  for (guint i = 0; i < areas->len; i++)
    runnel_canvas_extend_box (&all, &((RunnelShownArea *) g_ptr_array_index (areas, i))->box);

  *ret_box = all;
  return all.x0 <= all.x1;
}

/**
 * runnel_canvas_fit_selection:
 *
 * Goes to where all selected steps are seen, not larger than 100 %; the whole pipeline when none
 * is selected.
 */
void
runnel_canvas_fit_selection (RunnelCanvas *self)
{
  RunnelPlace place;
  RunnelBox box;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!get_selection_box (self, &box))
    {
      runnel_canvas_fit (self);
      return;
    }

  place = find_fit (self, &box);
  runnel_canvas_motion_jump (self, &place, FALSE);
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

  runnel_canvas_open_around (self, node);
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
