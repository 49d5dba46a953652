/* runnel-telemetry.c: tells others of a run while it goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run puts its events into a queue and never waits. A thread makes parcels of them, and each
 * receiver has an outbox with a thread of its own, so that one that hangs holds up no other.
 */
#include "config.h"

#include "telemetry/runnel-courier.h"
#include "telemetry/runnel-event-queue.h"
#include "telemetry/runnel-exposition.h"
#include "telemetry/runnel-otlp-metrics.h"
#include "telemetry/runnel-outbox.h"
#include "telemetry/runnel-reporter.h"
#include "telemetry/runnel-telemetry.h"
#include "telemetry/runnel-untold.h"

#define MAX_EVENTS 20000
#define SPAN_INTERVAL (2 * G_TIME_SPAN_SECOND)  /* how long a span that is over waits for others */
#define METRICS_INTERVAL G_TIME_SPAN_MINUTE

struct _RunnelTelemetry
{
  RunnelEventSink sink;      /* first, so that the sink is the telemetry */
  RunnelTelemetryConfig *config;
  RunnelRunFacts *facts;
  RunnelEventQueue *events;
  RunnelOutbox *otlp;        /* NULL = nobody is told so */
  RunnelOutbox *webhook;
  GThread *thread;

  /* Owned by the thread. */
  RunnelReporter *reporter;
  gint64 next_flush;         /* monotonic, as is */
  gint64 next_metrics;
};

static void
take_event (RunnelEventSink   *sink,
            const RunnelEvent *event)
{
  RunnelTelemetry *self = (RunnelTelemetry *) sink;

  runnel_event_queue_put (self->events, event);
}

/* --- The thread --- */

static void
deliver_cb (const RunnelReceiver *receiver,
            RunnelParcel         *parcel,
            gpointer              user_data)
{
  RunnelTelemetry *self = user_data;

  runnel_outbox_put (receiver == self->config->otlp ? self->otlp : self->webhook, parcel);
}

static gboolean
tells_metrics (RunnelTelemetry *self)
{
  return self->otlp && self->config->metrics;
}

static RunnelMetrics *
read_metrics (void)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, NULL);
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();

  return history ? runnel_metrics_read (history, settings, NULL) : NULL;
}

/* What could not be read now is told the next time: all of it is counted on. */
static void
tell_metrics (RunnelTelemetry *self,
              RunnelMetrics   *metrics)
{
  guint n_points;
  GBytes *body;

  self->next_metrics = g_get_monotonic_time () + METRICS_INTERVAL;
  if (!metrics || !tells_metrics (self))
    return;
  body = runnel_otlp_metrics_write (metrics, self->config->attributes, &n_points);
  runnel_outbox_put (self->otlp, runnel_parcel_new ("/v1/metrics", "application/json", body,
                                                    n_points));
}

static void
tell_metrics_now (RunnelTelemetry *self)
{
  g_autoptr(RunnelMetrics) metrics = tells_metrics (self) ? read_metrics () : NULL;

  tell_metrics (self, metrics);
}

/* By now the history has the end of the run. */
static void
tell_end (RunnelTelemetry *self)
{
  g_autoptr(RunnelMetrics) metrics = NULL;
  g_autoptr(GError) error = NULL;

  runnel_reporter_flush (self->reporter);
  if (tells_metrics (self) || self->config->textfile)
    metrics = read_metrics ();
  tell_metrics (self, metrics);
  if (metrics && self->config->textfile &&
      !runnel_exposition_save (metrics, self->config->textfile, &error))
    g_printerr ("runnel: the metrics can't be written: %s\n", error->message);
}

static void
do_what_is_due (RunnelTelemetry *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!runnel_reporter_has_spans (self->reporter))
    self->next_flush = now + SPAN_INTERVAL;
  else if (now >= self->next_flush)
    runnel_reporter_flush (self->reporter);
  if (now >= self->next_metrics)
    tell_metrics_now (self);
}

