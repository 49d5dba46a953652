/* runnel-gantt-text.c: the timing of a run for a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-style.h"
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
  GString *text;
  const RunnelGanttTree *tree;
  const RunnelTiming *timing;
  RunnelAxis axis;      /* in columns */
  guint label_width;
  guint chart_width;
  gboolean ascii;
  gboolean color;
  gboolean slack;
} Drawing;

#define NOTHING (-1)

/* What stands in one column of the chart. */
typedef struct
{
  int look;             /* or NOTHING */
  gboolean is_bracket;
  gboolean begins_late; /* the bar covers only the right half */
  guint n_eighths;      /* of the column, from the left, that it covers: 8 = all */
} Cell;

static const char *const eighths[] = { "▏", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };

static guint
character_width (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

static guint
text_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += character_width (g_utf8_get_char (text));
  return width;
}

/* A name may hold anything; a terminal must not be told what to do by it. */
static void
append_character (Drawing *drawing,
                  gunichar character)
{
  if (g_unichar_iscntrl (character) || (drawing->ascii && character > 0x7e))
    g_string_append_c (drawing->text, '?');
  else
    g_string_append_unichar (drawing->text, character);
}

/* Exactly @width columns: cut with an ellipsis, or filled with blanks. */
static void
append_fitted (Drawing    *drawing,
               const char *text,
               guint       width)
{
  gboolean cut = text_width (text) > width;
  guint room = cut && width > 0 ? width - 1 : width;

  for (; *text != '\0' && character_width (g_utf8_get_char (text)) <= room;
       text = g_utf8_next_char (text))
    {
      append_character (drawing, g_utf8_get_char (text));
      room -= character_width (g_utf8_get_char (text));
    }
  if (cut && width > 0)
    g_string_append (drawing->text, drawing->ascii ? "~" : "…");
  for (; room > 0; room--)
    g_string_append_c (drawing->text, ' ');
}

/* Select graphic rendition, ECMA-48 8.3.117; the eight colours every terminal has. */
static const char *
get_color (guint look)
{
  switch (look)
    {
    case RUNNEL_STATE_WAITING:
    case RUNNEL_LOOK_APPROVAL:
    case RUNNEL_LOOK_WAITING:
      return "\033[33m";
    case RUNNEL_STATE_RUNNING:
      return "\033[34m";
    case RUNNEL_STATE_SUCCEEDED:
      return "\033[32m";
    case RUNNEL_STATE_FAILED:
    case RUNNEL_STATE_TIMED_OUT:
      return "\033[31m";
    case RUNNEL_STATE_INTERRUPTED:
    case RUNNEL_LOOK_UNDO:
      return "\033[35m";
    case RUNNEL_LOOK_POOL:
      return "\033[36m";
    default:
      return "\033[2m";
    }
}

static void
begin_color (Drawing *drawing,
             guint    look)
{
  if (drawing->color)
    g_string_append (drawing->text, get_color (look));
}

static void
end_color (Drawing *drawing)
{
  if (drawing->color)
    g_string_append (drawing->text, "\033[0m");
}

static void
append_sign (Drawing    *drawing,
             RunnelState state)
{
  begin_color (drawing, state);
  if (drawing->ascii)
    g_string_append_c (drawing->text, runnel_gantt_style_get_letter (state));
  else
    g_string_append (drawing->text, runnel_gantt_style_get_sign (state));
  end_color (drawing);
}

/* Where several bars fall into one column the weightiest is seen. */
static void
paint_cell (Cell       *cell,
            const Cell *bar,
            double      start,
            double      end)
{
  if (cell->look != NOTHING && runnel_gantt_style_get_weight (cell->look) >=
                                 runnel_gantt_style_get_weight (bar->look))
    return;
  *cell = *bar;
  cell->begins_late = start >= 0.5;
  cell->n_eighths = CLAMP (ceil (end * 8.0), 1.0, 8.0);
}

