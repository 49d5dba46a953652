/* runnel-gantt-draw.c: the chart on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/charts/runnel-gantt-private.h"

#define MAX_LABEL_WIDTH 280.0
#define BOLD_SHARE 1.2 /* what bold text takes of what it takes otherwise */
#define TICK_GAP 84.0
#define CLOCK_TICK_GAP 104.0
#define PLATE_PADDING 5.0

/* Left to right: the triangle that folds, the sign of the state, the title, and the mark of the
 * critical path. */
#define FOLD_WIDTH 16.0
#define SIGN_WIDTH 22.0
#define CRITICAL_WIDTH 20.0

/* Below, bars have no room for what is more than a colour. */
#define MIN_TEXT_HEIGHT 14.0
#define MIN_STRIPE_HEIGHT 8.0
#define MIN_DETAIL_HEIGHT RUNNEL_GANTT_MIN_DETAIL
#define MAX_WEIGHT 20 /* of a look */
#define MIN_SIGN_WIDTH 20.0
#define MIN_NUMBER_WIDTH 34.0

/* Where the triangle of the line begins. */
double
_runnel_gantt_get_label_x (RunnelGantt *self,
                           guint        line)
{
  return GANTT_PADDING + GANTT_INDENT * self->tree->lines[line].depth;
}

static char *
make_label (const RunnelGanttLine *line)
{
  return line->folded ? g_strdup_printf ("%s (%u)", line->title, line->n_parts)
                      : g_strdup (line->title);
}

/* The longest by characters stands for the widest: measuring all of them takes too long. */
double
_runnel_gantt_measure_labels (RunnelGantt *self)
{
  g_autofree char *longest = g_strdup ("");
  double indent = 0, most = 0;

  for (guint i = 0; i < self->tree->n_lines; i++)
    {
      double x = GANTT_INDENT * self->tree->lines[i].depth;
      double length = g_utf8_strlen (self->tree->lines[i].title, -1) + x / 8;

      if (length <= most)
        continue;
      most = length;
      indent = x;
      g_free (longest);
      longest = make_label (&self->tree->lines[i]);
    }
  return GANTT_PADDING + FOLD_WIDTH + SIGN_WIDTH + CRITICAL_WIDTH + GANTT_PADDING +
         MIN (BOLD_SHARE * runnel_chart_painter_measure (self->painter, longest) + indent,
              MAX_LABEL_WIDTH);
}

static void
draw_stripes (RunnelGantt *self,
              GtkSnapshot *snapshot,
              double       width)
{
  guint32 color = runnel_chart_painter_get_colors (self->painter)->stripe;
  guint first, end;

  runnel_gantt_get_lines (&self->view, self->tree, &first, &end);
  for (guint i = first; i < end && self->view.row_height >= MIN_STRIPE_HEIGHT; i++)
    if (i % 2 == 0)
      runnel_chart_painter_fill (self->painter, snapshot, 0, runnel_gantt_get_y (&self->view, i),
                                 width, self->view.row_height, color, 1);
}

static void
draw_line_wash (RunnelGantt *self,
                GtkSnapshot *snapshot,
                int          line,
                double       width,
                double       alpha)
{
  guint32 color = runnel_chart_painter_get_colors (self->painter)->selection;

  if (line >= 0)
    runnel_chart_painter_fill (self->painter, snapshot, 0, runnel_gantt_get_y (&self->view, line),
                               width, MAX (self->view.row_height, 3.0), color, alpha);
}

static void
draw_selection (RunnelGantt *self,
                GtkSnapshot *snapshot,
                double       width)
{
  guint32 color = runnel_chart_painter_get_colors (self->painter)->selection;
  graphene_rect_t bounds;

  draw_line_wash (self, snapshot, self->hovered_line, width, 0.06);
  draw_line_wash (self, snapshot, self->selected_line, width, 0.15);
  if (self->selected_line < 0 || !gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  graphene_rect_init (&bounds, 0, runnel_gantt_get_y (&self->view, self->selected_line), width,
                      MAX (self->view.row_height, 3.0));
  runnel_chart_painter_outline (self->painter, snapshot, &bounds, 2, color);
}

static void
draw_label (RunnelGantt *self,
            GtkSnapshot *snapshot,
            guint        index)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  const RunnelGanttLine *line = &self->tree->lines[index];
  double x = _runnel_gantt_get_label_x (self, index);
  double y = runnel_gantt_get_y (&self->view, index) + self->view.row_height / 2;
  double right = self->label_width - GANTT_PADDING;
  gboolean critical = line->critical && self->shows_critical;
  g_autofree char *label = make_label (line);

  if (line->n_parts > 0)
    runnel_chart_painter_text (self->painter, snapshot, line->folded ? "▸" : "▾", x, y, FOLD_WIDTH,
                               FALSE, colors->dimmed_text);
  x += FOLD_WIDTH;
  runnel_chart_painter_text (self->painter, snapshot, runnel_gantt_style_get_sign (line->state), x,
                             y, SIGN_WIDTH, TRUE, colors->looks[line->state]);
  x += SIGN_WIDTH;
  runnel_chart_painter_text (self->painter, snapshot, label, x, y, right - CRITICAL_WIDTH - x,
                             critical || line->row < 0, colors->text);
  if (critical)
    runnel_chart_painter_text (self->painter, snapshot, "◆", right - 12, y, CRITICAL_WIDTH, FALSE,
                               colors->critical);
}

