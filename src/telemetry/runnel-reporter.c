/* runnel-reporter.c: makes parcels for all receivers of what happens in a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-cdevents.h"
#include "telemetry/runnel-replay.h"
#include "telemetry/runnel-reporter.h"
#include "telemetry/runnel-trace.h"

#define MAX_SPANS 512 /* in a parcel; some hundred kilobytes */

struct _RunnelReporter
{
  RunnelTelemetryConfig *config;
  RunnelTrace *trace;       /* NULL = no traces are told */
  RunnelCdevents *cdevents; /* NULL = no events are told */
  RunnelReporterFunc deliver;
  gpointer user_data;
};

/**
 * runnel_reporter_new:
 * @config: (transfer none): whom to tell; must outlive the reporter
 * @deliver: called for each parcel
 *
 * Returns: (transfer full): a reporter to which nothing has happened
 */
RunnelReporter *
runnel_reporter_new (RunnelTelemetryConfig *config,
                     RunnelRunFacts        *facts,
                     RunnelReporterFunc     deliver,
                     gpointer               user_data)
{
  RunnelReporter *self = g_new0 (RunnelReporter, 1);

  self->config = config;
  self->deliver = deliver;
  self->user_data = user_data;
  if (config->otlp && config->traces && runnel_trace_context_is_sampled (facts->trace))
    self->trace = runnel_trace_new (facts, config->attributes);
  if (config->webhook)
    self->cdevents = runnel_cdevents_new (facts, config->is_binary);
  return self;
}

void
runnel_reporter_free (RunnelReporter *self)
{
  g_clear_pointer (&self->trace, runnel_trace_free);
  g_clear_pointer (&self->cdevents, runnel_cdevents_free);
  g_free (self);
}

static void
deliver_spans (RunnelReporter *self,
               gboolean        is_essential)
{
  guint n_spans = runnel_trace_get_n_spans (self->trace);
  RunnelParcel *parcel = runnel_parcel_new ("/v1/traces", "application/json",
                                            runnel_trace_take (self->trace), n_spans);

  parcel->is_essential = is_essential;
  self->deliver (self->config->otlp, parcel, self->user_data);
}

/**
 * runnel_reporter_take:
 * @event: the next event of the run
 */
void
runnel_reporter_take (RunnelReporter    *self,
                      const RunnelEvent *event)
{
  RunnelParcel *parcel = self->cdevents ? runnel_cdevents_take (self->cdevents, event) : NULL;
  gboolean is_end = event->type == RUNNEL_EVENT_RUN_FINISHED;

  if (parcel)
    self->deliver (self->config->webhook, parcel, self->user_data);
  if (!self->trace)
    return;
  runnel_trace_add (self->trace, event);
  if (is_end || runnel_trace_get_n_spans (self->trace) >= MAX_SPANS)
    deliver_spans (self, is_end);
}

/**
 * runnel_reporter_has_spans:
 *
 * Returns: whether runnel_reporter_flush() would deliver anything
 */
gboolean
runnel_reporter_has_spans (RunnelReporter *self)
{
  return self->trace && runnel_trace_get_n_spans (self->trace) > 0;
}

/**
 * runnel_reporter_flush:
 *
 * Delivers what it has gathered so far.
 */
void
runnel_reporter_flush (RunnelReporter *self)
{
  if (runnel_reporter_has_spans (self))
    deliver_spans (self, /* is_essential= */ FALSE);
}

/* --- Runs that are over --- */

static void
event_cb (const RunnelEvent *event,
          gpointer           user_data)
{
  runnel_reporter_take (user_data, event);
}

static void
replay (RunnelReporter        *self,
        RunnelRunFacts        *facts,
        const RunnelRunRecord *record,
        GPtrArray             *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      runnel_run_facts_add_step (facts, step->id, step->name, step->kind);
    }
  runnel_replay (record, steps, event_cb, self);
  runnel_reporter_flush (self);
}

/**
 * runnel_reporter_tell_past:
 * @config: whom to tell
 * @history: where the run is
 * @run: the number of a run that is over
 * @deliver: called for each parcel
 * @error: return location for a %RUNNEL_HISTORY_ERROR, among them
 *   %RUNNEL_HISTORY_ERROR_NOT_FOUND and %RUNNEL_HISTORY_ERROR_LIVE
 *
 * Tells of a run once more, with the same ids as before.
 *
 * Returns: whether all of it was made parcels of
 */
gboolean
runnel_reporter_tell_past (RunnelTelemetryConfig  *config,
                           RunnelHistory          *history,
                           gint64                  run,
                           RunnelReporterFunc      deliver,
                           gpointer                user_data,
                           GError                **error)
{
  RunnelRunRecord *record = runnel_history_get_run (history, run, error);
  g_autoptr(GPtrArray) steps = record ? runnel_history_get_steps (history, run, error) : NULL;
  g_autoptr(RunnelRunFacts) facts = steps ? runnel_run_facts_new (history, run, NULL, NULL, error)
                                          : NULL;
  gboolean is_over = facts && runnel_state_is_terminal (record->state);

  if (facts && !is_over)
    g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE,
                 "run %" G_GINT64_FORMAT " is still under way; it is told of by itself", run);
  if (is_over)
    {
      g_autoptr(RunnelReporter) reporter = runnel_reporter_new (config, facts, deliver, user_data);

      replay (reporter, facts, record, steps);
    }
  runnel_run_record_free (record);
  return is_over;
}
