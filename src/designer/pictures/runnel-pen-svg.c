/* runnel-pen-svg.c: draws a vector picture as SVG that a person can read and search
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Format: W3C, "Scalable Vector Graphics (SVG) 1.1". Texts are <text> elements, which can be
 * searched and selected; each says how long it is here, so that it fits its card with any font.
 */
#include "config.h"

#include <math.h>

#include "designer/pictures/runnel-pen.h"
#include "util/runnel-xml.h"

typedef struct
{
  RunnelPen pen;
  GString *body;
  GString *stamps;      /* their definitions */
  GHashTable *known;    /* their names */
  cairo_t *scratch;     /* makes the paths of the stamps */
} SvgPen;

static const char *const classes[RUNNEL_N_TEXTS] = {
  [RUNNEL_TEXT_TITLE] = "title",   [RUNNEL_TEXT_SUMMARY] = "summary",
  [RUNNEL_TEXT_STATUS] = "status", [RUNNEL_TEXT_BADGE] = "badge",
  [RUNNEL_TEXT_GROUP] = "group",   [RUNNEL_TEXT_NOTE] = "note",
};

/* --- Values --- */

/* To a hundredth, without what is not needed, with a point in every locale. */
static void
append_number (GString *svg,
               double   value)
{
  const gint64 hundredths = llrint (value * 100), whole = ABS (hundredths) / 100;
  const int rest = (int) (ABS (hundredths) % 100);

  g_string_append_printf (svg, "%s%" G_GINT64_FORMAT, hundredths < 0 ? "-" : "", whole);
  if (rest % 10 != 0)
    g_string_append_printf (svg, ".%02d", rest);
  else if (rest != 0)
    g_string_append_printf (svg, ".%d", rest / 10);
}

static void
append_attribute (GString    *svg,
                  const char *name,
                  double      value)
{
  g_string_append_printf (svg, " %s=\"", name);
  append_number (svg, value);
  g_string_append_c (svg, '"');
}

static void
append_point (GString *svg,
              double   x,
              double   y)
{
  append_number (svg, x);
  g_string_append_c (svg, ',');
  append_number (svg, y);
}

/* A paint and its opacity, as `name` = fill, stroke or color. */
static void
append_color (GString     *svg,
              const char  *name,
              RunnelColor  color)
{
  g_string_append_printf (svg, " %s=\"#%06x\"", name, color & 0xffffff);
}

static void
append_opacity (GString     *svg,
                const char  *name,
                RunnelColor  color)
{
  if (color >> 24 != 0xff)
    append_attribute (svg, name, (color >> 24) / 255.0);
}

static void
append_line (GString          *svg,
             const RunnelLine *line)
{
  append_color (svg, "stroke", line->color);
  append_opacity (svg, "stroke-opacity", line->color);
  append_attribute (svg, "stroke-width", line->width);
  if (line->dash.dash <= 0)
    return;

  g_string_append (svg, " stroke-dasharray=\"");
  append_point (svg, line->dash.dash, line->dash.gap);
  g_string_append_c (svg, '"');
}

/* --- Stamps --- */

static void
append_path (GString *svg,
             cairo_t *cr)
{
  cairo_path_t *path;

  cairo_save (cr);
  cairo_identity_matrix (cr);
  path = cairo_copy_path (cr);
  cairo_restore (cr);

  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      const cairo_path_data_t *data = &path->data[i];

      /* Where the pen is after closing a path; nothing more may come. */
      if (data->header.type == CAIRO_PATH_MOVE_TO && i + data->header.length >= path->num_data)
        break;

      g_string_append_c (svg, "MLCZ"[data->header.type]);
      for (int point = 1; point < data->header.length; point++)
        {
          if (point > 1)
            g_string_append_c (svg, ' ');
          append_point (svg, data[point].point.x, data[point].point.y);
        }
    }
  cairo_path_destroy (path);
}

/* The line as the picture sees it: icons are drawn on a grid of their own. */
static void
append_part_line (GString *svg,
                  cairo_t *cr)
{
  double width = cairo_get_line_width (cr), height = 0;

  cairo_user_to_device_distance (cr, &width, &height);
  g_string_append (svg, " fill=\"none\" stroke=\"currentColor\"");
  append_attribute (svg, "stroke-width", width);
  if (cairo_get_line_cap (cr) == CAIRO_LINE_CAP_ROUND)
    g_string_append (svg, " stroke-linecap=\"round\"");
  if (cairo_get_line_join (cr) == CAIRO_LINE_JOIN_ROUND)
    g_string_append (svg, " stroke-linejoin=\"round\"");
}

