/* runnel-axis.c: a time axis: where a moment lies, and where the labels stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-axis.h"

#define MS G_TIME_SPAN_MILLISECOND
#define SECOND G_TIME_SPAN_SECOND
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/* A hundred years on one unit of length is more than anybody zooms out, a nanosecond more than
 * anybody zooms in. */
#define MIN_SCALE 1e-3
#define MAX_SCALE (36525.0 * DAY)

/* Distances between ticks that people count in. */
static const gint64 ladder[] = {
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  MS, 2 * MS, 5 * MS, 10 * MS, 20 * MS, 50 * MS, 100 * MS, 200 * MS, 500 * MS,
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY,
};

/**
 * runnel_axis_fit:
 * @start: first time
 * @end: last time
 * @length: where @end is to lie
 *
 * Returns: an axis that shows just this; with a scale that can be used even when there is
 *   nothing to show
 */
RunnelAxis
runnel_axis_fit (gint64 start,
                 gint64 end,
                 double length)
{
  double scale = (double) (end - start) / MAX (length, 1.0);

  return (RunnelAxis) { start, CLAMP (scale, MIN_SCALE, MAX_SCALE) };
}

/**
 * runnel_axis_get_position:
 * @self: an axis
 * @time: a time
 *
 * Returns: where it lies
 */
double
runnel_axis_get_position (const RunnelAxis *self,
                          gint64            time)
{
  return (double) (time - self->start) / self->scale;
}

/**
 * runnel_axis_get_time:
 * @self: an axis
 * @position: where
 *
 * Returns: the time that lies there
 */
gint64
runnel_axis_get_time (const RunnelAxis *self,
                      double            position)
{
  return self->start + (gint64) floor (position * self->scale);
}

/**
 * runnel_axis_zoom:
 * @self: an axis
 * @position: the place that stays where it is
 * @factor: above 1 to see more closely
 */
void
runnel_axis_zoom (RunnelAxis *self,
                  double      position,
                  double      factor)
{
  double scale = CLAMP (self->scale / factor, MIN_SCALE, MAX_SCALE);

  self->start += (gint64) round (position * (self->scale - scale));
  self->scale = scale;
}

/**
 * runnel_axis_get_step:
 * @self: an axis
 * @min_gap: how near two ticks may come
 *
 * Returns: the smallest distance between ticks, in microseconds, that people count in and that
 *   keeps the gap
 */
gint64
runnel_axis_get_step (const RunnelAxis *self,
                      double            min_gap)
{
  double wanted = min_gap * self->scale;

  for (guint i = 0; i < G_N_ELEMENTS (ladder); i++)
    if (ladder[i] >= wanted)
      return ladder[i];
  return ladder[G_N_ELEMENTS (ladder) - 1] *
         (gint64) ceil (wanted / ladder[G_N_ELEMENTS (ladder) - 1]);
}

/* The first multiple of @step that is not before @time. */
static gint64
round_up (gint64 time,
          gint64 step)
{
  gint64 down = time / step * step;

  return down < time ? down + step : down;
}

/**
 * runnel_axis_list_ticks:
 * @self: an axis
 * @length: how much of it is seen
 * @min_gap: how near two ticks may come, so that their labels don't touch; at least 1
 *
 * Returns: (transfer full) (element-type RunnelTick): the ticks from 0 on that are seen
 */
GArray *
runnel_axis_list_ticks (const RunnelAxis *self,
                        double            length,
                        double            min_gap)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RunnelTick));
  gint64 step = runnel_axis_get_step (self, MAX (min_gap, 1.0));
  gint64 end = self->start + (gint64) ceil (length * self->scale);

  for (gint64 time = round_up (MAX (self->start, 0), step); time <= end; time += step)
    {
      RunnelTick tick = { time, runnel_axis_get_position (self, time), "" };

      runnel_axis_format (time, step, tick.label, sizeof tick.label);
      g_array_append_val (ticks, tick);
    }
  return ticks;
}

/* How many digits after the point tell ticks apart that lie @step apart, counted in @unit. */
static int
count_decimals (gint64 step,
                gint64 unit)
{
  int n_decimals = 0;

  for (; step % unit != 0 && n_decimals < 6; unit /= 10)
    n_decimals++;
  return n_decimals;
}

/* @time as a number of @unit, with a point in every locale; at least @width characters. */
static const char *
format_number (gint64 time,
               gint64 unit,
               int    n_decimals,
               int    width,
               char   number[G_ASCII_DTOSTR_BUF_SIZE])
{
  char format[16];

  g_snprintf (format, sizeof format, "%%0%d.%df", width, n_decimals);
  return g_ascii_formatd (number, G_ASCII_DTOSTR_BUF_SIZE, format, (double) time / unit);
}

