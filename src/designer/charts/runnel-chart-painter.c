/* runnel-chart-painter.c: marks and texts of charts on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "designer/charts/runnel-chart-painter.h"

#define PATTERN_SIZE 6
#define DASH_LENGTH 5.0
#define DASH_GAP 3.0
#define ARROW_WIDTH 6.0
#define BRACKET_HEIGHT 3.0

/* Below, bars have no room for what is more than a colour. */
#define MIN_PATTERN_HEIGHT 5.0
#define MIN_PATTERN_WIDTH 3.0

/* More texts than ever are seen at once; when there are more they are forgotten. */
#define MAX_TEXTS 1000

struct _RunnelChartPainter
{
  GtkWidget *widget;        /* borrowed: it owns the painter */
  const RunnelChartColors *colors;
  GdkTexture *patterns[RUNNEL_N_PATTERNS];
  GHashTable *texts;        /* of PangoLayout, by text with a first letter for its weight */
};

/**
 * runnel_chart_get_scheme:
 *
 * Returns: the colours that fit the desktop now
 */
RunnelScheme
runnel_chart_get_scheme (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);

  if (adw_style_manager_get_high_contrast (style))
    return dark ? RUNNEL_SCHEME_HIGH_CONTRAST_DARK : RUNNEL_SCHEME_HIGH_CONTRAST;
  return dark ? RUNNEL_SCHEME_DARK : RUNNEL_SCHEME_LIGHT;
}

static GdkRGBA
to_rgba (guint32 color,
         double  alpha)
{
  return (GdkRGBA) { (color >> 16 & 0xff) / 255.0f, (color >> 8 & 0xff) / 255.0f,
                     (color & 0xff) / 255.0f, alpha };
}

