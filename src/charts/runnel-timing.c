/* runnel-timing.c: where the time of a run went, as numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-resource-curves.h"
#include "charts/runnel-timing-private.h"
#include "engine/runnel-matrix.h"

const char *
_runnel_timing_keep_string (RunnelTiming *self,
                            const char   *text)
{
  return text ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

static const char *
get_own_title (const RunnelStepRecord *step)
{
  return step->name && *step->name ? step->name : step->id;
}

/* Titles of the steps by their ids. */
static GHashTable *
index_titles (GPtrArray *steps)
{
  GHashTable *titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = steps->pdata[i];

      g_hash_table_insert (titles, step->id, (gpointer) get_own_title (step));
    }
  return titles;
}

static char *
make_title (GHashTable             *titles,
            const RunnelStepRecord *step)
{
  const char *parent = step->parent ? g_hash_table_lookup (titles, step->parent) : NULL;

  if (parent == NULL)
    parent = step->parent;
  if (step->role == RUNNEL_ROLE_UNDO && parent)
    /* translators: the name of a step that is taken back */
    return g_strdup_printf (_("Undo %s"), parent);
  if (step->role == RUNNEL_ROLE_LEG && parent && step->matrix)
    {
      g_autofree char *values = runnel_matrix_to_text (step->matrix);

      return g_strdup_printf ("%s (%s)", parent, values);
    }
  return g_strdup (get_own_title (step));
}

static void
fill_row (RunnelTiming           *self,
          guint                   index,
          const RunnelStepRecord *step,
          GHashTable             *titles)
{
  RunnelTimingRow *row = &self->rows[index];
  g_autofree char *title = make_title (titles, step);

  row->step = step->index;
  row->rank = step->index;
  row->parent = row->group = row->holder = -1;
  row->id = _runnel_timing_keep_string (self, step->id);
  row->title = row->short_title = _runnel_timing_keep_string (self, title);
  if (step->role == RUNNEL_ROLE_LEG && step->matrix)
    {
      g_autofree char *values = runnel_matrix_to_text (step->matrix);

      row->short_title = _runnel_timing_keep_string (self, values);
    }
  row->role = step->role;
  row->kind = _runnel_timing_keep_string (self, step->kind);
  row->state = step->state;
  row->tolerated = step->tolerated;
  row->handled = step->handled;
  row->reason = _runnel_timing_keep_string (self, step->reason);
  g_hash_table_insert (self->by_id, (gpointer) row->id, GUINT_TO_POINTER (index + 1));
}

static void
fill_rows (RunnelTiming *self,
           GPtrArray    *steps)
{
  g_autoptr(GHashTable) titles = index_titles (steps);

  for (guint i = 0; i < steps->len; i++)
    fill_row (self, i, steps->pdata[i], titles);
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = steps->pdata[i];
      guint owner;

      if (step->role != RUNNEL_ROLE_LEG || step->parent == NULL ||
          !runnel_timing_find_row (self, step->parent, &owner) || owner == i)
        continue;
      self->rows[i].parent = owner;
      self->rows[owner].has_legs = TRUE;
    }
}

/* A step with legs begins with the first of them. */
static void
include_legs (RunnelTiming *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      const RunnelTimingRow *leg = &self->rows[i];
      RunnelTimingRow *owner = leg->parent >= 0 ? &self->rows[leg->parent] : NULL;

      if (owner == NULL || leg->start == 0)
        continue;
      owner->start = owner->start != 0 ? MIN (owner->start, leg->start) : leg->start;
      owner->end = MAX (owner->end, leg->end);
    }
}

/* What has not begun comes last. */
static int
compare_begins (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const RunnelTimingRow *rows = user_data;
  guint left = *(const guint *) a, right = *(const guint *) b;

  if ((rows[left].start == 0) != (rows[right].start == 0))
    return rows[left].start == 0 ? 1 : -1;
  if (rows[left].start != rows[right].start)
    return rows[left].start < rows[right].start ? -1 : 1;
  return (left > right) - (left < right);
}

