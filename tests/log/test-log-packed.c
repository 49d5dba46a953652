/* test-log-packed.c: a log that was compressed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-pack.h"
#include "log/runnel-log-packed.h"
#include "util/runnel-zstd.h"

static void
pack (LogFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gint64 saved;

  g_assert_true (runnel_log_pack (fixture->path, &saved, NULL, &error));
  g_assert_no_error (error);
}

static void
remove_packed (LogFixture *fixture)
{
  g_autofree char *packed = g_strconcat (fixture->path, RUNNEL_ZSTD_SUFFIX, NULL);

  g_assert_cmpint (g_unlink (packed), ==, 0);
}

static void
test_is_the_same (LogFixture   *fixture,
                  gconstpointer user_data)
{
  g_autoptr(GString) text = log_fixture_make_random (3000000);
  g_autofree char *buffer = g_malloc (text->len + 1);

  log_fixture_append (fixture, text->str, text->len);
  pack (fixture);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  fixture->source = runnel_log_open (fixture->path);
  g_assert_cmpuint (runnel_log_source_get_size (fixture->source), ==, text->len);
  g_assert_cmpint (runnel_log_source_read_now (fixture->source, 0, buffer, 10), ==, -1);
  g_assert_cmpmem (buffer, runnel_log_source_read (fixture->source, 0, buffer, text->len + 1),
                   text->str, text->len);
  g_assert_cmpint (runnel_log_source_read_now (fixture->source, text->len - 5, buffer, 10), ==, 5);
  g_assert_cmpmem (buffer, 5, text->str + text->len - 5, 5);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, text->len);
  remove_packed (fixture);
}

/* Who reads a log goes on with what it has opened. */
static void
test_packed_meanwhile (LogFixture   *fixture,
                       gconstpointer user_data)
{
  char buffer[10];

  log_fixture_append (fixture, "one\n", 4);
  fixture->source = runnel_log_open (fixture->path);
  pack (fixture);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 4);
  g_assert_cmpmem (buffer, runnel_log_source_read (fixture->source, 0, buffer, 10), "one\n", 4);
  remove_packed (fixture);
}

static void
test_not_there (LogFixture   *fixture,
                gconstpointer user_data)
{
  fixture->source = runnel_log_open (fixture->path);
  g_assert_cmpuint (runnel_log_source_get_size (fixture->source), ==, 0);
  log_fixture_append (fixture, "one\n", 4);
  g_assert_cmpuint (runnel_log_source_refresh (fixture->source), ==, 0);
  g_assert_cmpuint (runnel_log_source_get_size (fixture->source), ==, 4);
}

static void
test_damaged (LogFixture   *fixture,
              gconstpointer user_data)
{
  g_autofree char *packed = g_strconcat (fixture->path, RUNNEL_ZSTD_SUFFIX, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (packed, "nonsense", 8, NULL));
  g_assert_null (runnel_log_packed_open (packed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  fixture->source = runnel_log_open (fixture->path);
  g_assert_cmpuint (runnel_log_source_get_size (fixture->source), ==, 0);
  remove_packed (fixture);
}

static void
add (const char *path,
     void      (*test) (LogFixture *, gconstpointer))
{
  g_test_add (path, LogFixture, NULL, log_fixture_set_up, test, log_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/log/packed/is-the-same", test_is_the_same);
  add ("/log/packed/packed-meanwhile", test_packed_meanwhile);
  add ("/log/packed/not-there", test_not_there);
  add ("/log/packed/damaged", test_damaged);

  return g_test_run ();
}
