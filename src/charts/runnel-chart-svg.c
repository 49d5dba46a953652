/* runnel-chart-svg.c: what all charts are made of as pictures that stand alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Format: W3C, "Scalable Vector Graphics (SVG) 1.1", with CSS media queries for dark viewers;
 * what does not know those shows it light.
 */
#include "config.h"

#include "charts/runnel-chart-svg.h"
#include "util/runnel-xml.h"

#define ARROW_WIDTH 6.0   /* of the point of a mark that points back */
#define BRACKET_HEIGHT 3.0
#define KEY_WIDTH 18.0
#define KEY_HEIGHT 17.0
#define KEY_GAP 6.0

static void
append_colors (GString     *svg,
               RunnelScheme scheme)
{
  const RunnelChartColors *colors = runnel_gantt_style_get_colors (scheme);

  g_string_append_printf (svg, ".background{fill:#%06x}.stripe{fill:#%06x}.grid{stroke:#%06x}\n",
                          colors->background, colors->stripe, colors->grid);
  g_string_append_printf (svg, ".text{fill:#%06x}.dimmed{fill:#%06x}.hatch{stroke:#%06x}\n",
                          colors->text, colors->dimmed_text, colors->background);
  g_string_append_printf (svg, ".dot{fill:#%06x}.critical{stroke:#%06x}.inside{fill:#%06x}\n",
                          colors->background, colors->critical, colors->background);
  for (guint i = 0; i < RUNNEL_N_LOOKS; i++)
    g_string_append_printf (svg, ".%s{fill:#%06x;color:#%06x}", runnel_gantt_style_get_css (i),
                            colors->looks[i], colors->looks[i]);
  g_string_append_c (svg, '\n');
}

static void
append_style (GString *svg)
{
  g_string_append (svg,
                   "<style>\n"
                   "text{font:12px 'Cantarell','Noto Sans','DejaVu Sans',sans-serif}\n"
                   ".title{font-size:16px;font-weight:bold}.strong{font-weight:bold}\n"
                   ".small{font-size:10px}.end{text-anchor:end}.middle{text-anchor:middle}\n"
                   ".hatch{stroke-width:1.4;fill:none}.critical{stroke-width:1.8}\n");
  append_colors (svg, RUNNEL_SCHEME_LIGHT);
  g_string_append (svg, "@media (prefers-color-scheme: dark){\n");
  append_colors (svg, RUNNEL_SCHEME_DARK);
  g_string_append (svg, "}\n"
                        ".area{fill-opacity:0.3}.edge{fill:none;stroke:currentColor}\n"
                        ".limit{stroke-dasharray:4}\n"
                        "</style>\n");
}

/* What lies over the colour of a bar; solid bars have nothing. */
static void
append_patterns (GString *svg)
{
  static const char *const shapes[RUNNEL_N_PATTERNS] = {
    [RUNNEL_PATTERN_RISING] = "<path class=\"hatch\" d=\"M-1,7L7,-1M-1,1L1,-1M5,7L7,5\"/>",
    [RUNNEL_PATTERN_FALLING] = "<path class=\"hatch\" d=\"M-1,-1L7,7M5,-1L7,1M-1,5L1,7\"/>",
    [RUNNEL_PATTERN_CROSSED] = "<path class=\"hatch\" d=\"M-1,-1L7,7M-1,7L7,-1\"/>",
    [RUNNEL_PATTERN_UPRIGHT] = "<path class=\"hatch\" d=\"M3,0V6\"/>",
    [RUNNEL_PATTERN_LEVEL] = "<path class=\"hatch\" d=\"M0,2H6M0,5H6\"/>",
    [RUNNEL_PATTERN_DOTTED] = "<circle class=\"dot\" cx=\"3\" cy=\"3\" r=\"1.4\"/>",
  };

  g_string_append (svg, "<defs>\n");
  for (guint i = 0; i < RUNNEL_N_PATTERNS; i++)
    if (shapes[i] != NULL)
      g_string_append_printf (svg,
                              "<pattern id=\"pattern-%u\" width=\"6\" height=\"6\""
                              " patternUnits=\"userSpaceOnUse\">%s</pattern>\n", i, shapes[i]);
  g_string_append (svg, "<pattern id=\"pattern-gaps\" width=\"8\" height=\"8\""
                        " patternUnits=\"userSpaceOnUse\">"
                        "<rect class=\"dot\" x=\"5\" width=\"3\" height=\"8\"/></pattern>\n"
                        "</defs>\n");
}

static void
append_element (GString    *svg,
                const char *name,
                const char *id,
                const char *text)
{
  g_string_append_printf (svg, "<%s id=\"%s\">", name, id);
  runnel_xml_append_text (svg, text);
  g_string_append_printf (svg, "</%s>\n", name);
}

