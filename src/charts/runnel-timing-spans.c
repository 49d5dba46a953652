/* runnel-timing-spans.c: the life of each step, cut into spans
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-timing-private.h"

typedef struct
{
  RunnelTiming *timing;
  const RunnelStepRecord *step;
  GArray *spans;        /* of RunnelSpan, of all rows so far */
  gint64 now;
} Builder;

static const char *
keep_string (Builder    *builder,
             const char *text)
{
  return text ? g_string_chunk_insert_const (builder->timing->strings, text) : NULL;
}

static gint64
end_or_now (Builder *builder,
            gint64   end)
{
  return end != 0 ? end : builder->now;
}

/* Empty spans say nothing, except that there was an attempt. */
static void
add_span (Builder    *builder,
          RunnelSpan  span,
          gint64      start,
          gint64      end,
          const char *reason)
{
  span.start = start;
  span.end = MAX (start, end);
  span.reason = keep_string (builder, reason);
  if (span.end > span.start || span.kind == RUNNEL_SPAN_ATTEMPT)
    g_array_append_val (builder->spans, span);
}

/* Adds @span from @start to @end, with the waits that fall into it as spans of their own. */
static void
add_span_with_waits (Builder    *builder,
                     RunnelSpan  span,
                     gint64      start,
                     gint64      end,
                     const char *reason)
{
  RunnelSpan waiting = { .kind = RUNNEL_SPAN_WAITING, .attempt = span.attempt };
  gint64 cursor = start;

  for (guint i = 0; i < builder->step->waits->len; i++)
    {
      const RunnelWaitRecord *wait = builder->step->waits->pdata[i];
      gint64 from = MAX (wait->started, cursor);
      gint64 until = MIN (end_or_now (builder, wait->finished), end);

      if (until <= from)
        continue;
      if (from > cursor)
        add_span (builder, span, cursor, from, reason);
      add_span (builder, waiting, from, until, wait->reason);
      cursor = until;
    }
  if (cursor < end || cursor == start)
    add_span (builder, span, cursor, end, reason);
}

/* From the end of the attempt before, or from the queue, to the beginning of attempt @next.
 * The delay before a retry is a wait in the records, but of a kind of its own here. */
static void
add_gap (Builder *builder,
         guint    next,
         gint64   start,
         gint64   end)
{
  RunnelSpan span = { .attempt = next > 0 ? next : 0 };

  if (start == 0 || end <= start)
    return;
  if (next > 0)
    {
      span.kind = RUNNEL_SPAN_RETRY;
      add_span (builder, span, start, end, NULL);
      return;
    }
  span.kind = RUNNEL_SPAN_QUEUED;
  add_span_with_waits (builder, span, start, end, NULL);
}

static void
add_attempt (Builder                   *builder,
             const RunnelAttemptRecord *attempt)
{
  RunnelSpan span = {
    .kind = RUNNEL_SPAN_ATTEMPT,
    .attempt = attempt->attempt,
    .state = attempt->state,
  };

  add_span_with_waits (builder, span, attempt->started, end_or_now (builder, attempt->finished),
                       attempt->reason);
}

static gint64
attempt_start (const RunnelAttemptRecord *attempt)
{
  return attempt->started != 0 ? attempt->started : attempt->finished;
}

/* The step did not end with its last attempt: it was cancelled in the queue, or before it was
 * tried again. */
static gboolean
ended_in_gap (const RunnelStepRecord *step)
{
  const RunnelAttemptRecord *last;

  if (step->attempts->len == 0)
    return TRUE;
  last = step->attempts->pdata[step->attempts->len - 1];
  return last->state != step->state;
}

/* What comes after the last attempt, or after the queue when there was none. */
static void
add_tail (Builder *builder,
          gint64   cursor)
{
  const RunnelStepRecord *step = builder->step;

  if (!runnel_state_is_terminal (step->state))
    add_gap (builder, step->attempts->len, cursor, builder->now);
  else if (ended_in_gap (step))
    add_gap (builder, step->attempts->len, cursor, step->finished);
}

static void
add_step (Builder *builder)
{
  const RunnelStepRecord *step = builder->step;
  gint64 cursor = step->queued;

  for (guint i = 0; i < step->attempts->len; i++)
    {
      const RunnelAttemptRecord *attempt = step->attempts->pdata[i];

      add_gap (builder, i, cursor, attempt_start (attempt));
      add_attempt (builder, attempt);
      cursor = end_or_now (builder, attempt->finished);
    }
  add_tail (builder, cursor);
}

static void
set_row_times (RunnelTimingRow        *row,
               const RunnelSpan       *spans,
               const RunnelStepRecord *step)
{
  if (row->n_spans > 0)
    {
      row->start = spans[row->first_span].start;
      row->end = spans[row->first_span + row->n_spans - 1].end;
    }
  else if (!row->has_legs)
    row->start = row->end = step->queued != 0 ? step->queued : step->finished;
  row->end = MAX (row->end, step->finished);
}

/* A span reaches into the present when its step is not over and it is the last. */
static void
mark_open_span (Builder         *builder,
                RunnelTimingRow *row)
{
  if (row->n_spans > 0 && !runnel_state_is_terminal (builder->step->state))
    {
      RunnelSpan *last = &g_array_index (builder->spans, RunnelSpan, builder->spans->len - 1);

      last->open = last->end == builder->now;
    }
}

void
_runnel_timing_add_spans (RunnelTiming *self,
                          GPtrArray    *steps)
{
  Builder builder = {
    .timing = self,
    .spans = g_array_new (FALSE, FALSE, sizeof (RunnelSpan)),
    .now = self->end,
  };

  for (guint i = 0; i < steps->len; i++)
    {
      RunnelTimingRow *row = &self->rows[i];

      builder.step = steps->pdata[i];
      row->first_span = builder.spans->len;
      if (!row->has_legs)
        add_step (&builder);
      row->n_spans = builder.spans->len - row->first_span;
      set_row_times (row, (const RunnelSpan *) builder.spans->data, builder.step);
      mark_open_span (&builder, row);
    }
  self->n_spans = builder.spans->len;
  self->spans = (RunnelSpan *) g_array_free (builder.spans, FALSE);
}
