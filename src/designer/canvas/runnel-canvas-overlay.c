/* runnel-canvas-overlay.c: what lies over the scene while something is going on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define CORNER 8 /* of a card, world units */
#define RING_WIDTH 2
#define MAX_GHOSTS 400

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

/* The outline of a card that is not there yet. */
static void
append_ghost (RunnelCanvas        *self,
              GtkSnapshot         *snapshot,
              const RunnelPalette *palette,
              double               x,
              double               y)
{
  const RunnelBox box = { x, y, x + RUNNEL_NODE_WIDTH, y + RUNNEL_NODE_HEIGHT };
  GdkRGBA color = runnel_canvas_overlay_color (palette->accent, 1);
  GdkRGBA fill = runnel_canvas_overlay_color (palette->card, 0.6f);
  GskRoundedRect outline;
  graphene_rect_t rect;

  runnel_canvas_view_get_rect (self, &box, &rect);
  gsk_rounded_rect_init_from_rect (&outline, &rect, CORNER * self->view.zoom);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gtk_snapshot_pop (snapshot);
  runnel_canvas_overlay_append_frame (snapshot, &rect, CORNER * self->view.zoom, RING_WIDTH,
                                      &color);
}

/* Where the copies would be that are dragged; of very many only some, so that a frame stays short. */
static void
snapshot_clones (RunnelCanvas        *self,
                 GtkSnapshot         *snapshot,
                 const RunnelPalette *palette)
{
  const GArray *nodes = self->pointer.moved_nodes;
  const guint n_shown = MIN (nodes->len, MAX_GHOSTS);

  for (guint i = 0; i < n_shown; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (nodes, RunnelMovedNode, i);

      append_ghost (self, snapshot, palette, moved->x + self->pointer.moved_x,
                    moved->y + self->pointer.moved_y);
    }
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
  else if (self->pointer.drag == RUNNEL_DRAG_CLONE)
    snapshot_clones (self, snapshot, palette);

  if (self->dropping)
    append_ghost (self, snapshot, palette, self->drop_point.x, self->drop_point.y);

  runnel_canvas_overlay_links (self, snapshot, palette);
  runnel_canvas_overlay_hint (self, snapshot, palette);
}
