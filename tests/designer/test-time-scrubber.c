/* test-time-scrubber.c: moving through the time of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-time-scrubber.h"

#define START (G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND)
#define LENGTH (100 * G_TIME_SPAN_SECOND)

typedef struct
{
  GtkWindow *window;
  RunnelTimeScrubber *scrubber;
  guint n_notified;
} Fixture;

static void
notified_cb (Fixture *self)
{
  self->n_notified++;
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  self->scrubber = RUNNEL_TIME_SCRUBBER (runnel_time_scrubber_new ());
  runnel_time_scrubber_set_range (self->scrubber, START, START + LENGTH, FALSE);
  g_signal_connect_swapped (self->scrubber, "notify::time", G_CALLBACK (notified_cb), self);
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (self->window, GTK_WIDGET (self->scrubber));
  gtk_window_present (self->window);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  gtk_window_destroy (self->window);
}

static GtkRange *
find_scale (Fixture *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->scrubber));

  while (!GTK_IS_RANGE (child))
    child = gtk_widget_get_next_sibling (child);
  return GTK_RANGE (child);
}

static void
test_end (Fixture       *self,
          gconstpointer  user_data)
{
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, RUNNEL_TIME_SCRUBBER_END);
  g_assert_cmpfloat (gtk_range_get_value (find_scale (self)), ==, LENGTH);
  runnel_time_scrubber_set_time (self->scrubber, START + LENGTH);
  runnel_time_scrubber_set_time (self->scrubber, START + LENGTH + 1);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, RUNNEL_TIME_SCRUBBER_END);
  g_assert_cmpuint (self->n_notified, ==, 0);
}

static void
test_set (Fixture       *self,
          gconstpointer  user_data)
{
  runnel_time_scrubber_set_time (self->scrubber, START + 1000);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, START + 1000);
  g_assert_cmpfloat (gtk_range_get_value (find_scale (self)), ==, 1000);
  g_assert_cmpuint (self->n_notified, ==, 1);
  runnel_time_scrubber_set_time (self->scrubber, 5);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, START);
}

static void
test_drag (Fixture       *self,
           gconstpointer  user_data)
{
  gtk_range_set_value (find_scale (self), LENGTH / 2);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, START + LENGTH / 2);
  gtk_range_set_value (find_scale (self), LENGTH);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, RUNNEL_TIME_SCRUBBER_END);
}

/* While a run goes on, a moment stays where it is and the end is what happens. */
static void
test_live (Fixture       *self,
           gconstpointer  user_data)
{
  runnel_time_scrubber_set_range (self->scrubber, START, START + 2 * LENGTH, TRUE);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, RUNNEL_TIME_SCRUBBER_END);
  g_assert_cmpfloat (gtk_range_get_value (find_scale (self)), ==, 2 * LENGTH);
  runnel_time_scrubber_set_time (self->scrubber, START + LENGTH);
  runnel_time_scrubber_set_range (self->scrubber, START, START + 3 * LENGTH, TRUE);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, START + LENGTH);
  g_assert_cmpuint (self->n_notified, ==, 1);
}

/* It begins at the start, moves on with the frames and stops at the end. */
static void
test_play (Fixture       *self,
           gconstpointer  user_data)
{
  runnel_time_scrubber_change_speed (self->scrubber, 100);
  g_assert_cmpuint (runnel_time_scrubber_get_speed (self->scrubber), ==, 1000);
  runnel_time_scrubber_set_playing (self->scrubber, TRUE);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, START);
  while (runnel_time_scrubber_get_playing (self->scrubber))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, RUNNEL_TIME_SCRUBBER_END);
  g_assert_cmpuint (self->n_notified, >, 1);
}

static void
test_stop (Fixture       *self,
           gconstpointer  user_data)
{
  gint64 time;

  runnel_time_scrubber_set_playing (self->scrubber, TRUE);
  while (self->n_notified < 3)
    g_main_context_iteration (NULL, TRUE);
  runnel_time_scrubber_set_playing (self->scrubber, FALSE);
  time = runnel_time_scrubber_get_time (self->scrubber);
  g_assert_cmpint (time, >, START);
  runnel_time_scrubber_set_playing (self->scrubber, TRUE); /* from there on */
  g_assert_cmpint (runnel_time_scrubber_get_time (self->scrubber), ==, time);
}

/* A long run is seen within a minute, until a person wants another speed. */
static void
test_speed (Fixture       *self,
            gconstpointer  user_data)
{
  g_assert_cmpuint (runnel_time_scrubber_get_speed (self->scrubber), ==, 5);
  runnel_time_scrubber_set_range (self->scrubber, START, START + 60 * LENGTH, FALSE);
  g_assert_cmpuint (runnel_time_scrubber_get_speed (self->scrubber), ==, 200);
  runnel_time_scrubber_change_speed (self->scrubber, -1);
  g_assert_cmpuint (runnel_time_scrubber_get_speed (self->scrubber), ==, 100);
  runnel_time_scrubber_set_range (self->scrubber, START, START + LENGTH, FALSE);
  g_assert_cmpuint (runnel_time_scrubber_get_speed (self->scrubber), ==, 100);
  runnel_time_scrubber_change_speed (self->scrubber, -100);
  g_assert_cmpuint (runnel_time_scrubber_get_speed (self->scrubber), ==, 1);
}

#define add(path, func) \
  g_test_add ("/designer/time-scrubber/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  add ("end", test_end);
  add ("set", test_set);
  add ("drag", test_drag);
  add ("live", test_live);
  add ("play", test_play);
  add ("stop", test_stop);
  add ("speed", test_speed);

  return g_test_run ();
}
