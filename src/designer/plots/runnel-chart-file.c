/* runnel-chart-file.c: a chart as a file of a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same chart gives the same bytes: no dates, no names of machines or people.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "designer/plots/runnel-chart-file.h"

#define MARGIN 16.0
#define TITLE_HEIGHT 28.0
#define TITLE_BASELINE 14.0

/* The chart under its title, with a margin around both. */
static void
draw (RunnelChart     *self,
      RunnelPen       *pen,
      RunnelScheme     scheme,
      const RunnelBox *box)
{
  const RunnelChartColors *colors = runnel_gantt_style_get_colors (scheme);
  double width = box->x1 - 2 * MARGIN;

  pen->klass->box (pen, box, 0, _runnel_chart_opaque (colors->background), NULL);
  _runnel_chart_draw_text (pen, RUNNEL_TEXT_TITLE, runnel_chart_get_title (self), width, MARGIN,
                           MARGIN + TITLE_BASELINE, RUNNEL_ALIGN_START, colors->text);
  pen->klass->begin (pen, runnel_chart_get_title (self), MARGIN, MARGIN + TITLE_HEIGHT);
  runnel_chart_draw (self, pen, scheme, width, box->y1 - 2 * MARGIN - TITLE_HEIGHT);
  pen->klass->end (pen);
}

static RunnelBox
get_box (double width,
         double height)
{
  return (RunnelBox) { 0, 0, ceil (width + 2 * MARGIN), ceil (height + 2 * MARGIN + TITLE_HEIGHT) };
}

/**
 * runnel_chart_to_svg:
 * @self: a chart
 * @scheme: its colours
 * @width: of the chart; title and margins come on top
 * @height: of the chart
 *
 * Returns: (transfer full): it as SVG, its texts as text
 */
GBytes *
runnel_chart_to_svg (RunnelChart  *self,
                     RunnelScheme  scheme,
                     double        width,
                     double        height)
{
  const RunnelBox box = get_box (width, height);
  RunnelGlyphs *glyphs = runnel_glyphs_new ();
  RunnelPen *pen = runnel_pen_new_svg (glyphs);
  GString *svg;

  draw (self, pen, scheme, &box);
  svg = runnel_pen_finish_svg (pen, &box, runnel_chart_get_title (self),
                               runnel_chart_get_description (self));
  runnel_pen_free (pen);
  runnel_glyphs_free (glyphs);
  return g_string_free_to_bytes (svg);
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_pixels (RunnelChart     *self,
             cairo_surface_t *surface,
             RunnelScheme     scheme,
             const RunnelBox *box,
             double           scale)
{
  RunnelGlyphs *glyphs = runnel_glyphs_new ();
  cairo_t *cr = cairo_create (surface);
  RunnelPen *pen = runnel_pen_new_cairo (cr, glyphs);

  cairo_scale (cr, scale, scale);
  draw (self, pen, scheme, box);
  runnel_pen_free (pen);
  cairo_destroy (cr);
  runnel_glyphs_free (glyphs);
}

/**
 * runnel_chart_to_png:
 * @self: a chart
 * @scheme: its colours
 * @width: of the chart; title and margins come on top
 * @height: of the chart
 * @scale: pixels for each unit of these
 * @error: return location; %G_IO_ERROR when it is too large
 *
 * Returns: (transfer full) (nullable): it as PNG
 */
GBytes *
runnel_chart_to_png (RunnelChart   *self,
                     RunnelScheme   scheme,
                     double         width,
                     double         height,
                     double         scale,
                     GError       **error)
{
  const RunnelBox box = get_box (width, height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         (int) ceil (box.x1 * scale),
                                                         (int) ceil (box.y1 * scale));
  GByteArray *bytes = g_byte_array_new ();
  cairo_status_t status;

  draw_pixels (self, surface, scheme, &box, scale);
  status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture can't be drawn: %s"),
               cairo_status_to_string (status));
  return NULL;
}
