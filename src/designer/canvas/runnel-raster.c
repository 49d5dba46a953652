/* runnel-raster.c: draws a scene into pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-raster-private.h"

#define SLACK 3               /* device pixels by which rounding and hairlines may reach farther */
#define DOT_SPACING (3 * RUNNEL_SNAP)
#define MIN_DOT_SPACING 14.0  /* logical pixels; closer dots are thinned out */

/**
 * runnel_raster_new:
 *
 * Returns: (transfer full): a raster with the light palette and the default font
 */
RunnelRaster *
runnel_raster_new (void)
{
  RunnelRaster *self = g_new0 (RunnelRaster, 1);

  self->palette = *runnel_palette_get (RUNNEL_PALETTE_LIGHT);
  self->glyphs = runnel_glyphs_new ();
  return self;
}

void
runnel_raster_free (RunnelRaster *self)
{
  g_return_if_fail (self != NULL);

  runnel_sheet_clear (&self->sheet);
  runnel_glyphs_free (self->glyphs);
  g_free (self);
}

/**
 * runnel_raster_set_palette:
 * @palette: copied, so that it may be one of yours with another accent
 *
 * All that was painted before is stale then.
 */
void
runnel_raster_set_palette (RunnelRaster        *self,
                           const RunnelPalette *palette)
{
  g_return_if_fail (self != NULL && palette != NULL);

  self->palette = *palette;
  runnel_sheet_clear (&self->sheet);
  self->revision++;
}

const RunnelPalette *
runnel_raster_get_palette (RunnelRaster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->palette;
}

/**
 * runnel_raster_set_font:
 * @font: for titles, its size at zoom 1; sizes that would not fit a card are limited
 *
 * All that was painted before is stale then.
 */
void
runnel_raster_set_font (RunnelRaster               *self,
                        const PangoFontDescription *font)
{
  g_return_if_fail (self != NULL && font != NULL);

  runnel_glyphs_set_font (self->glyphs, font);
  self->revision++;
}

guint64
runnel_raster_get_revision (RunnelRaster *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->revision;
}

/* --- What lies in a rectangle --- */

/* World units of a rectangle of device pixels, grown by `overhang` and the slack. */
static RunnelBox
get_world_box (const RunnelSheet *sheet,
               int x, int y,
               int width, int height,
               double overhang)
{
  const double by = overhang + SLACK * sheet->density / sheet->scale;

  return (RunnelBox) { x / sheet->scale - by, y / sheet->scale - by,
                       (x + width) / sheet->scale + by, (y + height) / sheet->scale + by };
}

static guint64 *
find_nodes (RunnelScene     *scene,
            const RunnelBox *box)
{
  const RunnelBox origins = { box->x0 - RUNNEL_NODE_WIDTH, box->y0 - RUNNEL_NODE_HEIGHT, box->x1,
                              box->y1 };
  guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (scene->nodes->len));

  runnel_grid_query (scene->node_grid, &origins, bits);
  return bits;
}

static gboolean
is_in (const RunnelNode *node,
       const RunnelBox  *box)
{
  return runnel_node_is_shown (node) && node->x < box->x1 && node->y < box->y1
         && node->x + RUNNEL_NODE_WIDTH > box->x0 && node->y + RUNNEL_NODE_HEIGHT > box->y0;
}

/* --- The layers, from the back --- */

static int
dot_spacing (const RunnelSheet *sheet)
{
  int spacing = DOT_SPACING;

  while (spacing * sheet->zoom < MIN_DOT_SPACING)
    spacing *= 2;

  return spacing;
}