/* The path of one tile; it continues into its neighbours. */
static void
trace_pattern (cairo_t      *cr,
               RunnelPattern pattern)
{
  const double size = PATTERN_SIZE;

  if (pattern == RUNNEL_PATTERN_UPRIGHT)
    {
      cairo_move_to (cr, size / 2, 0);
      cairo_line_to (cr, size / 2, size);
    }
  if (pattern == RUNNEL_PATTERN_LEVEL)
    for (double y = 1.5; y < size; y += size / 2)
      {
        cairo_move_to (cr, 0, y);
        cairo_line_to (cr, size, y);
      }
  for (int i = -1; i <= 1; i++)
    {
      if (pattern == RUNNEL_PATTERN_RISING || pattern == RUNNEL_PATTERN_CROSSED)
        {
          cairo_move_to (cr, i * size - 1, size + 1);
          cairo_line_to (cr, i * size + size + 1, -1);
        }
      if (pattern == RUNNEL_PATTERN_FALLING || pattern == RUNNEL_PATTERN_CROSSED)
        {
          cairo_move_to (cr, i * size - 1, -1);
          cairo_line_to (cr, i * size + size + 1, size + 1);
        }
    }
  cairo_stroke (cr);
  if (pattern == RUNNEL_PATTERN_DOTTED)
    {
      cairo_arc (cr, size / 2, size / 2, 1.3, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static GdkTexture *
make_pattern (RunnelPattern pattern,
              guint32       color)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, PATTERN_SIZE, PATTERN_SIZE);
  cairo_t *cr = cairo_create (surface);
  gsize stride = cairo_image_surface_get_stride (surface);
  GdkRGBA rgba = to_rgba (color, 1);
  g_autoptr(GBytes) bytes = NULL;

  gdk_cairo_set_source_rgba (cr, &rgba);
  cairo_set_line_width (cr, pattern == RUNNEL_PATTERN_LEVEL ? 1.0 : 1.3);
  trace_pattern (cr, pattern);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * PATTERN_SIZE);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (PATTERN_SIZE, PATTERN_SIZE, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
fill_with_pattern (RunnelChartPainter    *self,
                   GtkSnapshot           *snapshot,
                   const graphene_rect_t *bounds,
                   RunnelPattern          pattern)
{
  const graphene_rect_t tile = GRAPHENE_RECT_INIT (0, 0, PATTERN_SIZE, PATTERN_SIZE);

  if (self->patterns[pattern] == NULL)
    self->patterns[pattern] = make_pattern (pattern, self->colors->background);
  gtk_snapshot_push_repeat (snapshot, bounds, &tile);
  gtk_snapshot_append_texture (snapshot, self->patterns[pattern], &tile);
  gtk_snapshot_pop (snapshot);
}

/**
 * runnel_chart_painter_new:
 * @widget: for whose fonts and colours; it has to outlive the painter
 *
 * Returns: (transfer full): a painter
 */
RunnelChartPainter *
runnel_chart_painter_new (GtkWidget *widget)
{
  RunnelChartPainter *self = g_new0 (RunnelChartPainter, 1);

  self->widget = widget;
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  runnel_chart_painter_reset (self);
  return self;
}

/**
 * runnel_chart_painter_free:
 * @self: (transfer full) (nullable): a painter
 */
void
runnel_chart_painter_free (RunnelChartPainter *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < RUNNEL_N_PATTERNS; i++)
    g_clear_object (&self->patterns[i]);
  g_hash_table_unref (self->texts);
  g_free (self);
}

/**
 * runnel_chart_painter_reset:
 * @self: a painter
 *
 * Has to be called when colours or fonts are others than before.
 */
void
runnel_chart_painter_reset (RunnelChartPainter *self)
{
  self->colors = runnel_gantt_style_get_colors (runnel_chart_get_scheme ());
  for (guint i = 0; i < RUNNEL_N_PATTERNS; i++)
    g_clear_object (&self->patterns[i]);
  g_hash_table_remove_all (self->texts);
}

/**
 * runnel_chart_painter_get_colors:
 * @self: a painter
 *
 * Returns: (transfer none): the colours that it paints with
 */
const RunnelChartColors *
runnel_chart_painter_get_colors (RunnelChartPainter *self)
{
  return self->colors;
}

/**
 * runnel_chart_painter_fill:
 * @self: a painter
 * @snapshot: where to
 * @x: left edge
 * @y: upper edge
 * @width: in pixels
 * @height: in pixels
 * @color: 0xRRGGBB
 * @alpha: 0..1
 */
void
runnel_chart_painter_fill (RunnelChartPainter *self,
                           GtkSnapshot        *snapshot,
                           double              x,
                           double              y,
                           double              width,
                           double              height,
                           guint32             color,
                           double              alpha)
{
  GdkRGBA rgba = to_rgba (color, alpha);

  gtk_snapshot_append_color (snapshot, &rgba, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/**
 * runnel_chart_painter_outline:
 * @self: a painter
 * @snapshot: where to
 * @bounds: the outer edge
 * @width: of the line, inwards
 * @color: 0xRRGGBB
 */
void
runnel_chart_painter_outline (RunnelChartPainter    *self,
                              GtkSnapshot           *snapshot,
                              const graphene_rect_t *bounds,
                              double                 width,
                              guint32                color)
{
  GdkRGBA rgba = to_rgba (color, 1);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { width, width, width, width },
                              (GdkRGBA[4]) { rgba, rgba, rgba, rgba });
}

static PangoLayout *
lay_out_text (RunnelChartPainter *self,
              const char         *text,
              gboolean            bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, text);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (bold)
    {
      g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (layout, attributes);
    }
  return layout;
}

/* To lay out a text takes longer than to draw it a hundred times. */
static PangoLayout *
get_text (RunnelChartPainter *self,
          const char         *text,
          gboolean            bold)
{
  g_autofree char *key = g_strconcat (bold ? "b" : " ", text, NULL);
  PangoLayout *layout = g_hash_table_lookup (self->texts, key);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (self->texts) >= MAX_TEXTS)
    g_hash_table_remove_all (self->texts);
  layout = lay_out_text (self, text, bold);
  g_hash_table_insert (self->texts, g_steal_pointer (&key), layout);
  return layout;
}

/**
 * runnel_chart_painter_text:
 * @self: a painter
 * @snapshot: where to
 * @text: any text
 * @x: where it begins
 * @middle: of its height
 * @max_width: where it is cut with an ellipsis
 * @bold: its weight
 * @color: 0xRRGGBB
 */
