/* runnel-timing-net.c: which step began when which other was over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-timing-private.h"
#include "util/runnel-sort.h"

/* An attempt that ended: then it gave its place and its slots back. */
typedef struct
{
  gint64 end;
  guint row;
} Return;

typedef struct
{
  const RunnelTiming *timing;
  RunnelPipeline *pipeline;
  RunnelTimingNet *net;
  guint n_steps;        /* of the file */
  GHashTable *legs;     /* rows of the legs of a row, GArray of guint */
  GArray *returns;      /* of Return, by time */
  GHashTable *by_pool;  /* the same by pool */
} Builder;

/* Whether the end of @source could have held up the beginning of @row. What ended after the
 * row began (another branch of an "any" join) did not. */
static gboolean
is_binding (const RunnelTimingRow *source,
            const RunnelTimingRow *row)
{
  return source->end != 0 && row->start != 0 && source->end <= row->start;
}

static void
add_bond (Builder       *self,
          guint          source,
          RunnelRelease  release,
          gint64         lag)
{
  const RunnelTimingBond bond = { source, release, lag };

  g_array_append_val (self->net->bonds, bond);
}

static void
add_need (Builder *self,
          guint    source,
          guint    row)
{
  if (is_binding (&self->timing->rows[source], &self->timing->rows[row]))
    add_bond (self, source, RUNNEL_RELEASE_NEED, 0);
}

/* Where a step ran as legs, its legs stand for it. */
static void
add_source (Builder *self,
            guint    source,
            guint    row)
{
  GArray *legs = g_hash_table_lookup (self->legs, GUINT_TO_POINTER (source));

  if (!self->timing->rows[source].has_legs)
    add_need (self, source, row);
  for (guint i = 0; legs != NULL && i < legs->len; i++)
    add_need (self, g_array_index (legs, guint, i), row);
}

/* Of a leg, the needs are those of its step. */
static guint
get_owner (const RunnelTiming *timing,
           guint               row)
{
  const RunnelTimingRow *facts = &timing->rows[row];

  return facts->role == RUNNEL_ROLE_LEG && facts->parent >= 0 ? (guint) facts->parent : row;
}

/* Returns: whether it has needs at all, be they binding or not */
static gboolean
add_needs (Builder *self,
           guint    row)
{
  guint owner = get_owner (self->timing, row);
  RunnelStep *step =
    owner < self->n_steps ? runnel_pipeline_get_step (self->pipeline, owner) : NULL;
  gboolean any = FALSE;

  for (guint i = 0; step != NULL && i < step->n_needs; i++)
    {
      guint source;

      if (!runnel_timing_find_row (self->timing, step->needs[i].step, &source))
        continue;
      add_source (self, source, row);
      any = TRUE;
    }
  return any;
}

/* Of the rows from @first to before @end, the one that ended last before @row began. */
static void
add_predecessor (Builder *self,
                 guint    row,
                 guint    first,
                 guint    end)
{
  const RunnelTiming *timing = self->timing;
  int last = -1;

  for (guint i = first; i < end; i++)
    if (i != row && timing->rows[i].n_spans > 0 &&
        is_binding (&timing->rows[i], &timing->rows[row]) &&
        (last < 0 || timing->rows[i].end > timing->rows[last].end))
      last = i;
  if (last >= 0)
    add_bond (self, last, RUNNEL_RELEASE_NEED, 0);
}

/* Hooks at the start are added before all else: where they end in the rows. */
static guint
find_end_of_hooks (Builder *self,
                   guint    row)
{
  const RunnelTiming *timing = self->timing;
  guint end = self->n_steps;

  while (end < timing->n_rows && is_binding (&timing->rows[end], &timing->rows[row]))
    end++;
  return end;
}

/* Hooks and undos have no links: they come after all that came before. So do the first steps,
 * and the legs of such, after the hooks at the start. */
static void
add_needs_without_links (Builder *self,
                         guint    row)
{
  if (get_owner (self->timing, row) < self->n_steps)
    add_predecessor (self, row, self->n_steps, find_end_of_hooks (self, row));
  else if (self->timing->rows[row].n_spans > 0)
    add_predecessor (self, row, 0, self->timing->n_rows);
}

static int
compare_returns (gconstpointer a,
                 gconstpointer b)
{
  const Return *left = a, *right = b;

  return (left->end > right->end) - (left->end < right->end);
}

/* The last attempt that ended after @start, and at @end at the latest, but none of @row's own;
 * NULL when there was none. */
static const Return *
find_return (GArray *returns,
             guint   row,
             gint64  start,
             gint64  end)
{
  guint low = 0, high = returns != NULL ? returns->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (returns, Return, middle).end <= end)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low > 0; low--)
    {
      const Return *found = &g_array_index (returns, Return, low - 1);

      if (found->end <= start)
        return NULL;
      if (found->row != row)
        return found;
    }
  return NULL;
}