static void
paint_dots (RunnelRaster    *self,
            const RunnelInk *ink)
{
  const RunnelSheet *sheet = &self->sheet;
  const int spacing = dot_spacing (sheet);
  const int size = MAX (runnel_sheet_px (sheet, 1.5), sheet->density);
  const double step = spacing * sheet->scale;
  const int first_x = (int) floor ((ink->x - size) / step),
            last_x = (int) ceil ((ink->x + ink->width) / step);
  const int first_y = (int) floor ((ink->y - size) / step),
            last_y = (int) ceil ((ink->y + ink->height) / step);

  for (int j = first_y; j <= last_y; j++)
    {
      const int y = runnel_sheet_px (sheet, (double) j * spacing);

      for (int i = first_x; i <= last_x; i++)
        {
          const int x = runnel_sheet_px (sheet, (double) i * spacing);

          runnel_ink_fill (ink, x, y, x + size, y + size, self->palette.dots);
        }
    }
}

static void
paint_areas (RunnelRaster    *self,
             RunnelScene     *scene,
             const RunnelInk *ink)
{
  const RunnelBox box =
    get_world_box (&self->sheet, ink->x, ink->y, ink->width, ink->height, RUNNEL_AREA_OVERHANG);

  for (guint i = 0; i < scene->area_order->len; i++)
    {
      const RunnelArea *area =
        runnel_scene_area (scene, g_array_index (scene->area_order, guint, i));

      if (runnel_box_intersects (&area->box, &box))
        runnel_raster_paint_area (self, area, ink);
    }
}

#define STRONG_LINK \
  (RUNNEL_LINK_SELECTED | RUNNEL_LINK_HIGHLIGHTED | RUNNEL_LINK_UPSTREAM | RUNNEL_LINK_DOWNSTREAM)

/* Paints those that are strong, or are not; returns whether there are some of the others. */
static gboolean
paint_links (RunnelRaster    *self,
             RunnelScene     *scene,
             const guint64   *bits,
             gboolean         strong,
             void           (*paint) (RunnelRaster *self, const RunnelLink *link,
                                      const RunnelInk *ink),
             const RunnelBox *box,
             const RunnelInk *ink)
{
  const guint n_links = scene->links->len;
  gboolean others = FALSE;

  RUNNEL_BITS_FOREACH (i, bits, n_links)
    {
      const RunnelLink *link = runnel_scene_link (scene, i);
      RunnelBox around;

      if (!runnel_link_is_shown (link))
        continue;
      if (((link->flags & STRONG_LINK) != 0) != strong)
        {
          others = TRUE;
          continue;
        }

      runnel_wire_get_box (&link->wire, &around);
      if (around.x0 <= box->x1 && around.x1 >= box->x0 && around.y0 <= box->y1 &&
          around.y1 >= box->y0)
        paint (self, link, ink);
    }

  return others;
}

/* A glow is under all lines, also those that others share with it. */
static void
paint_all_links (RunnelRaster    *self,
                 RunnelScene     *scene,
                 const RunnelInk *ink)
{
  const RunnelBox box =
    get_world_box (&self->sheet, ink->x, ink->y, ink->width, ink->height, RUNNEL_LINK_OVERHANG);
  g_autofree guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (scene->links->len));

  runnel_grid_query (scene->link_grid, &box, bits);
  if (!paint_links (self, scene, bits, FALSE, runnel_raster_paint_link, &box, ink))
    return;

  paint_links (self, scene, bits, TRUE, runnel_raster_paint_glow, &box, ink);
  paint_links (self, scene, bits, TRUE, runnel_raster_paint_link, &box, ink);
}

/* As paint_links(), for nodes that are selected or not. */
static gboolean
paint_nodes (RunnelRaster    *self,
             RunnelScene     *scene,
             const guint64   *bits,
             gboolean         selected,
             const RunnelBox *box,
             const RunnelInk *ink)
{
  const guint n_nodes = scene->nodes->len;
  gboolean others = FALSE;

  RUNNEL_BITS_FOREACH (i, bits, n_nodes)
    {
      const RunnelNode *node = runnel_scene_node (scene, i);

      if (!is_in (node, box))
        continue;
      if (((node->flags & RUNNEL_NODE_SELECTED) != 0) == selected)
        runnel_raster_paint_card (self, scene, i, ink);
      else
        others = TRUE;
    }

  return others;
}

