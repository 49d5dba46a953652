/* runnel-raster-sheet.c: everything that is drawn many times, made for one scale
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-raster-sheet.h"

#define SHADOW_DROP 2.0       /* world units */
#define SHADOW_BLUR 9.0
#define RING_GAP 1.5
#define RING_WIDTH 2.25
#define FOCUS_GAP 5.0
#define FOCUS_WIDTH 1.25
#define TILE_RADIUS 8.0
#define MIN_SHAPE_ZOOM RUNNEL_ZOOM_FULL

/* --- Patches, from the distance to a rounded rectangle --- */

typedef struct
{
  double radius;   /* pixels */
  double drop;     /* moved down by */
  double inner;    /* covered from this distance (negative: inside) */
  double outer;    /* to this */
  double blur; /* > 0: fades over that distance outwards, and lies under what it is a shadow of */
} Contour;

/* See I. Quilez, "2D distance functions": rounded box. `x` and `y` from the middle. */
static double
distance_to (double x,
             double y,
             double half,
             double radius)
{
  const double qx = fabs (x) - half + radius, qy = fabs (y) - half + radius;

  return hypot (MAX (qx, 0), MAX (qy, 0)) + MIN (MAX (qx, qy), 0) - radius;
}

static double
contour_cover (const Contour *contour,
               double         distance)
{
  if (contour->blur > 0)
    {
      const double t = CLAMP ((contour->blur - distance) / (2 * contour->blur), 0, 1);

      return t * t;
    }

  return CLAMP (contour->outer - distance + 0.5, 0, 1) -
         CLAMP (contour->inner - distance + 0.5, 0, 1);
}

static void
make_patch (RunnelPatch   *patch,
            const Contour *contour)
{
  const double outside =
    contour->blur > 0 ? contour->blur + contour->drop : MAX (contour->outer, 0);
  const double inside = contour->blur > 0
                          ? contour->blur + contour->drop
                          : MAX (contour->radius, isfinite (contour->inner) ? -contour->inner : 0);
  int side;

  g_free (patch->data);
  patch->margin = (int) ceil (outside);
  patch->edge = patch->margin + (int) ceil (MAX (inside, contour->radius)) + 1;
  side = 2 * patch->edge + 1;
  patch->data = g_malloc ((gsize) side * side);

  for (int y = 0; y < side; y++)
    {
      for (int x = 0; x < side; x++)
        {
          const double distance =
            distance_to (x + 0.5 - side / 2.0, y + 0.5 - side / 2.0 - contour->drop,
                         side / 2.0 - patch->margin, contour->radius);

          patch->data[y * side + x] = (guint8) (contour_cover (contour, distance) * 255 + 0.5);
        }
    }
}

/* Nobody sees the shadow where `card` covers it, and most of it is there. */
static void
cut_out (RunnelPatch       *shadow,
         const RunnelPatch *card)
{
  const int side = 2 * shadow->edge + 1, last = 2 * card->edge;

  for (int y = shadow->margin; y < side - shadow->margin; y++)
    {
      for (int x = shadow->margin; x < side - shadow->margin; x++)
        {
          const int from_left = x - shadow->margin, from_right = side - 1 - shadow->margin - x;
          const int from_top = y - shadow->margin, from_bottom = side - 1 - shadow->margin - y;
          const int column = from_left < from_right ? MIN (from_left, card->edge)
                                                    : MAX (last - from_right, card->edge);
          const int row = from_top < from_bottom ? MIN (from_top, card->edge)
                                                 : MAX (last - from_bottom, card->edge);

          if (card->data[row * (last + 1) + column] == 255)
            shadow->data[y * side + x] = 0;
        }
    }
}

static void
fill_patch (RunnelPatch *patch,
            double       radius)
{
  make_patch (patch, &(Contour) { .radius = radius, .inner = -INFINITY, .outer = 0 });
}

static void
line_patch (RunnelPatch *patch,
            double       radius,
            double       from,
            double       width)
{
  make_patch (patch, &(Contour) { .radius = radius, .inner = from, .outer = from + width });
}

static void
make_patches (RunnelSheet         *self,
              const RunnelPalette *palette)
{
  const double s = self->scale, radius = RUNNEL_CARD_RADIUS * s, area = RUNNEL_AREA_RADIUS * s;
  /* Whole pixels, for crisp edges. */
  const double line = MAX (rint (palette->border_width * s), self->density);
  const double thick = MAX (rint (2 * palette->border_width * s), self->density);
  const double ring = MAX (rint (RING_WIDTH * s), self->density);

  fill_patch (&self->card, radius);
  line_patch (&self->border, radius, -line, line);
  line_patch (&self->thick_border, radius, -thick, thick);
  line_patch (&self->ring, radius, rint (RING_GAP * s), ring);
  fill_patch (&self->area, area);
  line_patch (&self->area_border, area, -line, line);
  line_patch (&self->area_ring, area, rint (RING_GAP * s), ring);

  if (self->detail == RUNNEL_DETAIL_FULL)
    {
      fill_patch (&self->tile, TILE_RADIUS * s);
      line_patch (&self->focus, radius, rint (FOCUS_GAP * s),
                  MAX (rint (FOCUS_WIDTH * s), self->density));
      make_patch (
        &self->shadow,
        &(Contour){ .radius = radius, .drop = rint (SHADOW_DROP * s), .blur = SHADOW_BLUR * s });
      cut_out (&self->shadow, &self->card);
    }
}