static void
draw_labels (RunnelGantt *self,
             GtkSnapshot *snapshot)
{
  guint first, end;

  runnel_gantt_get_lines (&self->view, self->tree, &first, &end);
  for (guint i = first; i < end && self->view.row_height >= MIN_TEXT_HEIGHT; i++)
    draw_label (self, snapshot, i);
}

static gboolean
has_several_attempts (RunnelGantt *self,
                      guint        row)
{
  const RunnelTimingRow *facts = &self->tree->timing->rows[row];

  return facts->n_spans > 0 &&
         self->tree->timing->spans[facts->first_span + facts->n_spans - 1].attempt > 1;
}

/* The sign of the state, which attempt it was, or how many steps are folded in it. */
static char *
make_bar_text (RunnelGantt          *self,
               const RunnelGanttBar *bar)
{
  const RunnelGanttLine *line = &self->tree->lines[bar->line];
  const char *sign = runnel_gantt_style_get_sign (bar->look);

  if (bar->width < MIN_NUMBER_WIDTH)
    return g_strdup (sign);
  if (bar->span == RUNNEL_GANTT_SUMMARY)
    return line->n_failed > 0 ? g_strdup_printf ("%s %u/%u", sign, line->n_failed, line->n_parts)
                              : g_strdup_printf ("%s %u", sign, line->n_parts);
  return self->tree->timing->spans[bar->span].kind == RUNNEL_SPAN_ATTEMPT &&
             has_several_attempts (self, line->row)
           ? g_strdup_printf ("%s %u", sign, self->tree->timing->spans[bar->span].attempt)
           : g_strdup (sign);
}

/* On a plain plate, so that it can be read over any pattern. */
static void
draw_bar_text (RunnelGantt          *self,
               GtkSnapshot          *snapshot,
               const RunnelGanttBar *bar)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  /* What begins left of the view is still told. */
  double x = MAX (bar->x, 0), room = bar->x + bar->width - x;
  g_autofree char *text = NULL;
  double width;

  if (bar->merged || room < MIN_SIGN_WIDTH || bar->height < MIN_TEXT_HEIGHT ||
      (bar->mark != RUNNEL_MARK_BAR && bar->mark != RUNNEL_MARK_ARROW))
    return;
  text = make_bar_text (self, bar);
  width = MIN (runnel_chart_painter_measure (self->painter, text) + 6, room - 4);
  if (bar->mark == RUNNEL_MARK_ARROW)
    x += 6;
  runnel_chart_painter_fill (self->painter, snapshot, x + 2, bar->y + 2, width, bar->height - 4,
                             colors->looks[bar->look], 1);
  runnel_chart_painter_text (self->painter, snapshot, text, x + 5, bar->y + bar->height / 2,
                             room - 6, TRUE, colors->background);
}

static void
draw_bar (RunnelGantt          *self,
          GtkSnapshot          *snapshot,
          const RunnelGanttBar *bar)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (bar->x, bar->y, bar->width, bar->height);
  gboolean has_path = self->shows_critical && self->tree->timing->n_critical > 0;

  runnel_chart_painter_mark (self->painter, snapshot, &bounds, bar->look, bar->mark,
                             has_path && bar->critical && bar->span >= 0, 1);
  draw_bar_text (self, snapshot, bar);
}

static void
fill_look (RunnelGantt *self,
           cairo_t     *cr,
           guint        look)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  guint32 color = colors->looks[look];
  gboolean any = FALSE;

  for (guint i = 0; i < self->bars->len; i++)
    {
      const RunnelGanttBar *bar = &g_array_index (self->bars, RunnelGanttBar, i);

      if (bar->look != look)
        continue;
      any = TRUE;
      /* Whole pixels, so that nothing has to be blended. */
      cairo_rectangle (cr, floor (bar->x), floor (bar->y), MAX (ceil (bar->width), 1),
                       MAX (ceil (bar->height), 1));
    }
  if (!any)
    return;
  cairo_set_source_rgb (cr, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0,
                        (color & 0xff) / 255.0);
  cairo_fill (cr);
}

/* Very many bars that are nothing but a colour: one path for each colour costs a tenth of a node for
 * each bar. What matters more is painted later. */
static void
draw_bars_by_color (RunnelGantt *self,
                    GtkSnapshot *snapshot)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (0, 0, self->view.width,
                                                                self->view.height));

  for (guint weight = 0; weight <= MAX_WEIGHT; weight++)
    for (guint look = 0; look < RUNNEL_N_LOOKS; look++)
      if (runnel_gantt_style_get_weight (look) == weight)
        fill_look (self, cr, look);
  cairo_destroy (cr);
}

