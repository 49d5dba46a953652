/* test-local-hour.c: hours as the clock on the wall counts them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "util/runnel-local-hour.h"

/* 2026-01-01 00:00:00 UTC */
#define T0 (G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND)
#define HOUR0 (1767225600 / 3600)

static void
test_utc (void)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_assert_cmpint (runnel_local_hour_from_time (T0), ==, HOUR0);
  g_assert_cmpint (runnel_local_hour_from_time (T0 - 1), ==, HOUR0 - 1);
  g_assert_cmpint (runnel_local_hour_from_time (-1), ==, -1);
  g_assert_cmpint (runnel_local_hour_to_time (HOUR0 + 5), ==, T0 + 5 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (runnel_local_hour_get_day (HOUR0), ==, HOUR0 / 24);
  g_assert_cmpint (runnel_local_hour_get_day (HOUR0 - 1), ==, HOUR0 / 24 - 1);
  g_assert_cmpint (runnel_local_hour_get_day (-1), ==, -1);
}

/* a day begins at midnight of the wall, also where that is half past six in London */
static void
test_zones (void)
{
  g_setenv ("TZ", "IST-5:30", TRUE);
  g_assert_cmpint (runnel_local_hour_from_time (T0), ==, HOUR0 + 5);
  g_assert_cmpint (runnel_local_hour_from_time (T0 + 30 * G_TIME_SPAN_MINUTE), ==, HOUR0 + 6);
  g_assert_cmpint (runnel_local_hour_to_time (HOUR0 + 6), ==, T0 + 30 * G_TIME_SPAN_MINUTE);
  g_setenv ("TZ", "EST5", TRUE);
  g_assert_cmpint (runnel_local_hour_get_day (runnel_local_hour_from_time (T0)), ==,
                   HOUR0 / 24 - 1);
}

/* where clocks change, every hour still begins when the one before has begun */
static void
test_summer_time (void)
{
  gint64 last = 0;

  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  for (gint64 hour = HOUR0; hour < HOUR0 + 366 * 24; hour++)
    {
      gint64 time = runnel_local_hour_to_time (hour);

      g_assert_cmpint (time, >=, last);
      if (runnel_local_hour_from_time (time) != hour) /* 02:00 to 03:00 in March is not there */
        g_assert_cmpint (runnel_local_hour_from_time (time), ==, hour + 1);
      last = time;
    }
}

static void
test_far (void)
{
  g_assert_cmpint (runnel_local_hour_from_time (G_MAXINT64), >, 0);
  g_assert_cmpint (runnel_local_hour_from_time (G_MININT64), <, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/util/local-hour/utc", test_utc);
  g_test_add_func ("/util/local-hour/zones", test_zones);
  g_test_add_func ("/util/local-hour/summer-time", test_summer_time);
  g_test_add_func ("/util/local-hour/far", test_far);

  return g_test_run ();
}
