/* runnel-deadline.c: a point in time at which something is called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-deadline.h"

/* The clock is looked at this often at least: a point of the day must be met after the machine
 * slept or its clock was set, and a GSource counts no further than 49 days. */
#define LONGEST_SLEEP (10 * G_USEC_PER_SEC)

struct _RunnelDeadline
{
  gint64 at;               /* microseconds by `now` */
  gint64 (*now) (void);
  gint64 left;             /* of a span of time that is frozen */
  gboolean frozen;
  GSource *timer;          /* NULL while frozen */
  RunnelDeadlineFunc func;
  gpointer user_data;
};

static void arm (RunnelDeadline *self);

static gboolean
timer_cb (gpointer user_data)
{
  RunnelDeadline *self = user_data;

  g_clear_pointer (&self->timer, g_source_unref);
  if (self->now () < self->at)
    arm (self);
  else
    self->func (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
arm (RunnelDeadline *self)
{
  gint64 left = CLAMP (self->at - self->now (), 0, LONGEST_SLEEP);

  self->timer = g_timeout_source_new ((left + 999) / 1000);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static RunnelDeadline *
deadline_new (gint64             at,
              gint64           (*now) (void),
              RunnelDeadlineFunc func,
              gpointer           user_data)
{
  RunnelDeadline *self = g_new0 (RunnelDeadline, 1);

  self->at = at;
  self->now = now;
  self->func = func;
  self->user_data = user_data;
  arm (self);

  return self;
}

/**
 * runnel_deadline_new_after:
 * @delay: microseconds from now
 * @func: is called once on the thread's default main context, never before this returns
 * @user_data: for @func
 *
 * Returns: (transfer full): the deadline; freeing it means that @func is not called any more
 */
RunnelDeadline *
runnel_deadline_new_after (gint64             delay,
                           RunnelDeadlineFunc func,
                           gpointer           user_data)
{
  return deadline_new (g_get_monotonic_time () + delay, g_get_monotonic_time, func, user_data);
}

/**
 * runnel_deadline_new_at:
 * @wall: microseconds since 1970, UTC; at once when it is past
 * @func: is called once on the thread's default main context, never before this returns
 * @user_data: for @func
 *
 * Returns: (transfer full): the deadline; freeing it means that @func is not called any more
 */
RunnelDeadline *
runnel_deadline_new_at (gint64             wall,
                        RunnelDeadlineFunc func,
                        gpointer           user_data)
{
  return deadline_new (wall, g_get_real_time, func, user_data);
}

static void
disarm (RunnelDeadline *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/**
 * runnel_deadline_freeze:
 * @self: a deadline that was not reached yet
 * @frozen: whether to stop its time, or to let it go on
 *
 * A span of time goes on where it was stopped. A point in time stays where it is; when it passes
 * meanwhile, it is reached as soon as time goes on.
 */
void
runnel_deadline_freeze (RunnelDeadline *self,
                        gboolean        frozen)
{
  g_return_if_fail (self != NULL);

  if (self->frozen == frozen)
    return;

  self->frozen = frozen;
  if (frozen)
    {
      self->left = self->at - self->now ();
      disarm (self);
      return;
    }

  if (self->now == g_get_monotonic_time)
    self->at = self->now () + self->left;
  arm (self);
}

void
runnel_deadline_free (RunnelDeadline *self)
{
  g_return_if_fail (self != NULL);

  disarm (self);
  g_free (self);
}
