/* runnel-mask.c: a small picture of coverage, drawn in any colour
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "designer/canvas/runnel-mask.h"

#define MAX_SIDE 4096

static RunnelMask *
mask_new (int x, int y, int width, int height)
{
  RunnelMask *self = g_malloc (sizeof (RunnelMask) + (gsize) width * height);

  self->x = x;
  self->y = y;
  self->width = width;
  self->height = height;
  return self;
}

/* One edge inside one row: where it is crossed, everything to the right gains `cover`. The
 * pixels it passes gain their share by the area to its right. */
static void
add_row (float *row,
         int    width,
         float  xa,
         float  xb,
         float  cover)
{
  /* Rounding may have put an end a hair outside. */
  const float x0 = CLAMP (MIN (xa, xb), 0.f, (float) width);
  const float x1 = CLAMP (MAX (xa, xb), 0.f, (float) width);
  const int first = (int) floorf (x0), last = (int) ceilf (x1);
  float slope, begin, left;

  if (last <= first + 1)
    {
      const float middle = (x0 + x1) / 2 - first;

      row[first] += cover * (1 - middle);
      row[first + 1] += cover * middle;
      return;
    }

  /* What is covered to the left of pixel i + 1 is a quadratic at both ends, linear between. */
  slope = 1 / (x1 - x0);
  begin = 1 - (x0 - first);
  left = 0;
  for (int i = first; i < last; i++)
    {
      const float until = i + 1 - x0, from = MAX (i - x0, 0.f);
      float area;

      if (i == first)
        area = begin * begin * slope / 2;
      else if (i == last - 1)
        area = 1 - (x1 - i) * (x1 - i) * slope / 2;
      else
        area = (from + until) * slope / 2;

      row[i] += cover * (area - left);
      left = area;
    }
  row[last] += cover * (1 - left);
}

static void
add_edge (float *sums,
          int    stride,
          int    height,
          float xa, float ya,
          float xb, float yb)
{
  const float direction = ya < yb ? 1 : -1;
  const float x0 = ya < yb ? xa : xb, y0 = MIN (ya, yb);
  const float x1 = ya < yb ? xb : xa, y1 = MAX (ya, yb);
  const float slope = (x1 - x0) / (y1 - y0);

  if (y0 == y1)
    return;

  for (int y = (int) floorf (y0); y < MIN ((int) ceilf (y1), height); y++)
    {
      const float top = MAX ((float) y, y0), bottom = MIN (y + 1.f, y1);

      add_row (sums + (gsize) y * stride, stride - 2, x0 + (top - y0) * slope,
               x0 + (bottom - y0) * slope, (bottom - top) * direction);
    }
}

static void
resolve (RunnelMask  *self,
         const float *sums,
         int          stride)
{
  for (int y = 0; y < self->height; y++)
    {
      float sum = 0;

      for (int x = 0; x < self->width; x++)
        {
          sum += sums[y * stride + x];
          self->data[y * self->width + x] = (guint8) (MIN (fabsf (sum), 1.f) * 255 + 0.5f);
        }
    }
}

/**
 * runnel_mask_new_from_edges:
 *
 * Exact area coverage by accumulating signed areas, the method of R. Levien's font-rs
 * ("Inside the fastest font renderer in the world", 2016).
 */
RunnelMask *
runnel_mask_new_from_edges (const RunnelEdge *edges,
                            guint             n_edges,
                            float             scale,
                            float             x,
                            float             y)
{
  float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
  g_autofree float *sums = NULL;
  RunnelMask *self;
  int x0, y0, width, height, stride;

  for (guint i = 0; i < n_edges; i++)
    {
      left = MIN (left, MIN (edges[i].x0, edges[i].x1));
      right = MAX (right, MAX (edges[i].x0, edges[i].x1));
      top = MIN (top, MIN (edges[i].y0, edges[i].y1));
      bottom = MAX (bottom, MAX (edges[i].y0, edges[i].y1));
    }

  if (n_edges == 0 || (right - left) * scale > MAX_SIDE || (bottom - top) * scale > MAX_SIDE)
    return mask_new (0, 0, 0, 0);

  x0 = (int) floorf (left * scale + x);
  y0 = (int) floorf (top * scale + y);
  width = (int) ceilf (right * scale + x) - x0;
  height = (int) ceilf (bottom * scale + y) - y0;
  stride = width + 2;
  sums = g_new0 (float, (gsize) stride * (height + 1));

  for (guint i = 0; i < n_edges; i++)
    add_edge (sums, stride, height,
              edges[i].x0 * scale + x - x0, edges[i].y0 * scale + y - y0,
              edges[i].x1 * scale + x - x0, edges[i].y1 * scale + y - y0);

  self = mask_new (x0, y0, width, height);
  resolve (self, sums, stride);
  return self;
}

RunnelMask *
runnel_mask_new_drawn (int            reach,
                       void         (*draw) (cairo_t *cr, gconstpointer data),
                       gconstpointer  data)
{
  const int side = 2 * reach;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, side, side);
  cairo_t *cr = cairo_create (surface);
  RunnelMask *self = mask_new (-reach, -reach, side, side);

  cairo_translate (cr, reach, reach);
  draw (cr, data);
  cairo_surface_flush (surface);

  for (int y = 0; y < side; y++)
    memcpy (self->data + y * side,
            cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface),
            side);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return self;
}
