/* runnel-gantt-layout.c: which bar lies where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-gantt-layout-private.h"

/* No bar is thinner than it can be seen. */
#define MIN_BAR_WIDTH 1.0

/**
 * runnel_gantt_get_look:
 * @timing: a timing
 * @row: one of its rows
 * @span: one of the row's spans
 *
 * Returns: what the span looks like, a #RunnelLook or a #RunnelState
 */
guint
runnel_gantt_get_look (const RunnelTiming *timing,
                       guint               row,
                       guint               span)
{
  RunnelState state = timing->spans[span].state;

  switch (timing->spans[span].kind)
    {
    case RUNNEL_SPAN_QUEUED:
      return RUNNEL_LOOK_QUEUED;
    case RUNNEL_SPAN_POOL:
      return RUNNEL_LOOK_POOL;
    case RUNNEL_SPAN_APPROVAL:
      return RUNNEL_LOOK_APPROVAL;
    case RUNNEL_SPAN_WAITING:
      return RUNNEL_LOOK_WAITING;
    case RUNNEL_SPAN_RETRY:
      return RUNNEL_LOOK_RETRY;
    case RUNNEL_SPAN_ATTEMPT:
      return timing->rows[row].role == RUNNEL_ROLE_UNDO && state == RUNNEL_STATE_SUCCEEDED
               ? (guint) RUNNEL_LOOK_UNDO : (guint) state;
    case RUNNEL_N_SPAN_KINDS:
    default:
      g_assert_not_reached ();
    }
}

/* What takes back points back, however it ended. */
static RunnelMark
get_mark (const RunnelTimingRow *row,
          const RunnelSpan      *span,
          guint                  look)
{
  return row->role == RUNNEL_ROLE_UNDO && span->kind == RUNNEL_SPAN_ATTEMPT
           ? RUNNEL_MARK_ARROW : runnel_gantt_style_get_mark (look);
}

/**
 * runnel_gantt_list_looks:
 * @tree: the lines to show
 *
 * Returns: bits of the looks that marks of the chart have, for its legend
 */
