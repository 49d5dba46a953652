/* runnel-history-writer.c: the stream of events on its way into the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-history-writer.h"

/* Long enough to make a transaction of hundreds of events, short enough to look live. */
#define BATCH_INTERVAL (50 * G_TIME_SPAN_MILLISECOND)

/* When so many events could not be written, memory matters more: the journal has them all. */
#define MAX_EVENTS 200000

/* A copy of an event. Objects are written as text at once, in the thread that owns them. */
typedef struct
{
  RunnelEvent event; /* of its pointers only `reason`, `cause`, and `step` of an added step */
  char *outputs;
  char *details;
  const RunnelEvent *start; /* of an end whose start is in the same batch: recorded with the end */
  gboolean is_covered;      /* a start that is recorded with the end */
} Fact;

struct _RunnelHistoryWriter
{
  RunnelEventSink sink;   /* first, so that the sink is the writer */
  GThread *thread;

  /* Owned by the thread. */
  RunnelHistory *history;
  GArray *batch;          /* of Fact: being written, or to be tried again */

  GMutex mutex;           /* for all that follows */
  GCond work;             /* the thread has something to do, or to do it now */
  GCond tried;            /* the thread has tried to write */
  GArray *incoming;       /* of Fact */
  gboolean urgent;        /* don't wait for more */
  gboolean writing;       /* the thread has taken facts and not yet tried */
  gboolean closing;
  gboolean given_up;
  GError *error;          /* of the latest try, NULL when everything is written */
};

static void
fact_init (Fact              *self,
           const RunnelEvent *event)
{
  self->event = *event;
  self->event.step = event->type == RUNNEL_EVENT_STEP_ADDED ? g_strdup (event->step) : NULL;
  self->event.outputs = NULL;
  self->event.details = NULL;
  self->event.reason = g_strdup (event->reason);
  self->event.cause = g_strdup (event->cause);
  self->outputs = _runnel_json_object_to_text (event->outputs);
  self->details = _runnel_json_object_to_text (event->details);
}

static void
fact_clear (Fact *self)
{
  g_free ((char *) self->event.step);
  g_free ((char *) self->event.reason);
  g_free ((char *) self->event.cause);
  g_free (self->outputs);
  g_free (self->details);
}

static GArray *
facts_new (void)
{
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (Fact));

  g_array_set_clear_func (facts, (GDestroyNotify) fact_clear);
  return facts;
}

/* Moves what came in behind what could not be written before. Else the array itself is taken, and
 * its forerunner goes: it may be as large as the burst with which all steps of a run are queued. */
static void
take_incoming (RunnelHistoryWriter *self)
{
  if (self->batch->len == 0)
    {
      g_array_unref (self->batch);
      self->batch = g_steal_pointer (&self->incoming);
      self->incoming = facts_new ();
      return;
    }

  g_array_append_vals (self->batch, self->incoming->data, self->incoming->len);
  g_array_set_clear_func (self->incoming, NULL);
  g_array_set_size (self->incoming, 0);
  g_array_set_clear_func (self->incoming, (GDestroyNotify) fact_clear);
}

static gboolean
has_work (RunnelHistoryWriter *self)
{
  return self->incoming->len > 0 || self->urgent || self->closing;
}

/* Waits for the first event and then a while for more. Returns: FALSE when there come no more. */
static gboolean
wait_for_batch (RunnelHistoryWriter *self)
{
  gboolean goes_on;
  gint64 deadline;

  g_mutex_lock (&self->mutex);
  while (!has_work (self))
    g_cond_wait (&self->work, &self->mutex);
  deadline = g_get_monotonic_time () + BATCH_INTERVAL;
  while (!self->urgent && !self->closing &&
         g_cond_wait_until (&self->work, &self->mutex, deadline))
    ;
  goes_on = !self->closing;
  take_incoming (self);
  self->urgent = FALSE;
  self->writing = TRUE;
  g_mutex_unlock (&self->mutex);
  return goes_on;
}

/* The attempt of a step in a batch, as far as it was seen. */
typedef struct
{
  Fact *start;
  Fact *end; /* NULL = not over */
} Pair;

static void
take_fact (GHashTable *pairs,
           Fact       *fact)
{
  gpointer step = GUINT_TO_POINTER (fact->event.step_index);
  Pair *pair = g_hash_table_lookup (pairs, step);

  switch (fact->event.type)
    {
    case RUNNEL_EVENT_ATTEMPT_STARTED:
      pair = g_new0 (Pair, 1);
      pair->start = fact;
      g_hash_table_insert (pairs, step, pair);
      break;
    case RUNNEL_EVENT_ATTEMPT_FINISHED:
      if (pair != NULL && pair->start->event.attempt == fact->event.attempt)
        pair->end = fact;
      break;
    case RUNNEL_EVENT_STEP_QUEUED:
    case RUNNEL_EVENT_STEP_WAITING:
    case RUNNEL_EVENT_STEP_FINISHED:
      if (pair != NULL && pair->end != NULL)
        {
          pair->end->start = &pair->start->event;
          pair->start->is_covered = TRUE;
          g_hash_table_remove (pairs, step);
        }
      break;
    default:
      break;
    }
}

/* Most attempts are shorter than a batch: finds those of which the batch has the start, the end,
 * and the state in which they leave the step. They cost half as much when recorded at once. */
