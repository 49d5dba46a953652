/* test-output.c: render nodes for painted tiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gtk/gtk.h>

#include "designer/canvas/runnel-output.h"

#define SIDE 4

typedef struct
{
  RunnelOutput *output;
  guint32 pixels[SIDE * SIDE];
  RunnelBlit blit;
} Fixture;

static void
set_up (Fixture *self)
{
  self->output = runnel_output_new ();
  for (guint i = 0; i < SIDE * SIDE; i++)
    self->pixels[i] = 0xff336699;
  self->blit = (RunnelBlit) { 3, -2, SIDE, SIDE, SIDE * sizeof (guint32), self->pixels, 0, 1 };
}

static GskRenderNode *
snapshot (Fixture *self,
          int      density)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  runnel_output_snapshot (self->output, snapshot, NULL, &self->blit, 1, density);
  return gtk_snapshot_free_to_node (snapshot);
}

static GskRenderNode *
get_picture (GskRenderNode *node)
{
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_TRANSFORM_NODE);
  return gsk_transform_node_get_child (node);
}

static void
test_place (void)
{
  Fixture fixture;
  GskRenderNode *node;
  graphene_rect_t bounds;

  set_up (&fixture);
  node = snapshot (&fixture, 1);
  gsk_render_node_get_bounds (node, &bounds);
  g_assert_true (graphene_rect_equal (&bounds, &GRAPHENE_RECT_INIT (3, -2, SIDE, SIDE)));
  gsk_render_node_unref (node);

  node = snapshot (&fixture, 2);
  gsk_render_node_get_bounds (node, &bounds);
  g_assert_true (graphene_rect_equal (&bounds, &GRAPHENE_RECT_INIT (1.5, -1, SIDE / 2, SIDE / 2)));
  gsk_render_node_unref (node);
  runnel_output_free (fixture.output);
}

/* the same object while the pixels are the same: GSK then redraws nothing */
static void
test_reuse (void)
{
  Fixture fixture;
  GskRenderNode *first, *moved, *changed;

  set_up (&fixture);
  first = snapshot (&fixture, 1);
  fixture.blit.x = 20;
  moved = snapshot (&fixture, 1);
  g_assert_true (get_picture (first) == get_picture (moved));

  fixture.blit.generation = 2;
  changed = snapshot (&fixture, 1);
  g_assert_true (get_picture (changed) != get_picture (moved));

  gsk_render_node_unref (first);
  gsk_render_node_unref (moved);
  gsk_render_node_unref (changed);
  runnel_output_free (fixture.output);
}

static guint32
draw_pixel (GskRenderNode *node)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 8, 8);
  cairo_t *cr = cairo_create (surface);
  guint32 pixel;

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixel = ((const guint32 *) cairo_image_surface_get_data (surface))[4];
  cairo_surface_destroy (surface);

  return pixel;
}

static void
test_pixels (void)
{
  Fixture fixture;
  GskRenderNode *node;

  set_up (&fixture);
  node = snapshot (&fixture, 1);
  g_assert_cmphex (draw_pixel (node), ==, 0xff336699);
  gsk_render_node_unref (node);
  runnel_output_free (fixture.output);
}

/* after letting go, a frame still on the screen has pixels of its own */
static void
test_forget (void)
{
  Fixture fixture;
  GskRenderNode *node;

  set_up (&fixture);
  node = snapshot (&fixture, 1);
  runnel_output_forget (fixture.output);
  memset (fixture.pixels, 0, sizeof fixture.pixels);
  g_assert_cmphex (draw_pixel (node), ==, 0xff336699);
  gsk_render_node_unref (node);
  runnel_output_free (fixture.output);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/designer/output/place", test_place);
  g_test_add_func ("/designer/output/reuse", test_reuse);
  g_test_add_func ("/designer/output/pixels", test_pixels);
  g_test_add_func ("/designer/output/forget", test_forget);

  return g_test_run ();
}
