/* test-duration.c: durations as people write them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/runnel-duration.h"
#include "model/runnel-pipeline.h"

static const struct
{
  const char *text;
  gint64 duration;
  const char *written;
} good[] = {
  { "0s", 0, "0s" },
  { "90s", 90 * G_TIME_SPAN_SECOND, "1m30s" },
  { "5m", 5 * G_TIME_SPAN_MINUTE, "5m" },
  { "1h30m", 90 * G_TIME_SPAN_MINUTE, "1h30m" },
  { "250ms", 250 * G_TIME_SPAN_MILLISECOND, "250ms" },
  { "1d", G_TIME_SPAN_DAY, "1d" },
  { "24h", G_TIME_SPAN_DAY, "1d" },
  { "1s500ms", 1500 * G_TIME_SPAN_MILLISECOND, "1s500ms" },
  { "7us", 7, "7us" },
  { "1d2h3m4s5ms6us", 93784005006, "1d2h3m4s5ms6us" },
};

static const struct
{
  const char *text;
  const char *why;
} bad[] = {
  { "", "*empty*" },
  { "90", "*write “90s”*" },
  { "1h30", "*write “30s”*" },
  { "s", "*whole number*" },
  { "-5s", "*whole number*" },
  { "1.5h", "*units are*" },
  { "5 m", "*units are*" },
  { "5min", "*units are*" },
  { "30m1h", "*longest first*" },
  { "1s1s", "*each unit comes once*" },
  { "999999999999999999d", "*too long*" },
  { "9999999999999999999999s", "*too long*" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *written = NULL;
      gint64 duration = -1;

      g_assert_true (runnel_duration_parse (good[i].text, &duration, &error));
      g_assert_no_error (error);
      g_assert_cmpint (duration, ==, good[i].duration);

      written = runnel_duration_to_string (duration);
      g_assert_cmpstr (written, ==, good[i].written);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 duration = -1;

      g_assert_false (runnel_duration_parse (bad[i].text, &duration, &error));
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_pattern_match_simple (bad[i].why, error->message));
      g_assert_cmpint (duration, ==, -1);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      gint64 duration = (gint64) (g_test_rand_double () * 1e17);
      g_autofree char *text = runnel_duration_to_string (duration);
      gint64 again;

      g_assert_true (runnel_duration_parse (text, &again, NULL));
      g_assert_cmpint (again, ==, duration);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/duration/good", test_good);
  g_test_add_func ("/model/duration/bad", test_bad);
  g_test_add_func ("/model/duration/round-trip", test_round_trip);

  return g_test_run ();
}
