/* runnel-chart-text.c: what charts are made of in a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-chart-text.h"

static const char *const eighths[] = { "▏", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };

static guint
measure_character (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

/**
 * runnel_chart_text_measure:
 * @text: any text
 *
 * Returns: how many columns it takes
 */
guint
runnel_chart_text_measure (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += measure_character (g_utf8_get_char (text));
  return width;
}

/* A name may hold anything; a terminal must not be told what to do by it. */
static void
append_character (RunnelChartText *self,
                  gunichar         character)
{
  if (g_unichar_iscntrl (character) || (self->ascii && character > 0x7e))
    g_string_append_c (self->text, '?');
  else
    g_string_append_unichar (self->text, character);
}

/**
 * runnel_chart_text_add:
 * @self: a chart
 * @text: any text
 * @width: exactly so many columns: it is cut with an ellipsis, or filled with blanks
 */
void
runnel_chart_text_add (RunnelChartText *self,
                       const char      *text,
                       guint            width)
{
  gboolean cut = runnel_chart_text_measure (text) > width;
  guint room = cut && width > 0 ? width - 1 : width;

  for (; *text != '\0' && measure_character (g_utf8_get_char (text)) <= room;
       text = g_utf8_next_char (text))
    {
      append_character (self, g_utf8_get_char (text));
      room -= measure_character (g_utf8_get_char (text));
    }
  if (cut && width > 0)
    g_string_append (self->text, self->ascii ? "~" : "…");
  for (; room > 0; room--)
    g_string_append_c (self->text, ' ');
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
begin_color (RunnelChartText *self,
             guint            look)
{
  if (self->color)
    g_string_append (self->text, get_color (look));
}

static void
end_color (RunnelChartText *self)
{
  if (self->color)
    g_string_append (self->text, "\033[0m");
}

/**
 * runnel_chart_text_add_sign:
 * @self: a chart
 * @state: a state
 *
 * Adds one column.
 */
void
runnel_chart_text_add_sign (RunnelChartText *self,
                            RunnelState      state)
{
  begin_color (self, state);
  if (self->ascii)
    g_string_append_c (self->text, runnel_gantt_style_get_letter (state));
  else
    g_string_append (self->text, runnel_gantt_style_get_sign (state));
  end_color (self);
}

/* Solid bars have eighths of columns at their ends, others can't. */
static const char *
get_block (const RunnelChartCell *cell)
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
get_ascii_block (const RunnelChartCell *cell)
{
  return cell->is_bracket ? '^' : runnel_gantt_style_get_letter (cell->look);
}

/**
 * runnel_chart_text_add_cells:
 * @self: a chart
 * @cells: (array length=n_cells): what was painted
 * @n_cells: how many columns
 */
void
runnel_chart_text_add_cells (RunnelChartText       *self,
                             const RunnelChartCell *cells,
                             guint                  n_cells)
{
  int look = RUNNEL_CHART_NOTHING;

  /* One colour change for each run of cells alike, not for each cell. */
  for (guint i = 0; i < n_cells; i++)
    {
      int next = cells[i].look;

      if (next != look && look != RUNNEL_CHART_NOTHING)
        end_color (self);
      if (next != look && next != RUNNEL_CHART_NOTHING)
        begin_color (self, next);
      look = next;
      if (next == RUNNEL_CHART_NOTHING)
        g_string_append_c (self->text, ' ');
      else if (self->ascii)
        g_string_append_c (self->text, get_ascii_block (&cells[i]));
      else
        g_string_append (self->text, get_block (&cells[i]));
    }
  if (look != RUNNEL_CHART_NOTHING)
    end_color (self);
}

/**
 * runnel_chart_text_add_key:
 * @self: a chart
 * @look: a #RunnelLook or #RunnelState, for the colour
 * @block: one column
 * @letter: the same in ASCII
 * @name: what it means
 *
 * Adds an entry of a legend.
 */
void
runnel_chart_text_add_key (RunnelChartText *self,
                           guint            look,
                           const char      *block,
                           char             letter,
                           const char      *name)
{
  if (self->text->len > 0 && self->text->str[self->text->len - 1] != '\n')
    g_string_append (self->text, "  ");
  begin_color (self, look);
  if (self->ascii)
    g_string_append_c (self->text, letter);
  else
    g_string_append (self->text, block);
  end_color (self);
  g_string_append_c (self->text, ' ');
  runnel_chart_text_add (self, name, runnel_chart_text_measure (name));
}

/**
 * runnel_chart_text_add_keys:
 * @self: a chart
 * @looks: bits of what is in it
 *
 * Adds an entry of the legend for each.
 */
void
runnel_chart_text_add_keys (RunnelChartText *self,
                            guint            looks)
{
  for (guint i = 0; i < RUNNEL_N_LOOKS; i++)
    if ((looks & 1u << i) != 0)
      runnel_chart_text_add_key (self, i, runnel_gantt_style_get_block (i),
                                 runnel_gantt_style_get_letter (i),
                                 runnel_gantt_style_get_name (i));
}

/**
 * runnel_chart_cells_new:
 * @n_cells: how many
 *
 * Returns: (transfer full) (array length=n_cells): empty columns
 */
RunnelChartCell *
runnel_chart_cells_new (guint n_cells)
{
  RunnelChartCell *cells = g_new0 (RunnelChartCell, MAX (n_cells, 1));

  for (guint i = 0; i < n_cells; i++)
    cells[i].look = RUNNEL_CHART_NOTHING;
  return cells;
}

/**
 * runnel_chart_cells_paint:
 * @cells: (array length=n_cells): columns
 * @n_cells: how many, at least one
 * @look: a #RunnelLook or #RunnelState
 * @is_bracket: whether it stands above others
 * @start: where the bar begins, in columns
 * @end: where it ends
 *
 * Where several bars fall into one column the weightiest is seen.
 */
void
runnel_chart_cells_paint (RunnelChartCell *cells,
                          guint            n_cells,
                          guint            look,
                          gboolean         is_bracket,
                          double           start,
                          double           end)
{
  guint first = CLAMP (floor (start), 0.0, n_cells - 1.0);
  guint last = CLAMP (ceil (end) - 1.0, (double) first, n_cells - 1.0);

  for (guint i = first; i <= last; i++)
    {
      RunnelChartCell *cell = &cells[i];

      if (cell->look != RUNNEL_CHART_NOTHING && runnel_gantt_style_get_weight (cell->look) >=
                                                  runnel_gantt_style_get_weight (look))
        continue;
      *cell = (RunnelChartCell) {
        .look = look,
        .is_bracket = is_bracket,
        .begins_late = start - i >= 0.5,
        .n_eighths = CLAMP (ceil ((end - i) * 8.0), 1.0, 8.0),
      };
    }
}
