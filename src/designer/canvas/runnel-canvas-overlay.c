/* runnel-canvas-overlay.c: what lies over the scene while something is going on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define CORNER 8 /* of a card, world units */
#define RING_MARGIN 3
#define RING_WIDTH 2
#define HINT_OFFSET 18 /* logical pixels from the pointer */
#define HINT_PADDING 8
#define HINT_WIDTH 320

GdkRGBA
runnel_canvas_overlay_color (RunnelColor color,
                             float       alpha)
{
  return (GdkRGBA) { (color >> 16 & 0xff) / 255.f, (color >> 8 & 0xff) / 255.f,
                     (color & 0xff) / 255.f, (color >> 24) / 255.f * alpha };
}

void
runnel_canvas_overlay_append_frame (GtkSnapshot           *snapshot,
                                    const graphene_rect_t *rect,
                                    float                  radius,
                                    float                  width,
                                    const GdkRGBA         *color)
{
  const float widths[] = { width, width, width, width };
  const GdkRGBA colors[] = { *color, *color, *color, *color };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, radius);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
snapshot_box (RunnelCanvas        *self,
              GtkSnapshot         *snapshot,
              const RunnelPalette *palette)
{
  GdkRGBA fill = runnel_canvas_overlay_color (palette->accent, 0.15f);
  GdkRGBA edge = runnel_canvas_overlay_color (palette->accent, 0.9f);
  graphene_rect_t rect;
  RunnelBox box;

  runnel_canvas_box_get (self, &box);
  runnel_canvas_view_get_rect (self, &box, &rect);
  graphene_rect_round_extents (&rect, &rect);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  runnel_canvas_overlay_append_frame (snapshot, &rect, 0, 1, &edge);
}

static RunnelPort
get_port (RunnelOn on)
{
  switch (on)
    {
    case RUNNEL_ON_SUCCESS:
      return RUNNEL_PORT_SUCCESS;
    case RUNNEL_ON_FAILURE:
      return RUNNEL_PORT_FAILURE;
    case RUNNEL_ON_FINISHED:
    case RUNNEL_ON_ALWAYS:
    default:
      return RUNNEL_PORT_ALWAYS;
    }
}

static graphene_point_t
get_port_point (RunnelCanvas *self,
                guint         node,
                RunnelPort    port)
{
  float world_x, world_y;
  double x, y;

  runnel_scene_get_port_position (self->scene, node, port, &world_x, &world_y);
  runnel_viewport_from_world (&self->view, world_x, world_y, &x, &y);

  return GRAPHENE_POINT_INIT (x, y);
}

static void
append_curve (GtkSnapshot      *snapshot,
              graphene_point_t  start,
              graphene_point_t  end,
              double            zoom,
              const GdkRGBA    *color)
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
  cairo_arc (cr, end.x, end.y, 4, 0, 2 * G_PI);
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

/* A sheet with text near a point, moved so that all of it is seen. */
static void
append_hint (RunnelCanvas        *self,
             GtkSnapshot         *snapshot,
             const RunnelPalette *palette,
             const char          *text,
             const GdkRGBA       *edge,
             double               x,
             double               y)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA fill = runnel_canvas_overlay_color (palette->card, 1);
  GdkRGBA ink = runnel_canvas_overlay_color (palette->text, 1);
  GskRoundedRect outline;
  graphene_rect_t rect;
  int width, height;

  pango_layout_set_width (layout, HINT_WIDTH * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, &width, &height);
  width += 2 * HINT_PADDING;
  height += 2 * HINT_PADDING;
  x = MAX (0, MIN (x + HINT_OFFSET, gtk_widget_get_width (GTK_WIDGET (self)) - width));
  y = MAX (0, MIN (y + HINT_OFFSET, gtk_widget_get_height (GTK_WIDGET (self)) - height));

  graphene_rect_init (&rect, round (x), round (y), width, height);
  gsk_rounded_rect_init_from_rect (&outline, &rect, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gtk_snapshot_pop (snapshot);
  runnel_canvas_overlay_append_frame (snapshot, &rect, 6, 1, edge);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rect.origin.x + HINT_PADDING,
                                                          rect.origin.y + HINT_PADDING));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

/* What to say about a connection being made, if anything. */
static const char *
get_connecting_hint (const RunnelConnecting *connecting)
{
  if (connecting->refusal != NULL)
    return connecting->refusal;

  if (connecting->sticky && connecting->target == RUNNEL_NO_INDEX)
    return _("Click the step to connect to, or choose it with the arrow keys and press Enter");

  return NULL;
}