/**
 * runnel_chart_svg_new:
 * @width: in pixels
 * @height: in pixels
 * @title: what the picture is called
 * @description: what it shows, in a sentence
 *
 * Returns: (transfer full): the beginning of an SVG document that needs nothing else, readable on
 *   light and dark ground, without colours, and by screen readers
 */
GString *
runnel_chart_svg_new (double      width,
                      double      height,
                      const char *title,
                      const char *description)
{
  GString *svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
                               " aria-labelledby=\"title description\"");

  runnel_chart_svg_add_number (svg, "width", width);
  runnel_chart_svg_add_number (svg, "height", height);
  g_string_append (svg, ">\n");
  append_element (svg, "title", "title", title);
  append_element (svg, "desc", "description", description);
  append_style (svg);
  append_patterns (svg);
  runnel_chart_svg_add_rectangle (svg, 0, 0, width, height, "background");
  return svg;
}

/**
 * runnel_chart_svg_end:
 * @svg: (transfer full): a document
 *
 * Returns: (transfer full): all of it
 */
char *
runnel_chart_svg_end (GString *svg)
{
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}

/**
 * runnel_chart_svg_add_number:
 * @svg: a document, within a tag
 * @name: of an attribute
 * @value: is written with a point in every locale
 */
void
runnel_chart_svg_add_number (GString    *svg,
                             const char *name,
                             double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (svg, " %s=\"%s\"", name,
                          g_ascii_formatd (number, sizeof number, "%.1f", value));
}

/**
 * runnel_chart_svg_add_text:
 * @svg: a document
 * @x: where it begins, with the class "end" or "middle" where it ends or has its middle
 * @y: its baseline
 * @classes: names of classes, separated by blanks
 * @text: any text
 */
void
runnel_chart_svg_add_text (GString    *svg,
                           double      x,
                           double      y,
                           const char *classes,
                           const char *text)
{
  g_string_append_printf (svg, "<text class=\"%s\"", classes);
  runnel_chart_svg_add_number (svg, "x", x);
  runnel_chart_svg_add_number (svg, "y", y);
  g_string_append_c (svg, '>');
  runnel_xml_append_text (svg, text);
  g_string_append (svg, "</text>\n");
}

static void
append_box (GString    *svg,
            double      x,
            double      y,
            double      width,
            double      height,
            const char *attribute,
            const char *value)
{
  g_string_append_printf (svg, "<rect %s=\"%s\"", attribute, value);
  runnel_chart_svg_add_number (svg, "x", x);
  runnel_chart_svg_add_number (svg, "y", y);
  runnel_chart_svg_add_number (svg, "width", width);
  runnel_chart_svg_add_number (svg, "height", height);
  g_string_append (svg, "/>\n");
}

/**
 * runnel_chart_svg_add_rectangle:
 * @svg: a document
 * @x: left edge
 * @y: upper edge
 * @width: in pixels
 * @height: in pixels
 * @classes: names of classes, separated by blanks
 */
void
runnel_chart_svg_add_rectangle (GString    *svg,
                                double      x,
                                double      y,
                                double      width,
                                double      height,
                                const char *classes)
{
  append_box (svg, x, y, width, height, "class", classes);
}

/**
 * runnel_chart_svg_add_line:
 * @svg: a document
 * @x1: its beginning
 * @y1: its beginning
 * @x2: its end
 * @y2: its end
 * @classes: names of classes, separated by blanks
 */
void
runnel_chart_svg_add_line (GString    *svg,
                           double      x1,
                           double      y1,
                           double      x2,
                           double      y2,
                           const char *classes)
{
  g_string_append_printf (svg, "<line class=\"%s\"", classes);
  runnel_chart_svg_add_number (svg, "x1", x1);
  runnel_chart_svg_add_number (svg, "x2", x2);
  runnel_chart_svg_add_number (svg, "y1", y1);
  runnel_chart_svg_add_number (svg, "y2", y2);
  g_string_append (svg, "/>\n");
}

/**
 * runnel_chart_svg_shorten:
 * @text: any text
 * @n_characters: there is room for
 *
 * Returns: (transfer full): the text, cut with an ellipsis where it is too long
 */
char *
runnel_chart_svg_shorten (const char *text,
                          guint       n_characters)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= (glong) n_characters)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, n_characters - 1);
  return g_strconcat (start, "…", NULL);
}

/**
 * runnel_chart_svg_begin_group:
 * @svg: a document
 * @title: what a viewer says when the pointer rests on what comes until
 *   runnel_chart_svg_end_group()
 */
void
runnel_chart_svg_begin_group (GString    *svg,
                              const char *title)
{
  g_string_append (svg, "<g><title>");
  runnel_xml_append_text (svg, title);
  g_string_append (svg, "</title>\n");
}

