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

/* Sign, mark of the critical path, and what stands between the columns. */
#define FIXED_WIDTH 8

typedef struct
{
  GString *text;
  const RunnelTiming *timing;
  RunnelAxis axis;      /* in columns */
  guint label_width;
  guint chart_width;
  gboolean ascii;
  gboolean color;
} Drawing;

/* What stands in one column of the chart: -1 = nothing. */
typedef struct
{
  int span;
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
state_color (RunnelState state)
{
  switch (state)
    {
    case RUNNEL_STATE_WAITING:
      return "\033[33m";
    case RUNNEL_STATE_RUNNING:
      return "\033[34m";
    case RUNNEL_STATE_SUCCEEDED:
      return "\033[32m";
    case RUNNEL_STATE_FAILED:
    case RUNNEL_STATE_TIMED_OUT:
      return "\033[31m";
    case RUNNEL_STATE_INTERRUPTED:
      return "\033[35m";
    default:
      return "\033[2m";
    }
}

static void
begin_color (Drawing    *drawing,
             RunnelState state)
{
  if (drawing->color)
    g_string_append (drawing->text, state_color (state));
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

static guint
cell_weight (const Drawing *drawing,
             int            span)
{
  return runnel_gantt_style_get_weight (runnel_gantt_get_span_state (drawing->timing, span)) +
         (drawing->timing->spans[span].kind == RUNNEL_SPAN_ATTEMPT ? 1 : 0);
}

/* Where several spans fall into one column the weightiest is seen. */
static void
paint_cell (const Drawing *drawing,
            Cell          *cell,
            int            span,
            double         start,
            double         end)
{
  if (cell->span >= 0 && cell_weight (drawing, cell->span) >= cell_weight (drawing, span))
    return;
  cell->span = span;
  cell->begins_late = start >= 0.5;
  cell->n_eighths = CLAMP (ceil (end * 8.0), 1.0, 8.0);
}

static void
paint_span (const Drawing *drawing,
            Cell          *cells,
            int            index)
{
  const RunnelSpan *span = &drawing->timing->spans[index];
  gint64 origin = drawing->timing->start;
  double start = runnel_axis_get_position (&drawing->axis, span->start - origin);
  double end = runnel_axis_get_position (&drawing->axis, span->end - origin);
  guint first = CLAMP (floor (start), 0.0, drawing->chart_width - 1.0);
  guint last = CLAMP (ceil (end) - 1.0, (double) first, drawing->chart_width - 1.0);

  for (guint i = first; i <= last; i++)
    paint_cell (drawing, &cells[i], index, start - i, end - i);
}

static const char *
attempt_block (RunnelState state)
{
  switch (runnel_gantt_style_get_pattern (state))
    {
    case RUNNEL_PATTERN_SOLID:
      return "█";
    case RUNNEL_PATTERN_RISING:
      return "▓";
    case RUNNEL_PATTERN_CROSSED:
      return "▚";
    case RUNNEL_PATTERN_FALLING:
      return "▞";
    default:
      return "▒";
    }
}

/* Ends of solid bars are drawn to an eighth of a column. */
static const char *
get_block (const Drawing *drawing,
           const Cell    *cell)
{
  const RunnelSpan *span = &drawing->timing->spans[cell->span];

  switch (span->kind)
    {
    case RUNNEL_SPAN_QUEUED:
      return "┈";
    case RUNNEL_SPAN_WAITING:
      return "░";
    case RUNNEL_SPAN_RETRY:
      return "╌";
    case RUNNEL_SPAN_ATTEMPT:
      if (runnel_gantt_style_get_pattern (span->state) != RUNNEL_PATTERN_SOLID)
        return attempt_block (span->state);
      return cell->begins_late && cell->n_eighths == 8 ? "▐" : eighths[cell->n_eighths];
    default:
      g_assert_not_reached ();
    }
}

static char
get_ascii_block (const Drawing *drawing,
                 const Cell    *cell)
{
  const RunnelSpan *span = &drawing->timing->spans[cell->span];

  switch (span->kind)
    {
    case RUNNEL_SPAN_QUEUED:
      return '.';
    case RUNNEL_SPAN_WAITING:
      return '~';
    case RUNNEL_SPAN_RETRY:
      return ':';
    case RUNNEL_SPAN_ATTEMPT:
      return runnel_gantt_style_get_letter (span->state);
    default:
      g_assert_not_reached ();
    }
}

/* One colour change for each run of cells alike, not for each cell. */
static void
append_cells (Drawing    *drawing,
              const Cell *cells)
{
  int state = -1;

  for (guint i = 0; i < drawing->chart_width; i++)
    {
      int next = cells[i].span < 0
                   ? -1 : (int) runnel_gantt_get_span_state (drawing->timing, cells[i].span);

      if (next != state && state >= 0)
        end_color (drawing);
      if (next != state && next >= 0)
        begin_color (drawing, next);
      state = next;
      if (next < 0)
        g_string_append_c (drawing->text, ' ');
      else if (drawing->ascii)
        g_string_append_c (drawing->text, get_ascii_block (drawing, &cells[i]));
      else
        g_string_append (drawing->text, get_block (drawing, &cells[i]));
    }
  if (state >= 0)
    end_color (drawing);
}

static void
append_bars (Drawing *drawing,
             guint    row)
{
  const RunnelTimingRow *facts = &drawing->timing->rows[row];
  g_autofree Cell *cells = g_new (Cell, drawing->chart_width);

  for (guint i = 0; i < drawing->chart_width; i++)
    cells[i] = (Cell) { -1, FALSE, 0 };
  for (guint i = 0; i < facts->n_spans; i++)
    paint_span (drawing, cells, facts->first_span + i);
  append_cells (drawing, cells);
}

static void
append_row (Drawing *drawing,
            guint    row)
{
  const RunnelTimingRow *facts = &drawing->timing->rows[row];
  const char *border = drawing->ascii ? "|" : "│";
  g_autofree char *duration = runnel_format_duration (facts->end - facts->start);

  append_sign (drawing, facts->state);
  g_string_append_c (drawing->text, ' ');
  append_fitted (drawing, facts->title, drawing->label_width);
  g_string_append (drawing->text, facts->critical ? (drawing->ascii ? " *" : " ◆") : "  ");
  g_string_append (drawing->text, border);
  append_bars (drawing, row);
  g_string_append_printf (drawing->text, "%s%s%s\n", border, facts->n_spans > 0 ? " " : "",
                          facts->n_spans > 0 ? duration : "");
}

/* Labels stand where their ticks are, as far as there is room. */
/* Above the undos and above the hooks. */
static void
append_group_line (Drawing *drawing)
{
  guint width = drawing->label_width + 5 + drawing->chart_width;

  for (guint i = 0; i < width; i++)
    g_string_append (drawing->text, drawing->ascii ? "-" : "┄");
  g_string_append_c (drawing->text, '\n');
}

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
                     RunnelState color,
                     const char *block,
                     char        ascii_block,
                     const char *name)
{
  if (drawing->text->str[drawing->text->len - 1] != '\n')
    g_string_append (drawing->text, "  ");
  begin_color (drawing, color);
  if (drawing->ascii)
    g_string_append_c (drawing->text, ascii_block);
  else
    g_string_append (drawing->text, block);
  end_color (drawing);
  g_string_append_c (drawing->text, ' ');
  append_fitted (drawing, name, text_width (name));
}

static void
append_state_legend (Drawing    *drawing,
                     RunnelState state)
{
  append_legend_entry (drawing, state, attempt_block (state),
                       runnel_gantt_style_get_letter (state), runnel_gantt_style_get_name (state));
}

/* Only what the chart shows. */
static void
append_legend (Drawing *drawing)
{
  const RunnelTiming *timing = drawing->timing;
  gboolean states[RUNNEL_N_STATES] = { FALSE };
  gboolean kinds[RUNNEL_SPAN_RETRY + 1] = { FALSE };

  for (guint i = 0; i < timing->n_spans; i++)
    {
      kinds[timing->spans[i].kind] = TRUE;
      if (timing->spans[i].kind == RUNNEL_SPAN_ATTEMPT)
        states[timing->spans[i].state] = TRUE;
    }
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    if (states[i])
      append_state_legend (drawing, i);
  if (kinds[RUNNEL_SPAN_QUEUED])
    append_legend_entry (drawing, RUNNEL_STATE_QUEUED, "┈", '.', _("queued"));
  if (kinds[RUNNEL_SPAN_WAITING])
    append_legend_entry (drawing, RUNNEL_STATE_WAITING, "░", '~', _("waiting"));
  if (kinds[RUNNEL_SPAN_RETRY])
    append_legend_entry (drawing, RUNNEL_STATE_QUEUED, "╌", ':', _("delay before a retry"));
  if (timing->n_critical > 0)
    append_legend_entry (drawing, RUNNEL_STATE_PENDING, "◆", '*', _("on the critical path"));
  g_string_append_c (drawing->text, '\n');
}

static void
append_totals (Drawing *drawing)
{
  const RunnelTotals *totals = &drawing->timing->totals;
  g_autofree char *wall = runnel_format_duration (totals->wall);
  g_autofree char *work = runnel_format_duration (totals->work);
  g_autofree char *critical = runnel_format_duration (totals->critical);
  g_autofree char *queued = runnel_format_duration (totals->queued);
  g_autofree char *waiting = runnel_format_duration (totals->waiting);
  g_autofree char *retries = runnel_format_duration (totals->retries);
  char parallelism[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (parallelism, sizeof parallelism, "%.1f", totals->parallelism);
  g_string_append_printf (drawing->text,
                          _("Took %s for %s of work (%s at once on average), of which %s on the "
                            "critical path.\nLost: queued %s, waiting %s, retries %s.\n"),
                          wall, work, parallelism, critical, queued, waiting, retries);
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
  for (guint i = 0; i < drawing->timing->n_rows; i++)
    longest = MAX (longest, text_width (drawing->timing->rows[i].title));
  drawing->label_width = MIN (MIN (longest, MAX_LABEL_WIDTH), width / 3);
  room = (int) width - (int) drawing->label_width - FIXED_WIDTH - DURATION_WIDTH;
  drawing->chart_width = MAX (room, MIN_CHART_WIDTH);
  drawing->axis = runnel_axis_fit (0, drawing->timing->end - drawing->timing->start,
                                   drawing->chart_width);
}

/**
 * runnel_gantt_to_text:
 * @timing: the timing of a run
 * @options: (nullable): for what terminal
 *
 * Returns: (transfer full): lines of at most the given width, or what is the least to draw in:
 *   an axis, a line for each step, a legend, and what the time was spent on
 */
char *
runnel_gantt_to_text (const RunnelTiming           *timing,
                      const RunnelGanttTextOptions *options)
{
  Drawing drawing = { .text = g_string_new (NULL), .timing = timing };

  g_return_val_if_fail (timing != NULL, g_string_free (drawing.text, FALSE));

  lay_out (&drawing, options);
  append_axis (&drawing);
  for (guint i = 0; i < timing->n_rows; i++)
    {
      if (runnel_timing_begins_group (timing, i))
        append_group_line (&drawing);
      append_row (&drawing, i);
    }
  append_legend (&drawing);
  append_totals (&drawing);
  return g_string_free (drawing.text, FALSE);
}