static void
paint_bar (const Drawing *drawing,
           Cell          *cells,
           const Cell    *bar,
           gint64         begin,
           gint64         finish)
{
  gint64 origin = drawing->timing->start;
  double start = runnel_axis_get_position (&drawing->axis, begin - origin);
  double end = runnel_axis_get_position (&drawing->axis, finish - origin);
  guint first = CLAMP (floor (start), 0.0, drawing->chart_width - 1.0);
  guint last = CLAMP (ceil (end) - 1.0, (double) first, drawing->chart_width - 1.0);

  for (guint i = first; i <= last; i++)
    paint_cell (&cells[i], bar, start - i, end - i);
}

/* Solid bars have eighths of columns at their ends, others can't. */
static const char *
get_block (const Cell *cell)
{
  gboolean is_solid = cell->look < RUNNEL_N_STATES && !cell->is_bracket &&
                      runnel_gantt_style_get_pattern (cell->look) == RUNNEL_PATTERN_SOLID;

  if (cell->is_bracket)
    return "━";
  if (!is_solid)
    return runnel_gantt_style_get_block (cell->look);
  return cell->begins_late && cell->n_eighths == 8 ? "▐" : eighths[cell->n_eighths];
}

static char
get_ascii_block (const Cell *cell)
{
  return cell->is_bracket ? '^' : runnel_gantt_style_get_letter (cell->look);
}

/* One colour change for each run of cells alike, not for each cell. */
static void
append_cells (Drawing    *drawing,
              const Cell *cells)
{
  int look = NOTHING;

  for (guint i = 0; i < drawing->chart_width; i++)
    {
      int next = cells[i].look;

      if (next != look && look != NOTHING)
        end_color (drawing);
      if (next != look && next != NOTHING)
        begin_color (drawing, next);
      look = next;
      if (next == NOTHING)
        g_string_append_c (drawing->text, ' ');
      else if (drawing->ascii)
        g_string_append_c (drawing->text, get_ascii_block (&cells[i]));
      else
        g_string_append (drawing->text, get_block (&cells[i]));
    }
  if (look != NOTHING)
    end_color (drawing);
}

static void
paint_row (const Drawing *drawing,
           Cell          *cells,
           guint          index)
{
  const RunnelTimingRow *row = &drawing->timing->rows[index];

  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    {
      const RunnelSpan *span = &drawing->timing->spans[i];
      Cell bar = { .look = runnel_gantt_get_look (drawing->timing, index, i) };

      paint_bar (drawing, cells, &bar, span->start, span->end);
    }
  if (drawing->slack && row->slack > 0 && row->n_spans > 0 && !row->critical)
    {
      Cell slack = { .look = RUNNEL_LOOK_SLACK };

      paint_bar (drawing, cells, &slack, row->end, row->end + row->slack);
    }
}

static void
append_bars (Drawing *drawing,
             guint    index)
{
  const RunnelGanttLine *line = &drawing->tree->lines[index];
  g_autofree Cell *cells = g_new (Cell, drawing->chart_width);

  for (guint i = 0; i < drawing->chart_width; i++)
    cells[i] = (Cell) { .look = NOTHING };
  if (runnel_gantt_tree_has_summary (drawing->tree, index))
    {
      Cell summary = { .look = line->state, .is_bracket = !line->folded };

      paint_bar (drawing, cells, &summary, line->start,
                 runnel_gantt_tree_get_end (drawing->tree, index));
    }
  if (line->row >= 0)
    paint_row (drawing, cells, line->row);
  append_cells (drawing, cells);
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
  const char *border = drawing->ascii ? "|" : "│";
  gboolean has_time = line->end > line->start;
  g_autofree char *duration =
    runnel_format_duration (runnel_gantt_tree_get_end (drawing->tree, index) - line->start);
  g_autofree char *label = make_label (line);

  append_sign (drawing, line->state);
  g_string_append_c (drawing->text, ' ');
  append_fitted (drawing, label, drawing->label_width);
  g_string_append (drawing->text, line->critical ? (drawing->ascii ? " *" : " ◆") : "  ");
  g_string_append (drawing->text, border);
  append_bars (drawing, index);
  g_string_append_printf (drawing->text, "%s%s%s\n", border, has_time ? " " : "",
                          has_time ? duration : "");
}