static void
pair_facts (GArray *facts)
{
  g_autoptr(GHashTable) pairs = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < facts->len; i++)
    {
      Fact *fact = &g_array_index (facts, Fact, i);

      fact->start = NULL;
      fact->is_covered = FALSE;
      take_fact (pairs, fact);
    }
}

static gboolean
write_fact (RunnelHistory *history,
            Fact          *fact,
            GError       **error)
{
  if (fact->is_covered)
    return TRUE;
  if (fact->start != NULL)
    return _runnel_history_record_attempt (history, fact->start, &fact->event, error);
  return _runnel_history_record_text (history, &fact->event, fact->outputs, fact->details, error);
}

static gboolean
write_facts (RunnelHistory *history,
             GArray        *facts,
             GError       **error)
{
  if (!runnel_history_begin (history, error))
    return FALSE;
  pair_facts (facts);
  for (guint i = 0; i < facts->len; i++)
    {
      Fact *fact = &g_array_index (facts, Fact, i);

      if (!write_fact (history, fact, error))
        {
          runnel_history_rollback (history);
          return FALSE;
        }
    }
  return runnel_history_commit (history, error);
}

/* Keeps the facts for another try when they can't be written now, as long as they are not
 * too many. After that the run stays live in the history until it is reconciled: its end must
 * not be recorded when something before it is missing. */
static void
write_batch (RunnelHistoryWriter *self)
{
  g_autoptr(GError) error = NULL;
  gboolean ok = self->batch->len == 0 || write_facts (self->history, self->batch, &error);

  if (ok || self->batch->len > MAX_EVENTS)
    g_array_set_size (self->batch, 0);
  g_mutex_lock (&self->mutex);
  if (!ok && self->batch->len == 0)
    self->given_up = TRUE;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  self->writing = FALSE;
  g_cond_broadcast (&self->tried);
  g_mutex_unlock (&self->mutex);
}

static gpointer
write_in_thread (gpointer data)
{
  RunnelHistoryWriter *self = data;
  gboolean goes_on;

  do
    {
      goes_on = wait_for_batch (self);
      write_batch (self);
    }
  while (goes_on);
  return NULL;
}

/* With the mutex held: has the thread write now, and waits until it has tried. */
static void
wait_until_tried (RunnelHistoryWriter *self)
{
  self->urgent = TRUE;
  g_cond_signal (&self->work);
  while (self->urgent || self->writing)
    g_cond_wait (&self->tried, &self->mutex);
}

static void
take_event (RunnelEventSink   *sink,
            const RunnelEvent *event)
{
  RunnelHistoryWriter *self = (RunnelHistoryWriter *) sink;
  Fact fact;

  fact_init (&fact, event);
  g_mutex_lock (&self->mutex);
  if (self->given_up)
    fact_clear (&fact);
  else
    {
      g_array_append_val (self->incoming, fact);
      if (self->incoming->len == 1)
        g_cond_signal (&self->work);
      if (event->type == RUNNEL_EVENT_RUN_FINISHED)
        wait_until_tried (self);
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * runnel_history_writer_new:
 * @history: (transfer full): where to write; the writer's alone from now on
 *
 * Returns: (transfer full): a writer, its thread waiting for events
 */
RunnelHistoryWriter *
runnel_history_writer_new (RunnelHistory *history)
{
  RunnelHistoryWriter *self;

  g_return_val_if_fail (history != NULL, NULL);

  self = g_new0 (RunnelHistoryWriter, 1);
  self->sink.event = take_event;
  self->history = history;
  self->batch = facts_new ();
  self->incoming = facts_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->work);
  g_cond_init (&self->tried);
  self->thread = g_thread_new ("history-writer", write_in_thread, self);
  return self;
}

/**
 * runnel_history_writer_free:
 * @self: (transfer full) (nullable): a writer; what it still holds is written first
 */
void
runnel_history_writer_free (RunnelHistoryWriter *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->work);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  runnel_history_close (self->history);
  g_array_unref (self->batch);
  g_array_unref (self->incoming);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->work);
  g_cond_clear (&self->tried);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * runnel_history_writer_get_sink:
 * @self: a writer
 *
 * Returns: (transfer none): the sink to give to the run, valid as long as the
 *   writer. At the end of the run it returns only when everything was written
 *   or could not be.
 */
RunnelEventSink *
runnel_history_writer_get_sink (RunnelHistoryWriter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->sink;
}

/**
 * runnel_history_writer_flush:
 * @self: a writer
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Writes what has come in so far, trying again what could not be written
 * before. To be called at the end of a run, to tell the person once.
 *
 * Returns: whether the history has everything
 */
gboolean
runnel_history_writer_flush (RunnelHistoryWriter *self,
                             GError             **error)
{
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  wait_until_tried (self);
  ok = self->error == NULL && !self->given_up;
  if (self->error != NULL)
    g_propagate_prefixed_error (error, g_error_copy (self->error),
                                "The run is not fully in the history; its facts are in its journal "
                                "and are added at the next look. ");
  else if (self->given_up)
    g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_DATABASE,
                 "The history could not be written for too long; the facts of the run are in its "
                 "journal and are added at the next look.");
  g_mutex_unlock (&self->mutex);
  return ok;
}
