/* test-axis.c: a time axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "charts/runnel-axis.h"

#define SECOND G_TIME_SPAN_SECOND

/* The labels of an axis of 600 units from @start to @end, with gaps of at least 100. */
static void
assert_ticks (gint64      start,
              gint64      end,
              const char *expected)
{
  RunnelAxis axis = runnel_axis_fit (start, end, 600);
  g_autoptr(GArray) ticks = runnel_axis_list_ticks (&axis, 600, 100);
  g_autoptr(GString) labels = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? "|" : "",
                            g_array_index (ticks, RunnelTick, i).label);
  g_assert_cmpstr (labels->str, ==, expected);
}

static void
test_ticks (void)
{
  assert_ticks (0, 6, "0|1 µs|2 µs|3 µs|4 µs|5 µs|6 µs");
  assert_ticks (0, 2500, "0|500 µs|1.0 ms|1.5 ms|2.0 ms|2.5 ms");
  assert_ticks (0, SECOND, "0|200 ms|400 ms|600 ms|800 ms|1.0 s");
  assert_ticks (0, 2 * SECOND, "0|500 ms|1.0 s|1.5 s|2.0 s");
  assert_ticks (0, 5 * SECOND, "0|0:01|0:02|0:03|0:04|0:05");
  assert_ticks (0, 60 * SECOND, "0|0:10|0:20|0:30|0:40|0:50|1:00");
  assert_ticks (0, 80 * SECOND, "0|0:15|0:30|0:45|1:00|1:15");
  assert_ticks (0, 3600 * SECOND, "0|10:00|20:00|30:00|40:00|50:00|1:00:00");
  assert_ticks (0, 5 * 3600 * SECOND, "0|1:00:00|2:00:00|3:00:00|4:00:00|5:00:00");
  assert_ticks (0, 60 * 3600 * SECOND, "0|12:00:00|1 d 0:00|1 d 12:00|2 d 0:00|2 d 12:00");
  assert_ticks (0, 20 * G_TIME_SPAN_DAY, "0|7 d|14 d");
  assert_ticks (0, 5000 * G_TIME_SPAN_DAY, "0|1092 d|2184 d|3276 d|4368 d");
}

static void
test_ticks_elsewhere (void)
{
  /* Before the run began there is nothing to label. */
  assert_ticks (-30 * SECOND, 30 * SECOND, "0|0:10|0:20|0:30");
  assert_ticks (61 * SECOND, 62 * SECOND, "1:01.0|1:01.2|1:01.4|1:01.6|1:01.8|1:02.0");
  assert_ticks (59 * SECOND, 60 * SECOND + 1, "59.0 s|59.2 s|59.4 s|59.6 s|59.8 s|1:00.0");
  assert_ticks (3600 * SECOND, 3660 * SECOND,
                "1:00:00|1:00:10|1:00:20|1:00:30|1:00:40|1:00:50|1:01:00");
  assert_ticks (G_TIME_SPAN_DAY, G_TIME_SPAN_DAY + 2 * SECOND,
                "1 d 0:00:00.0|1 d 0:00:00.5|1 d 0:00:01.0|1 d 0:00:01.5|1 d 0:00:02.0");
}

/* However far in or out: ticks keep their gap, are told apart, and are not too few. */
static void
test_any_scale (void)
{
  for (double end = 10; end < 1e16; end *= 1.37)
    {
      RunnelAxis axis = runnel_axis_fit (0, end, 1000);
      g_autoptr(GArray) ticks = runnel_axis_list_ticks (&axis, 1000, 80);

      g_assert_cmpuint (ticks->len, >=, 2);
      for (guint i = 1; i < ticks->len; i++)
        {
          const RunnelTick *last = &g_array_index (ticks, RunnelTick, i - 1);
          const RunnelTick *tick = &g_array_index (ticks, RunnelTick, i);

          g_assert_cmpfloat (tick->position - last->position, >=, 79.99);
          g_assert_cmpfloat (tick->position - last->position, <, 80 * 4);
          g_assert_cmpstr (tick->label, !=, last->label);
        }
    }
}

