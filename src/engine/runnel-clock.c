/* runnel-clock.c: the system's time, with timers on the main context
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-clock.h"

/* A timer is an event source of its own: g_timeout_add() rounds to milliseconds. */
struct _RunnelTimer
{
  GSource source;
  RunnelTimerFunc func;
  gpointer user_data;
};

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  RunnelTimer *self = (RunnelTimer *) source;

  self->func (self->user_data);
  return G_SOURCE_REMOVE;
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

static gint64
system_clock_now (RunnelClock *self)
{
  return g_get_monotonic_time ();
}

static gint64
system_clock_wall (RunnelClock *self)
{
  return g_get_real_time ();
}

static RunnelTimer *
system_clock_add_timer (RunnelClock *self, gint64 at, RunnelTimerFunc func, gpointer user_data)
{
  GSource *source = g_source_new (&timer_funcs, sizeof (RunnelTimer));
  RunnelTimer *timer = (RunnelTimer *) source;

  timer->func = func;
  timer->user_data = user_data;
  g_source_set_ready_time (source, MAX (at, 0));
  g_source_set_static_name (source, "runnel-timer");
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
  return timer;
}

static void
system_clock_cancel (RunnelClock *self, RunnelTimer *timer)
{
  g_source_destroy (&timer->source);
}

/**
 * runnel_clock_get_system:
 *
 * The clock of the machine. Its timers fire from the thread-default main context of the
 * thread that adds them. `now` is CLOCK_MONOTONIC: it stands still while the machine sleeps
 * and does not jump when the date is set.
 *
 * Returns: (transfer none): the clock
 */
RunnelClock *
runnel_clock_get_system (void)
{
  static RunnelClock clock = {
    .now = system_clock_now,
    .wall = system_clock_wall,
    .add_timer = system_clock_add_timer,
    .cancel = system_clock_cancel,
  };

  return &clock;
}