static void
trace_part (cairo_t  *cr,
            gboolean  fills,
            gpointer  user_data)
{
  SvgPen *self = user_data;

  g_string_append (self->stamps, "<path d=\"");
  append_path (self->stamps, cr);
  g_string_append_c (self->stamps, '"');
  if (fills)
    g_string_append (self->stamps, " fill=\"currentColor\"");
  else
    append_part_line (self->stamps, cr);
  g_string_append (self->stamps, "/>");
  cairo_new_path (cr);
}

static void
define (SvgPen            *self,
        const RunnelStamp *stamp)
{
  g_hash_table_add (self->known, g_strdup (stamp->name));
  g_string_append_printf (self->stamps, "<g id=\"%s\">", stamp->name);
  cairo_new_path (self->scratch);
  stamp->trace (stamp->which, stamp->width, self->scratch, trace_part, self);
  g_string_append (self->stamps, "</g>\n");
}

static void
svg_pen_stamp (RunnelPen         *pen,
               const RunnelStamp *stamp,
               double             x,
               double             y,
               RunnelColor        color)
{
  SvgPen *self = (SvgPen *) pen;

  if (!g_hash_table_contains (self->known, stamp->name))
    define (self, stamp);

  g_string_append_printf (self->body, "<use xlink:href=\"#%s\"", stamp->name);
  if (x != 0)
    append_attribute (self->body, "x", x);
  if (y != 0)
    append_attribute (self->body, "y", y);
  append_color (self->body, "color", color);
  append_opacity (self->body, "fill-opacity", color);
  append_opacity (self->body, "stroke-opacity", color);
  g_string_append (self->body, "/>\n");
}

/* --- What is drawn once --- */

static void
svg_pen_begin (RunnelPen  *pen,
               const char *title,
               double      x,
               double      y)
{
  GString *svg = ((SvgPen *) pen)->body;

  g_string_append (svg, "<g");
  if (x != 0 || y != 0)
    {
      g_string_append (svg, " transform=\"translate(");
      append_point (svg, x, y);
      g_string_append (svg, ")\"");
    }
  g_string_append (svg, "><title>");
  runnel_xml_append_text (svg, title);
  g_string_append (svg, "</title>\n");
}

static void
svg_pen_end (RunnelPen *pen)
{
  g_string_append (((SvgPen *) pen)->body, "</g>\n");
}

static void
svg_pen_box (RunnelPen        *pen,
             const RunnelBox  *box,
             double            radius,
             RunnelColor       fill,
             const RunnelLine *line)
{
  GString *svg = ((SvgPen *) pen)->body;
  const double inset = line != NULL ? line->width / 2 : 0;

  g_string_append (svg, "<rect");
  append_attribute (svg, "x", box->x0 + inset);
  append_attribute (svg, "y", box->y0 + inset);
  append_attribute (svg, "width", box->x1 - box->x0 - 2 * inset);
  append_attribute (svg, "height", box->y1 - box->y0 - 2 * inset);
  if (radius > 0)
    append_attribute (svg, "rx", radius - inset);
  append_color (svg, "fill", fill);
  append_opacity (svg, "fill-opacity", fill);
  if (line != NULL)
    append_line (svg, line);
  g_string_append (svg, "/>\n");
}

static void
svg_pen_curves (RunnelPen         *pen,
                const RunnelCurve *curves,
                guint              n_curves,
                const RunnelLine  *line)
{
  GString *svg = ((SvgPen *) pen)->body;

  g_string_append (svg, "<path d=\"M");
  append_point (svg, curves[0].x[0], curves[0].y[0]);
  for (guint i = 0; i < n_curves; i++)
    for (guint point = 1; point < 4; point++)
      {
        g_string_append_c (svg, point == 1 ? 'C' : ' ');
        append_point (svg, curves[i].x[point], curves[i].y[point]);
      }
  g_string_append (svg, "\" fill=\"none\"");
  append_line (svg, line);
  g_string_append (svg, "/>\n");
}

