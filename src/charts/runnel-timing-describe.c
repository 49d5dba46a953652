/* runnel-timing-describe.c: the timing of a step in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-style.h"
#include "charts/runnel-timing.h"
#include "util/runnel-format.h"

static char *
describe_span_kind (const RunnelSpan *span)
{
  switch (span->kind)
    {
    case RUNNEL_SPAN_QUEUED:
      return g_strdup (_("Queued"));
    case RUNNEL_SPAN_POOL:
      return g_strdup (_("Waiting for a pool"));
    case RUNNEL_SPAN_APPROVAL:
      return g_strdup (_("Waiting for a person"));
    case RUNNEL_SPAN_WAITING:
      return g_strdup (_("Waiting"));
    case RUNNEL_SPAN_RETRY:
      /* Translators: the number of the attempt that failed */
      return g_strdup_printf (_("Delay after attempt %u"), span->attempt);
    case RUNNEL_SPAN_ATTEMPT:
      /* Translators: the number of an attempt, and its state such as "failed" */
      return g_strdup_printf (_("Attempt %u: %s"), span->attempt,
                              runnel_gantt_style_get_name (span->state));
    case RUNNEL_N_SPAN_KINDS:
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

/* Every step is in the queue for a moment. */
static gboolean
is_nothing (const RunnelSpan *span)
{
  return span->kind == RUNNEL_SPAN_QUEUED && !span->open &&
         span->end - span->start < G_TIME_SPAN_MILLISECOND;
}

/* Why it did not begin before. */
static void
append_release (GString               *text,
             const RunnelTiming    *self,
             const RunnelTimingRow *row)
{
  const char *holder = row->holder >= 0 ? self->rows[row->holder].title : NULL;
  guint index = row - self->rows;
  g_autofree char *pool = runnel_format_duration (runnel_timing_sum_spans (self, index,
                                                                           RUNNEL_SPAN_POOL));
  g_autofree char *queue = runnel_format_duration (runnel_timing_sum_spans (self, index,
                                                                            RUNNEL_SPAN_QUEUED));

  switch (row->release)
    {
    case RUNNEL_RELEASE_NEED:
      g_string_append_c (text, '\n');
      /* Translators: the title of another step */
      g_string_append_printf (text, _("Could begin when “%s” was over"), holder);
      break;
    case RUNNEL_RELEASE_POOL:
      g_string_append_c (text, '\n');
      /* Translators: a duration, the name of a pool, and the title of another step */
      g_string_append_printf (text, _("Waited %s for pool %s, until “%s” gave it back"), pool,
                              row->pool, holder);
      break;
    case RUNNEL_RELEASE_PLACE:
      g_string_append_c (text, '\n');
      /* Translators: a duration, and the title of another step */
      g_string_append_printf (text, _("Waited %s for a free place, until “%s” was over"), queue,
                              holder);
      break;
    case RUNNEL_RELEASE_NONE:
    default:
      break;
    }
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
  append_release (text, self, row);
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
    if (span < 0 ? !is_nothing (&self->spans[facts->first_span + i]) : (guint) span == i)
      append_span (text, self, &self->spans[facts->first_span + i]);
  append_row_facts (text, self, facts);
  return g_string_free (text, FALSE);
}
