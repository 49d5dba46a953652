/* runnel-gantt-text.c: the timing of a run for a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "charts/runnel-chart-text.h"
#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-text.h"
#include "util/runnel-format.h"

#define DEFAULT_WIDTH 80
#define MIN_CHART_WIDTH 10
#define MAX_LABEL_WIDTH 32
#define DURATION_WIDTH 12
#define TICK_GAP 11.0
#define INDENT 2
#define MAX_DEPTH 8

/* Sign, mark of the critical path, and what stands between the columns. */
#define FIXED_WIDTH 8

typedef struct
{
  RunnelChartText out;
  const RunnelGanttTree *tree;
  const RunnelTiming *timing;
  RunnelAxis axis;      /* in columns */
  guint label_width;
  guint chart_width;
  gboolean slack;
} Drawing;

static void
paint (const Drawing   *drawing,
       RunnelChartCell *cells,
       guint            look,
       gboolean         is_bracket,
       gint64           start,
       gint64           end)
{
  gint64 origin = drawing->timing->start;

  runnel_chart_cells_paint (cells, drawing->chart_width, look, is_bracket,
                            runnel_axis_get_position (&drawing->axis, start - origin),
                            runnel_axis_get_position (&drawing->axis, end - origin));
}

static void
paint_row (const Drawing   *drawing,
           RunnelChartCell *cells,
           guint            index)
{
  const RunnelTimingRow *row = &drawing->timing->rows[index];

  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    paint (drawing, cells, runnel_gantt_get_look (drawing->timing, index, i), FALSE,
           drawing->timing->spans[i].start, drawing->timing->spans[i].end);
  if (drawing->slack && row->slack > 0 && row->n_spans > 0 && !row->critical)
    paint (drawing, cells, RUNNEL_LOOK_SLACK, FALSE, row->end, row->end + row->slack);
}

static void
append_bars (Drawing *drawing,
             guint    index)
{
  const RunnelGanttLine *line = &drawing->tree->lines[index];
  g_autofree RunnelChartCell *cells = runnel_chart_cells_new (drawing->chart_width);

  if (runnel_gantt_tree_has_summary (drawing->tree, index))
    paint (drawing, cells, line->state, !line->folded, line->start,
           runnel_gantt_tree_get_end (drawing->tree, index));
  if (line->row >= 0)
    paint_row (drawing, cells, line->row);
  runnel_chart_text_add_cells (&drawing->out, cells, drawing->chart_width);
}

static char *
make_label (const RunnelGanttLine *line)
{
  g_autofree char *indent = g_strnfill (MIN (line->depth, MAX_DEPTH) * INDENT, ' ');

  return line->folded ? g_strdup_printf ("%s%s (%u)", indent, line->title, line->n_parts)
                      : g_strconcat (indent, line->title, NULL);
}

static void
append_line (Drawing *drawing,
             guint    index)
{
  const RunnelGanttLine *line = &drawing->tree->lines[index];
  const char *border = drawing->out.ascii ? "|" : "│";
  gboolean has_time = line->end > line->start;
  g_autofree char *duration =
    runnel_format_duration (runnel_gantt_tree_get_end (drawing->tree, index) - line->start);
  g_autofree char *label = make_label (line);

  runnel_chart_text_add_sign (&drawing->out, line->state);
  g_string_append_c (drawing->out.text, ' ');
  runnel_chart_text_add (&drawing->out, label, drawing->label_width);
  g_string_append (drawing->out.text, line->critical ? (drawing->out.ascii ? " *" : " ◆") : "  ");
  g_string_append (drawing->out.text, border);
  append_bars (drawing, index);
  g_string_append_printf (drawing->out.text, "%s%s%s\n", border, has_time ? " " : "",
                          has_time ? duration : "");
}

/* Labels stand where their ticks are, as far as there is room. */
static void
append_axis (Drawing *drawing)
{
  g_autoptr(GArray) ticks =
    runnel_axis_list_ticks (&drawing->axis, drawing->chart_width, TICK_GAP);
  guint column = 0;

  runnel_chart_text_add (&drawing->out, "", drawing->label_width + 5);
  for (guint i = 0; i < ticks->len; i++)
    {
      const RunnelTick *tick = &g_array_index (ticks, RunnelTick, i);
      guint position = MAX (lround (tick->position), (long) column);
      guint width = runnel_chart_text_measure (tick->label);

      if (position + width > drawing->chart_width + DURATION_WIDTH)
        break;
      runnel_chart_text_add (&drawing->out, "", position - column);
      runnel_chart_text_add (&drawing->out, tick->label, width);
      column = position + width;
    }
  g_string_append_c (drawing->out.text, '\n');
}

