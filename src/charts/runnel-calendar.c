/* runnel-calendar.c: the ticks of a scale of moments: hours, days, weeks, months, years
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-calendar.h"
#include "util/runnel-local-hour.h"

#define SECONDS_OF_HOUR 3600

typedef enum { HOURS, DAYS, WEEKS, MONTHS, YEARS } Unit;

/* Distances between ticks that people count in, with the shortest time that each can be. */
typedef struct
{
  Unit unit;
  int n;
  gint64 length;
} Step;

static const Step steps[] = {
  { HOURS, 1, G_TIME_SPAN_HOUR },       { HOURS, 2, 2 * G_TIME_SPAN_HOUR },
  { HOURS, 3, 3 * G_TIME_SPAN_HOUR },   { HOURS, 6, 6 * G_TIME_SPAN_HOUR },
  { HOURS, 12, 12 * G_TIME_SPAN_HOUR }, { DAYS, 1, G_TIME_SPAN_DAY },
  { WEEKS, 1, 7 * G_TIME_SPAN_DAY },    { MONTHS, 1, 28 * G_TIME_SPAN_DAY },
  { MONTHS, 3, 90 * G_TIME_SPAN_DAY },  { MONTHS, 6, 181 * G_TIME_SPAN_DAY },
  { YEARS, 1, 365 * G_TIME_SPAN_DAY },
};

/* Beyond the table so many years that the gap is kept. */
static Step
find_step (gint64 min_gap)
{
  const gint64 year = 365 * G_TIME_SPAN_DAY;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].length >= min_gap)
      return steps[i];
  return (Step) { YEARS, (int) MIN (min_gap / year + 1, 1000), min_gap };
}

/* What the clock on the wall shows, to the hour, as if it were UTC: so it can be counted with, and
 * no hour is missing or there twice. */
static GDateTime *
to_wall (gint64 time)
{
  return g_date_time_new_from_unix_utc (runnel_local_hour_from_time (time) * SECONDS_OF_HOUR);
}

static gint64
from_wall (GDateTime *wall)
{
  return runnel_local_hour_to_time (g_date_time_to_unix (wall) / SECONDS_OF_HOUR);
}

static GDateTime *
make_wall (int year,
           int month,
           int day,
           int hour)
{
  return g_date_time_new_utc (MAX (year, 1), month, day, hour, 0, 0);
}

/* The last tick that is not after @wall. */
static GDateTime *
round_down (const Step *step,
            GDateTime  *wall)
{
  int year = g_date_time_get_year (wall), month = g_date_time_get_month (wall);
  int day = g_date_time_get_day_of_month (wall), hour = g_date_time_get_hour (wall);
  g_autoptr(GDateTime) midnight = make_wall (year, month, day, 0);

  switch (step->unit)
    {
    case HOURS:
      return make_wall (year, month, day, hour - hour % step->n);
    case WEEKS:
      return g_date_time_add_days (midnight, 1 - g_date_time_get_day_of_week (midnight));
    case MONTHS:
      return make_wall (year, month - (month - 1) % step->n, 1, 0);
    case YEARS:
      return make_wall (year - year % step->n, 1, 1, 0);
    case DAYS:
    default:
      return g_steal_pointer (&midnight);
    }
}

static GDateTime *
get_next (const Step *step,
          GDateTime  *tick)
{
  switch (step->unit)
    {
    case HOURS:
      return g_date_time_add_hours (tick, step->n);
    case WEEKS:
      return g_date_time_add_weeks (tick, step->n);
    case MONTHS:
      return g_date_time_add_months (tick, step->n);
    case YEARS:
      return g_date_time_add_years (tick, step->n);
    case DAYS:
    default:
      return g_date_time_add_days (tick, step->n);
    }
}

/* What is first in something larger is called by that: midnight is a day, January a year. */
static char *
format_tick (const Step *step,
             GDateTime  *wall)
{
  gboolean is_midnight = g_date_time_get_hour (wall) == 0;
  gboolean is_january = g_date_time_get_month (wall) == 1;

  if (step->unit == HOURS && !is_midnight)
    return g_date_time_format (wall, "%H:%M");
  if (step->unit <= WEEKS)
    /* translators: a day on the axis of a chart, as in "3 Nov" */
    return g_date_time_format (wall, C_("day of a chart", "%-d %b"));
  return g_date_time_format (wall, step->unit == MONTHS && !is_january ? "%b" : "%Y");
}

/**
 * runnel_calendar_list_ticks:
 * @scale: a scale of moments
 * @min_gap: microseconds that are between two ticks at least
 *
 * Ticks stand where the clock on the wall shows a full hour, midnight, Monday or the first of a
 * month, also when clocks change.
 *
 * Returns: (transfer full) (element-type RunnelScaleTick): the ticks, in order
 */
GArray *
runnel_calendar_list_ticks (const RunnelScale *scale,
                            gint64             min_gap)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RunnelScaleTick));
  Step step = find_step (min_gap);
  g_autoptr(GDateTime) first = to_wall ((gint64) scale->min);
  g_autoptr(GDateTime) wall = first != NULL ? round_down (&step, first) : NULL;

  while (wall != NULL)
    {
      RunnelScaleTick tick = { (double) from_wall (wall), 0, "" };
      g_autoptr(GDateTime) next = get_next (&step, wall);
      g_autofree char *label = format_tick (&step, wall);

      if (tick.value > scale->max)
        break;
      tick.part = runnel_scale_get_part (scale, tick.value);
      g_strlcpy (tick.label, label, sizeof tick.label);
      if (tick.value >= scale->min)
        g_array_append_val (ticks, tick);
      g_date_time_unref (wall);
      wall = g_steal_pointer (&next);
    }
  return ticks;
}