/* What it waited for last before its first attempt, of a place and slots; NULL when it did not. */
static const RunnelSpan *
find_wait (const RunnelTiming    *timing,
           const RunnelTimingRow *row)
{
  const RunnelSpan *last = NULL;

  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    {
      const RunnelSpan *span = &timing->spans[i];

      if (span->attempt > 0)
        break;
      if (span->kind == RUNNEL_SPAN_POOL ||
          (span->kind == RUNNEL_SPAN_QUEUED && span->end - span->start >= TIMING_SHORTEST_QUEUE))
        last = span;
    }
  return last;
}

/* Slots of a pool of the machine may have been with another run: then the wait is as it was. */
static void
add_wait (Builder *self,
          guint    row)
{
  const RunnelTimingRow *facts = &self->timing->rows[row];
  const RunnelSpan *wait = find_wait (self->timing, facts);
  gboolean is_pool = wait != NULL && wait->kind == RUNNEL_SPAN_POOL;
  const Return *found;
  GArray *returns;

  if (wait == NULL || (is_pool && facts->pool == NULL))
    return;
  returns = is_pool ? g_hash_table_lookup (self->by_pool, facts->pool) : self->returns;
  found = find_return (returns, row, facts->start, wait->end);
  if (found != NULL)
    add_bond (self, found->row, is_pool ? RUNNEL_RELEASE_POOL : RUNNEL_RELEASE_PLACE,
              found->end - self->timing->rows[found->row].end);
}

static void
add_to_table (GHashTable   *table,
              gconstpointer key,
              gconstpointer value,
              guint         size)
{
  GArray *array = g_hash_table_lookup (table, key);

  if (array == NULL)
    {
      array = g_array_new (FALSE, FALSE, size);
      g_hash_table_insert (table, (gpointer) key, array);
    }
  g_array_append_vals (array, value, 1);
}

/* A step that waits by its kind, for a person or a clock, takes no place. */
static gboolean
takes_place (const RunnelTimingRow *row)
{
  return g_strcmp0 (row->kind, "approval") != 0 && g_strcmp0 (row->kind, "wait") != 0;
}

static void
list_returns (Builder *self)
{
  const RunnelTiming *timing = self->timing;

  for (guint i = 0; i < timing->n_rows; i++)
    {
      const RunnelTimingRow *row = &timing->rows[i];

      for (guint j = row->first_span; j < row->first_span + row->n_spans; j++)
        if (timing->spans[j].kind == RUNNEL_SPAN_ATTEMPT && takes_place (row))
          {
            const Return end = { timing->spans[j].end, i };

            g_array_append_val (self->returns, end);
          }
    }
  g_array_sort (self->returns, compare_returns);
  for (guint i = 0; i < self->returns->len; i++)
    {
      const Return *end = &g_array_index (self->returns, Return, i);

      if (timing->rows[end->row].pool != NULL)
        add_to_table (self->by_pool, timing->rows[end->row].pool, end, sizeof *end);
    }
}

static void
list_legs (Builder *self)
{
  for (guint i = 0; i < self->timing->n_rows; i++)
    {
      guint owner = get_owner (self->timing, i);

      if (owner != i)
        add_to_table (self->legs, GUINT_TO_POINTER (owner), &i, sizeof i);
    }
}

static void
add_bonds (Builder *self)
{
  RunnelTimingNet *net = self->net;
  guint n_rows = self->timing->n_rows;

  net->first = g_new (guint, n_rows + 1);
  net->bonds = g_array_new (FALSE, FALSE, sizeof (RunnelTimingBond));
  for (guint i = 0; i < n_rows; i++)
    {
      net->first[i] = net->bonds->len;
      if (!add_needs (self, i))
        add_needs_without_links (self, i);
      add_wait (self, i);
    }
  net->first[n_rows] = net->bonds->len;
}

RunnelTimingNet *
_runnel_timing_net_new (const RunnelTiming *self,
                        RunnelPipeline     *pipeline)
{
  Builder builder = {
    .timing = self,
    .pipeline = pipeline,
    .net = g_new0 (RunnelTimingNet, 1),
    .n_steps = MIN (runnel_pipeline_get_n_steps (pipeline), self->n_rows),
    .legs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref),
    .returns = g_array_new (FALSE, FALSE, sizeof (Return)),
    .by_pool = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref),
  };

  list_legs (&builder);
  list_returns (&builder);
  add_bonds (&builder);
  g_hash_table_unref (builder.legs);
  g_array_unref (builder.returns);
  g_hash_table_unref (builder.by_pool);
  return builder.net;
}

void
_runnel_timing_net_free (RunnelTimingNet *self)
{
  g_free (self->first);
  g_array_unref (self->bonds);
  g_free (self);
}
