/* runnel-fake-clock.c: a clock that stands still until it is advanced
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-clock.h"

typedef struct
{
  RunnelClock parent;
  gint64 now;
  gint64 wall_offset;
  guint64 n_timers;   /* made so far; orders timers of the same time */
  GSequence *timers;  /* the next one first */
} FakeClock;

struct _RunnelTimer
{
  gint64 at;
  guint64 serial;
  RunnelTimerFunc func;
  gpointer user_data;
  GSequenceIter *iter;
};

static int
compare_timers (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RunnelTimer *left = a;
  const RunnelTimer *right = b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return left->serial < right->serial ? -1 : left->serial > right->serial;
}

static gint64
fake_clock_now (RunnelClock *clock)
{
  return ((FakeClock *) clock)->now;
}

static gint64
fake_clock_wall (RunnelClock *clock)
{
  FakeClock *self = (FakeClock *) clock;

  return self->now + self->wall_offset;
}

static RunnelTimer *
fake_clock_add_timer (RunnelClock *clock, gint64 at, RunnelTimerFunc func, gpointer user_data)
{
  FakeClock *self = (FakeClock *) clock;
  RunnelTimer *timer = g_new0 (RunnelTimer, 1);

  timer->at = MAX (at, self->now);
  timer->serial = self->n_timers++;
  timer->func = func;
  timer->user_data = user_data;
  timer->iter = g_sequence_insert_sorted (self->timers, timer, compare_timers, NULL);
  return timer;
}

static void
fake_clock_cancel (RunnelClock *clock, RunnelTimer *timer)
{
  g_sequence_remove (timer->iter);
}

/* Fires the next timer that is due until `limit`. */
static gboolean
fire_next (FakeClock *self, gint64 limit)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->timers);
  RunnelTimer *timer;
  RunnelTimerFunc func;
  gpointer user_data;

  if (g_sequence_iter_is_end (first))
    return FALSE;
  timer = g_sequence_get (first);
  if (timer->at > limit)
    return FALSE;

  self->now = timer->at;
  func = timer->func;
  user_data = timer->user_data;
  g_sequence_remove (first);
  func (user_data);
  return TRUE;
}

/**
 * runnel_fake_clock_new:
 * @wall: the wall clock's time at the start, microseconds since 1970
 *
 * Returns: (transfer full): a clock whose `now` begins at 0; free with runnel_fake_clock_free()
 */
RunnelClock *
runnel_fake_clock_new (gint64 wall)
{
  FakeClock *self = g_new0 (FakeClock, 1);

  self->parent.now = fake_clock_now;
  self->parent.wall = fake_clock_wall;
  self->parent.add_timer = fake_clock_add_timer;
  self->parent.cancel = fake_clock_cancel;
  self->wall_offset = wall;
  self->timers = g_sequence_new (g_free);
  return &self->parent;
}

/**
 * runnel_fake_clock_free:
 * @clock: (transfer full) (nullable): a fake clock
 *
 * Timers that have not fired never will.
 */
void
runnel_fake_clock_free (RunnelClock *clock)
{
  FakeClock *self = (FakeClock *) clock;

  if (self == NULL)
    return;
  g_sequence_free (self->timers);
  g_free (self);
}

/**
 * runnel_fake_clock_advance:
 * @clock: a fake clock
 * @by: microseconds, not negative
 *
 * Lets time pass. Timers fire at their own time, also those that are added meanwhile.
 */
void
runnel_fake_clock_advance (RunnelClock *clock, gint64 by)
{
  FakeClock *self = (FakeClock *) clock;
  gint64 target = self->now + by;

  g_return_if_fail (by >= 0);

  while (fire_next (self, target))
    continue;
  self->now = target;
}

/**
 * runnel_fake_clock_set_wall:
 * @clock: a fake clock
 * @wall: the wall clock's time from now on, microseconds since 1970
 *
 * Sets the date, as a person or a time server does it. Timers don't care.
 */
void
runnel_fake_clock_set_wall (RunnelClock *clock, gint64 wall)
{
  FakeClock *self = (FakeClock *) clock;

  self->wall_offset = wall - self->now;
}

/**
 * runnel_fake_clock_jump:
 * @clock: a fake clock
 *
 * Goes to the time of the next timer and fires it.
 *
 * Returns: %FALSE if there is no timer
 */
gboolean
runnel_fake_clock_jump (RunnelClock *clock)
{
  return fire_next ((FakeClock *) clock, G_MAXINT64);
}
