/* test-format.c: durations and times for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "util/runnel-format.h"

static void
assert_duration (gint64      duration,
                 const char *expected)
{
  g_autofree char *text = runnel_format_duration (duration);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_duration (void)
{
  assert_duration (-5, "0 ms");
  assert_duration (0, "0 ms");
  assert_duration (999999, "999 ms");
  assert_duration (1000000, "1.0 s");
  assert_duration (9999999, "9.9 s");
  assert_duration (10000000, "10 s");
  assert_duration (59999999, "59 s");
  assert_duration (G_TIME_SPAN_MINUTE, "1 min 0 s");
  assert_duration (G_TIME_SPAN_HOUR - 1, "59 min 59 s");
  assert_duration (3 * G_TIME_SPAN_HOUR + 12 * G_TIME_SPAN_MINUTE, "3 h 12 min");
  assert_duration (2 * G_TIME_SPAN_DAY + 4 * G_TIME_SPAN_HOUR, "2 d 4 h");
}

static void
assert_roughly (gint64      duration,
                const char *expected)
{
  g_autofree char *text = runnel_format_duration_roughly (duration);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_duration_roughly (void)
{
  assert_roughly (-5, "0 s");
  assert_roughly (9999999, "9 s");
  assert_roughly (59999999, "59 s");
  assert_roughly (G_TIME_SPAN_HOUR - 1, "59 min");
  assert_roughly (3 * G_TIME_SPAN_HOUR + 12 * G_TIME_SPAN_MINUTE, "3 h");
  assert_roughly (2 * G_TIME_SPAN_DAY + 4 * G_TIME_SPAN_HOUR, "2 d");
}

static void
assert_age (gint64      age,
            const char *expected)
{
  gint64 now = G_GINT64_CONSTANT (1800000000) * G_TIME_SPAN_SECOND;
  g_autofree char *text = runnel_format_age (now - age, now);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_age (void)
{
  assert_age (-G_TIME_SPAN_HOUR, "just now"); /* a clock that was set back */
  assert_age (G_TIME_SPAN_SECOND, "just now");
  assert_age (5 * G_TIME_SPAN_MINUTE, "5 min ago");
  assert_age (G_TIME_SPAN_DAY - 1, "23 h ago");
  assert_age (3 * G_TIME_SPAN_DAY, "3 d ago");
  assert_age (8 * G_TIME_SPAN_DAY, "2027-01-07 08:00:00");
}

static void
test_time (void)
{
  g_autofree char *time = runnel_format_time (1234567890 * G_TIME_SPAN_SECOND + 999999);
  g_autofree char *nonsense = runnel_format_time (G_MAXINT64);

  g_assert_cmpstr (time, ==, "2009-02-13 23:31:30");
  g_assert_cmpstr (nonsense, ==, "-");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/util/format/duration", test_duration);
  g_test_add_func ("/util/format/duration-roughly", test_duration_roughly);
  g_test_add_func ("/util/format/age", test_age);
  g_test_add_func ("/util/format/time", test_time);

  return g_test_run ();
}
