/* runnel-timing.c: where the time of a run went, as numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-style.h"
#include "charts/runnel-timing-private.h"
#include "engine/runnel-matrix.h"
#include "util/runnel-format.h"

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

/* The title of the step with this id, else the id. */
static const char *
find_title (GPtrArray  *steps,
            const char *id)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = steps->pdata[i];

      if (g_str_equal (step->id, id))
        return get_own_title (step);
    }
  return id;
}

static char *
make_title (GPtrArray              *steps,
            const RunnelStepRecord *step)
{
  const char *parent = step->parent ? find_title (steps, step->parent) : NULL;

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

/* Returns: the position of the step with this id among @steps, or that of @step itself */
static guint
find_owner (GPtrArray              *steps,
            const RunnelStepRecord *step)
{
  for (guint i = 0; step->role == RUNNEL_ROLE_LEG && step->parent && i < steps->len; i++)
    if (g_str_equal (((const RunnelStepRecord *) steps->pdata[i])->id, step->parent))
      return i;
  return step->index;
}

static void
mark_owner (RunnelTiming    *self,
            RunnelTimingRow *leg)
{
  if (leg->role == RUNNEL_ROLE_LEG && leg->owner < self->n_rows)
    self->rows[leg->owner].has_legs = TRUE;
}

static void
fill_rows (RunnelTiming *self,
           GPtrArray    *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = steps->pdata[i];
      RunnelTimingRow *row = &self->rows[i];
      g_autofree char *title = make_title (steps, step);

      row->step = step->index;
      row->owner = find_owner (steps, step);
      row->id = _runnel_timing_keep_string (self, step->id);
      row->title = _runnel_timing_keep_string (self, title);
      row->role = step->role;
      row->kind = _runnel_timing_keep_string (self, step->kind);
      row->state = step->state;
      row->tolerated = step->tolerated;
      row->handled = step->handled;
      row->reason = _runnel_timing_keep_string (self, step->reason);
    }
  for (guint i = 0; i < steps->len; i++)
    mark_owner (self, &self->rows[i]);
}

/* A step with legs begins with the first of them. */
static void
include_legs (RunnelTiming *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      const RunnelTimingRow *leg = &self->rows[i];
      RunnelTimingRow *owner = &self->rows[MIN (leg->owner, self->n_rows - 1)];

      if (leg->role != RUNNEL_ROLE_LEG || !owner->has_legs || leg->start == 0)
        continue;
      owner->start = owner->start != 0 ? MIN (owner->start, leg->start) : leg->start;
      owner->end = MAX (owner->end, leg->end);
    }
}

/* Sorting goes by when the whole began of which a row is a part. */
typedef struct
{
  RunnelTimingRow row;
  gint64 begin;
} Place;

static guint
get_group (RunnelRole role)
{
  return role == RUNNEL_ROLE_HOOK ? 2 : role == RUNNEL_ROLE_UNDO ? 1 : 0;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a, *right = b;

  if (get_group (left->row.role) != get_group (right->row.role))
    return get_group (left->row.role) < get_group (right->row.role) ? -1 : 1;
  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;
  if (left->row.owner != right->row.owner)
    return left->row.owner < right->row.owner ? -1 : 1;
  return left->row.step < right->row.step ? -1 : left->row.step > right->row.step;
}

static void
order_rows (RunnelTiming *self)
{
  g_autofree Place *places = g_new (Place, MAX (self->n_rows, 1));

  for (guint i = 0; i < self->n_rows; i++)
    {
      guint owner = self->rows[i].owner;
      gint64 start = self->rows[owner < self->n_rows ? owner : i].start;

      places[i] = (Place) { self->rows[i], start ? start : G_MAXINT64 };
    }
  qsort (places, self->n_rows, sizeof *places, compare_places);
  for (guint i = 0; i < self->n_rows; i++)
    self->rows[i] = places[i].row;
}

