/* test-log-file.c: a log that is a file, and may grow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/stat.h>

#include "log-fixture.h"

static void
assert_log (LogFixture *fixture,
            const char *text)
{
  char buffer[100];
  gsize length = strlen (text);

  g_assert_cmpuint (runnel_log_source_get_size (fixture->source), ==, length);
  g_assert_cmpmem (buffer, runnel_log_source_read (fixture->source, 0, buffer, sizeof buffer), text,
                   length);
}

static void
test_grows (LogFixture   *fixture,
            gconstpointer user_data)
{
  log_fixture_open (fixture);
  assert_log (fixture, "");
  log_fixture_append (fixture, "one\n", 4);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 0);
  assert_log (fixture, "one\n");
  log_fixture_append (fixture, "two\n", 4);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 4);
  assert_log (fixture, "one\ntwo\n");
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 8);
}

static void
test_is_cut (LogFixture   *fixture,
             gconstpointer user_data)
{
  char byte;

  log_fixture_append (fixture, "one\ntwo\n", 8);
  log_fixture_open (fixture);
  g_assert_cmpint (truncate (fixture->path, 4), ==, 0);

  /* Before anybody has noticed. */
  g_assert_cmpuint (runnel_log_source_read (fixture->source, 6, &byte, 1), ==, 0);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 0);
  assert_log (fixture, "one\n");
}

static void
test_is_replaced (LogFixture   *fixture,
                  gconstpointer user_data)
{
  g_autofree char *other = g_strconcat (fixture->path, ".old", NULL);

  log_fixture_append (fixture, "one\n", 4);
  log_fixture_open (fixture);
  g_assert_cmpint (g_rename (fixture->path, other), ==, 0);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 4);
  assert_log (fixture, "one\n"); /* as long as there is no other */

  log_fixture_append (fixture, "another\n", 8);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 0);
  assert_log (fixture, "another\n");
  g_unlink (other);
}

static void
test_reads_at_once (LogFixture   *fixture,
                    gconstpointer user_data)
{
  char buffer[10];
  gssize n_read;

  log_fixture_append (fixture, "one\ntwo\n", 8);
  log_fixture_open (fixture);
  n_read = runnel_log_source_read_now (fixture->source, 4, buffer, sizeof buffer);
  if (n_read < 0) /* not every file system can tell */
    g_test_skip ("this file system may have to wait");
  else
    g_assert_cmpmem (buffer, n_read, "two\n", 4);
}

/* Whoever opens a pipe waits for one who writes. */
static void
test_is_no_file (LogFixture   *fixture,
                 gconstpointer user_data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  log_fixture_open (fixture);
  assert_log (fixture, "");
}

static gpointer
read_in_thread (gpointer data)
{
  RunnelLogSource *source = data;
  char buffer[4096];

  for (guint i = 0; i < 3000; i++)
    {
      gsize n_read = runnel_log_source_read (source, (i % 8) * 1000, buffer, sizeof buffer);

      g_assert_cmpuint (n_read, <=, sizeof buffer);
    }
  return NULL;
}

/* One reads while the file is cut and replaced: there is less, or another, but never a crash. */
static void
test_is_replaced_while_read (LogFixture   *fixture,
                             gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (10000, 'x');
  GThread *thread;

  log_fixture_append (fixture, text, 10000);
  log_fixture_open (fixture);
  thread = g_thread_new ("reader", read_in_thread, fixture->source);
  for (guint i = 0; i < 500; i++)
    {
      if (i % 2 == 0)
        g_assert_cmpint (truncate (fixture->path, 0), ==, 0);
      else
        g_unlink (fixture->path);
      memset (text, 'a' + i % 26, 10000);
      if (i % 2 == 1)
        log_fixture_append (fixture, text, 10000);
      runnel_log_source_refresh (fixture->source);
    }
  g_thread_join (thread);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func)                                                                          \
  g_test_add ("/log/file/" name, LogFixture, NULL, log_fixture_set_up, func, log_fixture_tear_down)
  add ("grows", test_grows);
  add ("is-cut", test_is_cut);
  add ("is-replaced", test_is_replaced);
  add ("reads-at-once", test_reads_at_once);
  add ("is-no-file", test_is_no_file);
  add ("is-replaced-while-read", test_is_replaced_while_read);
#undef add
  return g_test_run ();
}
