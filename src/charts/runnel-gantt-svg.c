/* runnel-gantt-svg.c: the timing of a run as a picture that stands alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Format: W3C, "Scalable Vector Graphics (SVG) 1.1", with CSS media queries for dark viewers;
 * what does not know those shows it light.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-style.h"
#include "charts/runnel-gantt-svg.h"
#include "util/runnel-format.h"
#include "util/runnel-xml.h"

#define MARGIN 16.0
#define HEADER_HEIGHT 64.0
#define AXIS_HEIGHT 24.0
#define LEGEND_HEIGHT 40.0
#define MAX_ROW_HEIGHT 22.0
#define TICK_GAP 70.0

/* Viewers give up at 32767 pixels; very many rows become lower instead. */
#define MAX_CHART_HEIGHT 30000.0
#define MIN_LABEL_ROW_HEIGHT 9.0

/* Text can't be measured here: an average of common sans-serif fonts at 12 pixels. */
#define CHARACTER_WIDTH 6.6
#define MAX_LABEL_CHARACTERS 36

typedef struct
{
  GString *svg;
  const RunnelTiming *timing;
  RunnelGanttView view;
  double width;
  double height;
  double left;          /* of the chart, right of the labels */
  double top;           /* of the first row */
  double bottom;        /* of the last row */
} Drawing;

/* Name="value" with a point in every locale. */
static void
append_number (GString    *svg,
               const char *name,
               double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (svg, " %s=\"%s\"", name,
                          g_ascii_formatd (number, sizeof number, "%.1f", value));
}

static void
append_text_element (GString    *svg,
                     double      x,
                     double      y,
                     const char *classes,
                     const char *text)
{
  g_string_append_printf (svg, "<text class=\"%s\"", classes);
  append_number (svg, "x", x);
  append_number (svg, "y", y);
  g_string_append_c (svg, '>');
  runnel_xml_append_text (svg, text);
  g_string_append (svg, "</text>\n");
}

static void
append_rectangle (GString    *svg,
                  double      x,
                  double      y,
                  double      width,
                  double      height,
                  const char *classes)
{
  g_string_append_printf (svg, "<rect class=\"%s\"", classes);
  append_number (svg, "x", x);
  append_number (svg, "y", y);
  append_number (svg, "width", width);
  append_number (svg, "height", height);
  g_string_append (svg, "/>\n");
}

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
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    g_string_append_printf (svg, ".%s{fill:#%06x}", runnel_state_to_string (i), colors->states[i]);
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
  g_string_append (svg, "}\n</style>\n");
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
    [RUNNEL_PATTERN_DOTTED] = "<circle class=\"dot\" cx=\"3\" cy=\"3\" r=\"1.4\"/>",
  };

  g_string_append (svg, "<defs>\n");
  for (guint i = 0; i < RUNNEL_N_PATTERNS; i++)
    if (shapes[i] != NULL)
      g_string_append_printf (svg,
                              "<pattern id=\"pattern-%u\" width=\"6\" height=\"6\""
                              " patternUnits=\"userSpaceOnUse\">%s</pattern>\n", i, shapes[i]);
  g_string_append (svg, "</defs>\n");
}

/* A bar in the colour and with the pattern of a state; the queue is a plain line, so that the
 * delay before a retry, which is a dotted one, differs. */
static void
append_bar_shape (GString       *svg,
                  double         x,
                  double         y,
                  double         width,
                  double         height,
                  RunnelSpanKind kind,
                  RunnelState    state,
                  gboolean       critical)
{
  RunnelPattern pattern = kind == RUNNEL_SPAN_QUEUED ? RUNNEL_PATTERN_SOLID
                                                     : runnel_gantt_style_get_pattern (state);
  g_autofree char *classes = g_strconcat (runnel_state_to_string (state),
                                          critical ? " critical" : NULL, NULL);

  append_rectangle (svg, x, y, width, height, classes);
  if (pattern == RUNNEL_PATTERN_SOLID)
    return;
  g_string_append_printf (svg, "<rect fill=\"url(#pattern-%d)\"", pattern);
  append_number (svg, "x", x);
  append_number (svg, "y", y);
  append_number (svg, "width", width);
  append_number (svg, "height", height);
  g_string_append (svg, "/>\n");
}

