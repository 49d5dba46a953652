/* runnel-gantt-draw.c: the chart on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "designer/charts/runnel-gantt-private.h"

#define PADDING 12.0
#define MAX_LABEL_WIDTH 260
#define TICK_GAP 84.0
#define PATTERN_SIZE 6
#define DASH_LENGTH 4.0
#define DASH_GAP 3.0
#define SAMPLE_LINE_HEIGHT 3.0

/* Below, bars have no room for what is more than a colour. */
#define MIN_PATTERN_HEIGHT 5.0
#define MIN_PATTERN_WIDTH 3.0
#define MIN_TEXT_HEIGHT 14.0
#define MIN_SIGN_WIDTH 20.0
#define MIN_NUMBER_WIDTH 34.0

static RunnelScheme
get_scheme (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);

  if (adw_style_manager_get_high_contrast (style))
    return dark ? RUNNEL_SCHEME_HIGH_CONTRAST_DARK : RUNNEL_SCHEME_HIGH_CONTRAST;
  return dark ? RUNNEL_SCHEME_DARK : RUNNEL_SCHEME_LIGHT;
}

static GdkRGBA
to_rgba (guint32 color)
{
  return (GdkRGBA) { (color >> 16 & 0xff) / 255.0f, (color >> 8 & 0xff) / 255.0f,
                     (color & 0xff) / 255.0f, 1.0f };
}

static void
fill (GtkSnapshot *snapshot,
      double       x,
      double       y,
      double       width,
      double       height,
      guint32      color)
{
  GdkRGBA rgba = to_rgba (color);

  gtk_snapshot_append_color (snapshot, &rgba, &GRAPHENE_RECT_INIT (x, y, width, height));
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
  GdkRGBA rgba = to_rgba (color);
  g_autoptr(GBytes) bytes = NULL;

  gdk_cairo_set_source_rgba (cr, &rgba);
  cairo_set_line_width (cr, 1.3);
  trace_pattern (cr, pattern);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * PATTERN_SIZE);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (PATTERN_SIZE, PATTERN_SIZE, GDK_MEMORY_DEFAULT, bytes, stride);
}

void
_runnel_gantt_clear_patterns (RunnelGantt *self)
{
  for (guint i = 0; i < RUNNEL_N_PATTERNS; i++)
    g_clear_object (&self->patterns[i]);
}

static void
fill_with_pattern (GdkTexture             **patterns,
                   GtkSnapshot             *snapshot,
                   const RunnelChartColors *colors,
                   const graphene_rect_t   *bounds,
                   RunnelPattern            pattern)
{
  if (patterns[pattern] == NULL)
    patterns[pattern] = make_pattern (pattern, colors->background);
  gtk_snapshot_push_repeat (snapshot, bounds,
                            &GRAPHENE_RECT_INIT (0, 0, PATTERN_SIZE, PATTERN_SIZE));
  gtk_snapshot_append_texture (snapshot, patterns[pattern],
                               &GRAPHENE_RECT_INIT (0, 0, PATTERN_SIZE, PATTERN_SIZE));
  gtk_snapshot_pop (snapshot);
}

static void
draw_outline (GtkSnapshot           *snapshot,
              const graphene_rect_t *bounds,
              float                  width,
              guint32                color)
{
  GdkRGBA rgba = to_rgba (color);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { width, width, width, width },
                              (GdkRGBA[4]) { rgba, rgba, rgba, rgba });
}

/* Text in one line, cut with an ellipsis at @max_width, its middle at @y. */
static void
draw_text (RunnelGantt *self,
           GtkSnapshot *snapshot,
           const char  *text,
           double       x,
           double       y,
           double       max_width,
           gboolean     bold,
           guint32      color)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA rgba = to_rgba (color);
  int height;

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, MAX (max_width, 0) * PANGO_SCALE);
  if (bold)
    {
      g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (layout, attributes);
    }
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (x), round (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &rgba);
  gtk_snapshot_restore (snapshot);
}

/* The longest by characters stands for the widest: measuring all of them takes too long. */
double
_runnel_gantt_measure_labels (RunnelGantt *self)
{
  const char *longest = "";
  g_autoptr(PangoLayout) layout = NULL;
  glong most = 0;
  int width;

  for (guint i = 0; self->timing != NULL && i < self->timing->n_rows; i++)
    if (g_utf8_strlen (self->timing->rows[i].title, -1) > most)
      {
        longest = self->timing->rows[i].title;
        most = g_utf8_strlen (longest, -1);
      }
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), longest);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return MIN (width, MAX_LABEL_WIDTH) + 4 * PADDING + 24.0;
}

static void
draw_stripes (RunnelGantt             *self,
              GtkSnapshot             *snapshot,
              const RunnelChartColors *colors,
              double                   width)
{
  guint first, end;

  runnel_gantt_get_rows (&self->view, self->timing, &first, &end);
  for (guint i = first; i < end && self->view.row_height >= 8.0; i++)
    if (i % 2 == 0)
      fill (snapshot, 0, runnel_gantt_get_row_y (&self->view, i), width, self->view.row_height,
            colors->stripe);
}

