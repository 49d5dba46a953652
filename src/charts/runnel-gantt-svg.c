/* runnel-gantt-svg.c: the timing of a run as a picture that stands alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-chart-svg.h"
#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-svg.h"
#include "charts/runnel-resource-svg.h"
#include "util/runnel-format.h"

#define MARGIN 16.0
#define HEADER_HEIGHT 64.0
#define AXIS_HEIGHT 24.0
#define LEGEND_HEIGHT 24.0
#define MAX_ROW_HEIGHT 22.0
#define TICK_GAP 70.0
#define INDENT 14.0

/* Viewers give up at 32767 pixels; very many rows become lower instead. */
#define MAX_CHART_HEIGHT 30000.0
#define MIN_LABEL_ROW_HEIGHT 9.0

#define MAX_LABEL_CHARACTERS 36
#define MIN_LABEL_WIDTH 120.0 /* for what the curves are called */

typedef struct
{
  GString *svg;
  const RunnelGanttTree *tree;
  const RunnelTiming *timing;
  RunnelResourceCurves *curves;
  RunnelGanttView view;
  double width;
  double height;
  double left;          /* of the chart, right of the labels */
  double top;           /* of the first line */
  double lanes_top;     /* of the curves, below the last line */
  double bottom;        /* of the last curve */
} Drawing;

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
  const RunnelSpan *span = bar->span >= 0 ? &drawing->timing->spans[bar->span] : NULL;
  double middle = bar->x + bar->width / 2;
  g_autofree char *number = NULL;

  if (span == NULL || span->kind != RUNNEL_SPAN_ATTEMPT || bar->merged || bar->width < 14.0 ||
      bar->height < MIN_LABEL_ROW_HEIGHT ||
      count_attempts (drawing->timing, drawing->tree->lines[bar->line].row) < 2)
    return;
  number = g_strdup_printf ("%u", span->attempt);
  runnel_chart_svg_add_rectangle (drawing->svg, middle - 5, bar->y + 1, 10, bar->height - 2,
                                  runnel_gantt_style_get_css (bar->look));
  runnel_chart_svg_add_text (drawing->svg, middle, bar->y + bar->height / 2 + 4,
                             "inside small strong middle", number);
}

static void
append_bar (Drawing              *drawing,
            const RunnelGanttBar *bar)
{
  int row = drawing->tree->lines[bar->line].row;
  int span = row >= 0 && bar->span >= 0 && !bar->merged
               ? bar->span - (int) drawing->timing->rows[row].first_span : -1;
  g_autofree char *description = runnel_gantt_tree_describe (drawing->tree, bar->line, span);

  runnel_chart_svg_begin_group (drawing->svg, description);
  runnel_chart_svg_add_mark (drawing->svg, bar->x, bar->y, bar->width, bar->height, bar->look,
                             bar->mark, bar->critical);
  append_attempt_number (drawing, bar);
  runnel_chart_svg_end_group (drawing->svg);
}

static char *
describe_run (const RunnelTiming *timing)
{
  g_autofree char *started = runnel_format_time (timing->start);
  g_autofree char *wall = runnel_format_duration (timing->totals.wall);
  g_autofree char *work = runnel_format_duration (timing->totals.by_kind[RUNNEL_SPAN_ATTEMPT]);
  g_autofree char *queued = runnel_format_duration (timing->totals.by_kind[RUNNEL_SPAN_QUEUED]);
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

  drawing->svg = runnel_chart_svg_new (drawing->width, drawing->height, title, facts);
  runnel_chart_svg_add_text (drawing->svg, MARGIN, MARGIN + 14, "text title", title);
  runnel_chart_svg_add_text (drawing->svg, MARGIN, MARGIN + 34, "dimmed", facts);
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

      runnel_chart_svg_add_line (drawing->svg, x, drawing->top - 4, x, drawing->bottom, "grid");
      runnel_chart_svg_add_text (drawing->svg, x, drawing->top - 8, "dimmed small middle",
                                 tick->label);
    }
}

static void
append_label (Drawing *drawing,
              guint    index)
{
  const RunnelGanttLine *line = &drawing->tree->lines[index];
  double row_height = drawing->view.row_height;
  double y = drawing->top + index * row_height;
  g_autofree char *title = runnel_chart_svg_shorten (line->title, MAX_LABEL_CHARACTERS);
  g_autofree char *label =
    line->folded ? g_strdup_printf ("%s %s (%u)", runnel_gantt_style_get_sign (line->state), title,
                                    line->n_parts)
                 : g_strconcat (runnel_gantt_style_get_sign (line->state), " ", title, NULL);

  runnel_chart_svg_add_text (drawing->svg, MARGIN + line->depth * INDENT, y + row_height / 2 + 4,
                             line->critical || line->row < 0 ? "text strong" : "text", label);
}

static void
append_lines (Drawing *drawing)
{
  double row_height = drawing->view.row_height;

  for (guint i = 0; row_height >= MIN_LABEL_ROW_HEIGHT && i < drawing->tree->n_lines; i++)
    {
      if (i % 2 == 0)
        runnel_chart_svg_add_rectangle (drawing->svg, 0, drawing->top + i * row_height,
                                        drawing->width, row_height, "stripe");
      append_label (drawing, i);
    }
}

