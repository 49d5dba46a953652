/* runnel-canvas-hint.c: what is said at the pointer while something goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define OFFSET 18 /* logical pixels from the pointer */
#define PADDING 8
#define WIDTH 320
#define CORNER 6

/* Whether the drag would change the document if it might. */
static gboolean
is_edit (RunnelDrag drag)
{
  return drag == RUNNEL_DRAG_MOVE || drag == RUNNEL_DRAG_CLONE || drag == RUNNEL_DRAG_CUT;
}

static char *
make_connecting_hint (const RunnelConnecting *connecting)
{
  if (connecting->refusal != NULL)
    return g_strdup (connecting->refusal);
  if (connecting->target != RUNNEL_NO_INDEX)
    return NULL;
  if (connecting->sticky)
    return g_strdup (_("Click the step to connect to, or choose it with the arrow keys and press "
                       "Enter"));
  if (connecting->link != RUNNEL_NO_INDEX && connecting->away)
    return g_strdup (_("Release to remove the link"));

  return NULL;
}

static char *
make_cut_hint (RunnelCanvas *self)
{
  guint n_links = g_hash_table_size (self->pointer.cut_links);

  if (n_links == 0)
    return g_strdup (_("Draw a line across links to remove them"));

  return g_strdup_printf (ngettext ("Release to remove %u link", "Release to remove %u links",
                                    n_links), n_links);
}

/* Returns: (transfer full) (nullable): what the person should know before releasing the button */
char *
runnel_canvas_make_hint (RunnelCanvas *self)
{
  RunnelCanvasLink link;

  if (runnel_canvas_is_connecting (self))
    return make_connecting_hint (&self->connecting);
  if (is_edit (self->pointer.drag) && self->pointer.moved && !runnel_canvas_can_edit (self))
    return g_strdup (_("This pipeline can only be looked at"));
  if (self->pointer.drag == RUNNEL_DRAG_CUT && self->pointer.moved)
    return make_cut_hint (self);
  if (runnel_canvas_get_aim (self, &link))
    return g_strdup_printf (_("Release to insert between “%s” and “%s”; Alt prevents it"),
                            link.from, link.to);

  return NULL;
}

static gboolean
is_refusal (RunnelCanvas *self)
{
  return self->connecting.refusal != NULL
         || (!runnel_canvas_is_connecting (self) && !runnel_canvas_can_edit (self));
}

/* Where the hint belongs: the pointer, or without one the step that the keyboard has chosen. */
static void
get_place (RunnelCanvas *self,
           double       *ret_x,
           double       *ret_y)
{
  const RunnelConnecting *connecting = &self->connecting;
  RunnelBox box;

  *ret_x = self->pointer.x;
  *ret_y = self->pointer.y;

  if (self->dropping)
    {
      runnel_viewport_from_world (&self->view, self->drop_point.x + RUNNEL_NODE_WIDTH / 2.0,
                                  self->drop_point.y + RUNNEL_NODE_HEIGHT, ret_x, ret_y);
    }
  else if (!self->pointer.inside && runnel_canvas_is_connecting (self))
    {
      runnel_scene_get_node_box (self->scene, connecting->target != RUNNEL_NO_INDEX
                                              ? connecting->target : connecting->anchor, &box);
      runnel_viewport_from_world (&self->view, box.x1, box.y1, ret_x, ret_y);
    }
}

/* A sheet with text near a point, moved so that all of it is seen. */
static void
append_sheet (RunnelCanvas        *self,
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

  pango_layout_set_width (layout, WIDTH * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, &width, &height);
  width += 2 * PADDING;
  height += 2 * PADDING;
  x = MAX (0, MIN (x + OFFSET, gtk_widget_get_width (GTK_WIDGET (self)) - width));
  y = MAX (0, MIN (y + OFFSET, gtk_widget_get_height (GTK_WIDGET (self)) - height));

  graphene_rect_init (&rect, round (x), round (y), width, height);
  gsk_rounded_rect_init_from_rect (&outline, &rect, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gtk_snapshot_pop (snapshot);
  runnel_canvas_overlay_append_frame (snapshot, &rect, CORNER, 1, edge);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rect.origin.x + PADDING,
                                                          rect.origin.y + PADDING));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

void
runnel_canvas_overlay_hint (RunnelCanvas        *self,
                            GtkSnapshot         *snapshot,
                            const RunnelPalette *palette)
{
  g_autofree char *hint = runnel_canvas_make_hint (self);
  GdkRGBA edge = runnel_canvas_overlay_color (is_refusal (self) ? palette->error
                                                                : palette->accent, 1);
  double x, y;

  if (hint == NULL)
    return;

  get_place (self, &x, &y);
  append_sheet (self, snapshot, palette, hint, &edge, x, y);
}