/* Labels stand where their ticks are, as far as there is room. */
static void
append_axis (Drawing *drawing)
{
  g_autoptr(GArray) ticks =
    runnel_axis_list_ticks (&drawing->axis, drawing->chart_width, TICK_GAP);
  guint column = 0;

  append_fitted (drawing, "", drawing->label_width + 5);
  for (guint i = 0; i < ticks->len; i++)
    {
      const RunnelTick *tick = &g_array_index (ticks, RunnelTick, i);
      guint position = MAX (lround (tick->position), (long) column);
      guint width = text_width (tick->label);

      if (position + width > drawing->chart_width + DURATION_WIDTH)
        break;
      append_fitted (drawing, "", position - column);
      append_fitted (drawing, tick->label, width);
      column = position + width;
    }
  g_string_append_c (drawing->text, '\n');
}

static void
append_legend_entry (Drawing    *drawing,
                     guint       look,
                     const char *block,
                     char        ascii_block,
                     const char *name)
{
  if (drawing->text->str[drawing->text->len - 1] != '\n')
    g_string_append (drawing->text, "  ");
  begin_color (drawing, look);
  if (drawing->ascii)
    g_string_append_c (drawing->text, ascii_block);
  else
    g_string_append (drawing->text, block);
  end_color (drawing);
  g_string_append_c (drawing->text, ' ');
  append_fitted (drawing, name, text_width (name));
}

/* Only what the chart shows. */
static void
append_legend (Drawing *drawing)
{
  guint looks = runnel_gantt_list_looks (drawing->tree);

  for (guint i = 0; i < RUNNEL_N_LOOKS; i++)
    if ((looks & 1u << i) != 0 && (i != RUNNEL_LOOK_SLACK || drawing->slack))
      append_legend_entry (drawing, i, runnel_gantt_style_get_block (i),
                           runnel_gantt_style_get_letter (i), runnel_gantt_style_get_name (i));
  if (drawing->timing->n_critical > 0)
    append_legend_entry (drawing, RUNNEL_STATE_PENDING, "◆", '*', _("on the critical path"));
  g_string_append_c (drawing->text, '\n');
}

static void
append_lost (Drawing    *drawing,
             const char *name,
             gint64      time,
             gboolean    is_first)
{
  g_autofree char *duration = runnel_format_duration (time);

  g_string_append_printf (drawing->text, "%s%s %s", is_first ? "" : ", ", name, duration);
}

/* Only what was lost, but always what somebody looks for. */
static void
append_losses (Drawing *drawing)
{
  const RunnelTotals *totals = &drawing->timing->totals;

  /* Translators: behind it follows what time was lost for, as in "queued 3.5 s, retries 13 s" */
  g_string_append_printf (drawing->text, "%s ", _("Lost:"));
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
  g_string_append (drawing->text, ".\n");
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
  g_string_append_printf (drawing->text,
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

  drawing->ascii = options != NULL && options->ascii;
  drawing->color = options != NULL && options->color;
  drawing->slack = options != NULL && options->slack;
  for (guint i = 0; i < drawing->tree->n_lines; i++)
    {
      g_autofree char *label = make_label (&drawing->tree->lines[i]);

      longest = MAX (longest, text_width (label));
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
  Drawing drawing = { .text = g_string_new (NULL), .tree = tree };

  g_return_val_if_fail (tree != NULL && tree->timing != NULL,
                        g_string_free (drawing.text, FALSE));

  drawing.timing = tree->timing;
  lay_out (&drawing, options);
  append_axis (&drawing);
  for (guint i = 0; i < tree->n_lines; i++)
    append_line (&drawing, i);
  append_legend (&drawing);
  append_totals (&drawing);
  return g_string_free (drawing.text, FALSE);
}