static void
append_bars (Drawing *drawing)
{
  g_autoptr(GArray) bars = runnel_gantt_list_bars (&drawing->view, drawing->tree);

  for (guint i = 0; i < bars->len; i++)
    {
      RunnelGanttBar bar = g_array_index (bars, RunnelGanttBar, i);

      bar.x += drawing->left;
      bar.y += drawing->top;
      append_bar (drawing, &bar);
    }
}

static void
append_curves (Drawing *drawing)
{
  const RunnelResourceSvgPlace place = {
    .x = MARGIN,
    .left = drawing->left,
    .top = drawing->lanes_top,
    .width = drawing->view.width,
    .axis = drawing->view.axis,
  };

  runnel_resource_svg_add (drawing->svg, drawing->curves, drawing->timing, &place);
}

/* The marks of the chart, and then the outline of the critical path. */
static char *
make_key_label (guint key)
{
  if (key == RUNNEL_N_LOOKS)
    return g_strdup (_("on the critical path"));
  if (key == RUNNEL_LOOK_SLACK)
    return g_strdup (runnel_gantt_style_get_name (key));
  return g_strconcat (runnel_gantt_style_get_sign (key), " ", runnel_gantt_style_get_name (key),
                      NULL);
}

/* Only what the chart shows. With no document yet it just measures. Returns: its height */
static double
append_legend (Drawing *drawing)
{
  guint looks = runnel_gantt_list_looks (drawing->tree);
  double x = MARGIN, middle = drawing->bottom + LEGEND_HEIGHT;

  if (!drawing->view.slack)
    looks &= ~(1u << RUNNEL_LOOK_SLACK);
  if (drawing->timing->n_critical > 0)
    looks |= 1u << RUNNEL_N_LOOKS;
  for (guint i = 0; i <= RUNNEL_N_LOOKS; i++)
    {
      g_autofree char *label = (looks & 1u << i) != 0 ? make_key_label (i) : NULL;
      double width = label != NULL ? runnel_chart_svg_measure_key (label) : 0;

      if (label == NULL)
        continue;
      if (x > MARGIN && x + width > drawing->width - MARGIN)
        {
          x = MARGIN;
          middle += LEGEND_HEIGHT;
        }
      if (drawing->svg != NULL)
        runnel_chart_svg_add_key (drawing->svg, x, middle,
                                  i == RUNNEL_N_LOOKS ? (guint) RUNNEL_STATE_SUCCEEDED : i,
                                  i == RUNNEL_N_LOOKS, label);
      x += width;
    }
  return middle + LEGEND_HEIGHT - drawing->bottom;
}

static double
find_label_width (const RunnelGanttTree *tree)
{
  double longest = MIN_LABEL_WIDTH - 3 * RUNNEL_CHART_SVG_CHARACTER;

  for (guint i = 0; i < tree->n_lines; i++)
    {
      const RunnelGanttLine *line = &tree->lines[i];
      glong length = MIN (g_utf8_strlen (line->title, -1), MAX_LABEL_CHARACTERS);
      double width = (length + (line->folded ? 5 : 0)) * RUNNEL_CHART_SVG_CHARACTER +
                     line->depth * INDENT;

      longest = MAX (longest, width);
    }
  return longest + 3 * RUNNEL_CHART_SVG_CHARACTER;
}

static void
lay_out (Drawing *drawing)
{
  guint n_lines = MAX (drawing->tree->n_lines, 1);
  double row_height = MIN (MAX_ROW_HEIGHT, MAX_CHART_HEIGHT / n_lines);
  gboolean has_labels = row_height >= MIN_LABEL_ROW_HEIGHT;

  drawing->left = MARGIN + (has_labels ? find_label_width (drawing->tree) : MIN_LABEL_WIDTH);
  drawing->top = HEADER_HEIGHT + AXIS_HEIGHT;
  drawing->lanes_top = drawing->top + n_lines * row_height;
  drawing->bottom = drawing->lanes_top + runnel_resource_svg_measure (drawing->curves);
  drawing->height = drawing->bottom + append_legend (drawing);
  drawing->view.width = MAX (drawing->width - drawing->left - MARGIN, TICK_GAP);
  drawing->view.height = n_lines * row_height;
  drawing->view.row_height = row_height;
  drawing->view.axis = runnel_axis_fit (0, drawing->timing->end - drawing->timing->start,
                                        drawing->view.width);
}

/**
 * runnel_gantt_to_svg:
 * @tree: the lines of the timing of a run
 * @width: in pixels; 0 for %RUNNEL_GANTT_SVG_WIDTH
 * @slack: with how much later steps could have ended
 *
 * Below the chart are what ran, waited and was used at once, in the same time.
 *
 * Returns: (transfer full): an SVG document, see runnel_chart_svg_new()
 */
char *
runnel_gantt_to_svg (const RunnelGanttTree *tree,
                     int                    width,
                     gboolean               slack)
{
  Drawing drawing = {
    .tree = tree,
    .width = width > 0 ? width : RUNNEL_GANTT_SVG_WIDTH,
    .view.slack = slack,
  };

  g_return_val_if_fail (tree != NULL && tree->timing != NULL, NULL);

  drawing.timing = tree->timing;
  drawing.curves = runnel_resource_curves_new (tree->timing);
  lay_out (&drawing);
  append_header (&drawing);
  append_lines (&drawing);
  append_axis (&drawing);
  append_bars (&drawing);
  append_curves (&drawing);
  append_legend (&drawing);
  runnel_resource_curves_free (drawing.curves);
  return runnel_chart_svg_end (drawing.svg);
}
