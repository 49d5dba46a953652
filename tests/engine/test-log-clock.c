/* test-log-clock.c: writes down when logs grow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-log-clock.h"
#include "log/runnel-log-times.h"

typedef struct
{
  char *dir;
  char *path;
  char *times_path;
  RunnelLogClock *clock;
} Fixture;

static void
append (Fixture    *fixture,
        const char *text)
{
  int fd = open (fixture->path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize) strlen (text));
  close (fd);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->dir = g_dir_make_tmp ("runnel-clock-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "step.1.log", NULL);
  fixture->times_path = runnel_log_times_make_path (fixture->path);
  fixture->clock = runnel_log_clock_new ();
  append (fixture, "");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  runnel_log_clock_free (fixture->clock);
  g_unlink (fixture->path);
  g_unlink (fixture->times_path);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->times_path);
}

static GArray *
wait_for_records (Fixture *fixture,
                  guint    n)
{
  GArray *records = runnel_log_times_read (fixture->path, 0);

  while (records->len < n)
    {
      g_array_unref (records);
      g_main_context_iteration (NULL, TRUE);
      records = runnel_log_times_read (fixture->path, 0);
    }
  g_assert_cmpuint (records->len, ==, n);
  return records;
}

static void
assert_sizes (GArray      *records,
              const gsize *sizes)
{
  for (guint i = 0; i < records->len; i++)
    {
      const RunnelLogTime *record = &g_array_index (records, RunnelLogTime, i);

      g_assert_cmpuint (record->size, ==, sizes[i]);
      g_assert_cmpint (ABS (g_get_real_time () - record->time), <, G_TIME_SPAN_HOUR);
      if (i > 0)
        g_assert_cmpint (record->time, >=, g_array_index (records, RunnelLogTime, i - 1).time);
    }
}

/* A process that prints nothing has no times. */
static void
test_silent (Fixture      *fixture,
             gconstpointer user_data)
{
  runnel_log_clock_start (fixture->clock, fixture->path);
  runnel_log_clock_stop (fixture->clock, fixture->path);
  runnel_log_clock_stop (fixture->clock, "another");
  g_assert_false (g_file_test (fixture->times_path, G_FILE_TEST_EXISTS));
}

static void
test_grows (Fixture      *fixture,
            gconstpointer user_data)
{
  const gsize sizes[] = { 4, 8, 14 };
  g_autoptr(GArray) first = NULL;
  g_autoptr(GArray) second = NULL;
  g_autoptr(GArray) third = NULL;
  struct stat status;

  append (fixture, "one\n");
  runnel_log_clock_start (fixture->clock, fixture->path);
  first = wait_for_records (fixture, 1);
  append (fixture, "two\n");
  second = wait_for_records (fixture, 2);
  append (fixture, "three\n");
  runnel_log_clock_stop (fixture->clock, fixture->path); /* at its end */
  third = wait_for_records (fixture, 3);
  assert_sizes (third, sizes);
  g_assert_cmpint (stat (fixture->times_path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* After a silence, the kernel tells. */
static void
test_wakes (Fixture      *fixture,
            gconstpointer user_data)
{
  const gsize sizes[] = { 4, 8 };
  g_autoptr(GArray) records = NULL;

  append (fixture, "one\n");
  runnel_log_clock_start (fixture->clock, fixture->path);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_context_iteration (NULL, TRUE); /* the look that finds it silent */
  append (fixture, "two\n");
  records = wait_for_records (fixture, 2);
  assert_sizes (records, sizes);
}

/* It was removed, and comes back as another. */
static void
test_is_removed (Fixture      *fixture,
                 gconstpointer user_data)
{
  append (fixture, "one\n");
  runnel_log_clock_start (fixture->clock, fixture->path);
  g_unlink (fixture->path);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  runnel_log_clock_stop (fixture->clock, fixture->path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func)                                                                          \
  g_test_add ("/engine/log-clock/" name, Fixture, NULL, set_up, func, tear_down)
  add ("silent", test_silent);
  add ("grows", test_grows);
  add ("wakes", test_wakes);
  add ("is-removed", test_is_removed);
#undef add
  return g_test_run ();
}
