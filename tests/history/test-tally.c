/* test-tally.c: what there was of runs, or of a step in them, in one stretch of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "history/runnel-tally.h"

static void
draw_tally (RunnelTally *tally)
{
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    if (g_test_rand_bit ())
      tally->fields[i] = (gint64) 1 << g_test_rand_int_range (0, 62);
  for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
    runnel_histogram_add (&tally->durations, g_test_rand_int_range (0, G_MAXINT32));
}

static void
assert_same (const RunnelTally *a,
             const RunnelTally *b)
{
  RunnelTally difference = { 0, };

  runnel_tally_merge (&difference, a, 1);
  runnel_tally_merge (&difference, b, -1);
  g_assert_true (runnel_tally_is_empty (&difference));
  runnel_tally_clear (&difference);
}

static void
test_pack (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr(GByteArray) bytes = g_byte_array_new ();
      RunnelTally tallies[3] = { { { 0, }, { 0, } }, };
      const guint8 *cursor;

      for (guint i = 0; i < 3; i++)
        {
          draw_tally (&tallies[i]);
          runnel_tally_pack (&tallies[i], bytes);
        }
      cursor = bytes->data;
      for (guint i = 0; i < 3; i++)
        {
          RunnelTally tally = { 0, };

          g_assert_true (runnel_tally_unpack (&tally, &cursor, bytes->data + bytes->len));
          assert_same (&tally, &tallies[i]);
          runnel_tally_clear (&tally);
          runnel_tally_clear (&tallies[i]);
        }
      g_assert_true (cursor == bytes->data + bytes->len);
    }
}

/* what is unpacked adds to what is there: that is how hours become a day */
static void
test_adds (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  RunnelTally tally = { 0, }, sum = { 0, };
  const guint8 *cursor;

  draw_tally (&tally);
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    tally.fields[i] >>= 1;
  runnel_tally_pack (&tally, bytes);
  for (guint i = 0; i < 2; i++)
    {
      cursor = bytes->data;
      g_assert_true (runnel_tally_unpack (&sum, &cursor, bytes->data + bytes->len));
    }
  runnel_tally_merge (&sum, &tally, -1);
  assert_same (&sum, &tally);
  runnel_tally_clear (&tally);
  runnel_tally_clear (&sum);
}

/* the beginning of a tally is none, and neither is noise; nothing reads beyond the end */
static void
test_damaged (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  RunnelTally tally = { 0, };

  draw_tally (&tally);
  runnel_histogram_add (&tally.durations, 77);
  runnel_tally_pack (&tally, bytes);
  for (guint length = 0; length < bytes->len; length++)
    {
      g_autofree guint8 *part = g_memdup2 (bytes->data, length);
      const guint8 *cursor = part;
      RunnelTally damaged = { 0, };

      g_assert_false (runnel_tally_unpack (&damaged, &cursor, part + length));
      runnel_tally_clear (&damaged);
    }
  for (guint round = 0; round < 2000; round++)
    {
      guint8 noise[40];
      const guint8 *cursor = noise;
      RunnelTally damaged = { 0, };

      for (guint i = 0; i < sizeof noise; i++)
        noise[i] = g_test_rand_int ();
      runnel_tally_unpack (&damaged, &cursor, noise + sizeof noise);
      g_assert_true (cursor <= noise + sizeof noise);
      runnel_tally_clear (&damaged);
    }
  runnel_tally_clear (&tally);
}

static void
test_small (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  RunnelTally tally = { 0, };

  tally.fields[RUNNEL_TALLY_SUCCEEDED] = 1;
  tally.fields[RUNNEL_TALLY_ATTEMPTS] = 1;
  tally.fields[RUNNEL_TALLY_WORK] = 12 * G_TIME_SPAN_SECOND;
  runnel_histogram_add (&tally.durations, 12 * G_TIME_SPAN_SECOND);
  runnel_tally_pack (&tally, bytes);
  g_assert_cmpuint (bytes->len, <=, 15);
  runnel_tally_clear (&tally);
}

static void
test_names (void)
{
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    {
      g_assert_nonnull (runnel_tally_field_to_string (i));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (runnel_tally_field_to_string (i), !=, runnel_tally_field_to_string (j));
    }
}

static void
test_figures (void)
{
  RunnelTally tally = { 0, };

  g_assert_cmpfloat (runnel_tally_get_success_rate (&tally), <, 0);
  tally.fields[RUNNEL_TALLY_SUCCEEDED] = 3;
  tally.fields[RUNNEL_TALLY_FAILED] = 1;
  tally.fields[RUNNEL_TALLY_CANCELLED] = 12;
  g_assert_cmpfloat (runnel_tally_get_success_rate (&tally), ==, 0.75);
  tally.fields[RUNNEL_TALLY_FLAKES] = 2;
  tally.fields[RUNNEL_TALLY_FLIPS] = 3;
  g_assert_cmpint (runnel_tally_get_n_flaky (&tally), ==, 5);
  tally.fields[RUNNEL_TALLY_WORK] = 1000;
  tally.fields[RUNNEL_TALLY_QUEUED] = 20;
  tally.fields[RUNNEL_TALLY_RETRYING] = 5;
  tally.fields[RUNNEL_TALLY_ROLLING_BACK] = 4;
  tally.fields[RUNNEL_TALLY_WAITED + RUNNEL_WAIT_POOL] = 1;
  tally.fields[RUNNEL_TALLY_WAITED + RUNNEL_WAIT_TIME] = 700;
  g_assert_cmpint (runnel_tally_get_lost (&tally), ==, 30);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/tally/pack", test_pack);
  g_test_add_func ("/history/tally/adds", test_adds);
  g_test_add_func ("/history/tally/damaged", test_damaged);
  g_test_add_func ("/history/tally/small", test_small);
  g_test_add_func ("/history/tally/names", test_names);
  g_test_add_func ("/history/tally/figures", test_figures);

  return g_test_run ();
}
