/* runnel-output.c: puts painted tiles on the screen with whichever renderer GTK uses
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gsk/gsk.h>

#include "designer/canvas/runnel-output.h"

/* The render node of one buffer of pixels. It is the same object from frame to frame until the
 * pixels change: GSK then finds nothing to redraw, or only the way it moved. */
typedef struct
{
  const guint32 *pixels;
  guint64 generation;
  int width, height;
  int density;
  cairo_surface_t *surface; /* wraps `pixels`, NULL with a GPU */
  GskRenderNode *node;
} Picture;

struct _RunnelOutput
{
  GArray *pictures; /* by buffer number */
  gboolean software;
};

static void
picture_clear (Picture *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

static gboolean
picture_wraps (const Picture    *self,
               const RunnelBlit *blit,
               int               density)
{
  return self->surface != NULL && self->pixels == blit->pixels && self->density == density
         && self->width == blit->width && self->height == blit->height;
}

static void
get_bounds (const Picture   *self,
            graphene_rect_t *ret_bounds)
{
  graphene_rect_init (ret_bounds, 0, 0, (float) self->width / self->density,
                      (float) self->height / self->density);
}

/* The image surface stays the same while its memory is painted anew behind cairo's back. That is
 * what makes it one copy to the window: telling cairo (or making another surface) would let it copy
 * the pixels for the nodes that still refer to them, and those are about to be replaced anyway. */
static GskRenderNode *
picture_make_cairo_node (Picture          *self,
                         const RunnelBlit *blit)
{
  GskRenderNode *node;
  graphene_rect_t bounds;
  cairo_t *cr;

  if (self->surface == NULL)
    {
      self->surface = cairo_image_surface_create_for_data ((guchar *) blit->pixels,
                                                           CAIRO_FORMAT_RGB24, blit->width,
                                                           blit->height, blit->stride);
      cairo_surface_set_device_scale (self->surface, self->density, self->density);
    }

  get_bounds (self, &bounds);
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);

  return node;
}

/* A texture is immutable and uploaded once, so the pixels are copied. */
static GskRenderNode *
picture_make_texture_node (Picture          *self,
                           const RunnelBlit *blit)
{
  g_autoptr(GBytes) bytes = g_bytes_new (blit->pixels, (gsize) blit->stride * blit->height);
  g_autoptr(GdkTexture) texture = gdk_memory_texture_new (blit->width, blit->height,
                                                          GDK_MEMORY_DEFAULT, bytes, blit->stride);
  graphene_rect_t bounds;

  get_bounds (self, &bounds);
  return gsk_texture_node_new (texture, &bounds);
}

static void
picture_update (Picture          *self,
                const RunnelBlit *blit,
                int               density,
                gboolean          software)
{
  if (self->node != NULL && self->generation == blit->generation && self->density == density
      && self->pixels == blit->pixels)
    return;

  g_clear_pointer (&self->node, gsk_render_node_unref);
  if (!picture_wraps (self, blit, density))
    picture_clear (self);

  self->pixels = blit->pixels;
  self->generation = blit->generation;
  self->width = blit->width;
  self->height = blit->height;
  self->density = density;
  self->node = software ? picture_make_cairo_node (self, blit)
                        : picture_make_texture_node (self, blit);
}

RunnelOutput *
runnel_output_new (void)
{
  RunnelOutput *self = g_new0 (RunnelOutput, 1);

  self->pictures = g_array_new (FALSE, TRUE, sizeof (Picture));
  g_array_set_clear_func (self->pictures, (GDestroyNotify) picture_clear);

  return self;
}

void
runnel_output_free (RunnelOutput *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->pictures);
  g_free (self);
}

/**
 * runnel_output_forget:
 *
 * Lets go of all buffers. Must be called before their memory may go away, which is when the view
 * changes its size: cairo takes a copy for the frame that is still on the screen.
 */
void
runnel_output_forget (RunnelOutput *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->pictures, 0);
}

/**
 * runnel_output_snapshot:
 * @renderer: (nullable): the renderer that will draw
 * @blits: (array length=n_blits): what runnel_tiles_update() gave
 * @density: device pixels per logical pixel
 *
 * Adds the pictures to a snapshot of the widget: surfaces that cairo copies, or textures for a GPU.
 * Each is only moved by whole device pixels; GSK of GTK 4.8 redraws everything below any other
 * transformation.
 */
void
runnel_output_snapshot (RunnelOutput     *self,
                        GtkSnapshot      *snapshot,
                        GskRenderer      *renderer,
                        const RunnelBlit *blits,
                        guint             n_blits,
                        int               density)
{
  gboolean software = renderer == NULL || GSK_IS_CAIRO_RENDERER (renderer);

  g_return_if_fail (self != NULL);

  if (software != self->software)
    runnel_output_forget (self);
  self->software = software;

  for (guint i = 0; i < n_blits; i++)
    {
      const RunnelBlit *blit = &blits[i];
      graphene_point_t point = { (float) blit->x / density, (float) blit->y / density };
      Picture *picture;

      if (blit->buffer >= self->pictures->len)
        g_array_set_size (self->pictures, blit->buffer + 1);

      picture = &g_array_index (self->pictures, Picture, blit->buffer);
      picture_update (picture, blit, density, software);

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &point);
      gtk_snapshot_append_node (snapshot, picture->node);
      gtk_snapshot_restore (snapshot);
    }
}
