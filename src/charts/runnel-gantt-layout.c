/* runnel-gantt-layout.c: which bar lies where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-style.h"

/* How much of a row a bar fills; a queue is a line rather than a bar. */
#define BAR_SHARE 0.7
#define LINE_SHARE 0.12

/* No bar is thinner than it can be seen. */
#define MIN_BAR_WIDTH 1.0

/**
 * runnel_gantt_get_span_state:
 * @timing: a timing
 * @span: one of its spans
 *
 * Returns: the state that the span looks like
 */
RunnelState
runnel_gantt_get_span_state (const RunnelTiming *timing,
                             guint               span)
{
  switch (timing->spans[span].kind)
    {
    case RUNNEL_SPAN_QUEUED:
    case RUNNEL_SPAN_RETRY:
      return RUNNEL_STATE_QUEUED;
    case RUNNEL_SPAN_WAITING:
      return RUNNEL_STATE_WAITING;
    case RUNNEL_SPAN_ATTEMPT:
      return timing->spans[span].state;
    default:
      g_assert_not_reached ();
    }
}

/**
 * runnel_gantt_get_x:
 * @view: what is seen
 * @timing: the timing that is shown
 * @time: microseconds since 1970
 *
 * Returns: where the moment lies in the view
 */
double
runnel_gantt_get_x (const RunnelGanttView *view,
                    const RunnelTiming    *timing,
                    gint64                 time)
{
  return runnel_axis_get_position (&view->axis, time - timing->start);
}

/**
 * runnel_gantt_get_row_y:
 * @view: what is seen
 * @row: a row
 *
 * Returns: where its upper edge lies in the view
 */
double
runnel_gantt_get_row_y (const RunnelGanttView *view,
                        guint                  row)
{
  return row * view->row_height - view->top;
}

/**
 * runnel_gantt_get_rows:
 * @view: what is seen
 * @timing: the timing that is shown
 * @ret_first: (out): the first row that is at least partly seen
 * @ret_end: (out): the row after the last such
 */
void
runnel_gantt_get_rows (const RunnelGanttView *view,
                       const RunnelTiming    *timing,
                       guint                 *ret_first,
                       guint                 *ret_end)
{
  double first = floor (view->top / view->row_height);
  double end = ceil ((view->top + view->height) / view->row_height);

  *ret_end = CLAMP (end, 0.0, (double) timing->n_rows);
  *ret_first = CLAMP (first, 0.0, (double) *ret_end);
}