/* --- Shapes and icons --- */

typedef struct
{
  double scale;
  RunnelShape shape;
  RunnelIcon icon;
  double size;
  guint phase;
} Drawing;

static void
draw_scaled_shape (cairo_t       *cr,
                   gconstpointer  data)
{
  const Drawing *drawing = data;

  cairo_scale (cr, drawing->scale, drawing->scale);
  runnel_shape_draw (drawing->shape, cr);
}

static void
draw_scaled_icon (cairo_t       *cr,
                  gconstpointer  data)
{
  const Drawing *drawing = data;

  cairo_scale (cr, drawing->scale, drawing->scale);
  cairo_rotate (cr, drawing->phase * G_PI / 4);
  runnel_icon_draw (drawing->icon, cr, -drawing->size / 2, -drawing->size / 2, drawing->size);
}

/* Farther off shapes keep a size at which they can be told apart. */
double
runnel_sheet_shape_scale (const RunnelSheet *self)
{
  return MAX (self->zoom, MIN_SHAPE_ZOOM) * self->density;
}

static void
make_shapes (RunnelSheet *self)
{
  const double scale = runnel_sheet_shape_scale (self);
  const int reach = (int) ceil (10 * scale) + 1;

  for (RunnelShape shape = 0; shape < RUNNEL_N_SHAPES; shape++)
    self->shapes[shape] = runnel_mask_new_drawn (
      reach, draw_scaled_shape, &(Drawing){ .scale = scale, .shape = shape });
}

/**
 * runnel_sheet_need_icon:
 * @phase: eighths of a turn, for the icon of running steps
 */
void
runnel_sheet_need_icon (RunnelSheet *self,
                        RunnelIcon   icon,
                        guint        phase)
{
  const double size = runnel_icon_get_size (icon);
  const guint turn = icon == RUNNEL_ICON_RUNNING ? phase : 0;

  if (icon == RUNNEL_ICON_RUNNING && self->phase != phase)
    {
      g_clear_pointer (&self->icons[icon], g_free);
      self->phase = phase;
    }

  if (self->icons[icon] == NULL)
    self->icons[icon] = runnel_mask_new_drawn (
      (int) ceil (size * self->scale / 2) + 1, draw_scaled_icon,
      &(Drawing){ .scale = self->scale, .icon = icon, .size = size, .phase = turn });
}

static void
clear_masks (RunnelSheet *self)
{
  for (guint i = 0; i < RUNNEL_N_SHAPES; i++)
    g_clear_pointer (&self->shapes[i], g_free);
  for (guint i = 0; i < RUNNEL_N_ICONS; i++)
    g_clear_pointer (&self->icons[i], g_free);
}

void
runnel_sheet_clear (RunnelSheet *self)
{
  RunnelPatch *patches[] = { &self->shadow,       &self->card, &self->border,
                             &self->thick_border, &self->ring, &self->focus,
                             &self->tile,         &self->area, &self->area_border,
                             &self->area_ring };

  clear_masks (self);
  for (guint i = 0; i < G_N_ELEMENTS (patches); i++)
    g_clear_pointer (&patches[i]->data, g_free);
  self->scale = 0;
}

void
runnel_sheet_set_scale (RunnelSheet         *self,
                        double               zoom,
                        int                  density,
                        const RunnelPalette *palette)
{
  if (self->zoom == zoom && self->density == density && self->scale != 0)
    return;

  clear_masks (self);
  self->zoom = zoom;
  self->density = density;
  self->scale = zoom * density;
  self->detail = zoom < RUNNEL_ZOOM_BARS ? RUNNEL_DETAIL_BLOCKS
                 : zoom < RUNNEL_ZOOM_FULL ? RUNNEL_DETAIL_BARS : RUNNEL_DETAIL_FULL;
  self->card_width = MAX (runnel_sheet_px (self, RUNNEL_NODE_WIDTH), 1);
  self->card_height = MAX (runnel_sheet_px (self, RUNNEL_NODE_HEIGHT), 1);
  make_patches (self, palette);
  if (self->detail != RUNNEL_DETAIL_BLOCKS)
    make_shapes (self);
}