/* Spans follow their rows, so that a row's spans and the next row's lie side by side. */
static void
sort_rows (RunnelTiming *self)
{
  RunnelSpan *sorted = g_new (RunnelSpan, MAX (self->n_spans, 1));
  guint n_sorted = 0;

  order_rows (self);
  for (guint i = 0; i < self->n_rows; i++)
    {
      RunnelTimingRow *row = &self->rows[i];

      for (guint j = 0; j < row->n_spans; j++)
        sorted[n_sorted + j] = self->spans[row->first_span + j];
      row->first_span = n_sorted;
      n_sorted += row->n_spans;
    }
  g_free (self->spans);
  self->spans = sorted;
}

static int
compare_starts (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const RunnelTimingRow *rows = user_data;
  gint64 left = rows[*(const guint *) a].start;
  gint64 right = rows[*(const guint *) b].start;

  return left < right ? -1 : left > right;
}

/* In the order of time: hooks are below all steps, also those at the start. */
static void
list_critical_path (RunnelTiming *self)
{
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].critical)
      g_array_append_val (path, i);
  g_array_sort_with_data (path, compare_starts, self->rows);
  self->n_critical = path->len;
  self->critical_path = (guint *) g_array_free (g_steal_pointer (&path), FALSE);
}

static gboolean
is_last_attempt (const RunnelTiming    *self,
                 const RunnelTimingRow *row,
                 const RunnelSpan      *span)
{
  return self->spans[row->first_span + row->n_spans - 1].attempt == span->attempt;
}