/* The first span of the row that ends at or after @time. */
static guint
find_span (const RunnelTiming    *timing,
           const RunnelTimingRow *row,
           gint64                 time)
{
  guint low = row->first_span, high = row->first_span + row->n_spans;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (timing->spans[middle].end < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
bar_weight (const RunnelGanttBar *bar)
{
  return runnel_gantt_style_get_weight (bar->state) + (bar->kind == RUNNEL_SPAN_ATTEMPT ? 1 : 0);
}

static RunnelGanttBar
make_bar (const RunnelGanttView *view,
          const RunnelTiming    *timing,
          guint                  row,
          guint                  index)
{
  const RunnelSpan *span = &timing->spans[index];
  gboolean is_line = span->kind == RUNNEL_SPAN_QUEUED || span->kind == RUNNEL_SPAN_RETRY;
  double share = is_line ? LINE_SHARE : BAR_SHARE;
  double left = MAX (runnel_gantt_get_x (view, timing, span->start), -MIN_BAR_WIDTH);
  double right = MIN (runnel_gantt_get_x (view, timing, span->end), view->width + MIN_BAR_WIDTH);

  return (RunnelGanttBar) {
    .x = left,
    .y = runnel_gantt_get_row_y (view, row) + view->row_height * (1 - share) / 2,
    .width = MAX (right - left, MIN_BAR_WIDTH),
    .height = MAX (view->row_height * share, 1.0),
    .row = row,
    .span = index,
    .kind = span->kind,
    .state = runnel_gantt_get_span_state (timing, index),
    .critical = timing->rows[row].critical && span->kind == RUNNEL_SPAN_ATTEMPT,
  };
}

/* Puts @bar into the place of the last one when both lie within one pixel: the weightier one is
 * seen. Returns: FALSE when it has a place of its own. */
static gboolean
merge_into_last (GArray               *bars,
                 const RunnelGanttBar *bar)
{
  RunnelGanttBar *last =
    bars->len > 0 ? &g_array_index (bars, RunnelGanttBar, bars->len - 1) : NULL;
  double right = bar->x + bar->width;

  if (last == NULL || last->row != bar->row || right > floor (last->x) + MIN_BAR_WIDTH + 1)
    return FALSE;
  if (last->width > MIN_BAR_WIDTH && bar->width > MIN_BAR_WIDTH)
    return FALSE;
  if (bar_weight (bar) > bar_weight (last))
    {
      double x = last->x;

      *last = *bar;
      last->x = x;
    }
  last->width = right - last->x;
  last->merged = TRUE;
  return TRUE;
}

static void
add_row_bars (GArray                *bars,
              const RunnelGanttView *view,
              const RunnelTiming    *timing,
              guint                  index)
{
  const RunnelTimingRow *row = &timing->rows[index];
  gint64 from = timing->start + runnel_axis_get_time (&view->axis, 0);
  guint end = row->first_span + row->n_spans;

  for (guint i = find_span (timing, row, from); i < end; i++)
    {
      RunnelGanttBar bar;

      if (runnel_gantt_get_x (view, timing, timing->spans[i].start) > view->width)
        return;
      bar = make_bar (view, timing, index, i);
      if (!merge_into_last (bars, &bar))
        g_array_append_val (bars, bar);
    }
}

/* One pixel of a line in which several rows share the place. */
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
  GArray *bars;         /* of all rows that share the line */
} PixelLine;

static void
paint_on_line (PixelLine *line,
               guint      index)
{
  const RunnelGanttBar *bar = &g_array_index (line->bars, RunnelGanttBar, index);
  guint first = CLAMP (floor (bar->x), 0.0, (double) line->n_cells);
  guint end = CLAMP (ceil (bar->x + bar->width), 0.0, (double) line->n_cells);
  guint weight = bar_weight (bar);

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
  return left->state == right->state && left->kind == right->kind;
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

/* More rows than pixels: what is painted is bounded by the pixels, not by the rows. */
static void
add_shared_bars (GArray                *bars,
                 const RunnelGanttView *view,
                 const RunnelTiming    *timing,
                 guint                  first,
                 guint                  end)
{
  g_autoptr(GArray) row_bars = g_array_new (FALSE, FALSE, sizeof (RunnelGanttBar));
  guint n_cells = MAX (ceil (view->width), 1.0);
  g_autofree Cell *cells = g_new0 (Cell, n_cells);
  PixelLine line = { cells, n_cells, n_cells, 0, row_bars };

  for (guint row = first; row < end;)
    {
      double y = floor (runnel_gantt_get_row_y (view, row));

      for (; row < end && floor (runnel_gantt_get_row_y (view, row)) <= y; row++)
        add_row_bars (row_bars, view, timing, row);
      for (guint i = 0; i < row_bars->len; i++)
        paint_on_line (&line, i);
      add_line_bars (bars, &line, y);
      clear_line (&line);
    }
}

/**
 * runnel_gantt_list_bars:
 * @view: what is seen
 * @timing: the timing to show
 *
 * What lies outside of the view is left out, and what is too small to be told apart is merged;
 * so there are never many more bars than pixels, however large the run. Bars that reach out of
 * the view are cut just beyond its edge.
 *
 * Returns: (transfer full) (element-type RunnelGanttBar): what to paint, row by row
 */
GArray *
runnel_gantt_list_bars (const RunnelGanttView *view,
                        const RunnelTiming    *timing)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (RunnelGanttBar));
  guint first, end;

  g_return_val_if_fail (view != NULL && timing != NULL && view->row_height > 0.0, bars);

  runnel_gantt_get_rows (view, timing, &first, &end);
  if (view->row_height < 1.0)
    add_shared_bars (bars, view, timing, first, end);
  else
    for (guint row = first; row < end; row++)
      add_row_bars (bars, view, timing, row);
  return bars;
}

/* How far @x lies from the bar of the span; 0 = within. */
static double
get_distance (const RunnelGanttView *view,
              const RunnelTiming    *timing,
              guint                  span,
              double                 x)
{
  double left = runnel_gantt_get_x (view, timing, timing->spans[span].start);
  double right = runnel_gantt_get_x (view, timing, timing->spans[span].end);

  right = MAX (right, left + MIN_BAR_WIDTH);
  return MAX (MAX (left - x, x - right), 0.0);
}

/**
 * runnel_gantt_hit:
 * @view: what is seen
 * @timing: the timing that is shown
 * @x: where
 * @y: where
 * @tolerance: how far beside a bar still counts, for bars thinner than a pointer can aim at
 * @ret_hit: (out): what lies there; the nearest bar, of two as near the later; left alone
 *   when there is no row
 *
 * Returns: whether there is a row
 */
gboolean
runnel_gantt_hit (const RunnelGanttView *view,
                  const RunnelTiming    *timing,
                  double                 x,
                  double                 y,
                  double                 tolerance,
                  RunnelGanttHit        *ret_hit)
{
  double row = floor ((y + view->top) / view->row_height);
  const RunnelTimingRow *facts;
  double best = tolerance;
  gint64 from;

  if (row < 0.0 || row >= timing->n_rows)
    return FALSE;
  facts = &timing->rows[(guint) row];
  *ret_hit = (RunnelGanttHit) { row, -1 };
  /* A bar is at least MIN_BAR_WIDTH long, even where its span is not. */
  from = timing->start + runnel_axis_get_time (&view->axis, x - tolerance - MIN_BAR_WIDTH);
  for (guint i = find_span (timing, facts, from); i < facts->first_span + facts->n_spans; i++)
    {
      double distance = get_distance (view, timing, i, x);

      if (distance <= best)
        {
          best = distance;
          ret_hit->span = i;
        }
      else if (timing->spans[i].start > timing->start + runnel_axis_get_time (&view->axis, x))
        break;
    }
  return TRUE;
}
