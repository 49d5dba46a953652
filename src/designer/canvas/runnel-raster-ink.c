/* runnel-raster-ink.c: puts colour on pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-raster-ink.h"

RunnelColor
runnel_color_with_alpha (RunnelColor self,
                         double      alpha)
{
  return (self & 0x00ffffff) | ((guint32) (alpha * 255 + 0.5) << 24);
}

RunnelColor
runnel_color_mix (RunnelColor self,
                  RunnelColor other,
                  double      share)
{
  const guint32 by = (guint32) (share * 255 + 0.5);

  return 0xff000000 | (runnel_ink_scale (self | 0xff000000, 255 - by)
                       + runnel_ink_scale (other | 0xff000000, by));
}

static void
fill_run (guint32 *pixels,
          int      n_pixels,
          guint32  color)
{
  if (color >= 0xff000000)
    {
      for (int i = 0; i < n_pixels; i++)
        pixels[i] = color;
    }
  else
    {
      for (int i = 0; i < n_pixels; i++)
        runnel_ink_blend (&pixels[i], color);
    }
}

void
runnel_ink_cover_run (guint32      *pixels,
                      const guint8 *coverage,
                      int           n_pixels,
                      guint32       color)
{
  for (int i = 0; i < n_pixels; i++)
    runnel_ink_cover (&pixels[i], color, coverage[i]);
}

void
runnel_ink_fill (const RunnelInk *self,
                 int x0, int y0,
                 int x1, int y1,
                 guint32          color)
{
  x0 = MAX (x0, self->x);
  y0 = MAX (y0, self->y);
  x1 = MIN (x1, self->x + self->width);
  y1 = MIN (y1, self->y + self->height);

  if (x0 >= x1 || color == 0)
    return;

  for (int y = y0; y < y1; y++)
    fill_run (runnel_ink_at (self, x0, y), x1 - x0, color);
}

void
runnel_ink_mask (const RunnelInk  *self,
                 int x, int y,
                 const RunnelMask *mask,
                 guint32           color)
{
  const int left = x + mask->x, top = y + mask->y;
  const int x0 = MAX (left, self->x), x1 = MIN (left + mask->width, self->x + self->width);
  const int y0 = MAX (top, self->y), y1 = MIN (top + mask->height, self->y + self->height);

  if (x0 >= x1)
    return;

  for (int row = y0; row < y1; row++)
    runnel_ink_cover_run (runnel_ink_at (self, x0, row),
                          mask->data + (row - top) * mask->width + (x0 - left), x1 - x0, color);
}

/* Which row or column of the patch belongs to `at`, of `length` pixels in all. */
static inline int
patch_index (const RunnelPatch *patch,
             int                at,
             int                length)
{
  if (at < patch->edge)
    return at;
  if (at >= length - patch->edge)
    return 2 * patch->edge + 1 - (length - at);
  return patch->edge;
}

/* Part of one row, from column `first` to `last` of the framed whole. */
static void
patch_columns (guint32           *pixels,
               const RunnelPatch *patch,
               const guint8      *row,
               int                first,
               int                last,
               int                width,
               guint32            color)
{
  const int left = MIN (last, patch->edge), right = MAX (first, width - patch->edge);
  const int middle = MAX (first, patch->edge), middle_end = MIN (last, width - patch->edge);

  if (first < left)
    runnel_ink_cover_run (pixels, row + first, left - first, color);
  if (middle < middle_end && row[patch->edge] != 0)
    fill_run (pixels + (middle - first), middle_end - middle,
              runnel_ink_scale (color, row[patch->edge]));
  if (right < last)
    runnel_ink_cover_run (pixels + (right - first), row + patch_index (patch, right, width),
                          last - right, color);
}

void
runnel_ink_patch (const RunnelInk   *self,
                  int x0, int y0,
                  int x1, int y1,
                  const RunnelPatch *patch,
                  guint32            color)
{
  const int left = x0 - patch->margin, top = y0 - patch->margin;
  const int width = x1 - x0 + 2 * patch->margin, height = y1 - y0 + 2 * patch->margin;
  const int first = MAX (self->x - left, 0), last = MIN (self->x + self->width - left, width);
  const int from = MAX (self->y - top, 0), until = MIN (self->y + self->height - top, height);

  if (first >= last || color == 0)
    return;

  for (int y = from; y < until; y++)
    {
      const guint8 *row = patch->data + patch_index (patch, y, height) * (2 * patch->edge + 1);

      patch_columns (runnel_ink_at (self, left + first, top + y), patch, row, first, last, width,
                     color);
    }
}