static void
draw_bars (RunnelGantt *self,
           GtkSnapshot *snapshot)
{
  if (self->bars == NULL)
    self->bars = runnel_gantt_list_bars (&self->view, self->tree);
  if (self->view.row_height < MIN_DETAIL_HEIGHT)
    {
      draw_bars_by_color (self, snapshot);
      return;
    }
  for (guint i = 0; i < self->bars->len; i++)
    draw_bar (self, snapshot, &g_array_index (self->bars, RunnelGanttBar, i));
}

static void
draw_axis (RunnelGantt *self,
           GtkSnapshot *snapshot,
           double       height)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  g_autoptr(GArray) ticks =
    self->absolute ? runnel_axis_list_clock_ticks (&self->view.axis, self->tree->timing->start,
                                                   self->view.width, CLOCK_TICK_GAP)
                   : runnel_axis_list_ticks (&self->view.axis, self->view.width, TICK_GAP);

  for (guint i = 0; i < ticks->len; i++)
    {
      const RunnelTick *tick = &g_array_index (ticks, RunnelTick, i);

      runnel_chart_painter_fill (self->painter, snapshot, floor (tick->position),
                                 GANTT_AXIS_HEIGHT - 6, 1, height - GANTT_AXIS_HEIGHT + 6,
                                 colors->grid, 1);
      runnel_chart_painter_text (self->painter, snapshot, tick->label, tick->position + 4,
                                 GANTT_AXIS_HEIGHT / 2.0, CLOCK_TICK_GAP, FALSE,
                                 colors->dimmed_text);
    }
}

/* As fine as what is seen: a hundredth of the distance between two ticks. */
static void
format_cursor (RunnelGantt *self,
               char        *label,
               gsize        size)
{
  gint64 step = runnel_axis_get_step (&self->view.axis, TICK_GAP / 100);
  gint64 time = self->cursor_time - (self->absolute ? 0 : self->tree->timing->start);

  step = MAX (step, G_TIME_SPAN_MILLISECOND);
  time = MAX (time, 0) / step * step;
  if (self->absolute)
    runnel_axis_format_clock (time, step, label, size);
  else
    runnel_axis_format (time, step, label, size);
}

/* The moment that is looked at, with its time on the axis. */
static void
draw_cursor (RunnelGantt *self,
             GtkSnapshot *snapshot,
             double       height)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  char label[RUNNEL_TICK_LABEL_SIZE];
  double x, width, left;

  if (self->cursor_time < 0)
    return;
  format_cursor (self, label, sizeof label);
  x = floor (runnel_gantt_get_x (&self->view, self->tree->timing, self->cursor_time));
  width = runnel_chart_painter_measure (self->painter, label) + 2 * PLATE_PADDING;
  left = CLAMP (x - width / 2, MIN (x, 0), MAX (self->view.width - width, 0));
  runnel_chart_painter_fill (self->painter, snapshot, left, 3, width, GANTT_AXIS_HEIGHT - 7,
                             colors->selection, 1);
  runnel_chart_painter_text (self->painter, snapshot, label, left + PLATE_PADDING,
                             GANTT_AXIS_HEIGHT / 2.0, width, FALSE, colors->background);
  runnel_chart_painter_fill (self->painter, snapshot, x, GANTT_AXIS_HEIGHT - 4, 1,
                             height - GANTT_AXIS_HEIGHT + 4, colors->selection, 1);
}

static void
push_clip (GtkSnapshot *snapshot,
           double       x,
           double       y,
           double       width,
           double       height)
{
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x, y, width, height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
}

static void
pop_clip (GtkSnapshot *snapshot)
{
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

/* From the bottom up: stripes, grid, bars and links, labels, each clipped to its part. */
void
_runnel_gantt_snapshot_chart (RunnelGantt *self,
                              GtkSnapshot *snapshot,
                              double       width,
                              double       height)
{
  double body = height - GANTT_AXIS_HEIGHT;

  push_clip (snapshot, 0, GANTT_AXIS_HEIGHT, width, body);
  draw_stripes (self, snapshot, width);
  draw_labels (self, snapshot);
  pop_clip (snapshot);

  push_clip (snapshot, self->label_width, 0, self->view.width, height);
  draw_axis (self, snapshot, height);
  push_clip (snapshot, 0, GANTT_AXIS_HEIGHT, self->view.width, body);
  draw_bars (self, snapshot);
  _runnel_gantt_snapshot_links (self, snapshot);
  pop_clip (snapshot);
  draw_cursor (self, snapshot, height);
  pop_clip (snapshot);

  push_clip (snapshot, 0, GANTT_AXIS_HEIGHT, width, body);
  draw_selection (self, snapshot, width);
  pop_clip (snapshot);
}

void
_runnel_gantt_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  runnel_chart_painter_fill (self->painter, snapshot, 0, 0, width, height, colors->background, 1);
  if (self->tree->timing != NULL)
    _runnel_gantt_snapshot_chart (self, snapshot, width, height);
  runnel_chart_painter_fill (self->painter, snapshot, 0, GANTT_AXIS_HEIGHT - 1, width, 1,
                             colors->grid, 1);
  runnel_chart_painter_fill (self->painter, snapshot, self->label_width - 1, 0, 1, height,
                             colors->grid, 1);
}