static guint
count_attempts (const RunnelTiming *timing,
                guint               row)
{
  const RunnelTimingRow *facts = &timing->rows[row];

  return facts->n_spans > 0 ? timing->spans[facts->first_span + facts->n_spans - 1].attempt : 0;
}

/* Attempts are numbered where there are several and the number fits, on a plain plate so that
 * it can be read over any pattern. */
static void
append_attempt_number (Drawing              *drawing,
                       const RunnelGanttBar *bar)
{
  double middle = bar->x + bar->width / 2;
  g_autofree char *number = NULL;

  if (bar->kind != RUNNEL_SPAN_ATTEMPT || bar->merged || bar->width < 14.0 ||
      bar->height < MIN_LABEL_ROW_HEIGHT || count_attempts (drawing->timing, bar->row) < 2)
    return;
  number = g_strdup_printf ("%u", drawing->timing->spans[bar->span].attempt);
  append_rectangle (drawing->svg, middle - 5, bar->y + 1, 10, bar->height - 2,
                    runnel_state_to_string (bar->state));
  append_text_element (drawing->svg, middle, bar->y + bar->height / 2 + 4,
                       "inside small strong middle", number);
}

static void
append_bar (Drawing              *drawing,
            const RunnelGanttBar *bar)
{
  int span = bar->span - drawing->timing->rows[bar->row].first_span;
  g_autofree char *description =
    runnel_timing_describe (drawing->timing, bar->row, bar->merged ? -1 : span);

  g_string_append (drawing->svg, "<g><title>");
  runnel_xml_append_text (drawing->svg, description);
  g_string_append (drawing->svg, "</title>");
  append_bar_shape (drawing->svg, bar->x, bar->y, bar->width, bar->height, bar->kind, bar->state,
                    bar->critical);
  append_attempt_number (drawing, bar);
  g_string_append (drawing->svg, "</g>\n");
}

static char *
describe_run (const RunnelTiming *timing)
{
  g_autofree char *started = runnel_format_time (timing->start);
  g_autofree char *wall = runnel_format_duration (timing->totals.wall);
  g_autofree char *work = runnel_format_duration (timing->totals.work);
  g_autofree char *queued = runnel_format_duration (timing->totals.queued);
  g_autofree char *retries = runnel_format_duration (timing->totals.retries);
  char parallelism[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (parallelism, sizeof parallelism, "%.1f", timing->totals.parallelism);
  return g_strdup_printf (_("%s · %s · took %s · work %s · %s at once on average · queued %s · "
                            "retries %s"),
                          runnel_gantt_style_get_name (timing->state), started, wall, work,
                          parallelism, queued, retries);
}

static void
append_header (Drawing *drawing)
{
  const RunnelTiming *timing = drawing->timing;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, timing->run);
  /* Translators: the name of a pipeline, and the number of its run */
  g_autofree char *title = g_strdup_printf (_("%s, run %s"), timing->title, number);
  g_autofree char *facts = describe_run (timing);

  g_string_append (drawing->svg, "<title id=\"title\">");
  runnel_xml_append_text (drawing->svg, title);
  g_string_append (drawing->svg, "</title>\n<desc id=\"description\">");
  runnel_xml_append_text (drawing->svg, facts);
  g_string_append (drawing->svg, "</desc>\n");
  append_style (drawing->svg);
  append_patterns (drawing->svg);
  append_rectangle (drawing->svg, 0, 0, drawing->width, drawing->height, "background");
  append_text_element (drawing->svg, MARGIN, MARGIN + 14, "text title", title);
  append_text_element (drawing->svg, MARGIN, MARGIN + 34, "dimmed", facts);
}

