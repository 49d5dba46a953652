/* runnel-canvas-edge-pan.c: the view goes on while something is dragged near an edge
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define EDGE 40          /* logical pixels: inside this band the view follows the pointer */
#define EDGE_SPEED 24.0  /* logical pixels per second for each pixel of depth */

/* How deep the pointer is in the band along the edges of a span, negative towards its start. */
static double
get_depth (double position,
           double size)
{
  if (position < EDGE)
    return MAX (position - EDGE, -2 * EDGE);
  if (position > size - EDGE)
    return MIN (position - (size - EDGE), 2 * EDGE);

  return 0;
}

static gboolean
edge_pan_cb (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);
  RunnelPointer *pointer = &self->pointer;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = MIN (now - pointer->edge_pan_time, 100 * 1000) / (double) G_USEC_PER_SEC;
  double dx = get_depth (pointer->x, gtk_widget_get_width (widget));
  double dy = get_depth (pointer->y, gtk_widget_get_height (widget));

  pointer->edge_pan_time = now;
  if (dx == 0 && dy == 0)
    {
      pointer->edge_pan_id = 0;
      return G_SOURCE_REMOVE;
    }

  runnel_canvas_view_pan (self, dx * EDGE_SPEED * seconds, dy * EDGE_SPEED * seconds);
  runnel_canvas_drag_update (self);

  return G_SOURCE_CONTINUE;
}

/* While something is dragged near an edge, the view goes on by itself. */
void
runnel_canvas_edge_pan_follow (RunnelCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean near = get_depth (self->pointer.x, gtk_widget_get_width (widget)) != 0
                  || get_depth (self->pointer.y, gtk_widget_get_height (widget)) != 0;

  if (!near || self->pointer.edge_pan_id != 0 || !gtk_widget_get_mapped (widget))
    return;

  self->pointer.edge_pan_time = g_get_monotonic_time ();
  self->pointer.edge_pan_id = gtk_widget_add_tick_callback (widget, edge_pan_cb, NULL, NULL);
}

void
runnel_canvas_edge_pan_stop (RunnelCanvas *self)
{
  if (self->pointer.edge_pan_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->pointer.edge_pan_id);
  self->pointer.edge_pan_id = 0;
}