/* The loose end is at the target if there is one, else at the pointer, or nowhere. */
static void
snapshot_connecting (RunnelCanvas        *self,
                     GtkSnapshot         *snapshot,
                     const RunnelPalette *palette)
{
  const RunnelConnecting *connecting = &self->connecting;
  gboolean has_target = connecting->target != RUNNEL_NO_INDEX;
  const char *hint = get_connecting_hint (connecting);
  GdkRGBA color = runnel_canvas_overlay_color (connecting->refusal != NULL ? palette->error
                                                       : palette->links[connecting->on], 1);
  graphene_point_t start = get_port_point (self, connecting->from, get_port (connecting->on));
  graphene_point_t end = start;

  if (has_target)
    end = get_port_point (self, connecting->target, RUNNEL_PORT_INPUT);
  else if (self->pointer.inside)
    end = GRAPHENE_POINT_INIT (self->pointer.x, self->pointer.y);

  append_ring (self, snapshot, has_target ? connecting->target : connecting->from, &color);
  if (has_target || self->pointer.inside)
    append_curve (snapshot, start, end, self->view.zoom, &color);
  if (hint != NULL)
    append_hint (self, snapshot, palette, hint, &color,
                 self->pointer.inside ? self->pointer.x : end.x,
                 self->pointer.inside ? self->pointer.y : end.y);
}

/* The link that the step being searched for will have. */
static void
snapshot_adding (RunnelCanvas        *self,
                 GtkSnapshot         *snapshot,
                 const RunnelPalette *palette)
{
  GdkRGBA color = runnel_canvas_overlay_color (palette->links[self->add_on], 1);
  guint from = runnel_canvas_find_node (self, self->add_from);
  double x, y;

  if (from == RUNNEL_NO_INDEX)
    return;

  runnel_viewport_from_world (&self->view, self->add_point.x,
                              self->add_point.y + RUNNEL_NODE_HEIGHT / 2.0, &x, &y);
  append_curve (snapshot, get_port_point (self, from, get_port (self->add_on)),
                GRAPHENE_POINT_INIT (x, y), self->view.zoom, &color);
}

static void
snapshot_empty (RunnelCanvas        *self,
                GtkSnapshot         *snapshot,
                const RunnelPalette *palette)
{
  const char *text = runnel_canvas_can_edit (self)
                     ? _("Drag a step from the palette here, or press N")
                     : _("This pipeline has no steps");
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA ink = runnel_canvas_overlay_color (palette->text_dimmed, 1);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot,
    &GRAPHENE_POINT_INIT (round ((gtk_widget_get_width (GTK_WIDGET (self)) - width) / 2.0),
                          round ((gtk_widget_get_height (GTK_WIDGET (self)) - height) / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

/* Where the card of a dropped kind would be. */
static void
snapshot_drop (RunnelCanvas        *self,
               GtkSnapshot         *snapshot,
               const RunnelPalette *palette)
{
  const RunnelPoint *point = &self->drop_point;
  const RunnelBox box = { point->x, point->y, point->x + RUNNEL_NODE_WIDTH,
                          point->y + RUNNEL_NODE_HEIGHT };
  GdkRGBA color = runnel_canvas_overlay_color (palette->accent, 1);
  graphene_rect_t rect;

  runnel_canvas_view_get_rect (self, &box, &rect);
  runnel_canvas_overlay_append_frame (snapshot, &rect, CORNER * self->view.zoom, RING_WIDTH,
                                      &color);
}

/* The keyboard is on the canvas but on no step: the canvas itself shows where it is. */
static void
snapshot_focus (RunnelCanvas        *self,
                GtkSnapshot         *snapshot,
                const RunnelPalette *palette)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkRGBA color = runnel_canvas_overlay_color (palette->accent, 0.8f);
  graphene_rect_t rect;

  if (!gtk_widget_has_focus (GTK_WIDGET (self)) || !GTK_IS_WINDOW (root)
      || !gtk_window_get_focus_visible (GTK_WINDOW (root)))
    return;

  graphene_rect_init (&rect, 1, 1, gtk_widget_get_width (GTK_WIDGET (self)) - 2,
                      gtk_widget_get_height (GTK_WIDGET (self)) - 2);
  runnel_canvas_overlay_append_frame (snapshot, &rect, 0, RING_WIDTH, &color);
}

void
runnel_canvas_overlay_snapshot (RunnelCanvas *self,
                                GtkSnapshot  *snapshot)
{
  const RunnelPalette *palette = runnel_raster_get_palette (self->raster);

  runnel_canvas_veil_snapshot (self, snapshot);

  if (self->pipeline != NULL && runnel_pipeline_get_n_steps (self->pipeline) == 0)
    snapshot_empty (self, snapshot, palette);

  if (self->focus_node == RUNNEL_NO_INDEX)
    snapshot_focus (self, snapshot, palette);

  if (self->pointer.drag == RUNNEL_DRAG_BOX && self->pointer.moved)
    snapshot_box (self, snapshot, palette);
  else if (self->pointer.drag == RUNNEL_DRAG_MOVE)
    runnel_canvas_snap_snapshot (self, snapshot, palette);
  else if (runnel_canvas_is_connecting (self))
    snapshot_connecting (self, snapshot, palette);

  if (self->dropping)
    snapshot_drop (self, snapshot, palette);

  if (self->add_from != NULL && gtk_widget_get_visible (self->quick_add))
    snapshot_adding (self, snapshot, palette);
}