/**
 * runnel_axis_format_clock:
 * @time: in microseconds since 1970
 * @step: distance between the ticks; tells how fine the label has to be
 * @label: (out): the local time, such as "13:04:05.2", or at its beginning the day: "5 Nov"
 * @size: bytes of @label, at least %RUNNEL_TICK_LABEL_SIZE
 */
void
runnel_axis_format_clock (gint64  time,
                          gint64  step,
                          char   *label,
                          gsize   size)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / SECOND);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  gboolean is_midnight = local != NULL && g_date_time_get_hour (local) == 0 &&
                         g_date_time_get_minute (local) == 0 &&
                         g_date_time_get_second (local) == 0 && time % SECOND == 0;
  const char *format = step % DAY == 0 || is_midnight ? "%-e %b" : step % MINUTE == 0 ? "%H:%M"
                                                                                   : "%H:%M:%S";
  g_autofree char *text = local != NULL ? g_date_time_format (local, format) : NULL;
  int n_decimals = count_decimals (step, SECOND);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_strlcpy (label, text != NULL ? text : "", size);
  if (n_decimals > 0 && !is_midnight)
    /* Without the 0 before the point. */
    g_strlcat (label, format_number (time % SECOND, SECOND, n_decimals, 0, number) + 1, size);
}

/* By how much the local time is ahead of UTC. */
static gint64
get_utc_offset (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / SECOND);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_get_utc_offset (local) : 0;
}

/**
 * runnel_axis_list_clock_ticks:
 * @self: an axis
 * @origin: the time of its 0, in microseconds since 1970
 * @length: how much of it is seen
 * @min_gap: how near two ticks may come, so that their labels don't touch; at least 1
 *
 * Ticks stand at full hours, minutes or seconds of the local time. Where the clocks are changed
 * within what is seen, those after it are off by an hour.
 *
 * Returns: (transfer full) (element-type RunnelTick): the ticks from 0 on that are seen, labelled
 *   with the time of day
 */
GArray *
runnel_axis_list_clock_ticks (const RunnelAxis *self,
                              gint64            origin,
                              double            length,
                              double            min_gap)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RunnelTick));
  gint64 step = runnel_axis_get_step (self, MAX (min_gap, 1.0));
  gint64 start = origin + self->start, end = start + (gint64) ceil (length * self->scale);
  gint64 offset = get_utc_offset (start);

  for (gint64 time = round_up (start + offset, step) - offset; time <= end; time += step)
    {
      RunnelTick tick = { time - origin, runnel_axis_get_position (self, time - origin), "" };

      runnel_axis_format_clock (time, step, tick.label, sizeof tick.label);
      g_array_append_val (ticks, tick);
    }
  return ticks;
}

/* "1:02:03", "2:03.5", with only as many parts as are needed. */
static void
format_clock (gint64 time,
              gint64 step,
              char  *label,
              gsize  size)
{
  int n_decimals = count_decimals (step, SECOND);
  int width = n_decimals > 0 ? 3 + n_decimals : 2;
  int hours = time / HOUR % 24, minutes = time / MINUTE % 60;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  const char *seconds = format_number (time % MINUTE, SECOND, n_decimals, width, number);

  if (time >= DAY)
    g_snprintf (label, size, "%d d %d:%02d:%s", (int) (time / DAY), hours, minutes, seconds);
  else if (time >= HOUR)
    g_snprintf (label, size, "%d:%02d:%s", hours, minutes, seconds);
  else
    g_snprintf (label, size, "%d:%s", minutes, seconds);
}

/**
 * runnel_axis_format:
 * @time: in microseconds since the start of the run, not negative
 * @step: distance between the ticks; tells how fine the label has to be
 * @label: (out): the label, such as "200 ms", "1.5 s", "0:05", "1:02:03", "3 d 6:00", "12 d"
 * @size: bytes of @label, at least %RUNNEL_TICK_LABEL_SIZE
 */
void
runnel_axis_format (gint64 time,
                    gint64 step,
                    char  *label,
                    gsize  size)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (time == 0)
    g_strlcpy (label, "0", size);
  else if (step < MS && time < MS)
    g_snprintf (label, size, "%d µs", (int) time);
  else if (step < SECOND && time < SECOND)
    g_snprintf (label, size, "%s ms",
                format_number (time, MS, count_decimals (step, MS), 0, number));
  else if (step < SECOND && time < MINUTE)
    g_snprintf (label, size, "%s s",
                format_number (time, SECOND, count_decimals (step, SECOND), 0, number));
  else if (step % DAY == 0)
    g_snprintf (label, size, "%d d", (int) (time / DAY));
  else if (step >= MINUTE && time >= DAY)
    g_snprintf (label, size, "%d d %d:%02d", (int) (time / DAY), (int) (time / HOUR % 24),
                (int) (time / MINUTE % 60));
  else
    format_clock (time, step, label, size);
}
