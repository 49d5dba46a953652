/* runnel-raster-veil.c: paints what dims everything but the path that is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It lies over the finished picture: showing a path and hiding it again leaves all tiles as they
 * are, and costs what the path has in view.
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-raster-private.h"

#define VEIL 0.5     /* how much of what is below is covered */
#define HOLE_ROOM 7  /* world units around a card, for its ports */
#define PATH (RUNNEL_LINK_UPSTREAM | RUNNEL_LINK_DOWNSTREAM)

static void
cut_hole (const RunnelSheet *sheet,
          const RunnelNode  *node,
          const RunnelInk   *ink)
{
  const int room = runnel_sheet_px (sheet, HOLE_ROOM);
  const int left = runnel_sheet_px (sheet, node->x), top = runnel_sheet_px (sheet, node->y);
  const int x0 = MAX (left - room, ink->x);
  const int x1 = MIN (left + sheet->card_width + room, ink->x + ink->width);
  const int y0 = MAX (top - room, ink->y);
  const int y1 = MIN (top + sheet->card_height + room, ink->y + ink->height);

  for (int y = y0; y < y1 && x0 < x1; y++)
    memset (runnel_ink_at (ink, x0, y), 0, (x1 - x0) * sizeof (guint32));
}

/* Returns: (transfer full): bit set of the links in view that are on the path */
static guint64 *
find_path (const RunnelSheet    *sheet,
           RunnelScene          *scene,
           const RunnelViewport *viewport)
{
  const guint n_links = scene->links->len;
  const double scale = sheet->scale;
  const RunnelBox view = { viewport->x / scale, viewport->y / scale,
                           (viewport->x + viewport->width) / scale,
                           (viewport->y + viewport->height) / scale };
  const RunnelBox around = runnel_box_grow (&view, RUNNEL_NODE_WIDTH);
  guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (n_links));

  runnel_grid_query (scene->link_grid, &around, bits);
  RUNNEL_BITS_FOREACH (i, bits, n_links)
    {
      const RunnelLink *link = runnel_scene_link (scene, i);

      if (!runnel_link_is_shown (link) || !(link->flags & PATH))
        bits[i / 64] &= ~(G_GUINT64_CONSTANT (1) << (i % 64));
    }

  return bits;
}

/**
 * runnel_raster_paint_veil:
 * @scene: the one that was painted last, at the same zoom
 * @pixels: (out caller-allocates): room for the viewport's height in rows; transparent where the
 *   picture is to be seen as it is
 * @stride: bytes from row to row
 */
void
runnel_raster_paint_veil (RunnelRaster         *self,
                          RunnelScene          *scene,
                          const RunnelViewport *viewport,
                          guint32              *pixels,
                          int                   stride)
{
  const RunnelInk ink = { pixels,      stride / (int) sizeof (guint32), viewport->x,
                          viewport->y, viewport->width,                 viewport->height };
  const guint32 veil =
    runnel_ink_premultiply (runnel_color_with_alpha (self->palette.canvas, VEIL));
  const guint n_links = scene->links->len;
  g_autofree guint64 *bits = NULL;

  g_return_if_fail (self != NULL && scene != NULL);

  runnel_scene_settle (scene);
  runnel_sheet_set_scale (&self->sheet, viewport->zoom, viewport->density, &self->palette);
  bits = find_path (&self->sheet, scene, viewport);

  for (int y = 0; y < ink.height; y++)
    for (int x = 0; x < ink.width; x++)
      pixels[(gssize) y * ink.stride + x] = veil;

  RUNNEL_BITS_FOREACH (i, bits, n_links)
    runnel_raster_paint_glow (self, runnel_scene_link (scene, i), &ink);
  RUNNEL_BITS_FOREACH (i, bits, n_links)
    runnel_raster_paint_link (self, runnel_scene_link (scene, i), &ink);
  RUNNEL_BITS_FOREACH (i, bits, n_links)
    {
      const RunnelLinkEnds *ends = runnel_scene_ends (scene, i);

      cut_hole (&self->sheet, runnel_scene_node (scene, ends->from), &ink);
      cut_hole (&self->sheet, runnel_scene_node (scene, ends->to), &ink);
    }
}
