/* runnel-event-queue.c: events of a run on their way to another thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-event-queue.h"

struct _RunnelEventQueue
{
  guint max_events;
  GMutex mutex; /* for all that follows */
  GCond changed;
  GQueue events; /* of RunnelQueuedEvent */
  guint n_lost;
  gboolean is_over;
};

/* JSON objects belong to the thread that made them. */
static RunnelQueuedEvent *
copy (const RunnelEvent *event)
{
  RunnelQueuedEvent *self = g_new0 (RunnelQueuedEvent, 1);

  self->event = *event;
  self->event.step = g_strdup (event->step);
  self->event.reason = g_strdup (event->reason);
  self->event.cause = NULL;
  self->event.outputs = NULL;
  self->event.details = NULL;
  if (event->details)
    {
      g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), event->details);

      self->details = json_to_string (node, FALSE);
    }
  return self;
}

void
runnel_queued_event_free (RunnelQueuedEvent *self)
{
  g_free ((char *) self->event.step);
  g_free ((char *) self->event.reason);
  g_clear_pointer (&self->event.details, json_object_unref);
  g_free (self->details);
  g_free (self);
}

/**
 * runnel_event_queue_new:
 * @max_events: for how many there is room
 */
RunnelEventQueue *
runnel_event_queue_new (guint max_events)
{
  RunnelEventQueue *self = g_new0 (RunnelEventQueue, 1);

  self->max_events = max_events;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->events);
  return self;
}

void
runnel_event_queue_free (RunnelEventQueue *self)
{
  g_queue_clear_full (&self->events, (GDestroyNotify) runnel_queued_event_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * runnel_event_queue_put:
 * @event: is copied; for one of the run itself there is always room
 */
void
runnel_event_queue_put (RunnelEventQueue  *self,
                        const RunnelEvent *event)
{
  RunnelQueuedEvent *queued = copy (event);

  g_mutex_lock (&self->mutex);
  if (self->events.length < self->max_events || !event->step)
    {
      g_queue_push_tail (&self->events, queued);
      g_cond_signal (&self->changed);
      queued = NULL;
    }
  else
    self->n_lost++;
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&queued, runnel_queued_event_free);
}

/**
 * runnel_event_queue_end:
 *
 * Says that nothing more is put in.
 */
void
runnel_event_queue_end (RunnelEventQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
read_details (RunnelQueuedEvent *event)
{
  g_autoptr(JsonNode) node = event->details ? json_from_string (event->details, NULL) : NULL;

  if (node && JSON_NODE_HOLDS_OBJECT (node))
    event->event.details = json_node_dup_object (node);
}

/**
 * runnel_event_queue_take:
 * @until: how long to wait for an event, monotonic
 * @ret_is_over: (out): whether there is no event and will be none
 *
 * Returns: (transfer full) (nullable): the next event; %NULL when it is late or over
 */
RunnelQueuedEvent *
runnel_event_queue_take (RunnelEventQueue *self,
                         gint64            until,
                         gboolean         *ret_is_over)
{
  RunnelQueuedEvent *event;

  g_mutex_lock (&self->mutex);
  while (self->events.length == 0 && !self->is_over &&
         g_cond_wait_until (&self->changed, &self->mutex, until))
    ;
  event = g_queue_pop_head (&self->events);
  *ret_is_over = !event && self->is_over;
  g_mutex_unlock (&self->mutex);
  if (event)
    read_details (event);
  return event;
}

/**
 * runnel_event_queue_get_n_lost:
 *
 * Returns: how many events there was no room for
 */
guint
runnel_event_queue_get_n_lost (RunnelEventQueue *self)
{
  guint n_lost;

  g_mutex_lock (&self->mutex);
  n_lost = self->n_lost;
  g_mutex_unlock (&self->mutex);
  return n_lost;
}