/**
 * runnel_chart_svg_end_group:
 * @svg: a document
 */
void
runnel_chart_svg_end_group (GString *svg)
{
  g_string_append (svg, "</g>\n");
}

/* A bar whose left end is a point. */
static void
append_arrow (GString    *svg,
              double      x,
              double      y,
              double      width,
              double      height,
              const char *attribute,
              const char *value)
{
  const double neck = x + MIN (ARROW_WIDTH, width), right = x + width, bottom = y + height;
  const double points[] = { x, y + height / 2, neck, y, right, y, right, bottom, neck, bottom };
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (svg, "<polygon %s=\"%s\" points=\"", attribute, value);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    g_string_append_printf (svg, "%s%s", i > 0 ? " " : "",
                            g_ascii_formatd (number, sizeof number, "%.1f", points[i]));
  g_string_append (svg, "\"/>\n");
}

/* A bar in the colour and with the pattern of its look. */
static void
append_filled (GString    *svg,
               double      x,
               double      y,
               double      width,
               double      height,
               guint       look,
               RunnelMark  mark,
               const char *classes)
{
  RunnelPattern pattern = runnel_gantt_style_get_pattern (look);
  void (*append) (GString *, double, double, double, double, const char *, const char *) =
    mark == RUNNEL_MARK_ARROW ? append_arrow : append_box;
  g_autofree char *fill = mark == RUNNEL_MARK_DASHES
                            ? g_strdup ("url(#pattern-gaps)")
                            : g_strdup_printf ("url(#pattern-%d)", pattern);

  append (svg, x, y, width, height, "class", classes);
  if (pattern != RUNNEL_PATTERN_SOLID || mark == RUNNEL_MARK_DASHES)
    append (svg, x, y, width, height, "fill", fill);
}

/**
 * runnel_chart_svg_add_mark:
 * @svg: a document
 * @x: left edge
 * @y: upper edge
 * @width: in pixels
 * @height: in pixels
 * @look: a #RunnelLook or a #RunnelState
 * @mark: its shape
 * @critical: whether it has an outline
 */
void
runnel_chart_svg_add_mark (GString    *svg,
                           double      x,
                           double      y,
                           double      width,
                           double      height,
                           guint       look,
                           RunnelMark  mark,
                           gboolean    critical)
{
  const char *css = runnel_gantt_style_get_css (look);
  g_autofree char *classes = g_strconcat (css, critical ? " critical" : NULL, NULL);

  switch (mark)
    {
    case RUNNEL_MARK_BRACKET:
      append_box (svg, x, y, width, BRACKET_HEIGHT, "class", css);
      append_box (svg, x, y, MIN (BRACKET_HEIGHT, width), height, "class", css);
      append_box (svg, x + MAX (width - BRACKET_HEIGHT, 0), y, MIN (BRACKET_HEIGHT, width), height,
                  "class", css);
      break;
    case RUNNEL_MARK_WHISKER:
      append_box (svg, x, y + height / 2 - 0.5, width, 1, "class", css);
      append_box (svg, x + width - 1, y, 1, height, "class", css);
      break;
    case RUNNEL_MARK_BAR:
    case RUNNEL_MARK_THIN:
    case RUNNEL_MARK_LINE:
    case RUNNEL_MARK_DASHES:
    case RUNNEL_MARK_ARROW:
    default:
      append_filled (svg, x, y, width, height, look, mark, classes);
    }
}

/**
 * runnel_chart_svg_measure_key:
 * @label: what a mark means
 *
 * Returns: how much room the entry of a legend takes, with the distance to the next one
 */
double
runnel_chart_svg_measure_key (const char *label)
{
  return KEY_WIDTH + KEY_GAP + g_utf8_strlen (label, -1) * RUNNEL_CHART_SVG_CHARACTER + 2 * KEY_GAP;
}

/**
 * runnel_chart_svg_add_key:
 * @svg: a document
 * @x: left edge
 * @middle: of its height
 * @look: a #RunnelLook or a #RunnelState
 * @critical: whether the mark has an outline
 * @label: what it means
 *
 * Adds an entry of a legend.
 */
void
runnel_chart_svg_add_key (GString    *svg,
                          double      x,
                          double      middle,
                          guint       look,
                          gboolean    critical,
                          const char *label)
{
  RunnelMark mark = runnel_gantt_style_get_mark (look);
  double height = MAX (KEY_HEIGHT * runnel_gantt_style_get_share (mark), 3.0);

  runnel_chart_svg_add_mark (svg, x, middle - height / 2, KEY_WIDTH, height, look, mark, critical);
  runnel_chart_svg_add_text (svg, x + KEY_WIDTH + KEY_GAP, middle + 4, "dimmed small", label);
}
