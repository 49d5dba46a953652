/* runnel-gantt-overview.c: more lines than pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lines that share a row of pixels look like together is found once, and not for each frame:
 * a sweep over the beginnings and ends of their bars (J. L. Bentley and T. A. Ottmann, "Algorithms
 * for Reporting and Counting Geometric Intersections", IEEE Transactions on Computers C-28, 1979),
 * with the weightiest of those under way on top.
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-gantt-layout-private.h"
#include "util/runnel-sort.h"

#define MAX_WEIGHT 32

/* A time in which a row of pixels looks the same. */
typedef struct
{
  gint64 start;
  gint64 end;           /* G_MAXINT64 = the present */
  guint line;           /* one of those that look so */
  guint8 look;
  guint8 critical;
} Segment;

/* The segments of row i of pixels, from the top of the first line, are segments[first[i]] up to, not
 * including, segments[first[i + 1]]. */
struct _RunnelGanttBands
{
  double row_height;
  guint n_rows;
  guint *first;
  GArray *segments;
};

/* A bar begins or ends. */
typedef struct
{
  gint64 time;
  guint line;
  guint8 look;
  guint8 critical;
  gint8 change;         /* 1 or -1 */
} Event;

/* Of one row of pixels, at one moment. */
typedef struct
{
  guint n_by_weight[MAX_WEIGHT];
  guint8 looks[MAX_WEIGHT];
  guint lines[MAX_WEIGHT];
  guint n_critical;
} Sweep;

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const Event *left = a, *right = b;

  return (left->time > right->time) - (left->time < right->time);
}

static void
add_interval (GArray  *events,
              gint64   start,
              gint64   end,
              guint    look,
              gboolean critical,
              guint    line)
{
  const Event begin = { start, line, look, critical, 1 };
  const Event finish = { MAX (end, start + 1), line, look, critical, -1 };

  g_array_append_val (events, begin);
  g_array_append_val (events, finish);
}

static void
add_line (GArray                *events,
          const RunnelGanttTree *tree,
          guint                  index)
{
  const RunnelGanttLine *line = &tree->lines[index];
  const RunnelTimingRow *row = line->row >= 0 ? &tree->timing->rows[line->row] : NULL;

  if (line->folded && runnel_gantt_tree_has_summary (tree, index))
    add_interval (events, line->start, line->open ? G_MAXINT64 : line->end, line->state,
                  line->critical, index);
  for (guint i = row != NULL ? row->first_span : 0;
       row != NULL && i < row->first_span + row->n_spans; i++)
    {
      const RunnelSpan *span = &tree->timing->spans[i];

      add_interval (events, span->start, span->open ? G_MAXINT64 : span->end,
                    runnel_gantt_get_look (tree->timing, line->row, i),
                    row->critical && span->kind == RUNNEL_SPAN_ATTEMPT, index);
    }
}

/* Appends to the last segment when nothing has changed. */
static void
add_segment (GArray      *segments,
             guint        first,
             const Sweep *sweep,
             gint64       start,
             gint64       end)
{
  Segment *last = segments->len > first ? &g_array_index (segments, Segment, segments->len - 1) : NULL;
  Segment segment = { start, end, 0, 0, sweep->n_critical > 0 };
  int weight = MAX_WEIGHT - 1;

  while (weight >= 0 && sweep->n_by_weight[weight] == 0)
    weight--;
  if (weight < 0 || start == end)
    return;
  segment.look = sweep->looks[weight];
  segment.line = sweep->lines[weight];
  if (last != NULL && last->end == start && last->look == segment.look &&
      last->critical == segment.critical)
    last->end = end;
  else
    g_array_append_val (segments, segment);
}

static void
add_segments (GArray *segments,
              GArray *events)
{
  Sweep sweep = { 0 };
  guint first = segments->len;

  runnel_sort (events->data, events->len, sizeof (Event), compare_events);
  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = &g_array_index (events, Event, i);
      guint weight = MIN (runnel_gantt_style_get_weight (event->look), MAX_WEIGHT - 1);

      if (i > 0)
        add_segment (segments, first, &sweep, event[-1].time, event->time);
      sweep.n_by_weight[weight] += event->change;
      sweep.n_critical += event->critical * event->change;
      sweep.looks[weight] = event->look;
      sweep.lines[weight] = event->line;
    }
}

