/* test-scale.c: an axis of a chart: where a value lies, and where the labels stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <math.h>

#include "charts/runnel-scale.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/* 2026-01-01 00:00:00 UTC, a Thursday */
#define T0 (G_GINT64_CONSTANT (1767225600) * SECOND)

static char *
join_labels (RunnelScale scale,
             double      length,
             double      min_gap)
{
  g_autoptr(GArray) ticks = runnel_scale_list_ticks (&scale, length, min_gap);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                            g_array_index (ticks, RunnelScaleTick, i).label);
  return g_string_free (text, FALSE);
}

static void
assert_labels (RunnelScale scale,
               double      length,
               double      min_gap,
               const char *expected)
{
  g_autofree char *labels = join_labels (scale, length, min_gap);

  g_assert_cmpstr (labels, ==, expected);
}

static void
test_fit (void)
{
  RunnelScale scale = runnel_scale_fit (RUNNEL_SCALE_NUMBER, 0, 37);

  g_assert_cmpfloat (scale.min, ==, 0);
  g_assert_cmpfloat (scale.max, ==, 40);
  g_assert_cmpfloat (runnel_scale_fit (RUNNEL_SCALE_NUMBER, 0, 0).max, ==, 1);
  g_assert_cmpfloat (runnel_scale_fit (RUNNEL_SCALE_NUMBER, 0, 3).max, ==, 3);
  g_assert_cmpfloat (runnel_scale_fit (RUNNEL_SCALE_DURATION, 0, 47 * SECOND).max, ==, 50 * SECOND);
  g_assert_cmpfloat (runnel_scale_fit (RUNNEL_SCALE_DURATION, 0, 0).max, ==, SECOND);
  g_assert_cmpfloat (runnel_scale_fit (RUNNEL_SCALE_RATE, 0.8, 0.9).max, ==, 1);
  scale = runnel_scale_fit (RUNNEL_SCALE_MOMENT, T0, T0);
  g_assert_cmpfloat (scale.max, >, scale.min);
}

static void
test_places (void)
{
  RunnelScale scale = { RUNNEL_SCALE_NUMBER, 10, 30 };

  g_assert_cmpfloat (runnel_scale_get_part (&scale, 10), ==, 0);
  g_assert_cmpfloat (runnel_scale_get_part (&scale, 25), ==, 0.75);
  g_assert_cmpfloat (runnel_scale_get_part (&scale, 50), ==, 2);
  g_assert_cmpfloat (runnel_scale_get_value (&scale, 0.75), ==, 25);
}

static void
test_values (void)
{
  RunnelScale few = runnel_scale_fit (RUNNEL_SCALE_NUMBER, 0, 3);
  RunnelScale many = runnel_scale_fit (RUNNEL_SCALE_NUMBER, 0, 20000);
  RunnelScale rate = runnel_scale_fit (RUNNEL_SCALE_RATE, 0, 1);
  RunnelScale short_time = runnel_scale_fit (RUNNEL_SCALE_DURATION, 0, 180 * G_TIME_SPAN_MILLISECOND);
  RunnelScale long_time = runnel_scale_fit (RUNNEL_SCALE_DURATION, 0, 50 * G_TIME_SPAN_MINUTE);

  assert_labels (few, 200, 40, "0|1|2|3");
  assert_labels (few, 200, 5, "0|1|2|3"); /* there is no half a run */
  assert_labels (many, 100, 40, "0|10000|20000");
  assert_labels (rate, 120, 30, "0 %|50 %|100 %");
  assert_labels (rate, 300, 30, "0 %|10 %|20 %|30 %|40 %|50 %|60 %|70 %|80 %|90 %|100 %");
  assert_labels (short_time, 120, 30, "0|50 ms|100 ms|150 ms|200 ms");
  assert_labels (long_time, 120, 30, "0|15:00|30:00|45:00");
}

static void
test_calendar (void)
{
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, T0 - 5 * HOUR, T0 + 20 * HOUR }, 500, 100,
                 "1 Jan|06:00|12:00|18:00");
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, T0, T0 + 7 * DAY }, 500, 60,
                 "1 Jan|2 Jan|3 Jan|4 Jan|5 Jan|6 Jan|7 Jan|8 Jan");
  /* weeks begin on Monday */
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, T0, T0 + 30 * DAY }, 400, 60,
                 "5 Jan|12 Jan|19 Jan|26 Jan");
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, T0 - 60 * DAY, T0 + 100 * DAY }, 400, 60,
                 "Dec|2026|Feb|Mar|Apr");
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, T0 - 400 * DAY, T0 + 300 * DAY }, 400, 50,
                 "2025|Apr|Jul|Oct|2026|Apr|Jul|Oct");
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, T0 - 4000 * DAY, T0 }, 400, 60,
                 "2016|2018|2020|2022|2024|2026");
}

/* ticks stay on full hours and on midnight of the wall in spring and in autumn */
static void
test_summer_time (void)
{
  gint64 march = T0 + 87 * DAY, october = T0 + 297 * DAY; /* 29 March, 25 October 2026 */

  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, march - HOUR, march + 23 * HOUR }, 500, 100,
                 "29 Mar|06:00|12:00|18:00|30 Mar");
  assert_labels ((RunnelScale) { RUNNEL_SCALE_MOMENT, october - 2 * HOUR, october + 23 * HOUR }, 500,
                 100, "25 Oct|06:00|12:00|18:00|26 Oct");
  g_setenv ("TZ", "UTC", TRUE);
}

/* no two ticks are nearer than asked for, and all lie on the scale */
static void
test_random (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      RunnelScaleKind kind = g_test_rand_int_range (0, 4);
      double size = pow (10, g_test_rand_double_range (0, 15));
      RunnelScale scale = runnel_scale_fit (kind, T0, kind == RUNNEL_SCALE_MOMENT ? T0 + size : size);
      double length = g_test_rand_double_range (20, 2000);
      double gap = g_test_rand_double_range (1, 150);
      g_autoptr(GArray) ticks = runnel_scale_list_ticks (&scale, length, gap);

      g_assert_cmpuint (ticks->len, <=, length / gap + 2);
      for (guint i = 0; i < ticks->len; i++)
        {
          const RunnelScaleTick *tick = &g_array_index (ticks, RunnelScaleTick, i);

          g_assert_cmpfloat (tick->part, >=, 0);
          g_assert_cmpfloat (tick->part, <=, 1 + 1e-9);
          g_assert_cmpstr (tick->label, !=, "");
          if (i > 0)
            g_assert_cmpfloat ((tick->part - tick[-1].part) * length, >=, gap * (1 - 1e-6));
        }
    }
}

static void
test_format (void)
{
  RunnelScale duration = runnel_scale_fit (RUNNEL_SCALE_DURATION, 0, 100 * SECOND);
  RunnelScale rate = runnel_scale_fit (RUNNEL_SCALE_RATE, 0, 1);
  g_autofree char *long_time = runnel_scale_format (&duration, 95.5 * SECOND);
  g_autofree char *part = runnel_scale_format (&rate, 0.125);

  g_assert_cmpstr (long_time, ==, "1 min 35 s");
  g_assert_cmpstr (part, ==, "12.5 %");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/scale/fit", test_fit);
  g_test_add_func ("/charts/scale/places", test_places);
  g_test_add_func ("/charts/scale/values", test_values);
  g_test_add_func ("/charts/scale/calendar", test_calendar);
  g_test_add_func ("/charts/scale/summer-time", test_summer_time);
  g_test_add_func ("/charts/scale/random", test_random);
  g_test_add_func ("/charts/scale/format", test_format);

  return g_test_run ();
}
