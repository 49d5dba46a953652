/* runnel-timing-diff-text.c: two runs beside each other for a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-chart-text.h"
#include "charts/runnel-timing-diff-text.h"
#include "util/runnel-format.h"

#define DEFAULT_WIDTH 80
#define MIN_CHART_WIDTH 10
#define MAX_LABEL_WIDTH 32
#define CHANGE_WIDTH 12
#define DURATION_WIDTH 12

/* Marks and what stands between the columns. */
#define FIXED_WIDTH 6

typedef struct
{
  RunnelChartText out;
  const RunnelTimingDiff *diff;
  guint label_width;
  guint chart_width;
} Drawing;

static void
append_bar (Drawing *drawing,
            guint    pair,
            guint    side)
{
  g_autoptr(GArray) parts = runnel_timing_diff_list_parts (drawing->diff, pair, side);
  g_autofree RunnelChartCell *cells = runnel_chart_cells_new (drawing->chart_width);
  double scale = drawing->chart_width / (double) MAX (drawing->diff->longest, 1);
  const char *border = drawing->out.ascii ? "|" : "│";
  const RunnelTimingPair *facts = &drawing->diff->pairs[pair];
  g_autofree char *duration = runnel_format_duration (facts->took[side]);

  for (guint i = 0; i < parts->len; i++)
    {
      const RunnelPairPart *part = &g_array_index (parts, RunnelPairPart, i);

      runnel_chart_cells_paint (cells, drawing->chart_width, part->look, FALSE,
                                part->start * scale, part->end * scale);
    }
  g_string_append (drawing->out.text, border);
  runnel_chart_text_add_cells (&drawing->out, cells, drawing->chart_width);
  g_string_append_printf (drawing->out.text, "%s %s\n", border,
                          facts->rows[side] >= 0 ? duration : drawing->out.ascii ? "-" : "–");
}

static void
append_mark (Drawing *drawing,
             guint    pair,
             guint    side)
{
  gboolean critical = runnel_timing_diff_is_critical (drawing->diff, pair, side);

  g_string_append (drawing->out.text, !critical ? "  " : drawing->out.ascii ? "* " : "◆ ");
}

/* Above what was before, with the name; below it what was after, with how much more that is. */
static void
append_pair (Drawing *drawing,
             guint    pair)
{
  static const char *const signs[] = { " ", "~", "+", "-" };
  const RunnelTimingPair *facts = &drawing->diff->pairs[pair];
  g_autofree char *change = runnel_timing_diff_format_change (drawing->diff, pair);
  g_autofree char *why = runnel_timing_diff_describe_pair (drawing->diff, pair);

  g_string_append_printf (drawing->out.text, "%s ", signs[facts->change]);
  runnel_chart_text_add (&drawing->out, facts->title, drawing->label_width);
  g_string_append_c (drawing->out.text, ' ');
  append_mark (drawing, pair, RUNNEL_BEFORE);
  append_bar (drawing, pair, RUNNEL_BEFORE);
  g_string_append (drawing->out.text, "  ");
  runnel_chart_text_add (&drawing->out, change, drawing->label_width);
  g_string_append_c (drawing->out.text, ' ');
  append_mark (drawing, pair, RUNNEL_AFTER);
  append_bar (drawing, pair, RUNNEL_AFTER);
  if (*why != '\0')
    {
      g_string_append (drawing->out.text, "    ");
      runnel_chart_text_add (&drawing->out, why, runnel_chart_text_measure (why));
      g_string_append_c (drawing->out.text, '\n');
    }
}

static void
append_header (Drawing *drawing)
{
  const RunnelTimingDiff *diff = drawing->diff;
  g_autofree char *times = runnel_timing_diff_describe (diff);
  g_autofree char *path = runnel_timing_diff_describe_path (diff);
  g_autofree char *header = NULL;
  g_autofree char *path_line = NULL;

  /* Translators: the numbers of two runs, and how long they took */
  header = g_strdup_printf (_("Run %" G_GINT64_FORMAT " → run %" G_GINT64_FORMAT ": %s"),
                            diff->timings[RUNNEL_BEFORE]->run, diff->timings[RUNNEL_AFTER]->run,
                            times);
  /* Translators: how the critical paths of two runs differ */
  path_line = g_strdup_printf (_("Critical path: %s"), path);
  runnel_chart_text_add (&drawing->out, header, runnel_chart_text_measure (header));
  g_string_append_c (drawing->out.text, '\n');
  runnel_chart_text_add (&drawing->out, path_line, runnel_chart_text_measure (path_line));
  g_string_append (drawing->out.text, "\n\n");
}

static void
lay_out (Drawing                      *drawing,
         const RunnelGanttTextOptions *options)
{
  guint width = options != NULL && options->width > 0 ? options->width : DEFAULT_WIDTH;
  guint longest = CHANGE_WIDTH;
  int room;

  drawing->out.ascii = options != NULL && options->ascii;
  drawing->out.color = options != NULL && options->color;
  for (guint i = 0; i < drawing->diff->n_pairs; i++)
    longest = MAX (longest, runnel_chart_text_measure (drawing->diff->pairs[i].title));
  drawing->label_width = MIN (MIN (longest, MAX_LABEL_WIDTH), width / 3);
  room = (int) width - (int) drawing->label_width - FIXED_WIDTH - DURATION_WIDTH;
  drawing->chart_width = MAX (room, MIN_CHART_WIDTH);
}

/**
 * runnel_timing_diff_to_text:
 * @self: a comparison
 * @options: (nullable): for what terminal
 *
 * Returns: (transfer full): two lines for each step, what got slower first, below how long both runs
 *   and their critical paths took
 */
char *
runnel_timing_diff_to_text (const RunnelTimingDiff       *self,
                            const RunnelGanttTextOptions *options)
{
  Drawing drawing = { .out.text = g_string_new (NULL), .diff = self };

  g_return_val_if_fail (self != NULL, g_string_free (drawing.out.text, FALSE));

  lay_out (&drawing, options);
  append_header (&drawing);
  for (guint i = 0; i < self->n_pairs; i++)
    append_pair (&drawing, i);
  runnel_chart_text_add_keys (&drawing.out, runnel_timing_diff_list_looks (self));
  g_string_append_c (drawing.out.text, '\n');
  return g_string_free (drawing.out.text, FALSE);
}
