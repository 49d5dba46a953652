/* runnel-outbox.c: has parcels delivered, and never makes anybody wait for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-courier.h"
#include "telemetry/runnel-outbox.h"
#include "telemetry/runnel-receiver-status.h"

/* Between two tries, doubled each time and drawn from half of it to all of it. */
#define FIRST_PAUSE G_TIME_SPAN_SECOND
#define LONGEST_PAUSE G_TIME_SPAN_MINUTE

/* For a receiver that could not be reached not longer ago than this an outbox waits only for a
 * moment when it closes. */
#define GRUDGE (5 * G_TIME_SPAN_MINUTE)
#define MOMENT (250 * G_TIME_SPAN_MILLISECOND)

#define GONE 410 /* by it a receiver says that it wants nothing any more */

struct _RunnelOutbox
{
  const RunnelReceiver *receiver;
  GThread *thread;
  GCancellable *cancellable;

  /* Owned by the thread. */
  RunnelCourier *courier;
  RunnelSpool *spool;
  char **spooled;         /* names of parcels in the spool that are to be delivered, or NULL */
  guint n_spooled;        /* of them are done */
  gint64 pause;           /* the latest between two tries, 0 = the latest try was fine */
  gboolean is_unwanted;   /* the receiver wants nothing any more */
  RunnelDeliveryRecord record; /* since it was last added to the file */

  GMutex mutex;           /* for all that follows */
  GCond changed;
  GQueue parcels;
  gsize size;             /* bytes of their bodies */
  guint n_lost;
  gint64 next_try;        /* monotonic, 0 = at once */
  gboolean is_closing;
  gboolean is_failing;    /* the latest try failed, also if another process made it */
  gboolean gives_up;      /* a try failed while it was closing */
  gboolean was_given_a_moment;
  gint64 end;             /* until when to wait for the receiver once it is closing, monotonic */
  gboolean is_done;
};

/* --- The queue; with the mutex held --- */

static void
push (RunnelOutbox *self,
      RunnelParcel *parcel)
{
  self->size += g_bytes_get_size (parcel->body);
  g_queue_push_tail (&self->parcels, parcel);
  g_cond_broadcast (&self->changed);
}

static RunnelParcel *
pop (RunnelOutbox *self)
{
  RunnelParcel *parcel = g_queue_pop_head (&self->parcels);

  if (parcel)
    self->size -= g_bytes_get_size (parcel->body);
  return parcel;
}

static void
push_back (RunnelOutbox *self,
           RunnelParcel *parcel)
{
  self->size += g_bytes_get_size (parcel->body);
  g_queue_push_head (&self->parcels, parcel);
}

/* For what is told of a run itself, which is little, there is always room. */
static gboolean
is_full (RunnelOutbox *self,
         RunnelParcel *parcel)
{
  if (parcel->is_essential)
    return FALSE;
  return self->parcels.length >= RUNNEL_OUTBOX_MAX_PARCELS ||
         self->size + g_bytes_get_size (parcel->body) > RUNNEL_OUTBOX_MAX_SIZE;
}

/* --- What is told of it --- */

static void
note_success (RunnelOutbox        *self,
              RunnelParcel        *parcel,
              const RunnelReceipt *receipt)
{
  guint n_rejected = MIN (receipt->n_rejected, parcel->n_facts);

  self->record.n_sent += parcel->n_facts - n_rejected;
  self->record.n_dropped += n_rejected;
  self->record.delivered = g_get_real_time ();
  self->pause = 0;
  if (n_rejected == 0)
    return;
  self->record.failed = self->record.delivered - 1;
  g_free (self->record.problem);
  self->record.problem = g_strdup_printf ("it threw %u of %u facts away%s%s", n_rejected,
                                          parcel->n_facts, receipt->message ? ": " : "",
                                          receipt->message ? receipt->message : "");
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_REFUSED);
}

/* A receiver that was given but a moment, because it failed before, has not failed once more. */
static void
note_failure (RunnelOutbox *self,
              const GError *error)
{
  gboolean is_cut_short = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (is_cut_short && self->was_given_a_moment)
    return;
  self->record.failed = g_get_real_time ();
  if (!is_refusal (error))
    self->record.unreached = self->record.failed;
  g_free (self->record.problem);
  self->record.problem = g_strdup (is_cut_short ? "no answer before the run was over"
                                                : error->message);
}

