/* test-log-times.c: when each stretch of a log arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-times.h"

static void
write_bytes (LogFixture *fixture,
             const char *bytes,
             gsize       length)
{
  g_autofree char *path = runnel_log_times_make_path (fixture->path);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  close (fd);
}

static void
write_time (LogFixture *fixture,
            guint64     size,
            gint64      time)
{
  g_autofree char *path = runnel_log_times_make_path (fixture->path);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  g_assert_true (runnel_log_times_write (fd, &(RunnelLogTime) { size, time }));
  close (fd);
}

static void
tear_down (LogFixture   *fixture,
           gconstpointer user_data)
{
  g_autofree char *path = runnel_log_times_make_path (fixture->path);

  g_unlink (path);
  log_fixture_tear_down (fixture, NULL);
}

static void
read_more (LogFixture     *fixture,
           RunnelLogTimes *times)
{
  g_autoptr(GArray) records = runnel_log_times_read (fixture->path, runnel_log_times_get_n (times));

  runnel_log_times_add (times, records);
}

static void
test_find (LogFixture   *fixture,
           gconstpointer user_data)
{
  g_autoptr(RunnelLogTimes) times = runnel_log_times_new ();

  g_assert_cmpint (runnel_log_times_find (times, 0), ==, 0);
  write_time (fixture, 10, 1000);
  write_time (fixture, 20, 2000);
  read_more (fixture, times);
  g_assert_cmpuint (runnel_log_times_get_n (times), ==, 2);
  g_assert_cmpint (runnel_log_times_find (times, 0), ==, 1000);
  g_assert_cmpint (runnel_log_times_find (times, 9), ==, 1000);
  g_assert_cmpint (runnel_log_times_find (times, 10), ==, 2000);
  g_assert_cmpint (runnel_log_times_find (times, 20), ==, 0);

  write_time (fixture, 21, 3000);
  read_more (fixture, times);
  g_assert_cmpint (runnel_log_times_find (times, 20), ==, 3000);

  g_assert_cmpuint (runnel_log_times_find_size (times, 999), ==, 0);
  g_assert_cmpuint (runnel_log_times_find_size (times, 1000), ==, 10);
  g_assert_cmpuint (runnel_log_times_find_size (times, 2999), ==, 20);
  g_assert_cmpuint (runnel_log_times_find_size (times, 9999), ==, 21);
}

/* The process was killed while it wrote. */
static void
test_torn (LogFixture   *fixture,
           gconstpointer user_data)
{
  g_autoptr(RunnelLogTimes) times = runnel_log_times_new ();

  write_time (fixture, 10, 1000);
  write_bytes (fixture, "half a", 6);
  read_more (fixture, times);
  g_assert_cmpuint (runnel_log_times_get_n (times), ==, 1);
}

static void
test_not_ours (LogFixture   *fixture,
               gconstpointer user_data)
{
  g_autoptr(RunnelLogTimes) times = runnel_log_times_new ();
  g_autofree char *text = g_strnfill (100, 'x');

  write_bytes (fixture, text, 100);
  read_more (fixture, times);
  g_assert_cmpuint (runnel_log_times_get_n (times), ==, 0);
}

/* The clock of the machine was set back. */
static void
test_clock_set_back (LogFixture   *fixture,
                     gconstpointer user_data)
{
  g_autoptr(RunnelLogTimes) times = runnel_log_times_new ();

  write_time (fixture, 10, 5000);
  write_time (fixture, 20, 1000);
  write_time (fixture, 30, 6000);
  read_more (fixture, times);
  g_assert_cmpint (runnel_log_times_find (times, 15), ==, 5000);
  g_assert_cmpint (runnel_log_times_find (times, 25), ==, 6000);
}

static void
assert_parses (const char *line,
               gint64      expected)
{
  gint64 time = -1;

  g_assert_true (runnel_log_times_parse_line (line, strlen (line), &time));
  g_assert_cmpint (time, ==, expected);
}

static void
test_lines (LogFixture   *fixture,
            gconstpointer user_data)
{
  const gint64 time = G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND;
  const char *others[] = { "", "one", "2026-01-01", "2026-13-01T00:00:00Z", "x 2026-01-01T00:00:00Z" };
  gint64 found;

  assert_parses ("2026-01-01T00:00:00Z", time);
  assert_parses ("2026-01-01T00:00:00.5Z text", time + G_TIME_SPAN_SECOND / 2);
  assert_parses ("2026-01-01T02:00:00+02:00 text", time);
  assert_parses ("[2026-01-01T00:00:00.1234567Z] text", time + 123456);
  assert_parses ("2026-01-01 00:00:00,250 INFO", time + G_TIME_SPAN_SECOND / 4);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (runnel_log_times_parse_line (others[i], strlen (others[i]), &found));
}

static void
test_path (LogFixture   *fixture,
           gconstpointer user_data)
{
  g_autofree char *path = runnel_log_times_make_path ("/runs/1/build.2.log");
  g_autofree char *other = runnel_log_times_make_path ("/tmp/x");

  g_assert_cmpstr (path, ==, "/runs/1/build.2.times");
  g_assert_cmpstr (other, ==, "/tmp/x.times");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
#define add(name, func)                                                                          \
  g_test_add ("/log/times/" name, LogFixture, NULL, log_fixture_set_up, func, tear_down)
  add ("find", test_find);
  add ("torn", test_torn);
  add ("not-ours", test_not_ours);
  add ("clock-set-back", test_clock_set_back);
  add ("lines", test_lines);
  add ("path", test_path);
#undef add
  return g_test_run ();
}
