/* runnel-pen-cairo.c: draws a vector picture with cairo: PDF, a printer, pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <pango/pangocairo.h>

#include "designer/pictures/runnel-pen.h"

typedef struct
{
  RunnelPen pen;
  cairo_t *cr;
} CairoPen;

static cairo_t *
get_cairo (RunnelPen *pen)
{
  return ((CairoPen *) pen)->cr;
}

static void
set_color (cairo_t     *cr,
           RunnelColor  color)
{
  cairo_set_source_rgba (cr, ((color >> 16) & 0xff) / 255.0, ((color >> 8) & 0xff) / 255.0,
                         (color & 0xff) / 255.0, (color >> 24) / 255.0);
}

static void
set_line (cairo_t          *cr,
          const RunnelLine *line)
{
  const double dashes[] = { line->dash.dash, line->dash.gap };

  set_color (cr, line->color);
  cairo_set_line_width (cr, line->width);
  cairo_set_dash (cr, dashes, line->dash.dash > 0 ? 2 : 0, 0);
}

static void
cairo_pen_begin (RunnelPen  *pen,
                 const char *title,
                 double      x,
                 double      y)
{
  cairo_save (get_cairo (pen));
  cairo_translate (get_cairo (pen), x, y);
}

static void
cairo_pen_end (RunnelPen *pen)
{
  cairo_restore (get_cairo (pen));
}

static void
cairo_pen_stamp (RunnelPen         *pen,
                 const RunnelStamp *stamp,
                 double             x,
                 double             y,
                 RunnelColor        color)
{
  cairo_t *cr = get_cairo (pen);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_new_path (cr);
  set_color (cr, color);
  stamp->trace (stamp->which, stamp->width, cr, runnel_trace_paint, NULL);
  cairo_restore (cr);
}

static void
cairo_pen_box (RunnelPen        *pen,
               const RunnelBox  *box,
               double            radius,
               RunnelColor       fill,
               const RunnelLine *line)
{
  cairo_t *cr = get_cairo (pen);

  cairo_new_path (cr);
  runnel_pen_round_box (cr, box, radius);
  set_color (cr, fill);
  cairo_fill (cr);
  if (line == NULL)
    return;

  runnel_pen_round_box (cr,
                        &(RunnelBox) { box->x0 + line->width / 2, box->y0 + line->width / 2,
                                       box->x1 - line->width / 2, box->y1 - line->width / 2 },
                        radius - line->width / 2);
  set_line (cr, line);
  cairo_stroke (cr);
}

static void
cairo_pen_curves (RunnelPen         *pen,
                  const RunnelCurve *curves,
                  guint              n_curves,
                  const RunnelLine  *line)
{
  cairo_t *cr = get_cairo (pen);

  cairo_new_path (cr);
  cairo_move_to (cr, curves[0].x[0], curves[0].y[0]);
  for (guint i = 0; i < n_curves; i++)
    cairo_curve_to (cr, curves[i].x[1], curves[i].y[1], curves[i].x[2], curves[i].y[2],
                    curves[i].x[3], curves[i].y[3]);
  set_line (cr, line);
  cairo_stroke (cr);
}

static void
cairo_pen_points (RunnelPen         *pen,
                  const RunnelPoint *points,
                  guint              n_points,
                  RunnelColor        fill,
                  const RunnelLine  *line)
{
  cairo_t *cr = get_cairo (pen);

  cairo_new_path (cr);
  for (guint i = 0; i < n_points; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  if (fill != 0)
    {
      cairo_close_path (cr);
      set_color (cr, fill);
      cairo_fill_preserve (cr);
    }
  if (line != NULL)
    {
      set_line (cr, line);
      cairo_stroke (cr);
    }
  cairo_new_path (cr);
}

static void
cairo_pen_text (RunnelPen       *pen,
                PangoLayout     *layout,
                RunnelTextStyle  style,
                double           x,
                double           baseline,
                RunnelColor      color)
{
  cairo_t *cr = get_cairo (pen);

  set_color (cr, color);
  cairo_move_to (cr, x, baseline - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
}

static void
cairo_pen_free (RunnelPen *pen)
{
  cairo_destroy (get_cairo (pen));
  g_free (pen);
}

static const RunnelPenClass cairo_pen_class = {
  .begin = cairo_pen_begin,
  .end = cairo_pen_end,
  .stamp = cairo_pen_stamp,
  .box = cairo_pen_box,
  .curves = cairo_pen_curves,
  .points = cairo_pen_points,
  .text = cairo_pen_text,
  .free = cairo_pen_free,
};

/**
 * runnel_pen_new_cairo:
 * @cr: what it draws with, one world unit to a unit
 * @glyphs: lays out texts; must outlive the pen
 *
 * Returns: (transfer full): a pen
 */
RunnelPen *
runnel_pen_new_cairo (cairo_t      *cr,
                      RunnelGlyphs *glyphs)
{
  CairoPen *self = g_new0 (CairoPen, 1);

  self->pen.klass = &cairo_pen_class;
  self->pen.glyphs = glyphs;
  self->cr = cairo_reference (cr);
  return &self->pen;
}
