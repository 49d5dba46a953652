/* test-clock.c: real and made-up time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-clock.h"

typedef struct
{
  RunnelClock *clock;
  GString *log;
  const char *name;
  const char *follow_up; /* the name of a timer to add 5 us later */
} Entry;

static void
write_down (gpointer user_data)
{
  Entry *self = user_data;

  g_string_append_printf (self->log, "%s@%" G_GINT64_FORMAT " ", self->name,
                          self->clock->now (self->clock));
  if (self->follow_up != NULL)
    {
      self->name = g_steal_pointer (&self->follow_up);
      self->clock->add_timer (self->clock, self->clock->now (self->clock) + 5, write_down, self);
    }
}

static void
test_order (void)
{
  RunnelClock *clock = runnel_fake_clock_new (1000);
  g_autoptr(GString) log = g_string_new (NULL);
  Entry a = { clock, log, "a", NULL };
  Entry b = { clock, log, "b", NULL };
  Entry c = { clock, log, "c", NULL };
  Entry d = { clock, log, "d", NULL };
  RunnelTimer *cancelled;

  clock->add_timer (clock, 20, write_down, &a);
  clock->add_timer (clock, 10, write_down, &b);
  clock->add_timer (clock, 10, write_down, &c);
  cancelled = clock->add_timer (clock, 5, write_down, &d);
  clock->cancel (clock, cancelled);
  g_assert_cmpint (clock->wall (clock), ==, 1000);
  runnel_fake_clock_advance (clock, 15);
  g_assert_cmpstr (log->str, ==, "b@10 c@10 ");
  g_assert_cmpint (clock->wall (clock), ==, 1015);
  g_assert_true (runnel_fake_clock_jump (clock));
  g_assert_cmpstr (log->str, ==, "b@10 c@10 a@20 ");
  g_assert_false (runnel_fake_clock_jump (clock));
  runnel_fake_clock_free (clock);
}

static void
test_timer_adds_timer (void)
{
  RunnelClock *clock = runnel_fake_clock_new (0);
  g_autoptr(GString) log = g_string_new (NULL);
  Entry a = { clock, log, "first", "second" };

  clock->add_timer (clock, -3, write_down, &a);
  runnel_fake_clock_advance (clock, 4);
  g_assert_cmpstr (log->str, ==, "first@0 ");
  runnel_fake_clock_advance (clock, 4);
  g_assert_cmpstr (log->str, ==, "first@0 second@5 ");
  g_assert_cmpint (clock->now (clock), ==, 8);
  runnel_fake_clock_free (clock);
}

static void
quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static void
fail (gpointer user_data)
{
  g_assert_not_reached ();
}

static void
test_system (void)
{
  RunnelClock *clock = runnel_clock_get_system ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gint64 start = clock->now (clock);
  RunnelTimer *never;

  never = clock->add_timer (clock, start, fail, NULL);
  clock->add_timer (clock, start + 2000, quit, loop);
  clock->cancel (clock, never);
  g_main_loop_run (loop);
  g_assert_cmpint (clock->now (clock), >=, start + 2000);
  g_assert_cmpint (clock->wall (clock), >, G_GINT64_CONSTANT (1600000000000000));
}

static gint64
read_monotonic (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_MONOTONIC, &time), ==, 0);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* CLOCK_MONOTONIC stands still while the machine sleeps, where CLOCK_BOOTTIME goes on, and does
 * not jump with the date, as CLOCK_REALTIME does. */
static void
test_sleep (void)
{
  RunnelClock *clock = runnel_clock_get_system ();
  gint64 before = read_monotonic ();
  gint64 now = clock->now (clock);

  g_assert_cmpint (before, <=, now);
  g_assert_cmpint (now, <=, read_monotonic ());
}

/* A date that is set moves no timer. */
static void
test_set_wall (void)
{
  g_autoptr(GString) log = g_string_new (NULL);
  RunnelClock *clock = runnel_fake_clock_new (1000);
  Entry entry = { clock, log, "timer", NULL };

  clock->add_timer (clock, 5, write_down, &entry);
  runnel_fake_clock_advance (clock, 2);
  runnel_fake_clock_set_wall (clock, 10);
  g_assert_cmpint (clock->wall (clock), ==, 10);
  runnel_fake_clock_advance (clock, 2);
  g_assert_cmpstr (log->str, ==, "");
  runnel_fake_clock_advance (clock, 1);
  g_assert_cmpstr (log->str, ==, "timer@5 ");
  g_assert_cmpint (clock->wall (clock), ==, 13);
  runnel_fake_clock_free (clock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/clock/order", test_order);
  g_test_add_func ("/engine/clock/timer-adds-timer", test_timer_adds_timer);
  g_test_add_func ("/engine/clock/system", test_system);
  g_test_add_func ("/engine/clock/sleep", test_sleep);
  g_test_add_func ("/engine/clock/set-wall", test_set_wall);
  return g_test_run ();
}
