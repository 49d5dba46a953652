/* runnel-clock.h: time as the engine sees it, real or made up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RunnelClock RunnelClock;
typedef struct _RunnelTimer RunnelTimer;
typedef void (*RunnelTimerFunc) (gpointer user_data);

/* All times in microseconds. `now` is monotonic and what delays are measured
 * in; `wall` is what history records (since 1970, UTC). */
struct _RunnelClock
{
  gint64       (*now)       (RunnelClock *self);
  gint64       (*wall)      (RunnelClock *self);
  RunnelTimer *(*add_timer) (RunnelClock *self, gint64 at, RunnelTimerFunc func, gpointer user_data);
  void         (*cancel)    (RunnelClock *self, RunnelTimer *timer); /* once fired, a timer is gone by itself */
};

RunnelClock *runnel_clock_get_system (void);

/* A clock that stands still until it is advanced; timers fire in order of time, then of creation. */
RunnelClock *runnel_fake_clock_new     (gint64       wall);
void         runnel_fake_clock_free    (RunnelClock *self);
void         runnel_fake_clock_advance (RunnelClock *self,
                                        gint64       by);
void         runnel_fake_clock_set_wall (RunnelClock *self,
                                         gint64       wall); /* somebody sets the date */
gboolean     runnel_fake_clock_jump    (RunnelClock *self); /* to the next timer and fire it; FALSE if there is none */

G_END_DECLS
