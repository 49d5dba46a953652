/* runnel-dispatch.c: tells of runs that are over, now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-courier.h"
#include "telemetry/runnel-dispatch.h"
#include "telemetry/runnel-receiver-status.h"
#include "telemetry/runnel-reporter.h"

/* To one receiver. */
typedef struct
{
  const RunnelReceiver *receiver; /* NULL = it is not told */
  RunnelCourier *courier;
  RunnelDeliveryRecord record;    /* of now */
  GError *problem;                /* why the rest is not sent, or NULL */
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
    return FALSE;
  n_lost = MIN (receipt.n_rejected, parcel->n_facts);
  self->record.n_sent += parcel->n_facts - n_lost;
  self->record.n_dropped += n_lost;
  self->record.delivered = g_get_real_time ();
  return TRUE;
}

static void
finish (Delivery  *self,
        GPtrArray *dispatches)
{
  RunnelDispatch *dispatch;

  if (!self->receiver)
    return;
  dispatch = g_new0 (RunnelDispatch, 1);
  dispatch->receiver = self->receiver->name;
  dispatch->n_sent = self->record.n_sent;
  dispatch->n_dropped = self->record.n_dropped;
  if (self->problem)
    {
      self->record.failed = g_get_real_time ();
      self->record.problem = g_strdup (self->problem->message);
      dispatch->problem = g_strdup (self->problem->message);
    }
  runnel_delivery_record_add (self->receiver->name, &self->record, NULL);
  runnel_delivery_record_clear (&self->record);
  runnel_courier_free (self->courier);
  g_clear_error (&self->problem);
  g_ptr_array_add (dispatches, dispatch);
}

void
runnel_dispatch_free (RunnelDispatch *self)
{
  g_free (self->problem);
  g_free (self);
}

static GPtrArray *
dispatches_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_dispatch_free);
}

/* --- A run --- */

typedef struct
{
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

/**
 * runnel_dispatch_run:
 * @config: whom to tell
 * @history: where the run is
 * @run: the number of a run that is over
 * @error: as of runnel_reporter_tell_past()
 *
 * Tells of a run once more, with the same ids as before.
 *
 * Returns: (transfer full) (nullable) (element-type RunnelDispatch): how it went
 */
GPtrArray *
runnel_dispatch_run (RunnelTelemetryConfig  *config,
                     RunnelHistory          *history,
                     gint64                  run,
                     GError                **error)
{
  Sending self = { { NULL, }, };
  g_autoptr(GPtrArray) dispatches = dispatches_new ();
  gboolean ok;

  delivery_init (&self.otlp, config->traces ? config->otlp : NULL);
  delivery_init (&self.webhook, config->webhook);
  ok = runnel_reporter_tell_past (config, history, run, deliver_cb, &self, error);
  finish (&self.otlp, dispatches);
  finish (&self.webhook, dispatches);
  return ok ? g_steal_pointer (&dispatches) : NULL;
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

static void
send_spool (const RunnelReceiver *receiver,
            GPtrArray            *dispatches)
{
  g_autoptr(RunnelSpool) spool = NULL;
  g_auto(GStrv) names = NULL;
  Delivery delivery = { NULL, };

  if (!receiver)
    return;
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
  finish (&delivery, dispatches);
}

/**
 * runnel_dispatch_waiting:
 * @config: whom to tell
 *
 * Delivers what could not be delivered before; nothing, while a run does so.
 *
 * Returns: (transfer full) (element-type RunnelDispatch): how it went
 */
GPtrArray *
runnel_dispatch_waiting (RunnelTelemetryConfig *config)
{
  GPtrArray *dispatches = dispatches_new ();

  send_spool (config->otlp, dispatches);
  send_spool (config->webhook, dispatches);
  return dispatches;
}