static void
append_axis (Drawing *drawing)
{
  g_autoptr(GArray) ticks =
    runnel_axis_list_ticks (&drawing->view.axis, drawing->view.width, TICK_GAP);

  for (guint i = 0; i < ticks->len; i++)
    {
      const RunnelTick *tick = &g_array_index (ticks, RunnelTick, i);
      double x = drawing->left + tick->position;

      g_string_append (drawing->svg, "<line class=\"grid\"");
      append_number (drawing->svg, "x1", x);
      append_number (drawing->svg, "x2", x);
      append_number (drawing->svg, "y1", drawing->top - 4);
      append_number (drawing->svg, "y2", drawing->bottom);
      g_string_append (drawing->svg, "/>\n");
      append_text_element (drawing->svg, x, drawing->top - 8, "dimmed small middle", tick->label);
    }
}

static char *
shorten (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_LABEL_CHARACTERS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_LABEL_CHARACTERS - 1);
  return g_strconcat (start, "…", NULL);
}

static void
append_label (Drawing *drawing,
              guint    row)
{
  const RunnelTimingRow *facts = &drawing->timing->rows[row];
  double row_height = drawing->view.row_height;
  double y = drawing->top + row * row_height;
  g_autofree char *title = shorten (facts->title);
  g_autofree char *label = g_strconcat (runnel_gantt_style_get_sign (facts->state), " ", title,
                                        NULL);

  append_text_element (drawing->svg, MARGIN, y + row_height / 2 + 4,
                       facts->critical ? "text strong" : "text", label);
}

static void
append_rows (Drawing *drawing)
{
  double row_height = drawing->view.row_height;

  for (guint i = 0; row_height >= MIN_LABEL_ROW_HEIGHT && i < drawing->timing->n_rows; i++)
    {
      if (i % 2 == 0)
        append_rectangle (drawing->svg, 0, drawing->top + i * row_height, drawing->width,
                          row_height, "stripe");
      if (runnel_timing_begins_group (drawing->timing, i))
        append_rectangle (drawing->svg, 0, drawing->top + i * row_height, drawing->width, 1,
                          "pending");
      append_label (drawing, i);
    }
}

static void
append_bars (Drawing *drawing)
{
  g_autoptr(GArray) bars = runnel_gantt_list_bars (&drawing->view, drawing->timing);

  for (guint i = 0; i < bars->len; i++)
    {
      RunnelGanttBar bar = g_array_index (bars, RunnelGanttBar, i);

      bar.x += drawing->left;
      bar.y += drawing->top;
      append_bar (drawing, &bar);
    }
}

static double
append_legend_entry (Drawing       *drawing,
                     double         x,
                     RunnelSpanKind kind,
                     RunnelState    state,
                     gboolean       critical,
                     const char    *label)
{
  double middle = drawing->bottom + LEGEND_HEIGHT / 2;
  double height = kind == RUNNEL_SPAN_QUEUED || kind == RUNNEL_SPAN_RETRY ? 3 : 12;

  append_bar_shape (drawing->svg, x, middle - height / 2, 18, height, kind, state, critical);
  append_text_element (drawing->svg, x + 24, middle + 4, "dimmed small", label);
  return x + 24 + g_utf8_strlen (label, -1) * CHARACTER_WIDTH + 12;
}

/* The states of attempts that the chart shows. Returns: where the next entry goes */
static double
append_state_legend (Drawing *drawing,
                     double   x)
{
  const RunnelTiming *timing = drawing->timing;
  gboolean used[RUNNEL_N_STATES] = { FALSE };

  for (guint i = 0; i < timing->n_spans; i++)
    if (timing->spans[i].kind == RUNNEL_SPAN_ATTEMPT)
      used[timing->spans[i].state] = TRUE;
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    if (used[i])
      {
        g_autofree char *label = g_strconcat (runnel_gantt_style_get_sign (i), " ",
                                              runnel_gantt_style_get_name (i), NULL);

        x = append_legend_entry (drawing, x, RUNNEL_SPAN_ATTEMPT, i, FALSE, label);
      }
  return x;
}

