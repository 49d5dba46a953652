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
  span.reason = _runnel_timing_keep_string (builder->timing, reason);
  if (span.end > span.start || span.kind == RUNNEL_SPAN_ATTEMPT)
    g_array_append_val (builder->spans, span);
}

static RunnelSpanKind
get_kind (RunnelWaitKind wait)
{
  switch (wait)
    {
    case RUNNEL_WAIT_POOL:
      return RUNNEL_SPAN_POOL;
    case RUNNEL_WAIT_APPROVAL:
      return RUNNEL_SPAN_APPROVAL;
    case RUNNEL_WAIT_RETRY:
      return RUNNEL_SPAN_RETRY;
    case RUNNEL_WAIT_UNKNOWN:
    case RUNNEL_WAIT_TIME:
    case RUNNEL_WAIT_HOLD:
    case RUNNEL_N_WAIT_KINDS:
    default:
      return RUNNEL_SPAN_WAITING;
    }
}

/* Adds @span from @start to @end, with the waits that fall into it as spans of their own; the delay
 * before a retry is a wait in the records, but what is between the attempts anyhow here. */
static void
add_span_with_waits (Builder    *builder,
                     RunnelSpan  span,
                     gint64      start,
                     gint64      end,
                     const char *reason)
{
  RunnelSpan waiting = { .attempt = span.attempt };
  gint64 cursor = start;

  for (guint i = 0; i < builder->step->waits->len; i++)
    {
      const RunnelWaitRecord *wait = builder->step->waits->pdata[i];
      gint64 from = MAX (wait->started, cursor);
      gint64 until = MIN (end_or_now (builder, wait->finished), end);

      waiting.kind = get_kind (wait->kind);
      if (until <= from || waiting.kind == RUNNEL_SPAN_RETRY ||
          (wait->kind == RUNNEL_WAIT_UNKNOWN && span.kind == RUNNEL_SPAN_RETRY))
        continue;
      if (from > cursor)
        add_span (builder, span, cursor, from, reason);
      add_span (builder, waiting, from, until, wait->reason);
      cursor = until;
    }
  if (cursor < end || cursor == start)
    add_span (builder, span, cursor, end, reason);
}

/* From the end of the attempt before, or from the queue, to the beginning of attempt @next. */
static void
add_gap (Builder *builder,
         guint    next,
         gint64   start,
         gint64   end)
{
  RunnelSpan span = {
    .kind = next > 0 ? RUNNEL_SPAN_RETRY : RUNNEL_SPAN_QUEUED,
    .attempt = next,
  };

  if (start != 0 && end > start)
    add_span_with_waits (builder, span, start, end, NULL);
}

/* What it used is known of the attempt as a whole: it may have waited in between. */
static void
spread_usage (Builder           *builder,
              guint              first,
              const RunnelUsage *usage)
{
  RunnelSpan *spans = (RunnelSpan *) builder->spans->data;
  gint64 worked = 0;

  for (guint i = first; i < builder->spans->len; i++)
    if (spans[i].kind == RUNNEL_SPAN_ATTEMPT)
      worked += spans[i].end - spans[i].start;
  for (guint i = first; i < builder->spans->len && worked > 0; i++)
    if (spans[i].kind == RUNNEL_SPAN_ATTEMPT)
      {
        spans[i].cores = (double) runnel_usage_get_cpu_us (usage) / worked;
        spans[i].memory = runnel_usage_get_memory_kb (usage) * 1024;
      }
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
  guint first = builder->spans->len;

  add_span_with_waits (builder, span, attempt->started, end_or_now (builder, attempt->finished),
                       attempt->reason);
  spread_usage (builder, first, &attempt->usage);
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
      if (last->open)
        {
          guint index = row - builder->timing->rows;

          g_array_append_val (builder->timing->open_rows, index);
        }
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
