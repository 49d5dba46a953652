/* test-log-reader.c: follows a growing log file without blocking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "designer/runs/runnel-log-reader.h"

typedef struct
{
  char *folder;
  char *path;
  RunnelLogReader *reader;
  GString *text;
  guint64 skipped;
} Fixture;

static void
chunk_cb (Fixture *fixture,
          GBytes  *bytes)
{
  g_string_append_len (fixture->text, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
truncated_cb (Fixture *fixture,
              guint64  skipped)
{
  g_assert_cmpuint (fixture->text->len, ==, 0);
  fixture->skipped = skipped;
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("runnel-log-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "step.1.log", NULL);
  fixture->text = g_string_new (NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_clear_object (&fixture->reader);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_string_free (fixture->text, TRUE);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_log (Fixture    *fixture,
           const char *text)
{
  FILE *file = g_fopen (fixture->path, "a");

  fputs (text, file);
  fclose (file);
}

static void
open_log (Fixture *fixture,
          gboolean follow)
{
  fixture->reader = runnel_log_reader_new (fixture->path, follow);
  g_signal_connect_swapped (fixture->reader, "chunk", G_CALLBACK (chunk_cb), fixture);
  g_signal_connect_swapped (fixture->reader, "truncated", G_CALLBACK (truncated_cb), fixture);
}

static void
wait_for_length (Fixture *fixture,
                 gsize    length)
{
  while (fixture->text->len < length)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_complete (Fixture      *fixture,
               gconstpointer user_data)
{
  write_log (fixture, "one\ntwo\n");
  open_log (fixture, FALSE);
  wait_for_length (fixture, 8);
  g_assert_cmpstr (fixture->text->str, ==, "one\ntwo\n");
  g_assert_cmpuint (fixture->skipped, ==, 0);
}

static void
test_follow (Fixture      *fixture,
             gconstpointer user_data)
{
  open_log (fixture, TRUE); /* there is no file yet */
  write_log (fixture, "one\n");
  wait_for_length (fixture, 4);
  write_log (fixture, "two\n");
  wait_for_length (fixture, 8);
  write_log (fixture, "three\n");
  runnel_log_reader_finish (fixture->reader);
  wait_for_length (fixture, 14);
  g_assert_cmpstr (fixture->text->str, ==, "one\ntwo\nthree\n");
}

static void
test_long (Fixture      *fixture,
           gconstpointer user_data)
{
  const gsize tail = 4 * 1024 * 1024, extra = 1000 * 1000;
  g_autofree char *line = g_strnfill (99, 'x');
  g_autoptr(GString) text = g_string_new (NULL);

  while (text->len < tail + extra)
    g_string_append_printf (text, "%s\n", line);
  write_log (fixture, text->str);
  open_log (fixture, FALSE);
  while (fixture->text->len == 0)
    g_main_context_iteration (NULL, TRUE);
  wait_for_length (fixture, text->len - fixture->skipped);

  g_assert_cmpuint (fixture->skipped, >, extra / 2);
  g_assert_cmpuint (fixture->skipped % 100, ==, 0); /* begins with a whole line */
  g_assert_cmpuint (fixture->text->len, >, tail - 200);
}

/* Letting go in the middle of a read must not call anyone. */
static void
test_stop_while_reading (Fixture      *fixture,
                            gconstpointer user_data)
{
  write_log (fixture, "one\n");
  open_log (fixture, TRUE);
  runnel_log_reader_stop (fixture->reader);
  g_clear_object (&fixture->reader);
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_assert_cmpuint (fixture->text->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/designer/log-reader/complete", Fixture, NULL, set_up, test_complete, tear_down);
  g_test_add ("/designer/log-reader/follow", Fixture, NULL, set_up, test_follow, tear_down);
  g_test_add ("/designer/log-reader/long", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add ("/designer/log-reader/stop-while-reading", Fixture, NULL, set_up, test_stop_while_reading, tear_down);

  return g_test_run ();
}
