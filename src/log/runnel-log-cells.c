/* runnel-log-cells.c: the cells of one line of a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-cells.h"
#include "log/runnel-log-text.h"

#define N_MARKS 2 /* accents and the like, and what joins or chooses pictures */

typedef struct
{
  gunichar c;              /* 0 = the cell belongs to the character on its left */
  gunichar marks[N_MARKS]; /* written over it; 0 = none */
  RunnelLogStyle style;
} Cell;

static const Cell blank = { .c = ' ' };

/**
 * runnel_log_cells_new:
 *
 * Returns: (transfer full): no cells
 */
GArray *
runnel_log_cells_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Cell));
}

/**
 * runnel_log_char_width:
 *
 * Returns: how many cells a character takes: none, one or two
 */
guint
runnel_log_char_width (gunichar c)
{
  if (c < 0x300) /* most of what there is */
    return c == 0xad ? 0 : 1;
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

static void
pad (GArray *cells,
     guint   length)
{
  while (cells->len < length)
    g_array_append_val (cells, blank);
}

/* What is left of a wide character when one of its cells is written over. */
static void
break_wide (GArray *cells,
            guint   column)
{
  if (column >= cells->len || g_array_index (cells, Cell, column).c != 0)
    return;
  for (guint i = column; i < cells->len && g_array_index (cells, Cell, i).c == 0; i++)
    g_array_index (cells, Cell, i).c = ' ';
  for (guint i = column; i-- > 0;)
    {
      gunichar before = g_array_index (cells, Cell, i).c;

      g_array_index (cells, Cell, i) = blank;
      if (before != 0)
        break;
    }
}

static void
add_mark (GArray  *cells,
          guint    column,
          gunichar mark)
{
  while (column > 0 && g_array_index (cells, Cell, column - 1).c == 0)
    column--;
  if (column == 0)
    return;
  for (guint i = 0; i < N_MARKS; i++)
    if (g_array_index (cells, Cell, column - 1).marks[i] == 0)
      {
        g_array_index (cells, Cell, column - 1).marks[i] = mark;
        return;
      }
}

static void
put (GArray               *cells,
     guint                *column,
     gunichar              c,
     const RunnelLogStyle *style)
{
  guint width = c == '\t' ? RUNNEL_LOG_TAB_WIDTH - *column % RUNNEL_LOG_TAB_WIDTH
                          : runnel_log_char_width (c);

  if (width == 0)
    {
      add_mark (cells, MIN (*column, cells->len), c);
      return;
    }
  pad (cells, *column + width);
  break_wide (cells, *column);
  break_wide (cells, *column + width);
  for (guint i = 0; i < width; i++)
    {
      Cell cell = { .c = i == 0 ? c : 0, .style = *style };

      g_array_index (cells, Cell, *column + i) = cell;
    }
  *column += width;
}

/**
 * runnel_log_cells_write:
 * @column: (inout): where the cursor is
 * @bytes: (array length=length): what is written, without control characters but tabs
 * @length: of @bytes
 * @style: how it looks
 */
void
runnel_log_cells_write (GArray               *cells,
                        guint                *column,
                        const char           *bytes,
                        gsize                 length,
                        const RunnelLogStyle *style)
{
  const char *end = bytes + length;

  while (bytes < end)
    {
      gunichar c = (guchar) *bytes < 0x80 ? (guchar) *bytes
                                          : g_utf8_get_char_validated (bytes, end - bytes);
      gboolean valid = c < 0x110000;

      put (cells, column, valid ? c : 0xfffd, style);
      bytes = valid ? g_utf8_next_char (bytes) : bytes + 1;
    }
}

/**
 * runnel_log_cells_blank:
 * @column: the first cell
 * @n: how many cells lose what is in them
 */
void
runnel_log_cells_blank (GArray *cells,
                        guint   column,
                        guint   n)
{
  guint end = column >= cells->len ? column : column + MIN (n, cells->len - column);

  if (end == column)
    return;
  break_wide (cells, column);
  break_wide (cells, end);
  for (guint i = column; i < end; i++)
    g_array_index (cells, Cell, i) = blank;
}

/**
 * runnel_log_cells_delete:
 * @column: the first cell
 * @n: how many cells go; those on their right come nearer
 */
void
runnel_log_cells_delete (GArray *cells,
                         guint   column,
                         guint   n)
{
  if (column >= cells->len)
    return;
  n = MIN (n, cells->len - column);
  break_wide (cells, column);
  break_wide (cells, column + n);
  g_array_remove_range (cells, column, n);
}

/**
 * runnel_log_cells_join:
 * @text: the characters are added to it
 * @runs: where a style begins, of #RunnelLogRun, is added to it
 *
 * Makes a text of the cells.
 */
void
runnel_log_cells_join (GArray  *cells,
                       GString *text,
                       GArray  *runs)
{
  RunnelLogStyle style = { 0, };

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      RunnelLogRun run = { (guint) text->len, cell->style };

      if (cell->c == 0)
        continue;
      if (!runnel_log_style_equal (&style, &cell->style))
        g_array_append_val (runs, run);
      style = cell->style;
      g_string_append_unichar (text, cell->c);
      for (guint k = 0; k < N_MARKS && cell->marks[k] != 0; k++)
        g_string_append_unichar (text, cell->marks[k]);
    }
}