/* What can't be written now is written with what comes next. */
static void
write_record (RunnelOutbox *self)
{
  g_mutex_lock (&self->mutex);
  self->record.n_dropped += self->n_lost;
  self->n_lost = 0;
  g_mutex_unlock (&self->mutex);

  if (self->record.n_sent + self->record.n_dropped + self->record.failed == 0 ||
      !runnel_delivery_record_add (self->receiver->name, &self->record, NULL))
    return;
  runnel_delivery_record_clear (&self->record);
  self->record = (RunnelDeliveryRecord) { 0, };
}

/* --- The thread --- */

static gboolean
has_spooled (RunnelOutbox *self)
{
  return self->spooled && self->spooled[self->n_spooled];
}

static void
open_spool (RunnelOutbox *self)
{
  if (!runnel_spool_lock (self->spool))
    return;
  self->record.n_dropped += runnel_spool_trim (self->spool);
  self->spooled = runnel_spool_list (self->spool);
}

static void
close_spool (RunnelOutbox *self)
{
  g_clear_pointer (&self->spooled, g_strfreev);
  self->n_spooled = 0;
  runnel_spool_unlock (self->spool);
}

/* A receiver that can't be reached is left alone for a while, as long as it asks for. */
static void
wait_before_next_try (RunnelOutbox *self,
                      gint64        retry_after)
{
  self->pause = CLAMP (self->pause * 2, FIRST_PAUSE, LONGEST_PAUSE);
  if (retry_after >= 0)
    self->pause = CLAMP (retry_after, 0, LONGEST_PAUSE * 10);
  else
    retry_after = self->pause / 2 + g_random_double () * self->pause / 2;
  self->next_try = g_get_monotonic_time () + retry_after;
}

/* Returns: what is to become of the parcel: TRUE = it is done, FALSE = it has to be tried again */
static gboolean
carry (RunnelOutbox *self,
       RunnelParcel *parcel)
{
  g_auto(RunnelReceipt) receipt = { 0, };
  g_autoptr(GError) error = NULL;
  gboolean ok = runnel_courier_carry (self->courier, parcel, self->cancellable, &receipt, &error);
  gboolean is_refused = is_refusal (error);
  gboolean was_failing;

  self->is_unwanted = receipt.status == GONE;

  if (ok)
    note_success (self, parcel, &receipt);
  else
    note_failure (self, error);
  if (is_refused)
    self->record.n_dropped += parcel->n_facts;

  g_mutex_lock (&self->mutex);
  was_failing = self->is_failing;
  self->is_failing = !ok && !is_refused;
  self->gives_up = self->is_failing && self->is_closing;
  self->next_try = 0;
  if (self->is_failing)
    wait_before_next_try (self, receipt.retry_after);
  g_mutex_unlock (&self->mutex);
  if (!ok || was_failing)
    write_record (self);
  return ok || is_refused;
}

static void
carry_queued (RunnelOutbox *self,
              RunnelParcel *parcel)
{
  if (self->is_unwanted)
    self->record.n_dropped += parcel->n_facts;
  if (self->is_unwanted || carry (self, parcel))
    {
      runnel_parcel_free (parcel);
      return;
    }
  g_mutex_lock (&self->mutex);
  push_back (self, parcel);
  g_mutex_unlock (&self->mutex);
}

/* One that can't be read is damaged, or was taken by somebody. */
static void
carry_spooled (RunnelOutbox *self)
{
  const char *name = self->spooled[self->n_spooled];
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelParcel) parcel = runnel_spool_read (self->spool, name, &error);

  if (parcel && !carry (self, parcel))
    return;
  if (parcel || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    runnel_spool_remove (self->spool, name);
  self->n_spooled++;
  if (!has_spooled (self))
    close_spool (self);
}

static gboolean
is_due (RunnelOutbox *self)
{
  return self->next_try == 0 || g_get_monotonic_time () >= self->next_try;
}

/* Waits for something to do. Returns: FALSE when there is nothing more. */
static gboolean
wait_for_work (RunnelOutbox  *self,
               RunnelParcel **ret_parcel)
{
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  while (!self->is_closing && !((self->parcels.length > 0 || has_spooled (self)) && is_due (self)))
    {
      if (self->next_try == 0)
        g_cond_wait (&self->changed, &self->mutex);
      else if (!g_cond_wait_until (&self->changed, &self->mutex, self->next_try))
        self->next_try = 0;
    }
  goes_on = !self->is_closing || (self->parcels.length > 0 && !self->gives_up);
  *ret_parcel = goes_on ? pop (self) : NULL;
  g_mutex_unlock (&self->mutex);
  return goes_on;
}