/* Only what the chart shows. */
static void
append_legend (Drawing *drawing)
{
  const RunnelTiming *timing = drawing->timing;
  gboolean used[RUNNEL_SPAN_RETRY + 1] = { FALSE };
  double x = append_state_legend (drawing, MARGIN);

  for (guint i = 0; i < timing->n_spans; i++)
    used[timing->spans[i].kind] = TRUE;
  if (used[RUNNEL_SPAN_QUEUED])
    x = append_legend_entry (drawing, x, RUNNEL_SPAN_QUEUED, RUNNEL_STATE_QUEUED, FALSE,
                             _("queued"));
  if (used[RUNNEL_SPAN_WAITING])
    x = append_legend_entry (drawing, x, RUNNEL_SPAN_WAITING, RUNNEL_STATE_WAITING, FALSE,
                             _("waiting"));
  if (used[RUNNEL_SPAN_RETRY])
    x = append_legend_entry (drawing, x, RUNNEL_SPAN_RETRY, RUNNEL_STATE_QUEUED, FALSE,
                             _("delay before a retry"));
  if (timing->n_critical > 0)
    append_legend_entry (drawing, x, RUNNEL_SPAN_ATTEMPT, RUNNEL_STATE_SUCCEEDED, TRUE,
                         _("on the critical path"));
}

static double
find_label_width (const RunnelTiming *timing)
{
  glong longest = 8;

  for (guint i = 0; i < timing->n_rows; i++)
    longest = MAX (longest, g_utf8_strlen (timing->rows[i].title, -1));
  return (MIN (longest, MAX_LABEL_CHARACTERS) + 3) * CHARACTER_WIDTH;
}

static void
lay_out (Drawing *drawing)
{
  guint n_rows = MAX (drawing->timing->n_rows, 1);
  double row_height = MIN (MAX_ROW_HEIGHT, MAX_CHART_HEIGHT / n_rows);
  gboolean has_labels = row_height >= MIN_LABEL_ROW_HEIGHT;

  drawing->left = MARGIN + (has_labels ? find_label_width (drawing->timing) : 0.0);
  drawing->top = HEADER_HEIGHT + AXIS_HEIGHT;
  drawing->bottom = drawing->top + n_rows * row_height;
  drawing->height = drawing->bottom + LEGEND_HEIGHT;
  drawing->view.width = MAX (drawing->width - drawing->left - MARGIN, TICK_GAP);
  drawing->view.height = n_rows * row_height;
  drawing->view.row_height = row_height;
  drawing->view.axis = runnel_axis_fit (0, drawing->timing->end - drawing->timing->start,
                                        drawing->view.width);
}

/**
 * runnel_gantt_to_svg:
 * @timing: the timing of a run
 * @width: in pixels; 0 for %RUNNEL_GANTT_SVG_WIDTH
 *
 * Returns: (transfer full): an SVG document that needs nothing else, readable on light and dark
 *   ground, without colours, and by screen readers
 */
char *
runnel_gantt_to_svg (const RunnelTiming *timing,
                     int                 width)
{
  Drawing drawing = {
    .svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
    .timing = timing,
    .width = width > 0 ? width : RUNNEL_GANTT_SVG_WIDTH,
  };

  g_return_val_if_fail (timing != NULL, g_string_free (drawing.svg, FALSE));

  lay_out (&drawing);
  g_string_append (drawing.svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
                                " aria-labelledby=\"title description\"");
  append_number (drawing.svg, "width", drawing.width);
  append_number (drawing.svg, "height", drawing.height);
  g_string_append (drawing.svg, ">\n");
  append_header (&drawing);
  append_rows (&drawing);
  append_axis (&drawing);
  append_bars (&drawing);
  append_legend (&drawing);
  g_string_append (drawing.svg, "</svg>\n");
  return g_string_free (drawing.svg, FALSE);
}
