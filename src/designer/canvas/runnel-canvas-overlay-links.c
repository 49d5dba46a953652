/* runnel-canvas-overlay-links.c: links that are being made, moved and cut, and their handles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define CORNER 8 /* of a card, world units */

/* All in logical pixels. */
#define RING_MARGIN 3
#define RING_WIDTH 2
#define DOT_RADIUS 4
#define HANDLE_RADIUS 6
#define PLUS_RADIUS 9
#define PLUS_ARM 4.5

typedef graphene_point_t Point;

static Point
to_widget (RunnelCanvas *self,
           double        world_x,
           double        world_y)
{
  double x, y;

  runnel_viewport_from_world (&self->view, world_x, world_y, &x, &y);
  return GRAPHENE_POINT_INIT (x, y);
}

static Point
get_port_point (RunnelCanvas *self,
                guint         node,
                RunnelPort    port)
{
  float x, y;

  runnel_scene_get_port_position (self->scene, node, port, &x, &y);
  return to_widget (self, x, y);
}

static void
append_curve (GtkSnapshot   *snapshot,
              Point          start,
              Point          end,
              double         zoom,
              const GdkRGBA *color)
{
  double bend = CLAMP (fabs (end.x - start.x) / 2, 24 * zoom, 160 * zoom);
  graphene_rect_t bounds;
  cairo_t *cr;

  graphene_rect_init (&bounds, MIN (start.x, end.x - bend) - 8, MIN (start.y, end.y) - 8,
                      fabs (end.x - start.x) + 2 * bend + 16, fabs (end.y - start.y) + 16);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, start.x, start.y);
  cairo_curve_to (cr, start.x + bend, start.y, end.x - bend, end.y, end.x, end.y);
  cairo_stroke (cr);
  cairo_arc (cr, end.x, end.y, DOT_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
append_ring (RunnelCanvas  *self,
             GtkSnapshot   *snapshot,
             guint          node,
             const GdkRGBA *color)
{
  graphene_rect_t rect;
  RunnelBox box;

  runnel_scene_get_node_box (self->scene, node, &box);
  runnel_canvas_view_get_rect (self, &box, &rect);
  graphene_rect_inset (&rect, -RING_MARGIN, -RING_MARGIN);
  runnel_canvas_overlay_append_frame (snapshot, &rect, CORNER * self->view.zoom + RING_MARGIN,
                                      RING_WIDTH, color);
}

/* The loose end is at the target if there is one, else at the pointer, or nowhere. */
static void
snapshot_connecting (RunnelCanvas        *self,
                     GtkSnapshot         *snapshot,
                     const RunnelPalette *palette)
{
  const RunnelConnecting *connecting = &self->connecting;
  gboolean backwards = connecting->backwards;
  gboolean has_target = connecting->target != RUNNEL_NO_INDEX;
  RunnelPort output = runnel_port_for (connecting->target_on);
  GdkRGBA color = runnel_canvas_overlay_color (
    connecting->refusal != NULL ? palette->error : palette->links[connecting->target_on], 1);
  Point fixed = get_port_point (self, connecting->anchor, backwards ? RUNNEL_PORT_INPUT : output);
  Point loose = GRAPHENE_POINT_INIT (self->pointer.x, self->pointer.y);

  if (has_target)
    loose = get_port_point (self, connecting->target, backwards ? output : RUNNEL_PORT_INPUT);

  append_ring (self, snapshot, has_target ? connecting->target : connecting->anchor, &color);
  if (has_target || self->pointer.inside)
    append_curve (snapshot, backwards ? loose : fixed, backwards ? fixed : loose, self->view.zoom,
                  &color);
}

/* The links that the step being searched for will have. */
static void
snapshot_adding (RunnelCanvas        *self,
                 GtkSnapshot         *snapshot,
                 const RunnelPalette *palette)
{
  const RunnelAdding *adding = &self->adding;
  GdkRGBA color = runnel_canvas_overlay_color (palette->links[adding->on], 1);
  guint from = adding->from != NULL ? runnel_canvas_find_node (self, adding->from)
                                    : RUNNEL_NO_INDEX;
  guint to = adding->to != NULL ? runnel_canvas_find_node (self, adding->to) : RUNNEL_NO_INDEX;
  double middle = adding->point.y + RUNNEL_NODE_HEIGHT / 2.0;

  /* Between two steps the link is there already. */
  if (from != RUNNEL_NO_INDEX && to != RUNNEL_NO_INDEX)
    return;

  if (from != RUNNEL_NO_INDEX)
    append_curve (snapshot, get_port_point (self, from, runnel_port_for (adding->on)),
                  to_widget (self, adding->point.x, middle), self->view.zoom, &color);
  else if (to != RUNNEL_NO_INDEX)
    append_curve (snapshot, to_widget (self, adding->point.x + RUNNEL_NODE_WIDTH, middle),
                  get_port_point (self, to, RUNNEL_PORT_INPUT), self->view.zoom, &color);
}

static void
snapshot_stroke (RunnelCanvas        *self,
                 GtkSnapshot         *snapshot,
                 const RunnelPalette *palette)
{
  const GArray *stroke = self->pointer.stroke;
  const double dashes[] = { 6, 4 };
  GdkRGBA color = runnel_canvas_overlay_color (palette->error, 1);
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                                   gtk_widget_get_height (GTK_WIDGET (self))));

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < stroke->len; i++)
    {
      const RunnelPoint *world = &g_array_index (stroke, RunnelPoint, i);
      Point point = to_widget (self, world->x, world->y);

      cairo_line_to (cr, point.x, point.y);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Begins to draw a small round thing. */
static cairo_t *
append_disc (GtkSnapshot   *snapshot,
             Point          middle,
             double         radius,
             const GdkRGBA *fill,
             const GdkRGBA *edge)
{
  const double room = radius + 2;
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (floor (middle.x - room), floor (middle.y - room),
                                   ceil (2 * room) + 1, ceil (2 * room) + 1));

  cairo_arc (cr, middle.x, middle.y, radius, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, fill);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, edge);
  cairo_set_line_width (cr, RING_WIDTH);
  cairo_stroke (cr);

  return cr;
}

