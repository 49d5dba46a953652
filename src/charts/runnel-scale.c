/* runnel-scale.c: an axis of a chart: where a value lies, and where the labels stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps between ticks are those that people count in: 1, 2 and 5 times a power of ten, as by
 * P. Heckbert, "Nice Numbers for Graph Labels" (Graphics Gems, 1990); of durations and of moments
 * those of clocks and calendars.
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "charts/runnel-axis.h"
#include "charts/runnel-calendar.h"
#include "charts/runnel-figures.h"
#include "charts/runnel-scale.h"
#include "util/runnel-format.h"

/* A fitted scale ends on a tick when it has about so many. */
#define USUAL_TICKS 5

/* The smallest of 1, 2, 5, 10, ... that is not below @wanted. */
static double
get_round_step (double wanted)
{
  double power = pow (10, floor (log10 (wanted)));
  const double factors[] = { 1, 2, 5, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if (factors[i] * power >= wanted * (1 - 1e-9))
      return factors[i] * power;
  return 10 * power;
}

/* The distance between ticks so that no two are nearer than @wanted. */
static double
get_step (RunnelScaleKind kind,
          double          wanted)
{
  RunnelAxis axis = { 0, wanted };

  switch (kind)
    {
    case RUNNEL_SCALE_DURATION:
      return (double) runnel_axis_get_step (&axis, 1);
    case RUNNEL_SCALE_NUMBER:
      return MAX (get_round_step (wanted), 1);
    case RUNNEL_SCALE_RATE:
    case RUNNEL_SCALE_MOMENT:
    default:
      return get_round_step (wanted);
    }
}

/**
 * runnel_scale_fit:
 * @kind: what is measured
 * @min: the smallest value
 * @max: the largest value
 *
 * Returns: a scale for these values: a moment's from one to the other, a rate's from 0 to 1, any
 *   other's from 0 to the tick above the largest
 */
RunnelScale
runnel_scale_fit (RunnelScaleKind kind,
                  double          min,
                  double          max)
{
  double step;

  if (kind == RUNNEL_SCALE_MOMENT)
    return (RunnelScale) { kind, min, MAX (max, min + 1) };
  if (kind == RUNNEL_SCALE_RATE)
    return (RunnelScale) { kind, 0, 1 };
  if (!(max > 0))
    return (RunnelScale) { kind, 0, kind == RUNNEL_SCALE_DURATION ? G_TIME_SPAN_SECOND : 1 };
  step = get_step (kind, max / USUAL_TICKS);
  return (RunnelScale) { kind, 0, ceil (max / step - 1e-9) * step };
}

/**
 * runnel_scale_get_part:
 * @self: a scale
 * @value: a value
 *
 * Returns: where it lies: 0 at the beginning, 1 at the end, and beyond
 */
double
runnel_scale_get_part (const RunnelScale *self,
                       double             value)
{
  return (value - self->min) / (self->max - self->min);
}

/**
 * runnel_scale_get_value:
 * @self: a scale
 * @part: where
 *
 * Returns: the value that lies there
 */
double
runnel_scale_get_value (const RunnelScale *self,
                        double             part)
{
  return self->min + part * (self->max - self->min);
}

static void
format_tick (const RunnelScale *self,
             double             step,
             RunnelScaleTick   *tick)
{
  g_autofree char *text = NULL;

  switch (self->kind)
    {
    case RUNNEL_SCALE_DURATION:
      runnel_axis_format ((gint64) tick->value, (gint64) step, tick->label, sizeof tick->label);
      return;
    case RUNNEL_SCALE_RATE:
      text = g_strdup_printf (_("%.*f %%"), step < 0.01 ? 1 : 0, tick->value * 100);
      break;
    case RUNNEL_SCALE_NUMBER:
    case RUNNEL_SCALE_MOMENT:
    default:
      text = runnel_format_number ((gint64) tick->value);
    }
  g_strlcpy (tick->label, text, sizeof tick->label);
}

static GArray *
list_steps (const RunnelScale *self,
            double             step)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RunnelScaleTick));
  guint n_ticks = (guint) floor ((self->max - self->min) / step + 1e-9) + 1;

  for (guint i = 0; i < n_ticks; i++)
    {
      RunnelScaleTick tick = { self->min + i * step, 0, "" };

      tick.part = runnel_scale_get_part (self, tick.value);
      format_tick (self, step, &tick);
      g_array_append_val (ticks, tick);
    }
  return ticks;
}

/**
 * runnel_scale_list_ticks:
 * @self: a scale
 * @length: how long it is drawn
 * @min_gap: how near two ticks may come, so that their labels don't touch; at least 1
 *
 * Returns: (transfer full) (element-type RunnelScaleTick): its ticks, in order
 */
GArray *
runnel_scale_list_ticks (const RunnelScale *self,
                         double             length,
                         double             min_gap)
{
  double wanted = (self->max - self->min) * MAX (min_gap, 1) / MAX (length, 1);

  if (self->kind == RUNNEL_SCALE_MOMENT)
    return runnel_calendar_list_ticks (self, (gint64) wanted);
  return list_steps (self, get_step (self->kind, wanted));
}

/**
 * runnel_scale_format:
 * @self: a scale
 * @value: a value
 *
 * Returns: (transfer full): the value as text, not rounded to ticks
 */
char *
runnel_scale_format (const RunnelScale *self,
                     double             value)
{
  switch (self->kind)
    {
    case RUNNEL_SCALE_DURATION:
      return runnel_format_duration ((gint64) value);
    case RUNNEL_SCALE_RATE:
      return runnel_format_rate (value);
    case RUNNEL_SCALE_MOMENT:
      return runnel_format_time ((gint64) value);
    case RUNNEL_SCALE_NUMBER:
    default:
      return runnel_format_number ((gint64) value);
    }
}