static void
paint_all_nodes (RunnelRaster    *self,
                 RunnelScene     *scene,
                 const RunnelInk *ink)
{
  const RunnelBox box =
    get_world_box (&self->sheet, ink->x, ink->y, ink->width, ink->height, RUNNEL_NODE_OVERHANG);
  g_autofree guint64 *bits = find_nodes (scene, &box);

  if (paint_nodes (self, scene, bits, FALSE, &box, ink))
    paint_nodes (self, scene, bits, TRUE, &box, ink);
}

/**
 * runnel_raster_paint_rect:
 * @x: left edge, device pixels from the world's origin, inside the viewport that was prepared
 * @y: top edge
 * @pixels: (out caller-allocates): the first of @height rows
 * @stride: bytes from row to row
 *
 * Paints every pixel of the rectangle, whatever was there. Safe from many threads at once,
 * each with a rectangle of its own.
 */
void
runnel_raster_paint_rect (RunnelRaster *self,
                          RunnelScene  *scene,
                          int           x,
                          int           y,
                          int           width,
                          int           height,
                          guint32      *pixels,
                          int           stride)
{
  const RunnelInk ink = { pixels, stride / (int) sizeof (guint32), x, y, width, height };

  runnel_ink_fill (&ink, x, y, x + width, y + height, self->palette.canvas);
  if (self->sheet.detail != RUNNEL_DETAIL_BLOCKS)
    paint_dots (self, &ink);

  paint_areas (self, scene, &ink);
  paint_all_links (self, scene, &ink);
  paint_all_nodes (self, scene, &ink);
}

static void
prepare_items (RunnelRaster         *self,
               RunnelScene          *scene,
               const RunnelViewport *viewport)
{
  const RunnelBox box = get_world_box (&self->sheet, viewport->x, viewport->y, viewport->width,
                                       viewport->height, RUNNEL_NODE_OVERHANG);
  const guint n_nodes = scene->nodes->len;
  g_autofree guint64 *bits = find_nodes (scene, &box);

  RUNNEL_BITS_FOREACH (i, bits, n_nodes)
    {
      if (is_in (runnel_scene_node (scene, i), &box))
        runnel_raster_prepare_card (self, scene, i);
    }

  for (guint i = 0; i < scene->areas->len; i++)
    {
      const RunnelArea *area = runnel_scene_area (scene, i);

      if (area->alive && runnel_box_intersects (&area->box, &box))
        runnel_raster_prepare_area (self, area);
    }
}

/**
 * runnel_raster_prepare:
 * @viewport: around all that will be painted
 *
 * Makes what painting only reads: grids, masks, shaped text. Call from one thread.
 */
void
runnel_raster_prepare (RunnelRaster         *self,
                       RunnelScene          *scene,
                       const RunnelViewport *viewport)
{
  g_return_if_fail (self != NULL && scene != NULL);
  g_return_if_fail (viewport->zoom > 0 && viewport->density > 0);

  runnel_scene_settle (scene);
  runnel_sheet_set_scale (&self->sheet, viewport->zoom, viewport->density, &self->palette);
  runnel_glyphs_set_scale (self->glyphs, self->sheet.scale);
  if (self->sheet.detail == RUNNEL_DETAIL_FULL)
    {
      runnel_glyphs_trim (self->glyphs);
      prepare_items (self, scene, viewport);
    }
}

/**
 * runnel_raster_paint:
 * @pixels: (out caller-allocates): room for the viewport's height in rows
 * @stride: bytes from row to row
 */
void
runnel_raster_paint (RunnelRaster         *self,
                     RunnelScene          *scene,
                     const RunnelViewport *viewport,
                     guint32              *pixels,
                     int                   stride)
{
  runnel_raster_prepare (self, scene, viewport);
  runnel_raster_paint_rect (self, scene, viewport->x, viewport->y, viewport->width,
                            viewport->height, pixels, stride);
}
