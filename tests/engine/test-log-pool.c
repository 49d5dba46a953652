/* test-log-pool.c: logs, their names and their reuse
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-log-pool.h"
#include "log/runnel-log-times.h"

typedef struct
{
  char *dir;
  char *first;
  char *second;
  RunnelLogPool *pool;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("runnel-logs-XXXXXX", NULL);
  fixture->first = g_build_filename (fixture->dir, "first.1.log", NULL);
  fixture->second = g_build_filename (fixture->dir, "second.1.log", NULL);
  fixture->pool = runnel_log_pool_new ();
}

/* And when it grew. */
static void
remove_log (const char *path)
{
  g_autofree char *times = runnel_log_times_make_path (path);

  g_unlink (path);
  g_unlink (times);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  runnel_log_pool_free (fixture->pool);
  remove_log (fixture->first);
  remove_log (fixture->second);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0); /* nothing else was made */
  g_free (fixture->dir);
  g_free (fixture->first);
  g_free (fixture->second);
}

static RunnelLog *
open_log (Fixture    *fixture,
          const char *path,
          int        *ret_fd)
{
  g_autoptr(GError) error = NULL;
  RunnelLog *log = runnel_log_pool_open (fixture->pool, path, ret_fd, &error);

  g_assert_no_error (error);
  return log;
}

static void
close_log (Fixture   *fixture,
           RunnelLog *log)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_log_pool_close (fixture->pool, log, &error));
  g_assert_no_error (error);
}

static ino_t
get_inode (int fd)
{
  struct stat st;

  g_assert_cmpint (fstat (fd, &st), ==, 0);
  return st.st_ino;
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_written (Fixture       *fixture,
              gconstpointer  data)
{
  struct stat st;
  int fd;
  RunnelLog *log = open_log (fixture, fixture->first, &fd);

  g_assert_cmpint (write (fd, "a\n", 2), ==, 2);
  close (fd);
  runnel_log_pool_add (fixture->pool, log, "b\n");
  close_log (fixture, log);
  assert_content (fixture->first, "a\nb\n");
  g_assert_cmpint (g_stat (fixture->first, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
}

static void
test_reused (Fixture       *fixture,
             gconstpointer  data)
{
  int fd;
  RunnelLog *log = open_log (fixture, fixture->first, &fd);
  ino_t inode = get_inode (fd);

  close (fd);
  close_log (fixture, log);
  log = open_log (fixture, fixture->second, &fd);
  g_assert_cmpuint (get_inode (fd), ==, inode);
  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  close (fd);
  close_log (fixture, log);
  assert_content (fixture->second, "x");
  g_assert_false (g_file_test (fixture->first, G_FILE_TEST_EXISTS));
}

/* Somebody who left the step's group still has the file: what he says is not another step's. */
static void
test_not_alone (Fixture       *fixture,
                gconstpointer  data)
{
  int fd, second_fd;
  RunnelLog *log = open_log (fixture, fixture->first, &fd);

  close_log (fixture, log);
  log = open_log (fixture, fixture->second, &second_fd);
  g_assert_cmpuint (get_inode (fd), !=, get_inode (second_fd));
  g_assert_cmpint (write (fd, "late", 4), ==, 4);
  close (fd);
  close (second_fd);
  close_log (fixture, log);
  assert_content (fixture->first, "late");
}

static void
test_named_while_running (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(GArray) times = NULL;
  int fd, second_fd;
  RunnelLog *log = open_log (fixture, fixture->first, &fd);
  RunnelLog *second = open_log (fixture, fixture->second, &second_fd);

  g_assert_cmpint (write (fd, "early", 5), ==, 5);
  while (!g_file_test (fixture->first, G_FILE_TEST_EXISTS)
         || !g_file_test (fixture->second, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
  assert_content (fixture->first, "early");
  g_assert_cmpint (write (fd, " late", 5), ==, 5);
  runnel_log_pool_add (fixture->pool, log, "\n");
  close (fd);
  close (second_fd);
  close_log (fixture, log);
  close_log (fixture, second);
  assert_content (fixture->first, "early late\n");

  times = runnel_log_times_read (fixture->first, 0);
  g_assert_cmpuint (times->len, >, 0);
  g_assert_cmpuint (g_array_index (times, RunnelLogTime, times->len - 1).size, ==, 11);
}

static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int fd;
  RunnelLog *log = open_log (fixture, fixture->first, &fd);

  g_assert_true (g_file_set_contents (fixture->first, "foreign", -1, NULL));
  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  close (fd);
  g_assert_false (runnel_log_pool_close (fixture->pool, log, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_content (fixture->first, "foreign");
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int fd;

  g_assert_null (runnel_log_pool_open (fixture->pool, "/no/such/folder/log", &fd, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < 1000; i++)
    {
      int fd;
      RunnelLog *log = open_log (fixture, fixture->first, &fd);

      close (fd);
      close_log (fixture, log);
    }
  g_assert_false (g_file_test (fixture->first, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/engine/log-pool/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("written", test_written);
  ADD ("reused", test_reused);
  ADD ("not-alone", test_not_alone);
  ADD ("named-while-running", test_named_while_running);
  ADD ("lost", test_lost);
  ADD ("no-folder", test_no_folder);
  ADD ("many", test_many);
  return g_test_run ();
}
