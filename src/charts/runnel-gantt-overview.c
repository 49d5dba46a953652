/* runnel-gantt-overview.c: more lines than pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "charts/runnel-gantt-layout-private.h"

/* One pixel of a row of pixels that several lines share. */
typedef struct
{
  guint bar;            /* the weightiest one here, an index of `bars` + 1; 0 = none */
  guint16 weight;
  guint16 critical;
} Cell;

typedef struct
{
  Cell *cells;
  guint n_cells;
  guint first;          /* only cells from here ... */
  guint end;            /* ... to before here are painted */
  GArray *bars;         /* of all lines that share it */
} PixelLine;

static void
paint_on_line (PixelLine *line,
               guint      index)
{
  const RunnelGanttBar *bar = &g_array_index (line->bars, RunnelGanttBar, index);
  guint first = CLAMP (floor (bar->x), 0.0, (double) line->n_cells);
  guint end = CLAMP (ceil (bar->x + bar->width), 0.0, (double) line->n_cells);
  guint weight = runnel_gantt_style_get_weight (bar->look);

  line->first = MIN (line->first, first);
  line->end = MAX (line->end, end);
  for (guint i = first; i < end; i++)
    {
      Cell *cell = &line->cells[i];

      if (cell->bar == 0 || cell->weight < weight)
        {
          cell->bar = index + 1;
          cell->weight = weight;
        }
      cell->critical |= bar->critical;
    }
}

static gboolean
look_the_same (const PixelLine *line,
               const Cell      *a,
               const Cell      *b)
{
  const RunnelGanttBar *left, *right;

  if (a->bar == 0 || b->bar == 0 || a->critical != b->critical)
    return FALSE;
  left = &g_array_index (line->bars, RunnelGanttBar, a->bar - 1);
  right = &g_array_index (line->bars, RunnelGanttBar, b->bar - 1);
  return left->look == right->look;
}

/* Cells that look the same become one bar again. */
static void
add_line_bars (GArray          *bars,
               const PixelLine *line,
               double           y)
{
  guint end;

  for (guint i = line->first; i < line->end; i = end)
    {
      const Cell *cell = &line->cells[i];
      RunnelGanttBar bar;

      for (end = i + 1; end < line->end && look_the_same (line, cell, &line->cells[end]); end++)
        ;
      if (cell->bar == 0)
        continue;
      bar = g_array_index (line->bars, RunnelGanttBar, cell->bar - 1);
      bar.x = i;
      bar.width = end - i;
      bar.y = y;
      bar.height = 1.0;
      bar.critical = cell->critical;
      bar.merged = TRUE;
      g_array_append_val (bars, bar);
    }
}

static void
clear_line (PixelLine *line)
{
  if (line->first < line->end)
    memset (line->cells + line->first, 0, (line->end - line->first) * sizeof *line->cells);
  line->first = line->n_cells;
  line->end = 0;
  g_array_set_size (line->bars, 0);
}

/* More lines than pixels: what is painted is bounded by the pixels, not by the lines. */
void
_runnel_gantt_add_shared_bars (GArray                *bars,
                               const RunnelGanttView *view,
                               const RunnelGanttTree *tree,
                               guint                  first,
                               guint                  end)
{
  g_autoptr(GArray) line_bars = g_array_new (FALSE, FALSE, sizeof (RunnelGanttBar));
  guint n_cells = MAX (ceil (view->width), 1.0);
  g_autofree Cell *cells = g_new0 (Cell, n_cells);
  PixelLine pixels = { cells, n_cells, n_cells, 0, line_bars };

  for (guint line = first; line < end;)
    {
      double y = floor (runnel_gantt_get_y (view, line));

      for (; line < end && floor (runnel_gantt_get_y (view, line)) <= y; line++)
        _runnel_gantt_add_line_bars (line_bars, view, tree, line);
      for (guint i = 0; i < line_bars->len; i++)
        paint_on_line (&pixels, i);
      add_line_bars (bars, &pixels, y);
      clear_line (&pixels);
    }
}