/* Only what the chart shows. */
static void
append_legend (Drawing *drawing)
{
  guint looks = runnel_gantt_list_looks (drawing->tree);

  if (!drawing->slack)
    looks &= ~(1u << RUNNEL_LOOK_SLACK);
  runnel_chart_text_add_keys (&drawing->out, looks);
  if (drawing->timing->n_critical > 0)
    runnel_chart_text_add_key (&drawing->out, RUNNEL_STATE_PENDING, "◆", '*',
                               _("on the critical path"));
  g_string_append_c (drawing->out.text, '\n');
}

static void
append_lost (Drawing    *drawing,
             const char *name,
             gint64      time,
             gboolean    is_first)
{
  g_autofree char *duration = runnel_format_duration (time);

  g_string_append_printf (drawing->out.text, "%s%s %s", is_first ? "" : ", ", name, duration);
}

/* Only what was lost, but always what somebody looks for. */
static void
append_losses (Drawing *drawing)
{
  const RunnelTotals *totals = &drawing->timing->totals;

  /* Translators: behind it follows what time was lost for, as in "queued 3.5 s, retries 13 s" */
  g_string_append_printf (drawing->out.text, "%s ", _("Lost:"));
  append_lost (drawing, _("queued"), totals->by_kind[RUNNEL_SPAN_QUEUED], TRUE);
  if (totals->by_kind[RUNNEL_SPAN_POOL] > 0)
    append_lost (drawing, _("for pools"), totals->by_kind[RUNNEL_SPAN_POOL], FALSE);
  if (totals->by_kind[RUNNEL_SPAN_APPROVAL] > 0)
    append_lost (drawing, _("for people"), totals->by_kind[RUNNEL_SPAN_APPROVAL], FALSE);
  if (totals->by_kind[RUNNEL_SPAN_WAITING] > 0)
    append_lost (drawing, _("waiting"), totals->by_kind[RUNNEL_SPAN_WAITING], FALSE);
  append_lost (drawing, _("retries"), totals->retries, FALSE);
  if (totals->rollback > 0)
    append_lost (drawing, _("rollback"), totals->rollback, FALSE);
  g_string_append (drawing->out.text, ".\n");
}

static void
append_totals (Drawing *drawing)
{
  const RunnelTotals *totals = &drawing->timing->totals;
  g_autofree char *wall = runnel_format_duration (totals->wall);
  g_autofree char *work = runnel_format_duration (totals->by_kind[RUNNEL_SPAN_ATTEMPT]);
  g_autofree char *critical = runnel_format_duration (totals->critical);
  char parallelism[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (parallelism, sizeof parallelism, "%.1f", totals->parallelism);
  g_string_append_printf (drawing->out.text,
                          _("Took %s for %s of work (%s at once on average), of which %s on the "
                            "critical path.\n"),
                          wall, work, parallelism, critical);
  append_losses (drawing);
}

static void
lay_out (Drawing                      *drawing,
         const RunnelGanttTextOptions *options)
{
  guint width = options != NULL && options->width > 0 ? options->width : DEFAULT_WIDTH;
  guint longest = 4;
  int room;

  drawing->out.ascii = options != NULL && options->ascii;
  drawing->out.color = options != NULL && options->color;
  drawing->slack = options != NULL && options->slack;
  for (guint i = 0; i < drawing->tree->n_lines; i++)
    {
      g_autofree char *label = make_label (&drawing->tree->lines[i]);

      longest = MAX (longest, runnel_chart_text_measure (label));
    }
  drawing->label_width = MIN (MIN (longest, MAX_LABEL_WIDTH), width / 3);
  room = (int) width - (int) drawing->label_width - FIXED_WIDTH - DURATION_WIDTH;
  drawing->chart_width = MAX (room, MIN_CHART_WIDTH);
  drawing->axis = runnel_axis_fit (0, drawing->timing->end - drawing->timing->start,
                                   drawing->chart_width);
}

/**
 * runnel_gantt_to_text:
 * @tree: the lines of the timing of a run
 * @options: (nullable): for what terminal
 *
 * Returns: (transfer full): lines of at most the given width, or what is the least to draw in:
 *   an axis, a line for each line, a legend, and what the time was spent on
 */
char *
runnel_gantt_to_text (const RunnelGanttTree        *tree,
                      const RunnelGanttTextOptions *options)
{
  Drawing drawing = { .out.text = g_string_new (NULL), .tree = tree };

  g_return_val_if_fail (tree != NULL && tree->timing != NULL,
                        g_string_free (drawing.out.text, FALSE));

  drawing.timing = tree->timing;
  lay_out (&drawing, options);
  append_axis (&drawing);
  for (guint i = 0; i < tree->n_lines; i++)
    append_line (&drawing, i);
  append_legend (&drawing);
  append_totals (&drawing);
  return g_string_free (drawing.out.text, FALSE);
}