static void
add_to_totals (RunnelTiming          *self,
               const RunnelTimingRow *row,
               const RunnelSpan      *span)
{
  RunnelTotals *totals = &self->totals;
  gint64 duration = span->end - span->start;

  switch (span->kind)
    {
    case RUNNEL_SPAN_QUEUED:
      totals->queued += duration;
      break;
    case RUNNEL_SPAN_WAITING:
      totals->waiting += duration;
      break;
    case RUNNEL_SPAN_RETRY:
      totals->retries += duration;
      break;
    case RUNNEL_SPAN_ATTEMPT:
      totals->work += duration;
      if (row->critical)
        totals->critical += duration;
      if (!is_last_attempt (self, row, span))
        totals->retries += duration;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
find_totals (RunnelTiming *self)
{
  RunnelTotals *totals = &self->totals;

  totals->wall = totals->work = totals->queued = totals->waiting = 0;
  totals->retries = totals->critical = 0;
  for (guint i = 0; i < self->n_rows; i++)
    for (guint j = 0; self->rows[i].depth == 0 && j < self->rows[i].n_spans; j++)
      add_to_totals (self, &self->rows[i], &self->spans[self->rows[i].first_span + j]);
  totals->wall = self->end - self->start;
  totals->parallelism = totals->wall > 0 ? totals->work / (double) totals->wall : 0.0;
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

/**
 * runnel_timing_new:
 * @run: a run
 * @steps: (element-type RunnelStepRecord): its steps in the order of the file
 * @pipeline: (nullable): the pipeline as it ran; without it there is no critical path
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

  steps = shown = list_shown (steps);
  self = g_new0 (RunnelTiming, 1);
  self->strings = g_string_chunk_new (4096);
  self->run = run->id;
  self->title = g_strdup (run->pipeline);
  self->state = run->state;
  self->open = !runnel_state_is_terminal (run->state);
  self->start = run->started;
  self->end = MAX (self->open || run->finished == 0 ? now : run->finished, run->started);
  self->n_rows = steps->len;
  self->rows = g_new0 (RunnelTimingRow, MAX (steps->len, 1));
  fill_rows (self, steps);
  _runnel_timing_add_spans (self, steps);
  include_legs (self);
  include_rows (self);
  if (pipeline != NULL)
    _runnel_timing_find_critical_path (self, pipeline);
  sort_rows (self);
  list_critical_path (self);
  self->totals.n_attempts = count_attempts (steps);
  find_totals (self);
  return self;
}

/**
 * runnel_timing_free:
 * @self: (transfer full) (nullable): a timing
 */
void
runnel_timing_free (RunnelTiming *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->rows);
  g_free (self->spans);
  g_free (self->critical_path);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/**
 * runnel_timing_set_now:
 * @self: a timing
 * @now: the present in microseconds since 1970
 *
 * Lets what is under way grow up to the present. Does nothing when the run is over.
 */
void
runnel_timing_set_now (RunnelTiming *self,
                       gint64        now)
{
  g_return_if_fail (self != NULL);

  if (!self->open || now <= self->end)
    return;
  self->end = now;
  for (guint i = 0; i < self->n_rows; i++)
    {
      RunnelTimingRow *row = &self->rows[i];
      RunnelSpan *last = &self->spans[row->first_span + MAX (row->n_spans, 1) - 1];

      if (row->n_spans > 0 && last->open)
        row->end = last->end = now;
    }
  find_totals (self);
}

/**
 * runnel_timing_begins_group:
 * @self: a timing
 * @row: a row
 *
 * Returns: whether the undos or the hooks begin with the row
 */
gboolean
runnel_timing_begins_group (const RunnelTiming *self,
                            guint               row)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows, FALSE);

  return row > 0 && get_group (self->rows[row - 1].role) != get_group (self->rows[row].role);
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
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  for (guint i = 0; i < self->n_rows; i++)
    if (g_str_equal (self->rows[i].id, id))
      {
        *ret_row = i;
        return TRUE;
      }
  return FALSE;
}

static char *
describe_span_kind (const RunnelSpan *span)
{
  switch (span->kind)
    {
    case RUNNEL_SPAN_QUEUED:
      return g_strdup (_("Queued"));
    case RUNNEL_SPAN_WAITING:
      return g_strdup (_("Waiting"));
    case RUNNEL_SPAN_RETRY:
      /* Translators: the number of the attempt that failed */
      return g_strdup_printf (_("Delay after attempt %u"), span->attempt);
    case RUNNEL_SPAN_ATTEMPT:
      /* Translators: the number of an attempt, and its state such as "failed" */
      return g_strdup_printf (_("Attempt %u: %s"), span->attempt,
                              runnel_gantt_style_get_name (span->state));
    default:
      g_assert_not_reached ();
    }
}

static void
append_times (GString            *text,
              const RunnelTiming *self,
              gint64              start,
              gint64              end)
{
  g_autofree char *begin = runnel_format_duration (start - self->start);
  g_autofree char *duration = runnel_format_duration (end - start);

  /* Translators: when something began, counted from the start of the run, and how long it took */
  g_string_append_printf (text, _("at %s, for %s"), begin, duration);
}

static void
append_span (GString            *text,
             const RunnelTiming *self,
             const RunnelSpan   *span)
{
  g_autofree char *kind = describe_span_kind (span);

  g_string_append_printf (text, "\n%s, ", kind);
  append_times (text, self, span->start, span->end);
  if (span->reason != NULL)
    g_string_append_printf (text, "\n%s", span->reason);
}

static void
append_row_facts (GString               *text,
                  const RunnelTiming    *self,
                  const RunnelTimingRow *row)
{
  if (row->reason != NULL)
    g_string_append_printf (text, "\n%s", row->reason);
  if (row->tolerated)
    g_string_append_printf (text, "\n%s", _("Its failure is tolerated."));
  if (row->handled)
    g_string_append_printf (text, "\n%s", _("Its failure was handled by another step."));
  if (row->critical)
    g_string_append_printf (text, "\n%s", _("On the critical path"));
  else if (row->slack > 0 && row->n_spans > 0)
    {
      g_autofree char *slack = runnel_format_duration (row->slack);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("Could have ended %s later"), slack);
    }
}

/**
 * runnel_timing_describe:
 * @self: a timing
 * @row: a row
 * @span: a span of the row, from 0; -1 for all of them
 *
 * Returns: (transfer full): some lines for a person, as in a tooltip or for a screen reader
 */
char *
runnel_timing_describe (const RunnelTiming *self,
                        guint               row,
                        int                 span)
{
  const RunnelTimingRow *facts;
  GString *text;

  g_return_val_if_fail (self != NULL && row < self->n_rows, NULL);

  facts = &self->rows[row];
  g_return_val_if_fail (span < (int) facts->n_spans, NULL);

  text = g_string_new (facts->title);
  g_string_append_printf (text, " (%s)", runnel_gantt_style_get_name (facts->state));
  for (guint i = 0; i < facts->n_spans; i++)
    if (span < 0 || (guint) span == i)
      append_span (text, self, &self->spans[facts->first_span + i]);
  append_row_facts (text, self, facts);
  return g_string_free (text, FALSE);
}