void
runnel_chart_painter_text (RunnelChartPainter *self,
                           GtkSnapshot        *snapshot,
                           const char         *text,
                           double              x,
                           double              middle,
                           double              max_width,
                           gboolean            bold,
                           guint32             color)
{
  PangoLayout *layout = get_text (self, text, bold);
  GdkRGBA rgba = to_rgba (color, 1);
  int height;

  pango_layout_set_width (layout, floor (MAX (max_width, 0)) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (round (x), round (middle - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &rgba);
  gtk_snapshot_restore (snapshot);
}

/**
 * runnel_chart_painter_measure:
 * @self: a painter
 * @text: any text
 *
 * Returns: how wide it is
 */
double
runnel_chart_painter_measure (RunnelChartPainter *self,
                              const char         *text)
{
  PangoLayout *layout = get_text (self, text, FALSE);
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
paint_dashes (RunnelChartPainter    *self,
              GtkSnapshot           *snapshot,
              const graphene_rect_t *bounds,
              guint32                color,
              double                 alpha)
{
  double end = bounds->origin.x + bounds->size.width;

  for (double x = bounds->origin.x; x < end; x += DASH_LENGTH + DASH_GAP)
    runnel_chart_painter_fill (self, snapshot, x, bounds->origin.y, MIN (DASH_LENGTH, end - x),
                               bounds->size.height, color, alpha);
}

static void
paint_bracket (RunnelChartPainter    *self,
               GtkSnapshot           *snapshot,
               const graphene_rect_t *bounds,
               guint32                color,
               double                 alpha)
{
  double x = bounds->origin.x, y = bounds->origin.y;
  double width = bounds->size.width, height = bounds->size.height;
  double foot = MIN (BRACKET_HEIGHT, width);

  runnel_chart_painter_fill (self, snapshot, x, y, width, MIN (BRACKET_HEIGHT, height), color,
                             alpha);
  runnel_chart_painter_fill (self, snapshot, x, y, foot, height, color, alpha);
  runnel_chart_painter_fill (self, snapshot, x + width - foot, y, foot, height, color, alpha);
}

static void
paint_whisker (RunnelChartPainter    *self,
               GtkSnapshot           *snapshot,
               const graphene_rect_t *bounds,
               guint32                color,
               double                 alpha)
{
  double x = bounds->origin.x, y = bounds->origin.y;

  runnel_chart_painter_fill (self, snapshot, x, floor (y + bounds->size.height / 2),
                             bounds->size.width, 1, color, alpha);
  runnel_chart_painter_fill (self, snapshot, x + bounds->size.width - 1, y, 1, bounds->size.height,
                             color, alpha);
}

static void
paint_bar (RunnelChartPainter    *self,
           GtkSnapshot           *snapshot,
           const graphene_rect_t *bounds,
           guint                  look,
           double                 alpha)
{
  RunnelPattern pattern = runnel_gantt_style_get_pattern (look);

  runnel_chart_painter_fill (self, snapshot, bounds->origin.x, bounds->origin.y,
                             bounds->size.width, bounds->size.height, self->colors->looks[look],
                             alpha);
  if (pattern != RUNNEL_PATTERN_SOLID && bounds->size.height >= MIN_PATTERN_HEIGHT &&
      bounds->size.width >= MIN_PATTERN_WIDTH)
    fill_with_pattern (self, snapshot, bounds, pattern);
}

/* A bar whose left end is a point: steps stand for its slopes. */
static void
paint_arrow (RunnelChartPainter    *self,
             GtkSnapshot           *snapshot,
             const graphene_rect_t *bounds,
             guint                  look,
             double                 alpha)
{
  double x = bounds->origin.x, y = bounds->origin.y, height = bounds->size.height;
  double point = MIN (ARROW_WIDTH, bounds->size.width / 2);
  graphene_rect_t rest = GRAPHENE_RECT_INIT (x + point, y, bounds->size.width - point, height);

  for (double i = 0; i < point; i++)
    {
      double part = height * (i + 0.5) / point;

      runnel_chart_painter_fill (self, snapshot, x + i, y + (height - part) / 2, 1, part,
                                 self->colors->looks[look], alpha);
    }
  paint_bar (self, snapshot, &rest, look, alpha);
}

/**
 * runnel_chart_painter_mark:
 * @self: a painter
 * @snapshot: where to
 * @bounds: its place
 * @look: a #RunnelLook or a #RunnelState
 * @mark: its shape
 * @critical: whether it has an outline
 * @alpha: 0..1
 */
void
runnel_chart_painter_mark (RunnelChartPainter    *self,
                           GtkSnapshot           *snapshot,
                           const graphene_rect_t *bounds,
                           guint                  look,
                           RunnelMark             mark,
                           gboolean               critical,
                           double                 alpha)
{
  guint32 color = self->colors->looks[look];

  switch (mark)
    {
    case RUNNEL_MARK_DASHES:
      paint_dashes (self, snapshot, bounds, color, alpha);
      return;
    case RUNNEL_MARK_BRACKET:
      paint_bracket (self, snapshot, bounds, color, alpha);
      return;
    case RUNNEL_MARK_WHISKER:
      paint_whisker (self, snapshot, bounds, color, alpha);
      return;
    case RUNNEL_MARK_ARROW:
      paint_arrow (self, snapshot, bounds, look, alpha);
      break;
    case RUNNEL_MARK_BAR:
    case RUNNEL_MARK_THIN:
    case RUNNEL_MARK_LINE:
    default:
      paint_bar (self, snapshot, bounds, look, alpha);
    }
  if (critical && bounds->size.height >= MIN_PATTERN_HEIGHT)
    runnel_chart_painter_outline (self, snapshot, bounds, 2, self->colors->critical);
}