static void
snapshot_plus (RunnelCanvas        *self,
               GtkSnapshot         *snapshot,
               const RunnelPalette *palette,
               guint                link)
{
  gboolean pointed = self->hovered_part == RUNNEL_HIT_PLUS;
  GdkRGBA accent = runnel_canvas_overlay_color (palette->accent, 1);
  GdkRGBA card = runnel_canvas_overlay_color (palette->card, 1);
  Point middle;
  double x, y;
  cairo_t *cr;

  if (!runnel_canvas_get_plus (self, link, &x, &y))
    return;

  middle = to_widget (self, x, y);
  middle = GRAPHENE_POINT_INIT (round (middle.x), round (middle.y));
  cr = append_disc (snapshot, middle, PLUS_RADIUS, pointed ? &accent : &card, &accent);
  gdk_cairo_set_source_rgba (cr, pointed ? &card : &accent);
  cairo_move_to (cr, middle.x - PLUS_ARM, middle.y);
  cairo_line_to (cr, middle.x + PLUS_ARM, middle.y);
  cairo_move_to (cr, middle.x, middle.y - PLUS_ARM);
  cairo_line_to (cr, middle.x, middle.y + PLUS_ARM);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Shows that an end of the link can be taken hold of. */
static void
snapshot_end (RunnelCanvas        *self,
              GtkSnapshot         *snapshot,
              const RunnelPalette *palette)
{
  GdkRGBA accent = runnel_canvas_overlay_color (palette->accent, 1);
  GdkRGBA card = runnel_canvas_overlay_color (palette->card, 1);
  double x, y;

  runnel_canvas_get_link_end (self, self->hovered_link, self->hovered_part == RUNNEL_HIT_START,
                              &x, &y);
  cairo_destroy (append_disc (snapshot, to_widget (self, x, y), HANDLE_RADIUS, &card, &accent));
}

static void
snapshot_handles (RunnelCanvas        *self,
                  GtkSnapshot         *snapshot,
                  const RunnelPalette *palette)
{
  if (self->hovered_link == RUNNEL_NO_INDEX)
    return;

  snapshot_plus (self, snapshot, palette, self->hovered_link);
  if (self->hovered_part == RUNNEL_HIT_START || self->hovered_part == RUNNEL_HIT_END)
    snapshot_end (self, snapshot, palette);
}

void
runnel_canvas_overlay_links (RunnelCanvas        *self,
                             GtkSnapshot         *snapshot,
                             const RunnelPalette *palette)
{
  if (runnel_canvas_is_connecting (self))
    snapshot_connecting (self, snapshot, palette);
  else if (self->pointer.drag == RUNNEL_DRAG_CUT && self->pointer.moved)
    snapshot_stroke (self, snapshot, palette);
  else if (self->pointer.drag == RUNNEL_DRAG_NONE || self->pointer.drag == RUNNEL_DRAG_PRESS)
    snapshot_handles (self, snapshot, palette);

  if (gtk_widget_get_visible (self->quick_add))
    snapshot_adding (self, snapshot, palette);
}
