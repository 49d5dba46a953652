/* runnel-curve.c: a number that changes from time to time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-curve.h"

/* So many of one level have a highest value in the next. */
#define FAN_OUT 16

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const RunnelCurvePoint *left = a, *right = b;

  return (left->time > right->time) - (left->time < right->time);
}

/* Sums up what changes. Sums of numbers that are no integers never come back to just 0. */
static void
add_points (RunnelCurve *self,
            GArray      *changes)
{
  double value = 0;

  g_array_sort (changes, compare_times);
  for (guint i = 0; i < changes->len; i++)
    {
      const RunnelCurvePoint *change = &g_array_index (changes, RunnelCurvePoint, i);
      RunnelCurvePoint point = { change->time, 0 };

      value += change->value;
      if (i + 1 < changes->len && change[1].time == change->time)
        continue;
      point.value = value < 1e-9 ? 0 : value;
      self->max = MAX (self->max, point.value);
      g_array_append_val (self->points, point);
    }
}

static GArray *
make_level (const double *values,
            guint         n_values,
            gsize         stride)
{
  GArray *level = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n_values; i += FAN_OUT)
    {
      double max = 0;

      for (guint j = i; j < MIN (i + FAN_OUT, n_values); j++)
        max = MAX (max, *(const double *) ((const char *) values + j * stride));
      g_array_append_val (level, max);
    }
  return level;
}

static void
add_levels (RunnelCurve *self)
{
  const RunnelCurvePoint *points = (const RunnelCurvePoint *) self->points->data;
  GArray *level;

  if (self->points->len <= FAN_OUT)
    return;
  level = make_level (&points->value, self->points->len, sizeof *points);
  g_ptr_array_add (self->levels, level);
  while (level->len > FAN_OUT)
    {
      level = make_level ((const double *) level->data, level->len, sizeof (double));
      g_ptr_array_add (self->levels, level);
    }
}

/**
 * runnel_curve_new:
 * @changes: (element-type RunnelCurvePoint): by how much the value becomes more or less, and when;
 *   is sorted
 *
 * Returns: (transfer full): the value over time
 */
RunnelCurve *
runnel_curve_new (GArray *changes)
{
  RunnelCurve *self = g_new0 (RunnelCurve, 1);

  self->points = g_array_new (FALSE, FALSE, sizeof (RunnelCurvePoint));
  self->levels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  add_points (self, changes);
  add_levels (self);
  return self;
}

/**
 * runnel_curve_free:
 * @self: (transfer full) (nullable): a curve
 */
void
runnel_curve_free (RunnelCurve *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->points);
  g_ptr_array_unref (self->levels);
  g_free (self);
}

/* How many points are at @time or before. */
static guint
count_until (const RunnelCurve *self,
             gint64             time)
{
  guint low = 0, high = self->points->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->points, RunnelCurvePoint, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * runnel_curve_get_value:
 * @self: a curve
 * @time: a moment
 *
 * Returns: its value then
 */
double
runnel_curve_get_value (const RunnelCurve *self,
                        gint64             time)
{
  guint n = count_until (self, time);

  return n > 0 ? g_array_index (self->points, RunnelCurvePoint, n - 1).value : 0;
}

static double
get_level_value (const RunnelCurve *self,
                 guint              level,
                 guint              index)
{
  return level == 0 ? g_array_index (self->points, RunnelCurvePoint, index).value
                    : g_array_index ((GArray *) self->levels->pdata[level - 1], double, index);
}

/* The highest of the points from @first to before @end: at both ends one by one up to the next that
 * have a common highest value, and between them these. */
static double
get_highest (const RunnelCurve *self,
             guint              first,
             guint              end)
{
  double max = 0;

  for (guint level = 0; first < end; level++)
    {
      gboolean is_last = level == self->levels->len;

      for (; first < end && (is_last || first % FAN_OUT != 0); first++)
        max = MAX (max, get_level_value (self, level, first));
      for (; first < end && end % FAN_OUT != 0; end--)
        max = MAX (max, get_level_value (self, level, end - 1));
      first /= FAN_OUT;
      end /= FAN_OUT;
    }
  return max;
}

/**
 * runnel_curve_get_max:
 * @self: a curve
 * @from: a moment
 * @to: a later one
 *
 * Takes no longer the more points there are in between, so that a curve of any length can be drawn
 * pixel by pixel.
 *
 * Returns: its highest value from the one on up to, not including, the other
 */
double
runnel_curve_get_max (const RunnelCurve *self,
                      gint64             from,
                      gint64             to)
{
  guint first = count_until (self, from), end = count_until (self, to - 1);

  /* What began before is still so. */
  return get_highest (self, first > 0 ? first - 1 : 0, MAX (end, first));
}
