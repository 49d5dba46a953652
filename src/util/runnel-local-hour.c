/* runnel-local-hour.c: hours as the clock on the wall counts them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hour 0 begins on 1970-01-01 at midnight of the local time; 24 of them make a day, whatever the
 * zone. Where clocks are set forward an hour does not come to be, and where they are set back one
 * is twice as long.
 */
#include "config.h"

#include "util/runnel-local-hour.h"

static gint64
divide_down (gint64 dividend,
             gint64 divisor)
{
  gint64 quotient = dividend / divisor;

  return quotient * divisor > dividend ? quotient - 1 : quotient;
}

/**
 * runnel_local_hour_from_time:
 * @time: microseconds since 1970, UTC
 *
 * Returns: the local hour in which it lies
 */
gint64
runnel_local_hour_from_time (gint64 time)
{
  gint64 seconds = divide_down (time, G_TIME_SPAN_SECOND);
  g_autoptr(GDateTime) local = g_date_time_new_from_unix_local (seconds);

  if (local == NULL) /* not in the years 1 to 9999 */
    return divide_down (time, G_TIME_SPAN_HOUR);
  return divide_down (time + g_date_time_get_utc_offset (local), G_TIME_SPAN_HOUR);
}

/**
 * runnel_local_hour_to_time:
 * @hour: a local hour
 *
 * Returns: when it begins, microseconds since 1970, UTC
 */
gint64
runnel_local_hour_to_time (gint64 hour)
{
  g_autoptr(GDateTime) wall = g_date_time_new_from_unix_utc (hour * (G_TIME_SPAN_HOUR / G_TIME_SPAN_SECOND));
  g_autoptr(GDateTime) local = NULL;

  if (wall != NULL)
    local = g_date_time_new_local (g_date_time_get_year (wall), g_date_time_get_month (wall),
                                   g_date_time_get_day_of_month (wall),
                                   g_date_time_get_hour (wall), 0, 0);
  if (local == NULL)
    return hour * G_TIME_SPAN_HOUR;
  return g_date_time_to_unix (local) * G_TIME_SPAN_SECOND;
}

/**
 * runnel_local_hour_get_day:
 * @hour: a local hour
 *
 * Returns: the day in which it lies, days since 1970-01-01
 */
gint64
runnel_local_hour_get_day (gint64 hour)
{
  return divide_down (hour, RUNNEL_HOURS_OF_DAY);
}
