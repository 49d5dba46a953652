/* runnel-overview.c: a small picture of a whole scene
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where thousands of steps share a pixel, the one that matters most must be seen: steps are
 * painted in layers, from what is quiet to what failed and what is selected.
 */
#include "config.h"

#include "designer/canvas/runnel-area-look.h"
#include "designer/canvas/runnel-overview.h"
#include "designer/canvas/runnel-raster-ink.h"
#include "designer/canvas/runnel-scene-private.h"

#define MARGIN 6           /* logical pixels around all there is */
#define MAX_ZOOM 0.25      /* a few steps don't fill the picture */
#define GROUP_ALPHA 0.25
#define QUIET_SHARE 0.55 /* of the colour of dimmed text */

typedef enum
{
  LAYER_QUIET,
  LAYER_ACTIVE,
  LAYER_FAILED,
  LAYER_SELECTED,
  N_LAYERS
} Layer;

struct _RunnelOverview
{
  RunnelScene *scene;    /* borrowed */
  RunnelPalette palette;
  RunnelViewport map;
  guint32 *pixels;
  Layer layer;           /* being painted; N_LAYERS = the picture is whole */
  guint next;            /* node of the layer */
};

/**
 * runnel_overview_new:
 * @scene: what to show; it must outlive the overview
 *
 * Returns: (transfer full): an overview without a picture
 */
RunnelOverview *
runnel_overview_new (RunnelScene *scene)
{
  RunnelOverview *self;

  g_return_val_if_fail (scene != NULL, NULL);

  self = g_new0 (RunnelOverview, 1);
  self->scene = scene;
  self->layer = N_LAYERS;
  return self;
}

void
runnel_overview_free (RunnelOverview *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->pixels);
  g_free (self);
}

static void
fill (RunnelOverview  *self,
      const RunnelBox *box,
      int              grow,
      RunnelColor      color)
{
  const RunnelViewport *map = &self->map;
  const RunnelInk ink = { self->pixels, map->width, map->x, map->y, map->width, map->height };
  const double scale = map->zoom * map->density;
  int x0 = (int) __builtin_lrint (box->x0 * scale), x1 = (int) __builtin_lrint (box->x1 * scale);
  int y0 = (int) __builtin_lrint (box->y0 * scale), y1 = (int) __builtin_lrint (box->y1 * scale);

  x1 = MAX (x1, x0 + map->density);
  y1 = MAX (y1, y0 + map->density);
  runnel_ink_fill (&ink, x0 - grow, y0 - grow, x1 + grow, y1 + grow,
                   runnel_ink_premultiply (color));
}

static void
paint_areas (RunnelOverview *self)
{
  for (guint i = 0; i < self->scene->areas->len; i++)
    {
      const RunnelArea *area = runnel_scene_area (self->scene, i);
      const RunnelColor tint = self->palette.tints[area->tint % RUNNEL_N_TINTS];

      if (area->alive)
        fill (self, &area->box, 0, area->kind == RUNNEL_AREA_NOTE
                                     ? runnel_area_get_colors (area, &self->palette).fill
                                     : runnel_color_with_alpha (tint, GROUP_ALPHA));
    }
}

static Layer
get_layer (const RunnelNode *node)
{
  if (node->flags & RUNNEL_NODE_SELECTED)
    return LAYER_SELECTED;
  if (!(node->flags & RUNNEL_NODE_IN_RUN))
    return node->badges & RUNNEL_BADGE_ERROR ? LAYER_FAILED : LAYER_QUIET;
  if (runnel_state_is_failure (node->state))
    return LAYER_FAILED;

  return node->state == RUNNEL_STATE_RUNNING || node->state == RUNNEL_STATE_WAITING ? LAYER_ACTIVE
                                                                                   : LAYER_QUIET;
}

static RunnelColor
get_color (RunnelOverview   *self,
           const RunnelNode *node)
{
  const RunnelPalette *palette = &self->palette;

  if (node->flags & RUNNEL_NODE_IN_RUN)
    return palette->states[node->state];
  if (node->badges & RUNNEL_BADGE_ERROR)
    return palette->error;

  return runnel_color_mix (palette->canvas, palette->text_dimmed, QUIET_SHARE);
}

static void
paint_node (RunnelOverview   *self,
            const RunnelNode *node)
{
  const RunnelBox box = runnel_node_get_box (node);

  if (self->layer == LAYER_SELECTED)
    fill (self, &box, self->map.density, self->palette.accent);
  fill (self, &box, 0, get_color (self, node));
}

/**
 * runnel_overview_begin:
 * @palette: copied
 * @width: logical pixels of the picture
 * @height: the same
 * @density: device pixels per logical pixel
 *
 * Begins a new picture of the scene as it is now. What was painted before is gone.
 */
void
runnel_overview_begin (RunnelOverview      *self,
                       const RunnelPalette *palette,
                       int                  width,
                       int                  height,
                       int                  density)
{
  RunnelBox box = { 0, 0, 1, 1 };
  RunnelInk ink;

  g_return_if_fail (self != NULL && palette != NULL);
  g_return_if_fail (width > 0 && height > 0 && density > 0);

  runnel_scene_get_extents (self->scene, &box);
  self->palette = *palette;
  self->map = (RunnelViewport) { 1, density, 0, 0, width * density, height * density };
  runnel_viewport_fit (&self->map, &box, MARGIN, MAX_ZOOM);
  self->pixels = g_renew (guint32, self->pixels, (gsize) self->map.width * self->map.height);
  self->layer = LAYER_QUIET;
  self->next = 0;

  ink = (RunnelInk) { self->pixels, self->map.width, 0, 0, self->map.width, self->map.height };
  runnel_ink_fill (&ink, 0, 0, ink.width, ink.height, palette->canvas);
  paint_areas (self);
}

/**
 * runnel_overview_paint:
 * @n_items: how many steps to look at
 *
 * Goes on with the picture. Steps that change meanwhile are shown as they are when their turn comes.
 *
 * Returns: whether the picture is whole
 */
gboolean
runnel_overview_paint (RunnelOverview *self,
                       guint           n_items)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < n_items && self->layer < N_LAYERS; i++)
    {
      if (self->next >= self->scene->nodes->len)
        {
          self->layer++;
          self->next = 0;
        }
      else
        {
          const RunnelNode *node = runnel_scene_node (self->scene, self->next++);

          if (runnel_node_is_shown (node) && get_layer (node) == self->layer)
            paint_node (self, node);
        }
    }

  return self->layer == N_LAYERS;
}

/**
 * runnel_overview_get_map:
 *
 * Returns: (transfer none): which part of the world the picture shows, and its size in pixels
 */
const RunnelViewport *
runnel_overview_get_map (RunnelOverview *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->map;
}

/**
 * runnel_overview_get_pixels:
 *
 * Returns: (transfer none): the picture, its rows without a gap; valid until the next begins
 */
const guint32 *
runnel_overview_get_pixels (RunnelOverview *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pixels;
}