guint
runnel_gantt_list_looks (const RunnelGanttTree *tree)
{
  const RunnelTiming *timing = tree->timing;
  guint looks = 0;

  for (guint i = 0; timing != NULL && i < timing->n_rows; i++)
    {
      const RunnelTimingRow *row = &timing->rows[i];

      for (guint j = row->first_span; j < row->first_span + row->n_spans; j++)
        looks |= 1u << runnel_gantt_get_look (timing, i, j);
      if (row->n_spans > 0 && row->slack > 0 && !row->critical)
        looks |= 1u << RUNNEL_LOOK_SLACK;
    }
  return looks;
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
 * runnel_gantt_get_y:
 * @view: what is seen
 * @line: a line
 *
 * Returns: where its upper edge lies in the view
 */
double
runnel_gantt_get_y (const RunnelGanttView *view,
                    guint                  line)
{
  return line * view->row_height - view->top;
}

/**
 * runnel_gantt_get_lines:
 * @view: what is seen
 * @tree: the lines that are shown
 * @ret_first: (out): the first line that is at least partly seen
 * @ret_end: (out): the line after the last such
 */
void
runnel_gantt_get_lines (const RunnelGanttView *view,
                        const RunnelGanttTree *tree,
                        guint                 *ret_first,
                        guint                 *ret_end)
{
  double first = floor (view->top / view->row_height);
  double end = ceil ((view->top + view->height) / view->row_height);

  *ret_end = CLAMP (end, 0.0, (double) tree->n_lines);
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

/* From one moment to another, on its line; cut just beyond the edges of the view. */
static RunnelGanttBar
make_bar (const RunnelGanttView *view,
          const RunnelTiming    *timing,
          guint                  line,
          gint64                 start,
          gint64                 end,
          guint                  look,
          RunnelMark             mark)
{
  double share = runnel_gantt_style_get_share (mark);
  double left = MAX (runnel_gantt_get_x (view, timing, start), -MIN_BAR_WIDTH);
  double right = MIN (runnel_gantt_get_x (view, timing, end), view->width + MIN_BAR_WIDTH);

  return (RunnelGanttBar) {
    .x = left,
    .y = runnel_gantt_get_y (view, line) + view->row_height * (1 - share) / 2,
    .width = MAX (right - left, MIN_BAR_WIDTH),
    .height = MAX (view->row_height * share, 1.0),
    .line = line,
    .look = look,
    .mark = mark,
  };
}

static RunnelGanttBar
make_span_bar (const RunnelGanttView *view,
               const RunnelGanttTree *tree,
               guint                  line,
               guint                  index)
{
  const RunnelTiming *timing = tree->timing;
  const RunnelSpan *span = &timing->spans[index];
  guint row = tree->lines[line].row;
  guint look = runnel_gantt_get_look (timing, row, index);
  RunnelGanttBar bar = make_bar (view, timing, line, span->start, span->end, look,
                                 get_mark (&timing->rows[row], span, look));

  bar.span = index;
  bar.critical = timing->rows[row].critical && span->kind == RUNNEL_SPAN_ATTEMPT;
  return bar;
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

  if (last == NULL || last->line != bar->line || right > floor (last->x) + MIN_BAR_WIDTH + 1)
    return FALSE;
  if (last->width > MIN_BAR_WIDTH && bar->width > MIN_BAR_WIDTH)
    return FALSE;
  if (runnel_gantt_style_get_weight (bar->look) > runnel_gantt_style_get_weight (last->look))
    {
      double x = last->x;

      *last = *bar;
      last->x = x;
    }
  last->width = right - last->x;
  last->merged = TRUE;
  return TRUE;
}

/* Over all that is inside of the line, as one bar when that is folded. */
static void
add_summary (GArray                *bars,
             const RunnelGanttView *view,
             const RunnelGanttTree *tree,
             guint                  line)
{
  const RunnelGanttLine *facts = &tree->lines[line];
  gint64 end = runnel_gantt_tree_get_end (tree, line);
  RunnelGanttBar bar = make_bar (view, tree->timing, line, facts->start, end, facts->state,
                                 facts->folded ? RUNNEL_MARK_BAR : RUNNEL_MARK_BRACKET);

  if (!facts->folded && view->row_height < RUNNEL_GANTT_MIN_DETAIL)
    return;
  bar.span = RUNNEL_GANTT_SUMMARY;
  bar.critical = facts->critical;
  if (bar.x <= view->width && runnel_gantt_get_x (view, tree->timing, end) >= 0)
    g_array_append_val (bars, bar);
}

static void
add_slack (GArray                *bars,
           const RunnelGanttView *view,
           const RunnelGanttTree *tree,
           guint                  line)
{
  const RunnelTimingRow *row = &tree->timing->rows[tree->lines[line].row];
  RunnelGanttBar bar = make_bar (view, tree->timing, line, row->end, row->end + row->slack,
                                 RUNNEL_LOOK_SLACK, RUNNEL_MARK_WHISKER);

  bar.span = RUNNEL_GANTT_SLACK;
  if (bar.width > MIN_BAR_WIDTH && bar.x <= view->width && bar.x + bar.width >= 0)
    g_array_append_val (bars, bar);
}

static void
add_line_bars (GArray                *bars,
               const RunnelGanttView *view,
               const RunnelGanttTree *tree,
               guint                  line)
{
  const RunnelGanttLine *facts = &tree->lines[line];
  const RunnelTimingRow *row = facts->row >= 0 ? &tree->timing->rows[facts->row] : NULL;
  gint64 from = tree->timing->start + runnel_axis_get_time (&view->axis, 0);
  guint end = row != NULL ? row->first_span + row->n_spans : 0;

  if (runnel_gantt_tree_has_summary (tree, line))
    add_summary (bars, view, tree, line);
  for (guint i = row != NULL ? find_span (tree->timing, row, from) : 0; i < end; i++)
    {
      RunnelGanttBar bar;

      if (runnel_gantt_get_x (view, tree->timing, tree->timing->spans[i].start) > view->width)
        return;
      bar = make_span_bar (view, tree, line, i);
      if (!merge_into_last (bars, &bar))
        g_array_append_val (bars, bar);
    }
  if (view->slack && row != NULL && row->n_spans > 0 && row->slack > 0 && !row->critical &&
      view->row_height >= RUNNEL_GANTT_MIN_DETAIL)
    add_slack (bars, view, tree, line);
}

/**
 * runnel_gantt_list_bars:
 * @view: what is seen
 * @tree: the lines to show
 *
 * What lies outside of the view is left out, and what is too small to be told apart is merged;
 * so there are never many more bars than pixels, however large the run. Bars that reach out of
 * the view are cut just beyond its edge.
 *
 * Returns: (transfer full) (element-type RunnelGanttBar): what to paint, line by line
 */
GArray *
runnel_gantt_list_bars (const RunnelGanttView *view,
                        const RunnelGanttTree *tree)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (RunnelGanttBar));
  guint first, end;

  g_return_val_if_fail (view != NULL && tree != NULL && view->row_height > 0.0, bars);

  runnel_gantt_get_lines (view, tree, &first, &end);
  if (view->row_height < 1.0)
    _runnel_gantt_add_shared_bars (bars, view, tree);
  else
    for (guint line = first; line < end; line++)
      add_line_bars (bars, view, tree, line);
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

/* Returns: the span of the row nearest to @x; -1 when none is near enough */
static int
find_nearest (const RunnelGanttView *view,
              const RunnelTiming    *timing,
              const RunnelTimingRow *row,
              double                 x,
              double                 tolerance)
{
  /* A bar is at least MIN_BAR_WIDTH long, even where its span is not. */
  gint64 from = timing->start + runnel_axis_get_time (&view->axis, x - tolerance - MIN_BAR_WIDTH);
  gint64 to = timing->start + runnel_axis_get_time (&view->axis, x);
  double best = tolerance;
  int nearest = -1;

  for (guint i = find_span (timing, row, from); i < row->first_span + row->n_spans; i++)
    {
      double distance = get_distance (view, timing, i, x);

      if (distance <= best)
        {
          best = distance;
          nearest = i;
        }
      else if (timing->spans[i].start > to)
        break;
    }
  return nearest;
}

/**
 * runnel_gantt_hit:
 * @view: what is seen
 * @tree: the lines that are shown
 * @x: where
 * @y: where
 * @tolerance: how far beside a bar still counts, for bars thinner than a pointer can aim at
 * @ret_hit: (out): what lies there; the nearest bar, of two as near the later; left alone
 *   when there is no line
 *
 * Returns: whether there is a line
 */
gboolean
runnel_gantt_hit (const RunnelGanttView *view,
                  const RunnelGanttTree *tree,
                  double                 x,
                  double                 y,
                  double                 tolerance,
                  RunnelGanttHit        *ret_hit)
{
  double line = floor ((y + view->top) / view->row_height);
  int row;

  if (line < 0.0 || line >= tree->n_lines)
    return FALSE;
  row = tree->lines[(guint) line].row;
  *ret_hit = (RunnelGanttHit) { line, -1 };
  if (row >= 0)
    ret_hit->span = find_nearest (view, tree->timing, &tree->timing->rows[row], x, tolerance);
  return TRUE;
}