static void
test_there_and_back (void)
{
  RunnelAxis axis = runnel_axis_fit (5 * SECOND, 65 * SECOND, 600);

  g_assert_cmpfloat (runnel_axis_get_position (&axis, 5 * SECOND), ==, 0.0);
  g_assert_cmpfloat (runnel_axis_get_position (&axis, 65 * SECOND), ==, 600.0);
  g_assert_cmpint (runnel_axis_get_time (&axis, 300), ==, 35 * SECOND);
}

static void
test_zoom (void)
{
  RunnelAxis axis = runnel_axis_fit (0, 60 * SECOND, 600);

  runnel_axis_zoom (&axis, 200, 2.0);
  g_assert_cmpfloat (runnel_axis_get_position (&axis, 20 * SECOND), ==, 200.0);
  g_assert_cmpfloat (runnel_axis_get_position (&axis, 30 * SECOND), ==, 400.0);
  runnel_axis_zoom (&axis, 200, 0.5);
  g_assert_cmpint (axis.start, ==, 0);

  /* There is an end to it in both directions, and no harm in trying. */
  for (guint i = 0; i < 200; i++)
    runnel_axis_zoom (&axis, 200, 3.0);
  g_assert_cmpfloat (axis.scale, >, 0.0);
  for (guint i = 0; i < 400; i++)
    runnel_axis_zoom (&axis, 200, 0.3);
  g_assert_true (isfinite (axis.scale));
}

static void
test_nothing_to_show (void)
{
  RunnelAxis axis = runnel_axis_fit (0, 0, 600);
  g_autoptr(GArray) ticks = runnel_axis_list_ticks (&axis, 600, 100);

  g_assert_cmpfloat (axis.scale, >, 0.0);
  g_assert_cmpfloat (runnel_axis_fit (0, 10, 0).scale, >, 0.0);
  g_assert_cmpuint (ticks->len, >=, 1);
}

static void
assert_clock (gint64      origin,
              gint64      length,
              const char *expected)
{
  RunnelAxis axis = runnel_axis_fit (0, length, 600);
  g_autoptr(GArray) ticks = runnel_axis_list_clock_ticks (&axis, origin, 600, 110);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const RunnelTick *tick = &g_array_index (ticks, RunnelTick, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", tick->label);
      g_assert_cmpfloat_with_epsilon (tick->position, tick->time / axis.scale, 1e-6);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* Ticks stand where clocks show round times, whatever the moment of the start. */
static void
test_clock (void)
{
  /* 2026-01-01 00:00 in UTC, an hour later where the test runs. */
  const gint64 midnight = G_GINT64_CONSTANT (1767225600) * SECOND;

  assert_clock (midnight + 7 * SECOND, 60 * SECOND,
                "01:00:15, 01:00:30, 01:00:45, 01:01:00");
  assert_clock (midnight + 7 * SECOND, 4 * 60 * SECOND, "01:01, 01:02, 01:03, 01:04");
  assert_clock (midnight - 2 * 3600 * SECOND, 4 * 3600 * SECOND,
                "23:00, 1 Jan, 01:00, 02:00, 03:00");
  assert_clock (midnight - 3600 * SECOND, 4 * 24 * 3600 * SECOND,
                "1 Jan, 2 Jan, 3 Jan, 4 Jan, 5 Jan");
  assert_clock (midnight + SECOND / 4, SECOND, "01:00:00.4, 01:00:00.6, 01:00:00.8, 01:00:01.0, "
                                               "01:00:01.2");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "CET-1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/axis/ticks", test_ticks);
  g_test_add_func ("/charts/axis/ticks-elsewhere", test_ticks_elsewhere);
  g_test_add_func ("/charts/axis/any-scale", test_any_scale);
  g_test_add_func ("/charts/axis/there-and-back", test_there_and_back);
  g_test_add_func ("/charts/axis/zoom", test_zoom);
  g_test_add_func ("/charts/axis/nothing-to-show", test_nothing_to_show);
  g_test_add_func ("/charts/axis/clock", test_clock);
  return g_test_run ();
}
