/* runnel-plan-legs.c: the legs of a matrix step, as far as starting them goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-heap.h"
#include "engine/runnel-plan-legs.h"

typedef enum
{
  LEG_QUEUED,
  LEG_IN_HAND,
  LEG_RESTING, /* in hand, but others may take its place */
  LEG_OVER,
} LegState;

struct _RunnelPlanLegs
{
  guint8 *states;     /* LegState, by number; [0] is not used */
  guint n_legs;
  guint n_in_hand;
  guint max_parallel; /* at once */
  RunnelHeap *queue;  /* may hold legs that are no longer queued */
};

static void
drop_stale (RunnelPlanLegs *self)
{
  while (self->queue->len > 0 && self->states[runnel_heap_peek (self->queue)] != LEG_QUEUED)
    runnel_heap_pop (self->queue);
}

/*
 * _runnel_plan_legs_new:
 * @n_legs: how many there are, all of them queued
 * @max_parallel: how many may be in hand at once, 0 = all
 */
RunnelPlanLegs *
_runnel_plan_legs_new (guint n_legs, guint max_parallel)
{
  RunnelPlanLegs *self = g_new0 (RunnelPlanLegs, 1);

  self->n_legs = n_legs;
  self->max_parallel = max_parallel > 0 ? max_parallel : G_MAXUINT;
  self->states = g_new0 (guint8, n_legs + 1);
  self->queue = runnel_heap_new ();
  for (guint leg = 1; leg <= n_legs; leg++)
    runnel_heap_push (self->queue, leg);
  return self;
}

void
_runnel_plan_legs_free (RunnelPlanLegs *self)
{
  g_array_unref (self->queue);
  g_free (self->states);
  g_free (self);
}

gboolean
_runnel_plan_legs_may_start (RunnelPlanLegs *self)
{
  drop_stale (self);
  return self->queue->len > 0 && self->n_in_hand < self->max_parallel;
}

/*
 * _runnel_plan_legs_peek:
 * @self: legs of which one may start
 *
 * Returns: which that is
 */
guint
_runnel_plan_legs_peek (RunnelPlanLegs *self)
{
  drop_stale (self);
  return runnel_heap_peek (self->queue);
}

guint
_runnel_plan_legs_take (RunnelPlanLegs *self)
{
  guint leg = _runnel_plan_legs_peek (self);

  runnel_heap_pop (self->queue);
  self->states[leg] = LEG_IN_HAND;
  self->n_in_hand++;
  return leg;
}

static void
leave_hand (RunnelPlanLegs *self, guint leg, LegState state)
{
  if (self->states[leg] == LEG_IN_HAND)
    self->n_in_hand--;
  self->states[leg] = state;
}

/*
 * _runnel_plan_legs_rest:
 * @self: legs
 * @leg: one in hand, which waits for its next attempt
 */
void
_runnel_plan_legs_rest (RunnelPlanLegs *self, guint leg)
{
  g_assert (leg <= self->n_legs && self->states[leg] == LEG_IN_HAND);

  leave_hand (self, leg, LEG_RESTING);
}

void
_runnel_plan_legs_put_back (RunnelPlanLegs *self, guint leg)
{
  g_assert (leg <= self->n_legs);
  g_assert (self->states[leg] == LEG_IN_HAND || self->states[leg] == LEG_RESTING);

  leave_hand (self, leg, LEG_QUEUED);
  runnel_heap_push (self->queue, leg);
}

/*
 * _runnel_plan_legs_finish:
 * @self: legs
 * @leg: one that is not over
 */
void
_runnel_plan_legs_finish (RunnelPlanLegs *self, guint leg)
{
  g_assert (leg <= self->n_legs && self->states[leg] != LEG_OVER);

  leave_hand (self, leg, LEG_OVER);
}
