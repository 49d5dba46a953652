/* runnel-format.c: durations and times for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "util/runnel-format.h"

#define MS G_TIME_SPAN_MILLISECOND
#define SECOND G_TIME_SPAN_SECOND
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/**
 * runnel_format_duration:
 * @duration: in microseconds
 *
 * Two places tell a person what there is to know: "4 ms", "1.2 s", "48 s",
 * "2 min 5 s", "3 h 12 min", "2 d 4 h".
 *
 * Returns: (transfer full): the duration as text
 */
char *
runnel_format_duration (gint64 duration)
{
  duration = MAX (duration, 0);

  if (duration < SECOND)
    return g_strdup_printf (_("%d ms"), (int) (duration / MS));
  if (duration < 10 * SECOND)
    /* Cut, not rounded: 9.96 s must not read as 10.0 s. */
    return g_strdup_printf (_("%d.%d s"), (int) (duration / SECOND), (int) (duration / (100 * MS) % 10));
  if (duration < MINUTE)
    return g_strdup_printf (_("%d s"), (int) (duration / SECOND));
  if (duration < HOUR)
    return g_strdup_printf (_("%d min %d s"), (int) (duration / MINUTE), (int) (duration / SECOND % 60));
  if (duration < DAY)
    return g_strdup_printf (_("%d h %d min"), (int) (duration / HOUR), (int) (duration / MINUTE % 60));
  return g_strdup_printf (_("%d d %d h"), (int) (duration / DAY), (int) (duration / HOUR % 24));
}

/**
 * runnel_format_duration_roughly:
 * @duration: in microseconds
 *
 * As of a guess, of which more than one place would be a lie: "12 s", "3 min", "2 h", "4 d".
 *
 * Returns: (transfer full): the duration as text
 */
char *
runnel_format_duration_roughly (gint64 duration)
{
  duration = MAX (duration, 0);

  if (duration < MINUTE)
    return g_strdup_printf (_("%d s"), (int) (duration / SECOND));
  if (duration < HOUR)
    return g_strdup_printf (_("%d min"), (int) (duration / MINUTE));
  if (duration < DAY)
    return g_strdup_printf (_("%d h"), (int) (duration / HOUR));
  return g_strdup_printf (_("%d d"), (int) (duration / DAY));
}

static char *
format_local (gint64      time,
              const char *format)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / SECOND);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup ("-");
}

/**
 * runnel_format_time:
 * @time: in microseconds since 1970, UTC
 *
 * Returns: (transfer full): the local time, "2026-11-23 13:04:05"
 */
char *
runnel_format_time (gint64 time)
{
  return format_local (time, "%Y-%m-%d %H:%M:%S");
}

/**
 * runnel_format_date:
 * @time: in microseconds since 1970, UTC
 *
 * Returns: (transfer full): the local date, "2026-11-23"
 */
char *
runnel_format_date (gint64 time)
{
  return format_local (time, "%Y-%m-%d");
}

/**
 * runnel_format_age:
 * @time: in microseconds since 1970, UTC
 * @now: the present time, alike
 *
 * Returns: (transfer full): how long ago it was: "just now", "5 min ago", or the date when it is
 * more than a week
 */
char *
runnel_format_age (gint64 time,
                   gint64 now)
{
  gint64 age = now - time;

  if (age < MINUTE)
    return g_strdup (_("just now"));
  if (age < HOUR)
    return g_strdup_printf (_("%d min ago"), (int) (age / MINUTE));
  if (age < DAY)
    return g_strdup_printf (_("%d h ago"), (int) (age / HOUR));
  if (age < 7 * DAY)
    return g_strdup_printf (_("%d d ago"), (int) (age / DAY));
  return runnel_format_time (time);
}