static void
svg_pen_points (RunnelPen         *pen,
                const RunnelPoint *points,
                guint              n_points,
                RunnelColor        fill,
                const RunnelLine  *line)
{
  GString *svg = ((SvgPen *) pen)->body;

  g_string_append_printf (svg, "<poly%s points=\"", fill != 0 ? "gon" : "line");
  for (guint i = 0; i < n_points; i++)
    {
      if (i > 0)
        g_string_append_c (svg, ' ');
      append_point (svg, points[i].x, points[i].y);
    }
  g_string_append_c (svg, '"');
  if (fill != 0)
    {
      append_color (svg, "fill", fill);
      append_opacity (svg, "fill-opacity", fill);
    }
  else
    g_string_append (svg, " fill=\"none\"");
  if (line != NULL)
    append_line (svg, line);
  g_string_append (svg, "/>\n");
}

/* --- Text --- */

/* Where a run differs from the style of its text: notes have marks. */
static void
append_span (GString    *svg,
             PangoFont  *font,
             const char *text)
{
  PangoFontDescription *description = pango_font_describe_with_absolute_size (font);

  g_string_append_printf (svg, "<tspan font-weight=\"%d\"",
                          (int) pango_font_description_get_weight (description));
  append_attribute (svg, "font-size",
                    (double) pango_font_description_get_size (description) / PANGO_SCALE);
  g_string_append (svg, " font-family=\"");
  runnel_xml_append_text (svg, pango_font_description_get_family (description));
  g_string_append_c (svg, '"');
  if (pango_font_description_get_style (description) != PANGO_STYLE_NORMAL)
    g_string_append (svg, " font-style=\"italic\"");
  g_string_append_c (svg, '>');
  runnel_xml_append_text (svg, text);
  g_string_append (svg, "</tspan>");
  pango_font_description_free (description);
}

static gboolean
is_ellipsis (const PangoItem *item)
{
  return (item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0;
}

/* All of a line as it is written, whatever the order in which its runs are seen. */
static void
append_plain (GString         *svg,
              const char      *text,
              PangoLayoutLine *line)
{
  int length = line->length;
  gboolean shortened = FALSE;
  g_autofree char *shown = NULL;

  for (GSList *run = line->runs; run != NULL; run = run->next)
    {
      const PangoItem *item = ((PangoGlyphItem *) run->data)->item;

      if (!is_ellipsis (item))
        continue;
      length = item->offset - line->start_index;
      shortened = TRUE;
    }

  shown = g_strndup (text + line->start_index, length);
  runnel_xml_append_text (svg, shown);
  if (shortened)
    g_string_append (svg, "…");
}

static void
append_spans (GString         *svg,
              const char      *text,
              PangoLayoutLine *line)
{
  for (GSList *run = line->runs; run != NULL; run = run->next)
    {
      const PangoItem *item = ((PangoGlyphItem *) run->data)->item;
      g_autofree char *shown = is_ellipsis (item) ? g_strdup ("…")
                                                  : g_strndup (text + item->offset, item->length);

      append_span (svg, item->analysis.font, shown);
    }
}

/* Runs of text that goes left are not in the order in which they are written. */
static gboolean
has_marks (PangoLayout     *layout,
           PangoLayoutLine *line)
{
  PangoAttrList *attributes = pango_layout_get_attributes (layout);
  GSList *all = attributes != NULL ? pango_attr_list_get_attributes (attributes) : NULL;
  const gboolean found = all != NULL && line->resolved_dir != PANGO_DIRECTION_RTL;

  g_slist_free_full (all, (GDestroyNotify) pango_attribute_destroy);
  return found;
}

static void
append_text_line (SvgPen          *self,
                  PangoLayoutIter *iter,
                  RunnelTextStyle  style,
                  double           x,
                  double           baseline,
                  RunnelColor      color)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  PangoLayout *layout = pango_layout_iter_get_layout (iter);
  PangoRectangle extents;
  double left, width;

  pango_layout_iter_get_line_extents (iter, NULL, &extents);
  left = x + (double) extents.x / PANGO_SCALE;
  width = (double) extents.width / PANGO_SCALE;
  if (width <= 0)
    return;

  g_string_append_printf (self->body, "<text class=\"%s\"", classes[style]);
  if (line->resolved_dir == PANGO_DIRECTION_RTL)
    g_string_append (self->body, " direction=\"rtl\"");
  append_attribute (self->body, "x",
                    line->resolved_dir == PANGO_DIRECTION_RTL ? left + width : left);
  append_attribute (self->body, "y", baseline);
  append_attribute (self->body, "textLength", width);
  g_string_append (self->body, " lengthAdjust=\"spacingAndGlyphs\"");
  append_color (self->body, "fill", color);
  g_string_append_c (self->body, '>');
  if (has_marks (layout, line))
    append_spans (self->body, pango_layout_get_text (layout), line);
  else
    append_plain (self->body, pango_layout_get_text (layout), line);
  g_string_append (self->body, "</text>\n");
}

