/* runnel-canvas-snap.c: what is dragged falls in with the grid and with its neighbours
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define TOLERANCE 6 /* logical pixels that a card is drawn to its neighbours */

/* Shift does the opposite of what is preferred. */
static gboolean
is_wanted (RunnelCanvas *self)
{
  gboolean inverted = (self->pointer.modifiers & GDK_SHIFT_MASK) != 0;

  return self->snaps != inverted;
}

static RunnelBox
get_card (const RunnelPoint *hold,
          double             dx,
          double             dy)
{
  return (RunnelBox) { hold->x + dx, hold->y + dy, hold->x + dx + RUNNEL_NODE_WIDTH,
                       hold->y + dy + RUNNEL_NODE_HEIGHT };
}

static void
snap_to_grid (const RunnelPoint *hold,
              double            *dx,
              double            *dy)
{
  *dx = runnel_canvas_layout_snap (hold->x + *dx) - hold->x;
  *dy = runnel_canvas_layout_snap (hold->y + *dy) - hold->y;
}

/* A card goes to its neighbours if these are near, and else to the grid. */
static void
snap_card (RunnelCanvas      *self,
           const RunnelPoint *hold,
           double            *dx,
           double            *dy)
{
  RunnelBox card = get_card (hold, *dx, *dy);
  double to_x, to_y, free_x = *dx, free_y = *dy;

  runnel_snap_find (self->scene, &card, TOLERANCE / self->view.zoom, &to_x, &to_y);
  snap_to_grid (hold, dx, dy);
  if (!isnan (to_x))
    *dx = free_x + to_x;
  if (!isnan (to_y))
    *dy = free_y + to_y;

  card = get_card (hold, *dx, *dy);
  self->n_guides = runnel_snap_list_guides (self->scene, &card, self->guides);
}

/* Changes how far something was dragged, that was at `hold`, so that it is in line with its
 * neighbours or on the grid. */
void
runnel_canvas_snap_drag (RunnelCanvas      *self,
                         const RunnelPoint *hold,
                         double            *dx,
                         double            *dy)
{
  self->n_guides = 0;
  if (!is_wanted (self))
    return;

  if (self->pointer.press_node != RUNNEL_NO_INDEX)
    snap_card (self, hold, dx, dy);
  else
    snap_to_grid (hold, dx, dy);
}

/* The lines that show with what the dragged card is in line. */
void
runnel_canvas_snap_snapshot (RunnelCanvas        *self,
                             GtkSnapshot         *snapshot,
                             const RunnelPalette *palette)
{
  GdkRGBA color = runnel_canvas_overlay_color (palette->accent, 0.9f);

  for (guint i = 0; i < self->n_guides; i++)
    {
      graphene_rect_t rect;

      runnel_canvas_view_get_rect (self, &self->guides[i], &rect);
      graphene_rect_init (&rect, floorf (rect.origin.x), floorf (rect.origin.y),
                          MAX (1, rect.size.width), MAX (1, rect.size.height));
      gtk_snapshot_append_color (snapshot, &color, &rect);
    }
}