/* Runs that were killed could not tell their end. */
static void
tell_untold (RunnelTelemetry *self)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, NULL);
  g_autoptr(GArray) runs = history ? runnel_untold_claim (history) : NULL;

  for (guint i = 0; runs && i < runs->len; i++)
    runnel_reporter_tell_past (self->config, history, g_array_index (runs, gint64, i), deliver_cb,
                               self, NULL);
}

static gpointer
work (gpointer data)
{
  RunnelTelemetry *self = data;
  g_autofree char *folder = g_path_get_dirname (self->facts->file);
  gboolean is_over = FALSE;

  tell_untold (self);
  runnel_untold_mark (self->facts->id);
  g_clear_pointer (&self->facts->vcs, runnel_vcs_free);
  self->facts->vcs = runnel_vcs_read (folder);
  self->reporter = runnel_reporter_new (self->config, self->facts, deliver_cb, self);
  while (!is_over)
    {
      g_autoptr(RunnelQueuedEvent) event = NULL;

      do_what_is_due (self);
      event = runnel_event_queue_take (self->events, MIN (self->next_flush, self->next_metrics),
                                       &is_over);
      if (event)
        runnel_reporter_take (self->reporter, &event->event);
    }
  tell_end (self);
  runnel_untold_unmark (self->facts->id);
  runnel_reporter_free (self->reporter);
  return NULL;
}

/* --- Public --- */

/**
 * runnel_telemetry_new:
 * @config: (transfer full): whom to tell
 * @facts: (transfer full): the run, with its steps
 *
 * Returns: (transfer full): threads that wait for what happens in the run
 */
RunnelTelemetry *
runnel_telemetry_new (RunnelTelemetryConfig *config,
                      RunnelRunFacts        *facts)
{
  RunnelTelemetry *self = g_new0 (RunnelTelemetry, 1);

  self->sink.event = take_event;
  self->config = config;
  self->facts = facts;
  self->events = runnel_event_queue_new (MAX_EVENTS);
  if (config->otlp)
    self->otlp = runnel_outbox_new (config->otlp, RUNNEL_COURIER_PATIENCE);
  if (config->webhook)
    self->webhook = runnel_outbox_new (config->webhook, RUNNEL_COURIER_PATIENCE);
  self->thread = g_thread_new ("telemetry", work, self);
  return self;
}

/**
 * runnel_telemetry_get_sink:
 *
 * Returns: (transfer none): the sink to give to the run, valid as long as the telemetry
 */
RunnelEventSink *
runnel_telemetry_get_sink (RunnelTelemetry *self)
{
  return &self->sink;
}

/* What was lost on the way counts for whoever would have been told. */
static void
begin_end (RunnelTelemetry *self,
           RunnelOutbox    *outbox,
           gint64           patience)
{
  if (!outbox)
    return;
  runnel_outbox_lose (outbox, runnel_event_queue_get_n_lost (self->events));
  runnel_outbox_begin_end (outbox, patience);
}

/**
 * runnel_telemetry_close:
 * @self: (transfer full) (nullable): telemetry of a run that is over
 *
 * Waits for receivers that answer, but not longer than the configuration says. What they have not
 * got then waits in files.
 */
void
runnel_telemetry_close (RunnelTelemetry *self)
{
  gint64 patience;

  if (!self)
    return;
  patience = self->config->patience;
  runnel_event_queue_end (self->events);
  g_thread_join (self->thread);
  begin_end (self, self->otlp, patience);
  begin_end (self, self->webhook, patience);
  g_clear_pointer (&self->otlp, runnel_outbox_close);
  g_clear_pointer (&self->webhook, runnel_outbox_close);
  runnel_event_queue_free (self->events);
  runnel_run_facts_unref (self->facts);
  runnel_telemetry_config_free (self->config);
  g_free (self);
}