static void
svg_pen_text (RunnelPen       *pen,
              PangoLayout     *layout,
              RunnelTextStyle  style,
              double           x,
              double           baseline,
              RunnelColor      color)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  const int first = pango_layout_get_baseline (layout);

  do
    append_text_line ((SvgPen *) pen, iter, style, x,
                      baseline
                        + (double) (pango_layout_iter_get_baseline (iter) - first) / PANGO_SCALE,
                      color);
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/* --- The whole --- */

static void
svg_pen_free (RunnelPen *pen)
{
  SvgPen *self = (SvgPen *) pen;

  g_string_free (self->body, TRUE);
  g_string_free (self->stamps, TRUE);
  g_hash_table_unref (self->known);
  cairo_destroy (self->scratch);
  g_free (self);
}

static const RunnelPenClass svg_pen_class = {
  .begin = svg_pen_begin,
  .end = svg_pen_end,
  .stamp = svg_pen_stamp,
  .box = svg_pen_box,
  .curves = svg_pen_curves,
  .points = svg_pen_points,
  .text = svg_pen_text,
  .free = svg_pen_free,
};

/**
 * runnel_pen_new_svg:
 * @glyphs: lays out texts; must outlive the pen
 *
 * Returns: (transfer full): a pen whose picture is had with runnel_pen_finish_svg()
 */
RunnelPen *
runnel_pen_new_svg (RunnelGlyphs *glyphs)
{
  cairo_surface_t *nowhere = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  SvgPen *self = g_new0 (SvgPen, 1);

  self->pen.klass = &svg_pen_class;
  self->pen.glyphs = glyphs;
  self->body = g_string_new (NULL);
  self->stamps = g_string_new (NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scratch = cairo_create (nowhere);
  cairo_surface_destroy (nowhere);
  return &self->pen;
}

static void
append_style (GString      *svg,
              RunnelGlyphs *glyphs)
{
  g_string_append (svg, "<style>\n");
  for (guint i = 0; i < RUNNEL_N_TEXTS; i++)
    {
      const PangoFontDescription *font = runnel_glyphs_get_font (glyphs, i);

      g_string_append_printf (svg, ".%s{font:%d ", classes[i],
                              (int) pango_font_description_get_weight (font));
      append_number (svg, (double) pango_font_description_get_size (font) / PANGO_SCALE);
      g_string_append (svg, "px '");
      runnel_xml_append_text (svg, pango_font_description_get_family (font));
      g_string_append (svg, "',Cantarell,'Noto Sans','DejaVu Sans',sans-serif}\n");
    }
  g_string_append (svg, "</style>\n");
}

/**
 * runnel_pen_finish_svg:
 * @self: a pen for SVG
 * @box: what is seen of the world
 * @title: what the picture is called
 * @description: what it shows, for those who don't see it
 *
 * Returns: (transfer full): the picture drawn so far as a file of its own
 */
GString *
runnel_pen_finish_svg (RunnelPen       *self,
                       const RunnelBox *box,
                       const char      *title,
                       const char      *description)
{
  SvgPen *pen = (SvgPen *) self;
  GString *svg = g_string_sized_new (pen->body->len + pen->stamps->len + 2048);

  g_string_append (svg, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<svg xmlns=\"http://www.w3.org/2000/svg\""
                        " xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\""
                        " aria-labelledby=\"title description\" xml:space=\"preserve\"");
  append_attribute (svg, "width", box->x1 - box->x0);
  append_attribute (svg, "height", box->y1 - box->y0);
  g_string_append (svg, " viewBox=\"");
  append_point (svg, box->x0, box->y0);
  g_string_append_c (svg, ' ');
  append_point (svg, box->x1 - box->x0, box->y1 - box->y0);
  g_string_append (svg, "\">\n<title id=\"title\">");
  runnel_xml_append_text (svg, title);
  g_string_append (svg, "</title>\n<desc id=\"description\">");
  runnel_xml_append_text (svg, description);
  g_string_append (svg, "</desc>\n");
  append_style (svg, self->glyphs);
  g_string_append (svg, "<defs>\n");
  g_string_append_len (svg, pen->stamps->str, pen->stamps->len);
  g_string_append (svg, "</defs>\n");
  g_string_append_len (svg, pen->body->str, pen->body->len);
  g_string_append (svg, "</svg>\n");
  return svg;
}
