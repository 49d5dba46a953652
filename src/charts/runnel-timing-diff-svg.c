/* runnel-timing-diff-svg.c: two runs beside each other as a picture that stands alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-chart-svg.h"
#include "charts/runnel-timing-diff-svg.h"
#include "util/runnel-format.h"

#define DEFAULT_WIDTH 1100
#define MARGIN 16.0
#define HEADER_HEIGHT 84.0
#define ROW_HEIGHT 36.0
#define BAR_HEIGHT 12.0
#define CHANGE_WIDTH 80.0
#define DURATION_WIDTH 76.0
#define LEGEND_HEIGHT 24.0
#define MAX_LABEL_CHARACTERS 36

/* Viewers give up at 32767 pixels. What got slower comes first, so that is what is there. */
#define MAX_ROWS 800

typedef struct
{
  GString *svg;
  const RunnelTimingDiff *diff;
  guint n_rows;
  double width;
  double left;          /* of the bars */
  double scale;         /* pixels per microsecond */
} Drawing;

static void
append_header (Drawing *drawing,
               double   height)
{
  const RunnelTimingDiff *diff = drawing->diff;
  /* Translators: the name of a pipeline, and the numbers of two of its runs */
  g_autofree char *title =
    g_strdup_printf (_("%s, runs %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT),
                     diff->timings[RUNNEL_AFTER]->title, diff->timings[RUNNEL_BEFORE]->run,
                     diff->timings[RUNNEL_AFTER]->run);
  g_autofree char *times = runnel_timing_diff_describe (diff);
  g_autofree char *path = runnel_timing_diff_describe_path (diff);
  /* Translators: how the critical paths of two runs differ */
  g_autofree char *path_line = g_strdup_printf (_("Critical path: %s"), path);

  drawing->svg = runnel_chart_svg_new (drawing->width, height, title, times);
  runnel_chart_svg_add_text (drawing->svg, MARGIN, MARGIN + 14, "text title", title);
  runnel_chart_svg_add_text (drawing->svg, MARGIN, MARGIN + 34, "dimmed", times);
  runnel_chart_svg_add_text (drawing->svg, MARGIN, MARGIN + 52, "dimmed", path_line);
}

static void
append_parts (Drawing *drawing,
              guint    pair,
              guint    side,
              double   y)
{
  g_autoptr(GArray) parts = runnel_timing_diff_list_parts (drawing->diff, pair, side);
  gint64 took = drawing->diff->pairs[pair].took[side];
  g_autofree char *duration = runnel_format_duration (took);

  for (guint i = 0; i < parts->len; i++)
    {
      const RunnelPairPart *part = &g_array_index (parts, RunnelPairPart, i);
      RunnelMark mark = runnel_gantt_style_get_mark (part->look);
      double share = runnel_gantt_style_get_share (mark) / runnel_gantt_style_get_share (RUNNEL_MARK_BAR);
      double height = MAX (BAR_HEIGHT * share, 2);

      runnel_chart_svg_add_mark (drawing->svg, drawing->left + part->start * drawing->scale,
                                 y + (BAR_HEIGHT - height) / 2,
                                 MAX ((part->end - part->start) * drawing->scale, 0.5), height,
                                 part->look, mark,
                                 part->look < RUNNEL_N_STATES &&
                                   runnel_timing_diff_is_critical (drawing->diff, pair, side));
    }
  if (drawing->diff->pairs[pair].rows[side] >= 0)
    runnel_chart_svg_add_text (drawing->svg, drawing->left + took * drawing->scale + 6,
                               y + BAR_HEIGHT - 2, "dimmed small", duration);
}

static void
append_pair (Drawing *drawing,
             guint    pair)
{
  const RunnelTimingPair *facts = &drawing->diff->pairs[pair];
  double y = HEADER_HEIGHT + pair * ROW_HEIGHT;
  g_autofree char *change = runnel_timing_diff_format_change (drawing->diff, pair);
  g_autofree char *why = runnel_timing_diff_describe_pair (drawing->diff, pair);
  g_autofree char *title = runnel_chart_svg_shorten (facts->title, MAX_LABEL_CHARACTERS);
  g_autofree char *tooltip = g_strdup_printf ("%s: %s\n%s", facts->title, change, why);

  if (pair % 2 == 0)
    runnel_chart_svg_add_rectangle (drawing->svg, 0, y, drawing->width, ROW_HEIGHT, "stripe");
  runnel_chart_svg_begin_group (drawing->svg, tooltip);
  runnel_chart_svg_add_text (drawing->svg, MARGIN, y + ROW_HEIGHT / 2 + 4,
                             runnel_timing_diff_is_critical (drawing->diff, pair, RUNNEL_AFTER)
                               ? "text strong" : "text", title);
  runnel_chart_svg_add_text (drawing->svg, drawing->left - 12, y + ROW_HEIGHT / 2 + 4, "text end",
                             change);
  append_parts (drawing, pair, RUNNEL_BEFORE, y + 4);
  append_parts (drawing, pair, RUNNEL_AFTER, y + ROW_HEIGHT - BAR_HEIGHT - 4);
  runnel_chart_svg_end_group (drawing->svg);
}

static void
append_legend (Drawing *drawing)
{
  guint looks = runnel_timing_diff_list_looks (drawing->diff);
  double x = MARGIN, middle = HEADER_HEIGHT + drawing->n_rows * ROW_HEIGHT + LEGEND_HEIGHT;

  runnel_chart_svg_add_text (drawing->svg, x, middle + 4, "dimmed small",
                             _("above: before, below: after"));
  x += 190;
  for (guint i = 0; i < RUNNEL_N_LOOKS; i++)
    if (looks & 1u << i)
      {
        runnel_chart_svg_add_key (drawing->svg, x, middle, i, FALSE,
                                  runnel_gantt_style_get_name (i));
        x += runnel_chart_svg_measure_key (runnel_gantt_style_get_name (i));
      }
}

static void
lay_out (Drawing *drawing)
{
  double longest = 8;

  drawing->n_rows = MIN (drawing->diff->n_pairs, MAX_ROWS);
  for (guint i = 0; i < drawing->n_rows; i++)
    longest = MAX (longest, g_utf8_strlen (drawing->diff->pairs[i].title, -1));
  drawing->left = MARGIN + MIN (longest, MAX_LABEL_CHARACTERS) * RUNNEL_CHART_SVG_CHARACTER +
                  CHANGE_WIDTH;
  drawing->scale = MAX (drawing->width - drawing->left - DURATION_WIDTH - MARGIN, 100) /
                   MAX (drawing->diff->longest, 1);
}

/**
 * runnel_timing_diff_to_svg:
 * @self: a comparison
 * @width: in pixels; 0 for 1100
 *
 * Returns: (transfer full): an SVG document, see runnel_chart_svg_new(), with both bars of each step
 *   above each other; of very many steps those that got slower most
 */
char *
runnel_timing_diff_to_svg (const RunnelTimingDiff *self,
                           int                     width)
{
  Drawing drawing = { .diff = self, .width = width > 0 ? width : DEFAULT_WIDTH };

  g_return_val_if_fail (self != NULL, NULL);

  lay_out (&drawing);
  append_header (&drawing, HEADER_HEIGHT + drawing.n_rows * ROW_HEIGHT + 2 * LEGEND_HEIGHT);
  for (guint i = 0; i < drawing.n_rows; i++)
    append_pair (&drawing, i);
  append_legend (&drawing);
  return runnel_chart_svg_end (drawing.svg);
}