/* What is left waits in files. */
static void
put_away (RunnelOutbox *self)
{
  RunnelParcel *parcel;
  g_autoptr(GError) error = NULL;

  g_mutex_lock (&self->mutex);
  while ((parcel = pop (self)))
    {
      g_mutex_unlock (&self->mutex);
      if (!error && !runnel_spool_add (self->spool, parcel, &error))
        note_failure (self, error);
      if (error)
        self->record.n_dropped += parcel->n_facts;
      runnel_parcel_free (parcel);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  self->record.n_dropped += runnel_spool_trim (self->spool);
}

static gpointer
work (gpointer data)
{
  RunnelOutbox *self = data;
  RunnelParcel *parcel;

  open_spool (self);
  while (wait_for_work (self, &parcel))
    if (parcel)
      carry_queued (self, parcel);
    else if (has_spooled (self))
      carry_spooled (self);
  close_spool (self);
  put_away (self);
  write_record (self);
  runnel_courier_free (self->courier);

  g_mutex_lock (&self->mutex);
  self->is_done = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* --- Public --- */

static gboolean
is_unreached (const RunnelReceiver *receiver)
{
  g_auto(RunnelDeliveryRecord) record = { 0, };

  runnel_delivery_record_load (receiver->name, &record);
  return runnel_delivery_record_is_unreached (&record, g_get_real_time () - GRUDGE);
}

/**
 * runnel_outbox_new:
 * @receiver: must outlive the outbox
 * @patience: how long one delivery may take, microseconds
 *
 * Returns: (transfer full): an outbox that delivers what waits in the spool, too
 */
RunnelOutbox *
runnel_outbox_new (const RunnelReceiver *receiver,
                   gint64                patience)
{
  RunnelOutbox *self = g_new0 (RunnelOutbox, 1);

  self->receiver = receiver;
  self->cancellable = g_cancellable_new ();
  self->courier = runnel_courier_new (receiver, patience);
  self->spool = runnel_receiver_open_spool (receiver->name);
  self->is_failing = is_unreached (receiver);
  g_queue_init (&self->parcels);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("outbox", work, self);
  return self;
}

/**
 * runnel_outbox_put:
 * @parcel: (transfer full): what is to be delivered; lost when there is no room for it
 *
 * Never waits.
 */
void
runnel_outbox_put (RunnelOutbox *self,
                   RunnelParcel *parcel)
{
  g_mutex_lock (&self->mutex);
  if (is_full (self, parcel))
    {
      self->n_lost += parcel->n_facts;
      runnel_parcel_free (parcel);
    }
  else
    push (self, parcel);
  g_mutex_unlock (&self->mutex);
}

/**
 * runnel_outbox_lose:
 * @n_facts: how many facts did not come as far as here
 */
void
runnel_outbox_lose (RunnelOutbox *self,
                    guint         n_facts)
{
  g_mutex_lock (&self->mutex);
  self->n_lost += n_facts;
  g_mutex_unlock (&self->mutex);
}

/**
 * runnel_outbox_begin_end:
 * @patience: how long to wait for the receiver, microseconds; for one that could not be reached
 *   lately it is only a moment
 *
 * Says that nothing more comes: the thread delivers what it has, if the receiver can be reached,
 * and ends. Several outboxes can do so at the same time.
 */
void
runnel_outbox_begin_end (RunnelOutbox *self,
                         gint64        patience)
{
  g_mutex_lock (&self->mutex);
  self->is_closing = TRUE;
  self->was_given_a_moment = self->is_failing;
  self->end = g_get_monotonic_time ()
              + (self->was_given_a_moment ? MIN (MOMENT, patience) : patience);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * runnel_outbox_close:
 * @self: (transfer full): an outbox that was told that it ends
 */
void
runnel_outbox_close (RunnelOutbox *self)
{
  g_mutex_lock (&self->mutex);
  while (!self->is_done && g_cond_wait_until (&self->changed, &self->mutex, self->end))
    ;
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);

  g_thread_join (self->thread);
  runnel_spool_free (self->spool);
  g_object_unref (self->cancellable);
  runnel_delivery_record_clear (&self->record);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}
