/* runnel-timing-critical.c: what decided when the run ended
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The critical path method (J. E. Kelley and M. R. Walker, "Critical-Path Planning and
 * Scheduling", 1959), over the times as they were instead of estimates: a step begins when the
 * last of the steps that released it ends, and lasts as long as it did, its time in the queue
 * included.
 */
#include "config.h"

#include "charts/runnel-timing-private.h"

/* The rows that each row needs, as positions in the file: those of row i are sources[first[i]]
 * up to, not including, sources[first[i + 1]]. */
typedef struct
{
  guint *first;
  GArray *sources; /* of guint */
} Needs;

/* Whether the end of @source could have held up the beginning of @row. What ended after the
 * row began (another branch of an "any" join) did not. */
static gboolean
is_binding (const RunnelTimingRow *source,
            const RunnelTimingRow *row)
{
  return source->end != 0 && row->start != 0 && source->end <= row->start;
}

/* Where a step ran as legs, its legs stand for it. */
static void
add_source (Needs              *self,
            const RunnelTiming *timing,
            guint               source)
{
  if (!timing->rows[source].has_legs)
    g_array_append_val (self->sources, source);
  for (guint i = source + 1; timing->rows[source].has_legs && i < timing->n_rows; i++)
    if (timing->rows[i].role == RUNNEL_ROLE_LEG && timing->rows[i].owner == source)
      g_array_append_val (self->sources, i);
}

static void
add_needs_of_step (Needs              *self,
                   const RunnelTiming *timing,
                   RunnelPipeline     *pipeline,
                   guint               row)
{
  RunnelStep *step = runnel_pipeline_get_step (pipeline, row);

  for (guint i = 0; i < step->n_needs; i++)
    {
      guint source;

      if (runnel_pipeline_find_step (pipeline, step->needs[i].step, &source)
          && source < timing->n_rows)
        add_source (self, timing, source);
    }
}

/* Of the rows from @first on, the one that ended last before @row began. */
static void
add_predecessor (Needs              *self,
                 const RunnelTiming *timing,
                 guint               row,
                 guint               first,
                 guint               end)
{
  int last = -1;

  for (guint i = first; i < end; i++)
    if (i != row && timing->rows[i].n_spans > 0 &&
        is_binding (&timing->rows[i], &timing->rows[row]) &&
        (last < 0 || timing->rows[i].end > timing->rows[last].end))
      last = i;
  if (last >= 0)
    g_array_append_val (self->sources, last);
}

/* Hooks at the start are added before all else: where they end in the rows. */
static guint
find_end_of_hooks (const RunnelTiming *timing,
                   guint               row,
                   guint               n_steps)
{
  guint end = n_steps;

  while (end < timing->n_rows && is_binding (&timing->rows[end], &timing->rows[row]))
    end++;
  return end;
}

/* Hooks and undos have no links: they come after all that came before. So do the first steps,
 * and the legs of such, after the hooks at the start. */
static void
add_needs_without_links (Needs              *self,
                         const RunnelTiming *timing,
                         guint               row,
                         guint               n_steps)
{
  if (timing->rows[row].owner < n_steps)
    add_predecessor (self, timing, row, n_steps, find_end_of_hooks (timing, row, n_steps));
  else if (timing->rows[row].n_spans > 0)
    add_predecessor (self, timing, row, 0, timing->n_rows);
}

static void
needs_init (Needs              *self,
            const RunnelTiming *timing,
            RunnelPipeline     *pipeline)
{
  guint n_rows = timing->n_rows;
  guint n_steps = MIN (runnel_pipeline_get_n_steps (pipeline), n_rows);

  self->first = g_new (guint, n_rows + 1);
  self->sources = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n_rows; i++)
    {
      self->first[i] = self->sources->len;
      if (timing->rows[i].owner < n_steps)
        add_needs_of_step (self, timing, pipeline, timing->rows[i].owner);
      if (self->sources->len == self->first[i])
        add_needs_without_links (self, timing, i, n_steps);
    }
  self->first[n_rows] = self->sources->len;
}

static void
needs_clear (Needs *self)
{
  g_free (self->first);
  g_array_unref (self->sources);
}

static guint
needs_get (const Needs *self,
           guint        link)
{
  return g_array_index (self->sources, guint, link);
}

/* Returns: all rows, each before the rows it needs. A pipeline that ran has no cycle. */
static GArray *
sort_backwards (const Needs *needs,
                guint        n_rows)
{
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_rows);
  g_autofree guint *n_waiting = g_new0 (guint, n_rows);

  for (guint i = 0; i < needs->sources->len; i++)
    n_waiting[needs_get (needs, i)]++;
  for (guint i = 0; i < n_rows; i++)
    if (n_waiting[i] == 0)
      g_array_append_val (order, i);
  for (guint i = 0; i < order->len; i++)
    {
      guint row = g_array_index (order, guint, i);

      for (guint j = needs->first[row]; j < needs->first[row + 1]; j++)
        {
          guint source = needs_get (needs, j);

          if (--n_waiting[source] == 0)
            g_array_append_val (order, source);
        }
    }
  return order;
}

/* The latest end of a step is the latest beginning of what it released. */
static void
find_slack (RunnelTiming *self,
            const Needs  *needs)
{
  g_autoptr(GArray) order = sort_backwards (needs, self->n_rows);
  g_autofree gint64 *latest = g_new (gint64, self->n_rows);

  for (guint i = 0; i < self->n_rows; i++)
    latest[i] = self->end;
  for (guint i = 0; i < order->len; i++)
    {
      guint index = g_array_index (order, guint, i);
      RunnelTimingRow *row = &self->rows[index];
      gint64 latest_start = latest[index] - (row->end - row->start);

      row->slack = row->start != 0 ? MAX (latest[index] - row->end, 0) : 0;
      for (guint j = needs->first[index]; j < needs->first[index + 1]; j++)
        {
          guint source = needs_get (needs, j);

          if (is_binding (&self->rows[source], row))
            latest[source] = MIN (latest[source], latest_start);
        }
    }
}

/* What ran longest into the run; -1 when nothing ran. Undos and hooks come after all of them, one
 * after another: there is nothing to choose. */
static int
find_last_row (const RunnelTiming *self)
{
  int last = -1;

  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].n_spans > 0 && self->rows[i].role < RUNNEL_ROLE_UNDO &&
        (last < 0 || self->rows[i].end > self->rows[last].end))
      last = i;
  return last;
}

/* The need whose end released the row; -1 when none did. */
static int
find_release (const RunnelTiming *self,
              const Needs        *needs,
              guint               row)
{
  int release = -1;

  for (guint j = needs->first[row]; j < needs->first[row + 1]; j++)
    {
      guint source = needs_get (needs, j);

      if (is_binding (&self->rows[source], &self->rows[row]) &&
          (release < 0 || self->rows[source].end > self->rows[release].end))
        release = source;
    }
  return release;
}

/* Steps that were skipped hand the blame on, but took no time themselves. */
static void
mark_path (RunnelTiming *self,
           const Needs  *needs)
{
  int row = find_last_row (self);

  /* Rows that took no time may follow each other in a circle. */
  while (row >= 0 && !self->rows[row].critical)
    {
      self->rows[row].critical = self->rows[row].n_spans > 0;
      row = find_release (self, needs, row);
    }
}

void
_runnel_timing_find_critical_path (RunnelTiming   *self,
                                   RunnelPipeline *pipeline)
{
  Needs needs;

  needs_init (&needs, self, pipeline);
  find_slack (self, &needs);
  mark_path (self, &needs);
  needs_clear (&needs);
}
