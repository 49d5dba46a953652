/* runnel-event-queue.h: events of a run on their way to another thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"

G_BEGIN_DECLS

/* An event that owns what it points to; outputs are left out. */
typedef struct
{
  RunnelEvent event;
  char *details; /* JSON, or NULL; they become those of the event when it is taken out */
} RunnelQueuedEvent;

/* Whoever puts in never waits: events of steps that there is no room for are lost, and counted. */
typedef struct _RunnelEventQueue RunnelEventQueue;

RunnelEventQueue  *runnel_event_queue_new   (guint              max_events);
void               runnel_event_queue_free  (RunnelEventQueue  *self);
void               runnel_event_queue_put   (RunnelEventQueue  *self,
                                             const RunnelEvent *event);
void               runnel_event_queue_end   (RunnelEventQueue  *self);
RunnelQueuedEvent *runnel_event_queue_take  (RunnelEventQueue  *self,
                                             gint64             until,
                                             gboolean          *ret_is_over);
guint              runnel_event_queue_get_n_lost (RunnelEventQueue *self);
void               runnel_queued_event_free (RunnelQueuedEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelQueuedEvent, runnel_queued_event_free)

G_END_DECLS
