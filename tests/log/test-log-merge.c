/* test-log-merge.c: several logs as one, in the order in which their lines arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-merge.h"
#include "log/runnel-log-times.h"

#define MOST 100

typedef struct
{
  char *folder;
  RunnelLogMerge *merge;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("runnel-merge-XXXXXX", NULL);
  fixture->merge = runnel_log_merge_new ();
}

static char *
make_path (Fixture    *fixture,
           const char *name)
{
  return g_strdup_printf ("%s/%s.1.log", fixture->folder, name);
}

static void
remove_all (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  runnel_log_source_unref (runnel_log_merge_get_source (fixture->merge));
  remove_all (fixture->folder);
  g_free (fixture->folder);
}

static guint
add (Fixture    *fixture,
     const char *name,
     gint64      started)
{
  g_autofree char *path = make_path (fixture, name);

  return runnel_log_merge_add (fixture->merge, name, path, started);
}

static void
append (const char *path,
        const char *bytes,
        gsize       length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  close (fd);
}

/* `time` is when it came; 0 = nobody wrote that down. */
static void
write_log (Fixture    *fixture,
           const char *name,
           const char *text,
           gint64      time)
{
  g_autofree char *path = make_path (fixture, name);
  g_autofree char *times_path = runnel_log_times_make_path (path);
  GStatBuf status;

  append (path, text, strlen (text));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  if (time > 0)
    {
      int fd = open (times_path, O_WRONLY | O_CREAT | O_APPEND, 0600);

      runnel_log_times_write (fd, &(RunnelLogTime) { (guint64) status.st_size, time });
      close (fd);
    }
}

static char *
read_all (Fixture *fixture)
{
  RunnelLogSource *source = runnel_log_merge_get_source (fixture->merge);
  guint64 size = runnel_log_source_get_size (source);
  char *text = g_malloc0 (size + 1);

  g_assert_cmpuint (runnel_log_source_read (source, 0, text, size + 1), ==, size);
  return text;
}

static void
assert_merged (Fixture    *fixture,
               const char *expected)
{
  g_autofree char *text = NULL;

  runnel_log_source_refresh (runnel_log_merge_get_source (fixture->merge));
  text = read_all (fixture);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_found (Fixture    *fixture,
              guint64     offset,
              const char *label,
              gint64      time)
{
  gint64 found_time;
  guint part;

  g_assert_true (runnel_log_merge_find (fixture->merge, offset, &part, &found_time));
  g_assert_cmpstr (runnel_log_merge_get_label (fixture->merge, part), ==, label);
  g_assert_cmpint (found_time, ==, time);
}

static void
test_by_time (Fixture      *fixture,
              gconstpointer user_data)
{
  write_log (fixture, "a", "a1\na2\n", 10);
  write_log (fixture, "b", "b1\n", 20);
  write_log (fixture, "a", "a3\n", 30);
  write_log (fixture, "b", "b2\n", 40);
  add (fixture, "a", 1);
  add (fixture, "b", 1);
  assert_merged (fixture, "a1\na2\nb1\na3\nb2\n");
  assert_found (fixture, 3, "a", 10);
  assert_found (fixture, 6, "b", 20);
  assert_found (fixture, 9, "a", 30);
  assert_found (fixture, 14, "b", 40);
}

/* A line that came in two pieces stands where it was complete. */
static void
test_cut_lines (Fixture      *fixture,
                gconstpointer user_data)
{
  write_log (fixture, "a", "a1\nbegin", 10);
  write_log (fixture, "b", "b1\n", 20);
  write_log (fixture, "a", " end\n", 30);
  add (fixture, "a", 1);
  add (fixture, "b", 1);
  assert_merged (fixture, "a1\nb1\nbegin end\n");
}

/* What has no newline at its end gets one, when it is over. */
static void
test_last_line (Fixture      *fixture,
                gconstpointer user_data)
{
  guint a = add (fixture, "a", 1), b = add (fixture, "b", 5);

  write_log (fixture, "a", "a1", 10);
  write_log (fixture, "b", "b1\n", 20);
  assert_merged (fixture, "b1\n");
  runnel_log_merge_set_over (fixture->merge, a);
  runnel_log_merge_set_over (fixture->merge, b);
  assert_merged (fixture, "b1\na1\n");
  assert_found (fixture, 5, "a", 10);
}

/* Logs without times come in the order of their starts. */
static void
test_without_times (Fixture      *fixture,
                    gconstpointer user_data)
{
  guint a = add (fixture, "a", 30), b = add (fixture, "b", 10);

  write_log (fixture, "a", "a1\na2\n", 0);
  write_log (fixture, "b", "b1\nb2", 0);
  assert_merged (fixture, "");
  runnel_log_merge_set_over (fixture->merge, a);
  runnel_log_merge_set_over (fixture->merge, b);
  assert_merged (fixture, "b1\nb2\na1\na2\n");
  assert_found (fixture, 0, "b", 10);
}

static void
test_grows (Fixture      *fixture,
            gconstpointer user_data)
{
  add (fixture, "a", 1);
  assert_merged (fixture, "");
  write_log (fixture, "a", "a1\n", 10);
  assert_merged (fixture, "a1\n");
  write_log (fixture, "a", "a2\n", 20);
  add (fixture, "b", 1);
  write_log (fixture, "b", "b1\n", 15);
  assert_merged (fixture, "a1\nb1\na2\n");
  write_log (fixture, "b", "b2\n", 16); /* too late: what is shown stays where it is */
  assert_merged (fixture, "a1\nb1\na2\nb2\n");
}

static void
test_is_removed (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autofree char *path = make_path (fixture, "a");
  g_autofree char *text = NULL;

  write_log (fixture, "a", "a1\n", 10);
  write_log (fixture, "b", "b1\n", 20);
  add (fixture, "a", 1);
  add (fixture, "b", 1);
  assert_merged (fixture, "a1\nb1\n");
  g_assert_cmpint (truncate (path, 1), ==, 0);
  text = read_all (fixture);
  g_assert_cmpstr (text, ==, "a\n\nb1\n");
}

/* More of them than can be open at once, read from anywhere. */
static void
test_many (Fixture      *fixture,
           gconstpointer user_data)
{
  RunnelLogSource *source = runnel_log_merge_get_source (fixture->merge);
  g_autoptr(GString) expected = g_string_new (NULL);

  for (guint i = 0; i < MOST; i++)
    {
      g_autofree char *name = g_strdup_printf ("step-%u", i);
      g_autofree char *text = g_strdup_printf ("%u%s\n", i, i % 2 ? " and more" : "");

      write_log (fixture, name, text, 1000 + i);
      runnel_log_merge_set_over (fixture->merge, add (fixture, name, 1));
      g_string_append (expected, text);
    }
  assert_merged (fixture, expected->str);
  for (guint turn = 0; turn < 1000; turn++)
    {
      char buffer[50];
      gsize from = (gsize) g_test_rand_int_range (0, (int) expected->len);
      gsize n_read = runnel_log_source_read (source, from, buffer, sizeof buffer);

      g_assert_cmpmem (buffer, n_read, expected->str + from,
                       MIN (expected->len - from, sizeof buffer));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/log/merge/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("by-time", test_by_time);
  ADD ("cut-lines", test_cut_lines);
  ADD ("last-line", test_last_line);
  ADD ("without-times", test_without_times);
  ADD ("grows", test_grows);
  ADD ("is-removed", test_is_removed);
  ADD ("many", test_many);
  return g_test_run ();
}