static RunnelGanttBands *
make_bands (const RunnelGanttTree *tree,
            double                 row_height)
{
  RunnelGanttBands *self = g_new0 (RunnelGanttBands, 1);
  g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (Event));
  guint line = 0;

  self->row_height = row_height;
  self->n_rows = ceil (tree->n_lines * row_height);
  self->first = g_new (guint, self->n_rows + 1);
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  for (guint i = 0; i < self->n_rows; i++)
    {
      g_array_set_size (events, 0);
      for (; line < tree->n_lines && line * row_height < i + 1; line++)
        add_line (events, tree, line);
      self->first[i] = self->segments->len;
      add_segments (self->segments, events);
    }
  self->first[self->n_rows] = self->segments->len;
  return self;
}

void
_runnel_gantt_bands_free (RunnelGanttBands *self)
{
  g_free (self->first);
  g_array_unref (self->segments);
  g_free (self);
}

/* Kept for as long as lines and their height stay the same. */
static const RunnelGanttBands *
get_bands (const RunnelGanttTree *tree,
           double                 row_height)
{
  RunnelGanttTree *cache = (RunnelGanttTree *) tree;

  if (cache->bands != NULL && cache->bands->row_height != row_height)
    g_clear_pointer (&cache->bands, _runnel_gantt_bands_free);
  if (cache->bands == NULL)
    cache->bands = make_bands (tree, row_height);
  return cache->bands;
}

/* The first segment of the row that ends after @time. */
static guint
find_segment (const RunnelGanttBands *self,
              guint                   row,
              gint64                  time)
{
  guint low = self->first[row], high = self->first[row + 1];

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->segments, Segment, middle).end <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Puts @bar into the pixel of the last one when both lie in the same: the weightier one is seen. */
static void
add_bar (GArray         *bars,
         guint           first,
         RunnelGanttBar  bar)
{
  RunnelGanttBar *last = bars->len > first ? &g_array_index (bars, RunnelGanttBar, bars->len - 1) : NULL;
  double right = bar.x + bar.width;

  if (last == NULL || right > last->x + 1)
    {
      /* What begins in the pixel of the last one leaves that pixel to it. */
      if (last != NULL && bar.x < last->x + last->width)
        bar.x = last->x + last->width;
      bar.width = MAX (right - bar.x, 1);
      g_array_append_val (bars, bar);
    }
  else if (runnel_gantt_style_get_weight (bar.look) > runnel_gantt_style_get_weight (last->look))
    *last = bar;
}

static void
add_row (GArray                 *bars,
         const RunnelGanttView  *view,
         const RunnelGanttTree  *tree,
         const RunnelGanttBands *bands,
         guint                   row,
         double                  y)
{
  const RunnelTiming *timing = tree->timing;
  gint64 from = timing->start + runnel_axis_get_time (&view->axis, 0);
  guint first = bars->len;

  for (guint i = find_segment (bands, row, from); i < bands->first[row + 1]; i++)
    {
      const Segment *segment = &g_array_index (bands->segments, Segment, i);
      double left = runnel_gantt_get_x (view, timing, segment->start);
      double right = runnel_gantt_get_x (view, timing, MIN (segment->end, timing->end));

      if (left > view->width)
        return;
      left = floor (MAX (left, 0));
      right = MAX (ceil (MIN (right, ceil (view->width))), left + 1);
      add_bar (bars, first, (RunnelGanttBar) {
        .x = left, .y = y, .width = right - left, .height = 1,
        .line = segment->line, .span = RUNNEL_GANTT_SUMMARY,
        .look = segment->look, .mark = RUNNEL_MARK_BAR, .critical = segment->critical,
        .merged = TRUE,
      });
    }
}

/* More lines than pixels: what is painted is bounded by the pixels, not by the lines. */
void
_runnel_gantt_add_shared_bars (GArray                *bars,
                               const RunnelGanttView *view,
                               const RunnelGanttTree *tree)
{
  const RunnelGanttBands *bands = get_bands (tree, view->row_height);
  double top = floor (view->top);
  guint first = CLAMP (top, 0, (double) bands->n_rows);
  guint end = CLAMP (ceil (view->top + view->height), (double) first, (double) bands->n_rows);

  for (guint row = first; row < end; row++)
    add_row (bars, view, tree, bands, row, row - top);
}