/* A line above the undos and above the hooks. */
static void
draw_groups (RunnelGantt             *self,
             GtkSnapshot             *snapshot,
             const RunnelChartColors *colors,
             double                   width)
{
  guint first, end;

  runnel_gantt_get_rows (&self->view, self->timing, &first, &end);
  for (guint i = first; i < end; i++)
    if (runnel_timing_begins_group (self->timing, i))
      fill (snapshot, 0, runnel_gantt_get_row_y (&self->view, i) - 0.5, width, 1,
            colors->dimmed_text);
}

static void
draw_selection (RunnelGantt             *self,
                GtkSnapshot             *snapshot,
                const RunnelChartColors *colors,
                double                   width)
{
  GdkRGBA wash = to_rgba (colors->selection);
  graphene_rect_t bounds;

  if (self->selected_row < 0)
    return;
  graphene_rect_init (&bounds, 0, runnel_gantt_get_row_y (&self->view, self->selected_row), width,
                      MAX (self->view.row_height, 3.0));
  wash.alpha = 0.15f;
  gtk_snapshot_append_color (snapshot, &wash, &bounds);
  if (gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    draw_outline (snapshot, &bounds, 2, colors->selection);
}

static void
draw_label (RunnelGantt             *self,
            GtkSnapshot             *snapshot,
            const RunnelChartColors *colors,
            guint                    row)
{
  const RunnelTimingRow *facts = &self->timing->rows[row];
  double y = runnel_gantt_get_row_y (&self->view, row) + self->view.row_height / 2;

  draw_text (self, snapshot, runnel_gantt_style_get_sign (facts->state), PADDING, y, 20, TRUE,
             colors->states[facts->state]);
  draw_text (self, snapshot, facts->title, PADDING + 22, y, self->label_width - 3 * PADDING - 28,
             facts->critical, colors->text);
  if (facts->critical)
    draw_text (self, snapshot, "◆", self->label_width - PADDING - 10, y, 14, FALSE,
               colors->critical);
}

static void
draw_labels (RunnelGantt             *self,
             GtkSnapshot             *snapshot,
             const RunnelChartColors *colors)
{
  guint first, end;

  runnel_gantt_get_rows (&self->view, self->timing, &first, &end);
  for (guint i = first; i < end && self->view.row_height >= MIN_TEXT_HEIGHT; i++)
    draw_label (self, snapshot, colors, i);
}

static gboolean
has_several_attempts (RunnelGantt *self,
                      guint        row)
{
  const RunnelTimingRow *facts = &self->timing->rows[row];

  return facts->n_spans > 0 &&
         self->timing->spans[facts->first_span + facts->n_spans - 1].attempt > 1;
}

/* The sign of the state, and which attempt it was, on a plain plate. */
static void
draw_bar_sign (RunnelGantt             *self,
               GtkSnapshot             *snapshot,
               const RunnelChartColors *colors,
               const RunnelGanttBar    *bar)
{
  const char *sign = runnel_gantt_style_get_sign (bar->state);
  gboolean numbered = bar->width >= MIN_NUMBER_WIDTH && has_several_attempts (self, bar->row) &&
                      bar->kind == RUNNEL_SPAN_ATTEMPT;
  g_autofree char *text = NULL;

  if (bar->merged || bar->width < MIN_SIGN_WIDTH || bar->height < MIN_TEXT_HEIGHT)
    return;
  text = numbered ? g_strdup_printf ("%s %u", sign, self->timing->spans[bar->span].attempt)
                  : g_strdup (sign);
  fill (snapshot, bar->x + 2, bar->y + 2, numbered ? 28 : 16, bar->height - 4,
        colors->states[bar->state]);
  draw_text (self, snapshot, text, bar->x + 4, bar->y + bar->height / 2, bar->width - 6, TRUE,
             colors->background);
}

/* The delay before a retry, unlike the queue, which is a plain line. */
static void
draw_dashes (GtkSnapshot          *snapshot,
             const RunnelGanttBar *bar,
             guint32               color)
{
  double end = bar->x + bar->width;

  for (double x = bar->x; x < end; x += DASH_LENGTH + DASH_GAP)
    fill (snapshot, x, bar->y, MIN (DASH_LENGTH, end - x), bar->height, color);
}

static void
draw_mark (GdkTexture             **patterns,
           GtkSnapshot             *snapshot,
           const RunnelChartColors *colors,
           const RunnelGanttBar    *bar)
{
  RunnelPattern pattern = runnel_gantt_style_get_pattern (bar->state);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (bar->x, bar->y, bar->width, bar->height);

  if (bar->kind == RUNNEL_SPAN_RETRY)
    {
      draw_dashes (snapshot, bar, colors->states[bar->state]);
      return;
    }
  fill (snapshot, bar->x, bar->y, bar->width, bar->height, colors->states[bar->state]);
  if (pattern != RUNNEL_PATTERN_SOLID && bar->height >= MIN_PATTERN_HEIGHT &&
      bar->width >= MIN_PATTERN_WIDTH)
    fill_with_pattern (patterns, snapshot, colors, &bounds, pattern);
  if (bar->critical && bar->height >= MIN_PATTERN_HEIGHT)
    draw_outline (snapshot, &bounds, 2, colors->critical);
}

static void
draw_bar (RunnelGantt             *self,
          GtkSnapshot             *snapshot,
          const RunnelChartColors *colors,
          const RunnelGanttBar    *bar)
{
  draw_mark (self->patterns, snapshot, colors, bar);
  if (bar->kind == RUNNEL_SPAN_ATTEMPT || bar->kind == RUNNEL_SPAN_WAITING)
    draw_bar_sign (self, snapshot, colors, bar);
}

static void
draw_bars (RunnelGantt             *self,
           GtkSnapshot             *snapshot,
           const RunnelChartColors *colors)
{
  if (self->bars == NULL)
    self->bars = runnel_gantt_list_bars (&self->view, self->timing);
  for (guint i = 0; i < self->bars->len; i++)
    draw_bar (self, snapshot, colors, &g_array_index (self->bars, RunnelGanttBar, i));
}

static void
draw_axis (RunnelGantt             *self,
           GtkSnapshot             *snapshot,
           const RunnelChartColors *colors,
           double                   height)
{
  g_autoptr(GArray) ticks =
    runnel_axis_list_ticks (&self->view.axis, self->view.width, TICK_GAP);

  for (guint i = 0; i < ticks->len; i++)
    {
      const RunnelTick *tick = &g_array_index (ticks, RunnelTick, i);

      fill (snapshot, floor (tick->position), GANTT_AXIS_HEIGHT - 6, 1,
            height - GANTT_AXIS_HEIGHT + 6, colors->grid);
      draw_text (self, snapshot, tick->label, tick->position + 4, GANTT_AXIS_HEIGHT / 2.0,
                 TICK_GAP - 6, FALSE, colors->dimmed_text);
    }
}

/* From the bottom up: grid, bars, then labels, each clipped to its part. */
static void
draw_chart (RunnelGantt             *self,
            GtkSnapshot             *snapshot,
            const RunnelChartColors *colors,
            double                   width,
            double                   height)
{
  graphene_rect_t rows =
    GRAPHENE_RECT_INIT (0, GANTT_AXIS_HEIGHT, width, height - GANTT_AXIS_HEIGHT);

  gtk_snapshot_push_clip (snapshot, &rows);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, GANTT_AXIS_HEIGHT));
  draw_stripes (self, snapshot, colors, width);
  draw_groups (self, snapshot, colors, width);
  draw_labels (self, snapshot, colors);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);

  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (self->label_width, 0, self->view.width, height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (self->label_width, 0));
  draw_axis (self, snapshot, colors, height);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, GANTT_AXIS_HEIGHT, self->view.width,
                                                         height - GANTT_AXIS_HEIGHT));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, GANTT_AXIS_HEIGHT));
  draw_bars (self, snapshot, colors);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);

  gtk_snapshot_push_clip (snapshot, &rows);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, GANTT_AXIS_HEIGHT));
  draw_selection (self, snapshot, colors, width);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

