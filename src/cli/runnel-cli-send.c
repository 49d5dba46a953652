/* runnel-cli-send.c: tells of runs that are over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-telemetry.h"
#include "cli/runnel-cli.h"
#include "telemetry/runnel-courier.h"
#include "telemetry/runnel-receiver-status.h"
#include "telemetry/runnel-replay.h"
#include "telemetry/runnel-reporter.h"

/* To one receiver. */
typedef struct
{
  const RunnelReceiver *receiver;
  RunnelCourier *courier;
  RunnelDeliveryRecord record; /* of now */
  GError *problem;             /* why the rest is not sent, or NULL */
} Delivery;

static void
delivery_init (Delivery             *self,
               const RunnelReceiver *receiver)
{
  self->receiver = receiver;
  if (receiver)
    self->courier = runnel_courier_new (receiver, RUNNEL_COURIER_PATIENCE);
}

/* Returns: whether the receiver can be given more */
static gboolean
deliver (Delivery     *self,
         RunnelParcel *parcel)
{
  g_auto(RunnelReceipt) receipt = { 0, };
  guint n_lost;

  if (self->problem)
    return FALSE;
  if (!runnel_courier_carry (self->courier, parcel, NULL, &receipt, &self->problem))
    {
      self->record.failed = g_get_real_time ();
      return FALSE;
    }
  n_lost = MIN (receipt.n_rejected, parcel->n_facts);
  self->record.n_sent += parcel->n_facts - n_lost;
  self->record.n_dropped += n_lost;
  self->record.delivered = g_get_real_time ();

  return TRUE;
}

static int
finish (Delivery *self)
{
  int code = RUNNEL_EXIT_SUCCEEDED;

  if (!self->receiver)
    return code;
  printf ("%s: %" G_GUINT64_FORMAT " sent", self->receiver->name, self->record.n_sent);
  if (self->record.n_dropped > 0)
    printf (", of which it threw %" G_GUINT64_FORMAT " away", self->record.n_dropped);
  if (self->problem)
    {
      printf (": %s", self->problem->message);
      self->record.problem = g_strdup (self->problem->message);
      code = RUNNEL_EXIT_FAILED;
    }
  printf ("\n");
  runnel_delivery_record_add (self->receiver->name, &self->record, NULL);
  runnel_delivery_record_clear (&self->record);
  runnel_courier_free (self->courier);
  g_clear_error (&self->problem);

  return code;
}

/* --- A run --- */

typedef struct
{
  RunnelReporter *reporter;
  Delivery otlp;
  Delivery webhook;
} Sending;

static void
deliver_cb (const RunnelReceiver *receiver,
            RunnelParcel         *parcel,
            gpointer              user_data)
{
  Sending *self = user_data;

  deliver (receiver == self->otlp.receiver ? &self->otlp : &self->webhook, parcel);
  runnel_parcel_free (parcel);
}

static void
event_cb (const RunnelEvent *event,
          gpointer           user_data)
{
  Sending *self = user_data;

  runnel_reporter_take (self->reporter, event);
}

static int
send_records (RunnelTelemetryConfig *config,
              RunnelRunFacts        *facts,
              const RunnelRunRecord *record,
              GPtrArray             *steps)
{
  Sending self = { NULL, };
  int otlp, webhook;

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      runnel_run_facts_add_step (facts, step->id, step->name, step->kind);
    }
  delivery_init (&self.otlp, config->traces ? config->otlp : NULL);
  delivery_init (&self.webhook, config->webhook);
  self.reporter = runnel_reporter_new (config, facts, deliver_cb, &self);
  runnel_replay (record, steps, event_cb, &self);
  runnel_reporter_flush (self.reporter);
  runnel_reporter_free (self.reporter);
  otlp = finish (&self.otlp);
  webhook = finish (&self.webhook);

  return otlp != RUNNEL_EXIT_SUCCEEDED ? otlp : webhook;
}

/**
 * runnel_cli_send_run:
 * @config: whom to tell
 * @run: the number of a run that is over
 * @error: return location for a #RunnelHistoryError
 *
 * Tells of a run once more, with the same ids as before.
 *
 * Returns: the exit code
 */
int
runnel_cli_send_run (RunnelTelemetryConfig  *config,
                     gint64                  run,
                     GError                **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  RunnelRunRecord *record = history ? runnel_history_get_run (history, run, error) : NULL;
  g_autoptr(GPtrArray) steps = record ? runnel_history_get_steps (history, run, error) : NULL;
  g_autoptr(RunnelRunFacts) facts = steps ? runnel_run_facts_new (history, run, NULL, NULL, error)
                                          : NULL;
  int code = RUNNEL_EXIT_STORE;

  if (facts && !runnel_state_is_terminal (record->state))
    g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE,
                 "run %" G_GINT64_FORMAT " is still under way; it is told of by itself", run);
  else if (facts)
    code = send_records (config, facts, record, steps);
  runnel_run_record_free (record);

  return code;
}

/* --- What waits --- */

/* What a receiver refuses, it would refuse each time. */
static gboolean
deliver_file (Delivery    *self,
              RunnelSpool *spool,
              const char  *name)
{
  g_autoptr(RunnelParcel) parcel = runnel_spool_read (spool, name, NULL);

  if (parcel && !deliver (self, parcel))
    {
      if (!g_error_matches (self->problem, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_REFUSED))
        return FALSE;
      self->record.n_dropped += parcel->n_facts;
      g_clear_error (&self->problem);
    }
  runnel_spool_remove (spool, name);

  return TRUE;
}

static int
send_spool (const RunnelReceiver *receiver)
{
  g_autoptr(RunnelSpool) spool = NULL;
  g_auto(GStrv) names = NULL;
  Delivery delivery = { NULL, };

  if (!receiver)
    return RUNNEL_EXIT_SUCCEEDED;
  spool = runnel_receiver_open_spool (receiver->name);
  delivery_init (&delivery, receiver);
  if (runnel_spool_lock (spool))
    {
      delivery.record.n_dropped += runnel_spool_trim (spool);
      names = runnel_spool_list (spool);
    }
  for (char **name = names; name && *name; name++)
    if (!deliver_file (&delivery, spool, *name))
      break;

  return finish (&delivery);
}

/**
 * runnel_cli_send_waiting:
 * @config: whom to tell
 *
 * Delivers what could not be delivered before.
 *
 * Returns: the exit code
 */
int
runnel_cli_send_waiting (RunnelTelemetryConfig *config)
{
  int otlp = send_spool (config->otlp);
  int webhook = send_spool (config->webhook);

  return otlp != RUNNEL_EXIT_SUCCEEDED ? otlp : webhook;
}