static gboolean
is_last_attempt (const RunnelTiming    *self,
                 const RunnelTimingRow *row,
                 const RunnelSpan      *span)
{
  return self->spans[row->first_span + row->n_spans - 1].attempt == span->attempt;
}

/* @duration: of the span, or how much longer it is than when it was added before */
static void
add_to_totals (RunnelTiming          *self,
               const RunnelTimingRow *row,
               const RunnelSpan      *span,
               gint64                 duration)
{
  RunnelTotals *totals = &self->totals;
  gboolean works = span->kind == RUNNEL_SPAN_ATTEMPT;

  totals->by_kind[span->kind] += duration;
  if (works && row->critical)
    totals->critical += duration;
  if (works && row->role == RUNNEL_ROLE_UNDO)
    totals->rollback += duration;
  if (span->kind == RUNNEL_SPAN_RETRY || (works && !is_last_attempt (self, row, span)))
    totals->retries += duration;
}

static void
update_wall (RunnelTiming *self)
{
  RunnelTotals *totals = &self->totals;

  totals->wall = self->end - self->start;
  totals->parallelism =
    totals->wall > 0 ? totals->by_kind[RUNNEL_SPAN_ATTEMPT] / (double) totals->wall : 0.0;
}

static void
find_totals (RunnelTiming *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      const RunnelTimingRow *row = &self->rows[i];

      for (guint j = row->first_span; j < row->first_span + row->n_spans; j++)
        add_to_totals (self, row, &self->spans[j], self->spans[j].end - self->spans[j].start);
    }
  update_wall (self);
}

static guint
count_attempts (GPtrArray *steps)
{
  guint n_attempts = 0;

  for (guint i = 0; i < steps->len; i++)
    n_attempts += ((const RunnelStepRecord *) steps->pdata[i])->attempts->len;
  return n_attempts;
}

/* The clock may have been set back in between; what happened in the run belongs to the run. */
static void
include_rows (RunnelTiming *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].start != 0)
      {
        self->start = MIN (self->start, self->rows[i].start);
        self->end = MAX (self->end, self->rows[i].end);
      }
}

/* An undo has a row when it was needed: most runs keep what their steps did. */
static GPtrArray *
list_shown (GPtrArray *steps)
{
  GPtrArray *shown = g_ptr_array_sized_new (steps->len);

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = steps->pdata[i];

      if (step->role != RUNNEL_ROLE_UNDO || (step->state != RUNNEL_STATE_PENDING &&
                                             step->state != RUNNEL_STATE_SKIPPED))
        g_ptr_array_add (shown, steps->pdata[i]);
    }
  return shown;
}

static guint
read_jobs (const RunnelRunRecord *run)
{
  return run->details != NULL
           ? MAX (json_object_get_int_member_with_default (run->details, "jobs", 0), 0) : 0;
}