void
_runnel_gantt_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);
  const RunnelChartColors *colors = runnel_gantt_style_get_colors (get_scheme ());
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  fill (snapshot, 0, 0, width, height, colors->background);
  if (self->timing != NULL)
    draw_chart (self, snapshot, colors, width, height);
  fill (snapshot, 0, GANTT_AXIS_HEIGHT - 1, width, 1, colors->grid);
  fill (snapshot, self->label_width - 1, 0, 1, height, colors->grid);
}

/* A mark alone, for the legend; in @width by @height from the origin. */
void
_runnel_gantt_snapshot_sample (GtkSnapshot   *snapshot,
                               double         width,
                               double         height,
                               RunnelSpanKind kind,
                               RunnelState    state,
                               gboolean       critical)
{
  gboolean is_line = kind == RUNNEL_SPAN_QUEUED || kind == RUNNEL_SPAN_RETRY;
  double bar_height = is_line ? SAMPLE_LINE_HEIGHT : height;
  GdkTexture *patterns[RUNNEL_N_PATTERNS] = { NULL };
  RunnelGanttBar bar = {
    .y = round ((height - bar_height) / 2),
    .width = width,
    .height = bar_height,
    .kind = kind,
    .state = state,
    .critical = critical,
  };

  draw_mark (patterns, snapshot, runnel_gantt_style_get_colors (get_scheme ()), &bar);
  for (guint i = 0; i < RUNNEL_N_PATTERNS; i++)
    g_clear_object (&patterns[i]);
}