static RunnelTiming *
timing_alloc (const RunnelRunRecord *run,
              guint                  n_rows,
              gint64                 now)
{
  RunnelTiming *self = g_new0 (RunnelTiming, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->strings = g_string_chunk_new (4096);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->open_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->run = run->id;
  self->title = g_strdup (run->pipeline);
  self->state = run->state;
  self->open = !runnel_state_is_terminal (run->state);
  self->start = run->started;
  self->end = MAX (self->open || run->finished == 0 ? now : run->finished, run->started);
  self->jobs = read_jobs (run);
  self->n_rows = n_rows;
  self->rows = g_new0 (RunnelTimingRow, MAX (n_rows, 1));
  return self;
}

/**
 * runnel_timing_new:
 * @run: a run
 * @steps: (element-type RunnelStepRecord): its steps in the order of the file
 * @pipeline: (nullable): the pipeline as it ran; without it there are no groups, no links and no
 *   critical path
 * @now: the present in microseconds since 1970, for a run that is under way
 *
 * Everything is copied.
 *
 * Returns: (transfer full): the timing
 */
RunnelTiming *
runnel_timing_new (const RunnelRunRecord *run,
                   GPtrArray             *steps,
                   RunnelPipeline        *pipeline,
                   gint64                 now)
{
  g_autoptr(GPtrArray) shown = NULL;
  RunnelTiming *self;

  g_return_val_if_fail (run != NULL && steps != NULL, NULL);

  shown = list_shown (steps);
  self = timing_alloc (run, shown->len, now);
  fill_rows (self, shown);
  _runnel_timing_add_spans (self, shown);
  include_legs (self);
  include_rows (self);
  if (pipeline != NULL)
    {
      _runnel_timing_read_pipeline (self, pipeline);
      _runnel_timing_find_critical_path (self, pipeline);
    }
  _runnel_timing_list_critical_path (self);
  self->totals.n_attempts = count_attempts (shown);
  find_totals (self);
  return self;
}

/**
 * runnel_timing_ref:
 * @self: a timing
 *
 * Returns: (transfer full): the same
 */
RunnelTiming *
runnel_timing_ref (RunnelTiming *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * runnel_timing_unref:
 * @self: (transfer full) (nullable): a timing
 */
void
runnel_timing_unref (RunnelTiming *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->title);
  g_free (self->rows);
  g_free (self->spans);
  g_free (self->groups);
  g_free (self->links);
  g_free (self->critical_path);
  runnel_resource_curves_free (self->curves);
  g_array_unref (self->open_rows);
  g_hash_table_unref (self->by_id);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  runnel_timing_unref (self->owner);
  g_free (self);
}

/**
 * runnel_timing_set_now:
 * @self: a timing
 * @now: the present in microseconds since 1970
 *
 * Lets what is under way grow up to the present. Does nothing when the run is over. Takes the
 * longer the more is under way, but not the longer the more there is.
 */
void
runnel_timing_set_now (RunnelTiming *self,
                       gint64        now)
{
  g_return_if_fail (self != NULL);

  if (!self->open || now <= self->end)
    return;
  self->end = now;
  for (guint i = 0; i < self->open_rows->len; i++)
    {
      RunnelTimingRow *row = &self->rows[g_array_index (self->open_rows, guint, i)];
      RunnelSpan *last = &self->spans[row->first_span + row->n_spans - 1];

      if (row->depth == 0)
        add_to_totals (self, row, last, now - last->end);
      row->end = last->end = now;
      if (row->parent >= 0)
        self->rows[row->parent].end = MAX (self->rows[row->parent].end, now);
    }
  update_wall (self);
}

/**
 * runnel_timing_find_row:
 * @self: a timing
 * @id: a step
 * @ret_row: (out): its row; left alone when there is none
 *
 * Returns: whether the run has such a step
 */
gboolean
runnel_timing_find_row (const RunnelTiming *self,
                        const char         *id,
                        guint              *ret_row)
{
  gpointer found;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  found = g_hash_table_lookup (self->by_id, id);
  if (found != NULL)
    *ret_row = GPOINTER_TO_UINT (found) - 1;
  return found != NULL;
}

/**
 * runnel_timing_sort_by_start:
 * @self: a timing
 *
 * Returns: (transfer full) (array): all rows in the order in which they began
 */
guint *
runnel_timing_sort_by_start (const RunnelTiming *self)
{
  guint *order;

  g_return_val_if_fail (self != NULL, NULL);

  order = g_new (guint, MAX (self->n_rows, 1));
  for (guint i = 0; i < self->n_rows; i++)
    order[i] = i;
  g_qsort_with_data (order, self->n_rows, sizeof *order, compare_begins, self->rows);
  return order;
}

/**
 * runnel_timing_sum_spans:
 * @self: a timing
 * @row: a row
 * @kind: a kind of span
 *
 * Returns: for how long altogether the row did that, in microseconds
 */
gint64
runnel_timing_sum_spans (const RunnelTiming *self,
                         guint               row,
                         RunnelSpanKind      kind)
{
  const RunnelTimingRow *facts;
  gint64 sum = 0;

  g_return_val_if_fail (self != NULL && row < self->n_rows, 0);

  facts = &self->rows[row];
  for (guint i = facts->first_span; i < facts->first_span + facts->n_spans; i++)
    if (self->spans[i].kind == kind)
      sum += self->spans[i].end - self->spans[i].start;
  return sum;
}
